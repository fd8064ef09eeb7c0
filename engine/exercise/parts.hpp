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

// The same, of the events that match. `whole`: both runs are there to their ends; otherwise that one
// has fewer of them says nothing.
std::optional<std::pair<std::uint32_t, std::uint32_t>> where_these_part(const lab::Events& one,
                                                                        const lab::Events& other,
                                                                        const format::Json& match,
                                                                        bool whole);

// Whether something in the run happens as this event does, at the same time.
bool has_its_like(const lab::Events& run, const format::Json& event);

}  // namespace tcplab::exercise
