// Reads times as students type them: "60 ms", "1.06s", "4 min 0.7 s", "3 小时", "never".
#pragma once
#include <chrono>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "format/text.hpp"

namespace tcplab::exercise {

using Time = std::chrono::microseconds;

// The time of an event that does not happen.
inline constexpr std::string_view kNever = "never";

// "never", or a duration (format/quantity.hpp) in the last unit that was typed. The error says why
// the text is not a time. Accepts blanks, full-width digits and groups of three ("7,200 s"), but no
// number without a unit, except 0.
tl::expected<std::string, format::Text> typed_time(std::string_view text);

// The time in the unit of `other`, or in seconds if that would not be exact.
std::string in_unit_of(std::string_view other, std::string_view time);

// The times in a text: numbers with a unit.
std::vector<Time> times_in(std::string_view text);

}  // namespace tcplab::exercise
