// An action of a plan of which nothing came.
#pragma once
#include "exercise/run.hpp"
#include "format/text.hpp"

namespace tcplab::exercise {

// Why the run of the plan that holds this action shows nothing of it: its state is never reached,
// the run ends before, its segment is not under way. Nothing: it was done.
format::Text idle(const Json& action, const Run& run);

}  // namespace tcplab::exercise
