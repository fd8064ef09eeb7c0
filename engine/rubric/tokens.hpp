// A text as words. Latin letters and digits are words of their own, each Chinese character is one.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tcplab::rubric {

struct Token {
  std::string text;    // lower case, half width, without apostrophes: "can't" is "cant"
  std::uint32_t from;  // in the text, in UTF-16 code units, as the page counts
  std::uint32_t to;    // behind it
  std::uint32_t sentence;
  std::uint32_t clause;  // both from 0, over the whole text
};

// Every text gives tokens; bytes that are not UTF-8 part them.
std::vector<Token> tokens(std::string_view text);

}  // namespace tcplab::rubric
