// Recognises files of the lab that were given to the wrong command.
#pragma once
#include <initializer_list>
#include <optional>
#include <string_view>

#include "format/problem.hpp"

namespace tcplab::cli {

// A problem that says what the text is and which command takes it, if its "format" is one of the
// lab's but not in `wanted` (such as "tcplab-scenario/1"), or if `tcplab answers` has printed it.
// None if it has a wanted format, or one that the lab does not know.
std::optional<format::Problem> of_other_format(std::string_view text,
                                               std::initializer_list<std::string_view> wanted);

}  // namespace tcplab::cli
