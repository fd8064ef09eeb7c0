// A question of any kind: whether it can be asked, what of it is shown, and how it is judged.
#pragma once
#include <optional>
#include <string>
#include <utility>

#include "exercise/bench.hpp"

namespace tcplab::exercise {

// Pointer below the question, and message, when the run cannot ask it.
using Refusal = std::optional<std::pair<std::string, format::Text>>;
Refusal cannot_be_asked(const Json& question, const Run& run);

// The part of a question that a student may see. `hints`: of what the question is part of.
struct Setting;  // kinds/kind.hpp
Json shown(const Json& question, const Json& hints, const Setting& setting);

// The verdict on one answer: {id, kind, score, max, correct, ...}. An answer of which nothing can
// be read has "problem" and scores nothing; it is not told what was expected. A field that cannot
// be read is wrong, has "problem" itself, and costs no other. What the answer says is added to the
// bench's attempt.
Json judge(const Json& question, const Json& answer, Bench& bench);

// Adds "diagnoses" and "slips" to the verdicts on the attempt's wrong answers.
void explain_verdicts(Json& verdicts, const Json& questions, Bench& bench);

}  // namespace tcplab::exercise
