// Temporal predicates over a trace: the goals of exercises. The page renders the same JSON as text,
// so that the stated goal is the checked goal.
//
//   {"eventually": MATCH}               some event matches
//   {"never": MATCH}                    no event matches
//   {"count": {"of": MATCH, "at_least": 2, "at_most": 3}}
//   {"before": [MATCH, MATCH]}          the first match of one is before the first of the other
//   {"at_end": {"host": "client", "state": "CLOSED"}}
//   {"always": {"host": "client", "state": "ESTABLISHED"}}   from the first time on
//   {"all": [..]} {"any": [..]} {"not": ..}
//
// MATCH is an object of fields that an event must have: kind, host, socket, rule, from, to, event
// (of a state), flags, len, len_min, retransmission, stale, call, error, timer, text.
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "format/json.hpp"
#include "format/shape.hpp"
#include "lab/trace.hpp"

namespace tcplab::lab {

// Whether the event has every field of the match. Compared on the event's JSON, so that whatever
// the trace says can be matched.
bool matches(const format::Json& match, const format::Json& event);
// The numbers of the matching events among `events` (to_json of each).
std::vector<std::uint32_t> find_matches(const format::Json& match,
                                        const std::vector<format::Json>& events);

struct Judgement {
  bool holds = false;
  // The event that decided: the match that made it true, or the one that broke it.
  std::optional<std::uint32_t> n;
};
// `events` is the whole trace as JSON. The predicate has goal_shape().
Judgement judge(const format::Json& predicate, const std::vector<format::Json>& events);

const format::Shape& match_shape();
const format::Shape& goal_shape();

}  // namespace tcplab::lab
