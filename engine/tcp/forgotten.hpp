// The mutant that answers a segment of a forgotten connection with a FIN (M48).
#pragma once
#include <optional>

#include "tcp/behaviour.hpp"
#include "wire/segment.hpp"

namespace tcplab::tcp {

// The FIN that replaces the RST where an ACK finds no connection. None: this is another segment, or
// not this mutant.
std::optional<wire::Segment> fin_for_forgotten(const wire::Segment& segment,
                                               const Behaviour& behaviour);

}  // namespace tcplab::tcp
