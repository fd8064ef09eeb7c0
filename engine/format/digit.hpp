// The digits of numbers in text. std::isdigit would depend on the locale.
#pragma once

namespace tcplab::format {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace tcplab::format
