#include "lesson/words.hpp"

#include <algorithm>
#include <cctype>
#include <cstdint>

namespace tcplab::lesson {

namespace {

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }
bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

// The code point at `at`; moves `at` past it. REQUIRES UTF-8.
std::uint32_t next(std::string_view text, std::size_t& at) {
  const auto first = static_cast<unsigned char>(text[at++]);
  if (first < 0x80) return first;
  std::uint32_t code = first < 0xe0 ? first & 0x1fU : first < 0xf0 ? first & 0x0fU : first & 0x07U;
  while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80) {
    code = code << 6 | (static_cast<unsigned char>(text[at++]) & 0x3fU);
  }
  return code;
}

// CJK Unified Ideographs and Extension A.
bool is_ideograph(std::uint32_t code) {
  return (code >= 0x4e00 && code <= 0x9fff) || (code >= 0x3400 && code <= 0x4dbf);
}

std::string lowered(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return result;
}

}  // namespace

bool is_in_capitals(std::string_view term) {
  return std::any_of(term.begin(), term.end(), [](unsigned char c) { return std::isupper(c); }) &&
         std::none_of(term.begin(), term.end(), [](unsigned char c) { return std::islower(c); });
}

std::size_t length_of(std::string_view text, Language language) {
  std::size_t count = 0;
  bool in_word = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::uint32_t code = next(text, at);
    const bool is_blank = code == ' ' || code == '\n' || code == '\t';
    const bool is_letter = code < 0x80 && is_word(static_cast<char>(code));
    if (language == Language::kChinese && is_ideograph(code)) ++count;
    if (is_letter && !in_word) ++count;
    // Blanks separate English words: "SYN,ACK" and "client’s" are single words.
    in_word = language == Language::kEnglish ? !is_blank && (in_word || is_letter) : is_letter;
  }
  return count;
}

bool has_term(std::string_view text, std::string_view term, Language language) {
  const bool is_exact = is_in_capitals(term);
  const std::string where = is_exact ? std::string(text) : lowered(text);
  const std::string what = is_exact ? std::string(term) : lowered(term);
  if (what.empty()) return false;
  const bool is_latin = std::all_of(what.begin(), what.end(), is_ascii);
  for (auto at = where.find(what); at != std::string::npos; at = where.find(what, at + 1)) {
    if (language == Language::kChinese && !is_latin) return true;
    const auto end = at + what.size();
    // A plural counts as the term.
    const auto behind = end < where.size() && where[end] == 's' ? end + 1 : end;
    const bool begins = at == 0 || !is_word(where[at - 1]) || !is_word(what.front());
    const bool ends = behind >= where.size() || !is_word(where[behind]) || !is_word(what.back());
    if (begins && ends) return true;
  }
  return false;
}

}  // namespace tcplab::lesson
