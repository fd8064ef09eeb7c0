// Actions of the student, replayed: the answer is what was done, with the times at which it was
// done, and what counts is whether the run that comes of it reaches the goals.
#pragma once
#include "exercise/bench.hpp"
#include "exercise/vain.hpp"
#include "format/reader.hpp"

namespace tcplab::exercise {

struct Trial;

// By a build's goals, numbered from 1: whether it holds in the mutants' world if nothing is done.
Json reached_idly(const Json& question, const Json& mutants, Bench& bench);

// "goals" (goals.hpp), and what was said before.
Json judge_build(const Json& question, const Json& answer, Bench& bench);

// For authors: build_check.cpp.
void check_build(const format::Reader& question, Bench& bench, Matches& matches);
// A goal that holds at once, and is no guard, earns its points for nothing.
void warn_of_idle_goals(const format::Reader& question, Bench& bench);
// Nobody who believes in such a world has to do anything, so no plan shows the misconception.
void warn_of_idle_worlds(const format::Reader& question, Bench& bench);
// Every plan passes, no goal is in doubt, and enough of the plans differ.
void check_plans(const format::Reader& question, const format::Reader& plans, Trial& trial);

}  // namespace tcplab::exercise
