// Texts as they are compared: however someone typed them.
#pragma once
#include <string>
#include <string_view>

namespace tcplab::exercise {

// Full-width forms as ASCII, in upper case.
std::string plain(std::string_view text);

// The same without blanks and signs: letters, digits, Chinese characters.
std::string squeezed(std::string_view text);

}  // namespace tcplab::exercise
