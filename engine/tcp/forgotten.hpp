// What the mutant answers that takes a FIN for the sign of a forgotten connection (M48).
#pragma once
#include <optional>

#include "tcp/behaviour.hpp"
#include "wire/segment.hpp"

namespace tcplab::tcp {

// In the place of the RST that answers an ACK for which there is no connection; none: another
// segment, or no such mutant.
std::optional<wire::Segment> fin_for_forgotten(const wire::Segment& segment,
                                               const Behaviour& behaviour);

}  // namespace tcplab::tcp
