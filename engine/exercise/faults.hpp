// Why answers of an author's that must pass do not: told at the answer, in words.
#pragma once
#include "exercise/question.hpp"
#include "format/reader.hpp"

namespace tcplab::exercise {

// Of a build's verdict: each goal that the plan does not reach, and how far it got. `run`: the run
// of the plan; null: it cannot be played, and the verdict says why.
format::Text missed_goals(const Json& verdict, const Json& goals, const RunPtr& run);

// Adds a problem for everything that is not right in an answer to the question, at its place in the
// answer.
void tell_faults(const Json& verdict, const Json& question, const format::Reader& answer,
                 const Run& run);

}  // namespace tcplab::exercise
