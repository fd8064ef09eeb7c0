// How a text reads: its length, and the terms in it.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace tcplab::lesson {

enum class Language { kEnglish, kChinese };

// English: words. Chinese: characters of the script, and one for each word or number in Latin
// letters. Punctuation counts nothing.
std::size_t length_of(std::string_view text, Language language);

// "FIN_WAIT_1", "EPIPE": no ordinary word, which is read the same by whoever does not know it.
bool is_in_capitals(std::string_view term);

// Whether the term stands in the text: as whole words, in any case unless it is written in
// capitals; in Chinese anywhere.
bool has_term(std::string_view text, std::string_view term, Language language);

}  // namespace tcplab::lesson
