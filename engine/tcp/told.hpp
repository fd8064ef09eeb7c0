// The state that a connection is told to be in.
#pragma once
#include "tcp/behaviour.hpp"
#include "tcp/state.hpp"

namespace tcplab::tcp {

// The state's name as this behaviour has it: one mutant swaps two names. Whoever shows a state
// asks; what a TCB does follows from the state itself.
State told(State state, const Behaviour& behaviour);

}  // namespace tcplab::tcp
