// Texts for people, written in both languages of the lab side by side:
//
//   say({"unknown key {0}; allowed: {1}", "未知的键 {0}；允许：{1}"}, {quote(key), list(keys)})
#pragma once

#include <initializer_list>
#include <string>
#include <utility>

#include "format/json.hpp"

namespace tcplab::format {

struct Text {
  std::string en;
  std::string zh;

  Text() = default;
  // The same in every language: a name, a number, a quotation.
  Text(std::string same) : en(same), zh(std::move(same)) {}
  Text(std::string english, std::string chinese) : en(std::move(english)), zh(std::move(chinese)) {}
  Text(const char*) = delete;  // it would be a sentence in one language only

  bool empty() const { return en.empty(); }
  bool operator==(const Text&) const = default;
};

namespace detail {

constexpr unsigned places(const char* text) {
  unsigned found = 0;
  for (; *text != '\0'; ++text) {
    if (text[0] == '{' && text[1] >= '0' && text[1] <= '9' && text[2] == '}') {
      found |= 1u << (text[1] - '0');
    }
  }
  return found;
}

constexpr bool has_words(const char* text) {
  for (; *text != '\0'; ++text) {
    if (*text >= 'a' && *text <= 'z') return true;
  }
  return false;
}

constexpr bool has_other_script(const char* text) {
  for (; *text != '\0'; ++text) {
    if (static_cast<unsigned char>(*text) >= 0x80) return true;
  }
  return false;
}

// Not constexpr, so that a Sentence whose constructor calls one of them does not compile.
inline void the_languages_differ_in_their_places() {}
inline void the_chinese_is_missing() {}

}  // namespace detail

// clang 14, which is also in Emscripten 3.1.6, destroys temporaries twice around a call of a
// consteval constructor. GCC makes the check for all compilers.
#ifdef __clang__
#define TCPLAB_CHECKED constexpr
#else
#define TCPLAB_CHECKED consteval
#endif

// A sentence with the places "{0}" to "{9}". The compiler checks that neither language lacks it or
// one of its places.
struct Sentence {
  const char* en;
  const char* zh;

  TCPLAB_CHECKED Sentence(const char* english, const char* chinese) : en(english), zh(chinese) {
    if (detail::places(en) != detail::places(zh)) detail::the_languages_differ_in_their_places();
    if (detail::has_words(en) && !detail::has_other_script(zh)) detail::the_chinese_is_missing();
  }
};
#undef TCPLAB_CHECKED

// The sentence with its places filled; a place without a part stays empty.
Text say(Sentence sentence, std::initializer_list<Text> parts = {});

// {"en": ..., "zh": ...}
Json to_json(const Text& text);
// REQUIRES the result of to_json().
Text read_text(const Json& json);

}  // namespace tcplab::format
