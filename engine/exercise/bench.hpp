// What judging takes: runs of the exercise's scenario, and what the exercise is about.
#pragma once
#include <functional>

#include "exercise/run.hpp"
#include "exercise/statement.hpp"

namespace tcplab::exercise {

struct Bench {
  Runs& runs;
  RunPtr plain;          // the unchanged run
  const Json& teaches;   // misconceptions, for the order of diagnoses
  Attempt attempt = {};  // what the judged answers say
  // Told of each run in which a build's answer is judged.
  std::function<void(const Json& question, const Run& run)> on_build = nullptr;
  // Where `runs` are a mutant's: those of the scenario as the exercise has it, which is asked
  // about.
  Runs* unmutated = nullptr;
};

}  // namespace tcplab::exercise
