// What an attempt earns: a point counts in full if the first answer has it, half if a later answer,
// after feedback, has it, and nothing once the right answer was shown.
#pragma once
#include "exercise/bench.hpp"

namespace tcplab::exercise {

// Adds "half_points" to the verdict (made by grade()), to each of its questions and to their parts:
// integers, at most twice "max". `history` says how the answers came about. It has the keys of an
// answers file, each optional and by step ("question" or "question/part"): "earlier" lists the
// answers handed in before the last one, "tries" counts all of them, and "revealed" says that the
// right answer was shown, so that a right answer is only a copy of it.
void award(Json& verdict, const Json& questions, const Json& history, Bench& bench);

}  // namespace tcplab::exercise
