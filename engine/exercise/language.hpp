// Texts in the wrong language: English that was left where Chinese should stand, and the reverse.
#pragma once
#include <set>
#include <string>
#include <string_view>

#include "format/json.hpp"

namespace tcplab::exercise {

// Words in lower case that are no English prose although they read like it: what the engine calls
// things, and every word of the values of `json` that are no texts (names, scripts, data).
std::set<std::string> terms_of(const format::Json& json);

// The English words of a Chinese text that say something: two or more in a row that are no terms,
// or a single one when nothing in the text is Chinese. What stands in full-width brackets behind
// Chinese, such as an original term, is none. Empty: there are none.
std::string english_in(std::string_view chinese, const std::set<std::string>& terms);

// The first Chinese characters or marks of an English text; empty: it has none.
std::string chinese_in(std::string_view english);

}  // namespace tcplab::exercise
