// A claim with slots to fill. No exercise says which option is true: each option has conditions,
// and the engine finds out whether they hold in the run or in a changed run.
#pragma once
#include "exercise/bench.hpp"
#include "exercise/kinds/kind.hpp"
#include "exercise/vain.hpp"
#include "format/reader.hpp"

namespace tcplab::exercise {

// Whether an option is true in the bench's world.
bool option_holds(const Json& option, Bench& bench);

// For authors: claim_check.cpp. Problems: changed runs that cannot be run.
void check_claim(const format::Reader& question, Bench& bench, Matches& matches);
// Problems: options that read the same, several right options, and texts that contain answers.
void check_options(const Authored& authored, Bench& bench);

}  // namespace tcplab::exercise
