// What is wrong with a lesson's prose in one language, and between the two.
#pragma once
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "format/reader.hpp"
#include "lesson/check_lesson.hpp"
#include "lesson/prose.hpp"
#include "lesson/words.hpp"

namespace tcplab::lesson {

using Names = std::set<std::string>;
inline std::vector<std::string> words(const Names& names) { return {names.begin(), names.end()}; }

// The first term in the text that a later lesson teaches.
const Term* taught_later(std::string_view text, const std::vector<Term>& terms, int number,
                         Language language);
format::Text used_early(const Term& term);
// No card is called so.
format::Text no_card(const std::string& id, const std::vector<Term>& terms);

// The prose, for what must fit it. `root`: of lesson.json.
Prose check_prose(const Folder& folder, const format::Reader& root, const std::vector<Term>& terms,
                  Language language, Findings& findings);

// Both languages say the same numbers, and no figure is there for nothing. Nothing is said of prose
// that does not fit the beats.
void check_placeholders(const format::Reader& root, const Prose& english, const Prose& chinese,
                        Findings& of_chinese);

}  // namespace tcplab::lesson
