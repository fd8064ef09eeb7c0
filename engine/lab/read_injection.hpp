// What "inject" may say: its shapes, and how it is read.
#pragma once
#include <string>
#include <vector>

#include "format/reader.hpp"
#include "format/shape.hpp"
#include "lab/host_names.hpp"
#include "lab/injection.hpp"

namespace tcplab::lab {

// An endpoint as any short text: HostNames::endpoint() reports what is wrong with it.
format::Shape endpoint_shape();
// Control bits as a text, and a match of segments, which faults use too.
format::Shape flags_shape();
format::Shape segment_match_shape();
std::vector<format::Field> injection_fields();
Injection read_injection(const format::Reader& action, const HostNames& names,
                         const Models& models);

}  // namespace tcplab::lab
