// Everything that its author wants to know about an exercise before students meet it.
#pragma once
#include <cstdint>

#include "exercise/exercise.hpp"

namespace tcplab::exercise {

// Problems of an exercise that parse_exercise() took, found without a run: parameters that nothing
// uses, texts that differ in their placeholders or number of hints between the languages, answers
// to questions that do not exist, questions without a witness, misconceptions that nothing can
// show.
Problems check_texts(const Exercise& exercise);

// Problems of one seed's copy: it cannot be drawn or run, the run does not end by itself, a
// question cannot be asked or has no answer, a goal is reached by doing nothing, the witness does
// not pass, a chaff passes or is not diagnosed as declared.
Problems check_seed(const Exercise& exercise, std::uint64_t seed);

// Both, for seeds 1 to `seeds`; stops at the first seed with problems, and says which it was.
Problems check(const Exercise& exercise, std::uint64_t seeds = 20);

}  // namespace tcplab::exercise
