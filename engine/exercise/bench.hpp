// What judging an answer needs: runs of the exercise's scenario, and what the exercise teaches.
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
  // Called with each run in which a build's answer is judged.
  std::function<void(const Json& question, const Run& run)> on_build = nullptr;
  // If `runs` are under a mutant: the runs of the exercise's own scenario, which the questions
  // show.
  Runs* unmutated = nullptr;
};

}  // namespace tcplab::exercise
