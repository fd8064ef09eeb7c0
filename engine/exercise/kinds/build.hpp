// Replays what a student did: the answer is a list of actions with their times, and what counts is
// whether the run with these actions reaches the goals.
#pragma once
#include "exercise/bench.hpp"
#include "exercise/vain.hpp"
#include "format/reader.hpp"

namespace tcplab::exercise {

struct Trial;

// Whether each goal, numbered from 1, holds in the mutants' world if nothing is done.
Json reached_idly(const Json& question, const Json& mutants, Bench& bench);

// The verdict: "goals" (goals.hpp), and what was said before (doubts.hpp).
Json judge_build(const Json& question, const Json& answer, Bench& bench);

// For authors: build_check.cpp.
void check_build(const format::Reader& question, Bench& bench, Matches& matches);
// Warns about goals that hold if nothing is done and are not guards: they earn points for nothing.
void warn_of_idle_goals(const format::Reader& question, Bench& bench);
// Warns about mutants under which doing nothing reaches all goals: somebody who believes in such a
// world need not do anything, so no plan shows the misconception.
void warn_of_idle_worlds(const format::Reader& question, Bench& bench);
// Checks that every plan passes, that no goal is in doubt, and that enough of the plans differ.
void check_plans(const format::Reader& question, const format::Reader& plans, Trial& trial);

}  // namespace tcplab::exercise
