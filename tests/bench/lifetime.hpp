// What is measured: one connection from CLOSED to CLOSED, with a request of 100 octets and a reply
// of 1000, and the TIME-WAIT that ends it. 11 segments.
#pragma once
#include <cstdint>
#include <memory>

#include "lab/world.hpp"

namespace tcplab::bench {

// Both hosts, the script and nothing done yet. A lifetime is a copy of it, run to its end.
lab::World fresh_world();

// Runs one lifetime and says how many events it had. `trace`: null, or where they go.
std::uint32_t live(lab::World world, lab::Trace* trace);

}  // namespace tcplab::bench
