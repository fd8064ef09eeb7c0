// Quantities written as text: durations, sizes, IPv4 addresses. Exact: no floating point anywhere.
// Every parse_ function returns the message for the author when the text is not allowed.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "format/text.hpp"

namespace tcplab::format {

inline constexpr std::chrono::microseconds max_duration = std::chrono::hours(1000);
inline constexpr std::int64_t max_size = std::int64_t{1} << 40;

// "0", or a decimal number with a unit: us (µs), ms, s, min, h. No sign, no blanks. At most 3
// decimals of ms and 6 of s, min and h, so that every text is a whole number of microseconds. From
// 0 to max_duration.
tl::expected<std::chrono::microseconds, Text> parse_duration(std::string_view text);
// The canonical text: in the unit that needs the fewest characters for the number and is not
// greater than the duration; "0", "50ms", "1.5s", "90s", "2min". Negative durations (not parsable)
// get a "-".
std::string to_text(std::chrono::microseconds duration);

// A whole number of bytes, with or without a unit: "1460", "100B", "64KiB", "1MiB". From 0 to
// max_size.
tl::expected<std::int64_t, Text> parse_size(std::string_view text);
// "64KiB" when whole, else "1460B".
std::string size_to_text(std::int64_t bytes);

// "10.0.0.1": four decimal numbers without leading zeros; the first is the highest byte of the
// result.
tl::expected<std::uint32_t, Text> parse_address(std::string_view text);
std::string address_to_text(std::uint32_t address);

// The same grammars as regular expressions (ECMA 262, anchored), for JSON Schema.
extern const char* const duration_pattern;
extern const char* const size_pattern;
extern const char* const address_pattern;

}  // namespace tcplab::format
