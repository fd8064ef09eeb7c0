// What the engine knows, by id: states, the transition table, profiles, mutants, calls, rules; what
// a reader calls it, in both languages; and where each field of a header stands. The page draws and
// labels from this instead of keeping tables of its own.
#pragma once
#include "format/json.hpp"

namespace tcplab::lab {

format::Json catalogue();

}  // namespace tcplab::lab
