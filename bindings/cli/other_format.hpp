// A file of the lab that was given to the wrong command.
#pragma once
#include <initializer_list>
#include <optional>
#include <string_view>

#include "format/problem.hpp"

namespace tcplab::cli {

// What the text is and which command takes it, when its "format" is one of the lab's but not among
// `wanted` ("tcplab-scenario/1"), or when it is what `tcplab answers` prints; none: it is of such a
// format, or of none that the lab knows.
std::optional<format::Problem> of_other_format(std::string_view text,
                                               std::initializer_list<std::string_view> wanted);

}  // namespace tcplab::cli
