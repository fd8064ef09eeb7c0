// Where two runs of one scenario part.
#pragma once
#include <cstdint>
#include <optional>
#include <utility>

#include "lab/events.hpp"

namespace tcplab::exercise {

// The place of the first event in which two traces differ; none while one is the beginning of the
// other. What happened is compared, not why, nor how events are counted.
std::optional<std::uint32_t> first_difference(const lab::Events& one, const lab::Events& other);

// The numbers of the first events that differ, in one whole run and in the other; none when nothing
// does. When one run only ends earlier, its last event stands for its end.
std::optional<std::pair<std::uint32_t, std::uint32_t>> where_they_part(const lab::Events& one,
                                                                       const lab::Events& other);

// A run, and whether it is there to its end: of what lies beyond, nothing is known.
struct Seen {
  const lab::Events& events;
  bool whole;
};
// The same, of the events that match, as far as both runs are there.
std::optional<std::pair<std::uint32_t, std::uint32_t>> where_these_part(const Seen& one,
                                                                        const Seen& other,
                                                                        const format::Json& match);

// Whether something in the run happens as this event does, at the same time.
bool has_its_like(const lab::Events& run, const format::Json& event);

}  // namespace tcplab::exercise
