// A match: an object of the fields that an event must have. It is compared with the event's JSON,
// so that whatever the trace says can be matched.
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "format/json.hpp"
#include "format/shape.hpp"
#include "lab/events.hpp"

namespace tcplab::lab {

// Whether the event has every field of the match.
bool matches(const format::Json& match, const format::Json& event);
bool matches(const format::Json& match, const Events& events, std::size_t n);
// The number of the first event that matches, from `start` on.
std::optional<std::uint32_t> first_match(const format::Json& match, const Events& events,
                                         std::uint32_t start = 0);
std::vector<std::uint32_t> find_matches(const format::Json& match, const Events& events);
// The fields that differ in the event: [{"field", "wanted", "found"}]; found is null if missing.
format::Json misses(const format::Json& match, const format::Json& event);

const format::Shape& match_shape();
format::Shape state_name();

}  // namespace tcplab::lab
