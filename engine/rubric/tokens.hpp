// Splits a text into tokens: a run of Latin letters, a run of digits, or a single Chinese
// character.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tcplab::rubric {

struct Token {
  std::string text;    // lower case, half width, without apostrophes: "can't" is "cant"
  std::uint32_t from;  // position in the text, in UTF-16 code units as in JavaScript
  std::uint32_t to;    // position after its end
  std::uint32_t sentence;
  std::uint32_t clause;  // both count from 0 over the whole text
};

// Never fails: bytes that are not UTF-8 separate tokens.
std::vector<Token> tokens(std::string_view text);

}  // namespace tcplab::rubric
