// What an attempt earns: a point counts in full when the first answer has it, half when a later one
// has it, after feedback, and nothing once the right answer was shown.
#pragma once
#include "exercise/bench.hpp"

namespace tcplab::exercise {

// Adds "half_points" to the verdict (as grade() makes it), to each of its questions and to their
// parts: integers, of at most twice "max". `history`: how the answers came about, with the keys of
// an answers file, each optional and by step ("question", or "question/part"). "earlier" lists the
// answers handed in before the last one; "tries" counts all of them; "revealed": the right answer
// was shown, so an answer that is right is the one that was shown.
void award(Json& verdict, const Json& questions, const Json& history, Bench& bench);

}  // namespace tcplab::exercise
