// Whether an exercise's answers are worth asking for: told apart, not given away.
#pragma once
#include "exercise/check.hpp"
#include "exercise/instance.hpp"
#include "exercise/question.hpp"
#include "format/reader.hpp"

namespace tcplab::exercise {

// Adds the errors to `root`'s problems and the warnings to the variant's: options that read the
// same, several right ones, hints and options that hold an answer.
void check_giveaways(const format::Reader& root, const Exercise& exercise, Bench& bench,
                     Variant& variant);

// The misconceptions of "teaches" that this variant can show: by a chaff, which was diagnosed so;
// by an option or an event that declares it; or by a mutant whose own answers differ from the right
// ones.
std::vector<std::string> shown_by(const Instance& instance, Bench& bench);

}  // namespace tcplab::exercise
