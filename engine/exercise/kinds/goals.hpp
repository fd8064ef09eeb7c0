// The goals of a build or a tune: what a run must reach.
#pragma once
#include "exercise/run.hpp"
#include "exercise/vain.hpp"
#include "format/reader.hpp"

namespace tcplab::exercise {

// Whether each goal holds, by its number from 1.
Json outcome(const Json& goals, const Run& run);

// {"holds", "n", "why"} (lab/predicate.hpp, lab/shortfall.hpp), and "old_data" if octets of an
// earlier connection were delivered (old_data.hpp).
Json judge_goal(const Json& goal, const Run& run);

// For authors: adds the matches in a goal.
void watch_goal(const Json& question, const format::Reader& goal, Matches& matches);
// Each goal of a verdict that is not reached, and how far the run got. `run` is the one that was
// judged; if it is null, the verdict says why there is none.
format::Text missed_goals(const Json& verdict, const Json& goals, const RunPtr& run);

}  // namespace tcplab::exercise
