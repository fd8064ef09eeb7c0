// What a run must reach: of a build and a tune.
#pragma once
#include "exercise/run.hpp"
#include "exercise/vain.hpp"
#include "format/reader.hpp"

namespace tcplab::exercise {

// By the goal's number from 1: whether it holds.
Json outcome(const Json& goals, const Run& run);

// {"holds", "n", "why"} (lab/predicate.hpp, lab/shortfall.hpp), and "old_data" where octets of an
// earlier connection were delivered (old_data.hpp).
Json judge_goal(const Json& goal, const Run& run);

// For authors: the events that a goal speaks of.
void watch_goal(const Json& question, const format::Reader& goal, Matches& matches);
// Of a verdict, each goal that is not reached, and how far the run got. `run`: the one that was
// judged; null: there is none, and the verdict says why.
format::Text missed_goals(const Json& verdict, const Json& goals, const RunPtr& run);

}  // namespace tcplab::exercise
