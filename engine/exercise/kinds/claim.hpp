// A claim with places to fill. Whether a choice is true is never written down: each carries
// conditions, and the engine finds out whether they hold in the run or in a changed run.
#pragma once
#include "exercise/bench.hpp"
#include "exercise/kinds/kind.hpp"
#include "exercise/vain.hpp"
#include "format/reader.hpp"

namespace tcplab::exercise {

// Whether an option is true in the bench's world.
bool option_holds(const Json& option, Bench& bench);

// For authors: claim_check.cpp. Changed runs that cannot be run.
void check_claim(const format::Reader& question, Bench& bench, Matches& matches);
// Options that read the same, several right ones, and texts that hold answers.
void check_options(const Authored& authored, Bench& bench);

}  // namespace tcplab::exercise
