// The settings of a host's TCP that a scenario may change: the keys of "tcp", each defined once.
#pragma once
#include <vector>

#include "format/reader.hpp"
#include "format/shape.hpp"
#include "tcp/behaviour.hpp"

namespace tcplab::lab {

std::vector<format::Field> tcp_setting_fields();
// What a host's "tcp" may say: these, and "isn".
format::Shape tcp_shape();
// Changes what is set; the rest stays as the profile has it.
void read_tcp_settings(const format::Reader& tcp, tcp::Behaviour& behaviour);

}  // namespace tcplab::lab
