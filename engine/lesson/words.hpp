// The length of a text, and the terms in it.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace tcplab::lesson {

enum class Language { kEnglish, kChinese };

// English: the number of words. Chinese: the number of Chinese characters, plus one for each word
// or number in Latin letters. Punctuation does not count.
std::size_t length_of(std::string_view text, Language language);

// Whether the term is a name such as "FIN_WAIT_1" or "EPIPE", which, unlike an ordinary word, says
// nothing to readers who do not know it.
bool is_in_capitals(std::string_view term);

// Whether the text contains the term. English: as whole words, ignoring case unless the term is in
// capitals. Chinese: anywhere.
bool has_term(std::string_view text, std::string_view term, Language language);

}  // namespace tcplab::lesson
