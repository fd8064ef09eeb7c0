// What is wrong with an exercise's witness.
#pragma once
#include "exercise/bench.hpp"
#include "exercise/instance.hpp"
#include "format/reader.hpp"

namespace tcplab::exercise {

// What trying a plan takes.
struct Trial {
  Bench& bench;
  const format::Source& source;  // of the whole exercise
  Problems& warnings;
};

// Every plan of a build and every other answer passes; a build has enough plans that differ, and
// none of them leaves a goal in doubt. Warnings: a plan's run does not end by itself. `source` is
// the whole exercise's.
void check_witness(const format::Reader& root, const Instance& instance, Bench& bench,
                   const format::Source& source, Problems& warnings);

}  // namespace tcplab::exercise
