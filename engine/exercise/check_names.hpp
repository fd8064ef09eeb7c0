// Whether what an exercise speaks of exists.
#pragma once
#include "format/reader.hpp"

namespace tcplab::exercise {

// Problems of an exercise whose parameters are filled in: a host, socket, rule, transition, errno
// or address in a match, a goal, a pause, a veto or a script that exists nowhere; a key of a match
// that no event of its kind has. Such a match fits nothing, so that a "never" would hold whatever
// happens.
void check_names(const format::Reader& root);

// Problems of a scenario's script: sockets that nothing in it makes. The calls on them fail with
// EBADF, which may be what the scenario shows.
void check_sockets(const format::Reader& scenario);

}  // namespace tcplab::exercise
