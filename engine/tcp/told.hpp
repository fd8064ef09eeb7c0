// The state that is shown for a connection.
#pragma once
#include "tcp/behaviour.hpp"
#include "tcp/state.hpp"

namespace tcplab::tcp {

// The state by the name that this behaviour gives it: one mutant swaps two names. Only what shows a
// state uses this; a TCB acts on the state itself.
State told(State state, const Behaviour& behaviour);

}  // namespace tcplab::tcp
