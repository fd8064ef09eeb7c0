// Times as students type them: "60 ms", "1.06s", "4 min 0.7 s", "3 小时", "never".
#pragma once
#include <chrono>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "format/text.hpp"

namespace tcplab::exercise {

using Time = std::chrono::microseconds;

// What does not happen has this for its time.
inline constexpr std::string_view kNever = "never";

// "never", or a duration (format/quantity.hpp) in the last of the units that were typed; or why the
// text is no time. Blanks, full-width digits and groups of three ("7,200 s") are taken; a number
// without a unit is not, but for 0.
tl::expected<std::string, format::Text> typed_time(std::string_view text);

// The same time, in the unit in which the other is written, or in seconds where that is not exact.
std::string in_unit_of(std::string_view other, std::string_view time);

// The times that a text tells, each number with its unit.
std::vector<Time> times_in(std::string_view text);

}  // namespace tcplab::exercise
