#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace tcplab::exercise {

// The stand-alone numbers in a text, such as "1001", "1,001", "1 001" or "1000 + 1", but not those
// in "3.10.7", "M20", "2MSL" or "RFC 9293".
std::vector<std::string> numbers_in(std::string_view text);

}  // namespace tcplab::exercise
