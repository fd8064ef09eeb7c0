// A run as the figures of RFC 9293 draw it: a column of states for either end, the segments between
// them, time downwards. Plain text, for terminals.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "lab/scenario.hpp"
#include "lab/trace.hpp"
#include "lab/world.hpp"

namespace tcplab::cli {

std::vector<std::string> host_names(const lab::Scenario& scenario);

// With more than two hosts the one that has part in most segments stands on the right, all others
// on the left, and every state says whose it is. A segment between two hosts of the left is drawn
// from left to right.
std::string exchange(const lab::World& world, const lab::Trace& trace, std::uint64_t seed);

}  // namespace tcplab::cli
