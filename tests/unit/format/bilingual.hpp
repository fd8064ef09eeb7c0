// What the languages of one text must have in common.
#pragma once
#include <algorithm>
#include <string>
#include <vector>

#include "format/text.hpp"

namespace tcplab::test {

// Whatever stands in double quotes, sorted: names, values and what is allowed.
inline std::vector<std::string> quotations(const std::string& text) {
  std::vector<std::string> found;
  for (std::size_t begin = text.find('"'); begin != std::string::npos;) {
    std::size_t end = begin + 1;
    while (end < text.size() && text[end] != '"') end += text[end] == '\\' ? 2 : 1;
    found.push_back(text.substr(begin, end - begin));
    begin = end < text.size() ? text.find('"', end + 1) : std::string::npos;
  }
  std::sort(found.begin(), found.end());
  return found;
}

inline bool is_bilingual(const format::Text& text) {
  const auto beyond_ascii = [](char c) { return static_cast<unsigned char>(c) >= 0x80; };
  return !text.en.empty() && std::any_of(text.zh.begin(), text.zh.end(), beyond_ascii) &&
         quotations(text.en) == quotations(text.zh);
}

}  // namespace tcplab::test
