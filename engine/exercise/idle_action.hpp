// An action of a plan of which nothing came.
#pragma once
#include <chrono>
#include <optional>

#include "exercise/run.hpp"
#include "format/text.hpp"

namespace tcplab::exercise {

using Time = std::chrono::microseconds;
Time time_of(const Json& event);
// When an action of a plan is due in its run; none: the state that it waits for is never reached.
std::optional<Time> due(const Json& action, const Run& run);

// Why the run of the plan that holds this action shows nothing of it: its state is never reached,
// the run ends before, its segment is not under way. Nothing: it was done.
format::Text idle(const Json& action, const Run& run);

// Whether the action is one on a segment, and that segment is not under way when it comes.
bool misses(const Json& action, const Run& run);

}  // namespace tcplab::exercise
