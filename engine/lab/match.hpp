// What an event must have: an object of its fields. Compared on the event's JSON, so that whatever
// the trace says can be matched.
#pragma once
#include <cstdint>
#include <vector>

#include "format/json.hpp"
#include "format/shape.hpp"
#include "lab/trace.hpp"

namespace tcplab::lab {

// Whether the event has every field of the match.
bool matches(const format::Json& match, const format::Json& event);
// The numbers of the matching events among `events` (to_json of each).
std::vector<std::uint32_t> find_matches(const format::Json& match,
                                        const std::vector<format::Json>& events);
// The fields that the event has otherwise: [{"field", "wanted", "found"}]; null: it has none.
format::Json misses(const format::Json& match, const format::Json& event);

const format::Shape& match_shape();
format::Shape state_name();

}  // namespace tcplab::lab
