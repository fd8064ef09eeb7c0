// Checks that an exercise does not give its answers away, and that its options can be told apart.
#pragma once
#include <set>
#include <string>
#include <vector>

#include "exercise/check.hpp"
#include "exercise/instance.hpp"
#include "format/reader.hpp"

namespace tcplab::exercise {

inline constexpr const char* kLanguages[] = {"en", "zh"};

// Adds errors to `root`'s problems and warnings to the variant's: options that read the same,
// several right options, hints and options that contain an answer, other texts that tell one.
void check_giveaways(const format::Reader& root, const Exercise& exercise, Bench& bench,
                     Variant& variant);

// Adds a problem to `text` if `written` contains one of the secret numbers (told_answers.hpp).
// `what` is the name of the text in the message.
void refuse_secret(const format::Reader& text, const std::string& written,
                   const std::set<std::string>& secrets, const format::Text& what);
// The hints of the exercise, of its questions and of their parts, in a language.
std::vector<format::Reader> hints_in(const format::Reader& root, const char* language);

}  // namespace tcplab::exercise
