// Checks the witness of an exercise: answers that must pass.
#pragma once
#include "exercise/bench.hpp"
#include "exercise/instance.hpp"
#include "format/reader.hpp"

namespace tcplab::exercise {

// What trying a plan needs.
struct Trial {
  Bench& bench;
  const format::Source& source;  // the whole exercise
  Problems& warnings;
};

// Checks that every plan of a build and every other answer passes, that a build has enough
// different plans, and that none of them leaves a goal in doubt. Warning: the run of a plan does
// not end by itself. `source` is the whole exercise.
void check_witness(const format::Reader& root, const Instance& instance, Bench& bench,
                   const format::Source& source, Problems& warnings);

}  // namespace tcplab::exercise
