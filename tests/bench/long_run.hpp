// Sessions that have come far, and what is asked of them then.
#pragma once
#include <cstddef>
#include <cstdint>

#include "lab/session.hpp"

namespace tcplab::bench {

// One connection over which text goes in segments of 100 octets, until the trace has so many events
// (a few more, for a step is never cut).
lab::Session long_transfer(std::uint32_t events);

// So many connections from one client to one server, each idle in ESTABLISHED.
lab::Session idle_connections(std::uint32_t connections);

// All that a session has allocated, its scenario aside, divided by its events.
double bytes_per_event(std::uint32_t events);

// What idle connections take beside the trace, both ends and all checkpoints together.
double bytes_per_traced_connection(std::uint32_t connections);

}  // namespace tcplab::bench
