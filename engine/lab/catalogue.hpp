// What the engine knows, by name: states, the transition table, profiles, mutants, calls, rules.
// The page draws and labels from this instead of keeping tables of its own.
#pragma once
#include "format/json.hpp"

namespace tcplab::lab {

format::Json catalogue();

}  // namespace tcplab::lab
