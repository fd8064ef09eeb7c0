// Whether an exercise's answers are worth asking for: told apart, not given away.
#pragma once
#include <set>
#include <string>
#include <vector>

#include "exercise/check.hpp"
#include "exercise/instance.hpp"
#include "format/reader.hpp"

namespace tcplab::exercise {

inline constexpr const char* kLanguages[] = {"en", "zh"};

// Adds the errors to `root`'s problems and the warnings to the variant's: options that read the
// same, several right ones, hints and options that hold an answer, texts that tell one.
void check_giveaways(const format::Reader& root, const Exercise& exercise, Bench& bench,
                     Variant& variant);

// A problem where what is written holds one of the secret numbers (told_answers.hpp). `what`: the
// text, as it is spoken of.
void refuse_secret(const format::Reader& text, const std::string& written,
                   const std::set<std::string>& secrets, const format::Text& what);
// The hints of the exercise, of its questions and of their parts, in a language.
std::vector<format::Reader> hints_in(const format::Reader& root, const char* language);

}  // namespace tcplab::exercise
