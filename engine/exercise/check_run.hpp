// Whether a question's own world can be run.
#pragma once
#include "exercise/run.hpp"
#include "format/reader.hpp"

namespace tcplab::exercise {

// Of a question's scenario, its "change" or a condition's: adds a problem if it cannot be run.
bool check_run(const format::Reader& what, const RunResult& run);
bool check_change(const format::Reader& change, Runs& runs);

}  // namespace tcplab::exercise
