// Moments of a run that a question speaks of: where it stops, or the first event that matches.
#pragma once
#include <cstdint>
#include <optional>

#include "exercise/run.hpp"
#include "format/shape.hpp"

namespace tcplab::exercise {

// "pause", or a match.
format::Shape moment_shape();

// The first event at such a moment, from `begin` on; none: it does not come.
std::optional<std::uint32_t> first_at(const Json& moment, const Json& question, const Run& run,
                                      std::uint32_t begin = 0);

}  // namespace tcplab::exercise
