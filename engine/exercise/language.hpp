// Finds texts in the wrong language: English where Chinese should be, and the reverse.
#pragma once
#include <set>
#include <string>
#include <string_view>

#include "format/json.hpp"

namespace tcplab::exercise {

// Lower-case words that read like English prose but are not: names of the engine, and all words in
// the values of `json` that are not texts (names, scripts, data).
std::set<std::string> terms_of(const format::Json& json);

// The English prose in a Chinese text: two or more words in a row that are not terms, or a single
// word if nothing in the text is Chinese. Text in full-width brackets after Chinese, such as an
// original term, is not counted. Empty if there is none.
std::string english_in(std::string_view chinese, const std::set<std::string>& terms);

// The first Chinese characters or punctuation marks of an English text; empty if it has none.
std::string chinese_in(std::string_view english);

}  // namespace tcplab::exercise
