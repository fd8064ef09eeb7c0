// Checks that the scenario or the change of a question can be run.
#pragma once
#include "exercise/run.hpp"
#include "format/reader.hpp"

namespace tcplab::exercise {

// `what` is a question's scenario, its "change" or that of a condition. Adds a problem and returns
// false if it cannot be run.
bool check_run(const format::Reader& what, const RunResult& run);
bool check_change(const format::Reader& change, Runs& runs);

}  // namespace tcplab::exercise
