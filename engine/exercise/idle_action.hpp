// Finds actions of a plan that had no effect.
#pragma once
#include <chrono>
#include <optional>

#include "exercise/run.hpp"
#include "format/text.hpp"

namespace tcplab::exercise {

using Time = std::chrono::microseconds;
Time time_of(const Json& event);
// When an action of a plan is due in its run; none if the state that it waits for is never reached.
std::optional<Time> due(const Json& action, const Run& run);

// Why the action had no effect in the run of its plan: its state is never reached, the run ends
// before, or its segment is not in flight. Empty: the action was done.
format::Text idle(const Json& action, const Run& run);

// Whether the action is on a segment that is not in flight when the action is due.
bool misses(const Json& action, const Run& run);

}  // namespace tcplab::exercise
