// Checks a lesson's prose in each language, and that the two fit together.
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
// The message for a link to a card that does not exist.
format::Text no_card(const std::string& id, const std::vector<Term>& terms);

// Checks the prose and returns it, for checks that need it. `root` is lesson.json.
Prose check_prose(const Folder& folder, const format::Reader& root, const std::vector<Term>& terms,
                  Language language, Findings& findings);

// Checks that both languages use the same placeholders, and that every figure is used. Skips prose
// that does not fit the beats.
void check_placeholders(const format::Reader& root, const Prose& english, const Prose& chinese,
                        Findings& of_chinese);

}  // namespace tcplab::lesson
