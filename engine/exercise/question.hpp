// A question of any kind: whether it can be asked, what is shown of it, and how it is judged.
#pragma once
#include <optional>
#include <string>
#include <utility>

#include "exercise/bench.hpp"

namespace tcplab::exercise {

// Why the question cannot be asked about the run: a pointer below the question, and a message.
using Refusal = std::optional<std::pair<std::string, format::Text>>;
Refusal cannot_be_asked(const Json& question, const Run& run);

// The part of a question that a student may see. `hints` are those of the exercise, or of the
// explain that the question is a part of.
struct Setting;  // kinds/kind.hpp
Json shown(const Json& question, const Json& hints, const Setting& setting);

// The verdict on one answer: {id, kind, score, max, correct, ...}. If nothing of the answer can be
// read, the verdict has "problem", scores nothing and does not tell what was expected. A single
// field that cannot be read is wrong and has its own "problem"; the other fields still count. Adds
// what the answer says to the bench's attempt.
Json judge(const Json& question, const Json& answer, Bench& bench);

// Adds "diagnoses" and "slips" to the verdicts on the attempt's wrong answers.
void explain_verdicts(Json& verdicts, const Json& questions, Bench& bench);

}  // namespace tcplab::exercise
