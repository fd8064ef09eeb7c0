// Draws a run like the figures of RFC 9293: a column of states for each end, the segments between
// them, time running downwards. Plain text, for terminals.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "lab/scenario.hpp"
#include "lab/trace.hpp"
#include "lab/world.hpp"

namespace tcplab::cli {

std::vector<std::string> host_names(const lab::Scenario& scenario);

// With more than two hosts, the one with most segments is on the right, all others are on the left,
// and every state has the name of its host. A segment between two hosts on the left is drawn from
// left to right.
std::string exchange(const lab::World& world, const lab::Trace& trace, std::uint64_t seed);

}  // namespace tcplab::cli
