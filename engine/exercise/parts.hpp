// Finds where two runs of one scenario begin to differ.
#pragma once
#include <cstdint>
#include <optional>
#include <utility>

#include "lab/events.hpp"

namespace tcplab::exercise {

// The index of the first event in which two traces differ; none if one is the beginning of the
// other. Compares what happened, and neither its causes and rules nor the numbers of events.
std::optional<std::uint32_t> first_difference(const lab::Events& one, const lab::Events& other);

// The numbers of the first events that differ, in one complete run and in the other; none if the
// runs are equal. If one run only ends earlier, its last event stands for its end.
std::optional<std::pair<std::uint32_t, std::uint32_t>> where_they_part(const lab::Events& one,
                                                                       const lab::Events& other);

// A run, and whether it is complete: nothing is known about events beyond an incomplete one.
struct Seen {
  const lab::Events& events;
  bool whole;
};
// The same for the events that match, as far as both runs are known.
std::optional<std::pair<std::uint32_t, std::uint32_t>> where_these_part(const Seen& one,
                                                                        const Seen& other,
                                                                        const format::Json& match);

// Whether the run has an event in which the same happens at the same time.
bool has_its_like(const lab::Events& run, const format::Json& event);

}  // namespace tcplab::exercise
