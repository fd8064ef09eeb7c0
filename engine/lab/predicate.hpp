// Temporal predicates over a trace: the goals of exercises. The page renders the same JSON as text,
// so that the stated goal is the checked goal.
//
//   {"eventually": MATCH}               some event matches
//   {"never": MATCH}                    no event matches
//   {"count": {"of": MATCH, "at_least": 2, "at_most": 3}}
//   {"before": [MATCH, MATCH]}          the first match of one is before the first of the other
//   {"delivered": {"host": "server", "text": "pay 100 to Ann", "stale": true}}
//       an application of the host receives these octets in a row, in however many deliveries and
//       whatever comes before and after them; stale: another incarnation of the connection sent
//       them. Without "text": at least one octet, or "at_least" many
//   {"at_end": {"host": "client", "state": "CLOSED"}}
//   {"always": {"host": "client", "state": "ESTABLISHED"}}   reached, and no socket leaves it
//   {"all": [..]} {"any": [..]} {"not": ..}
//
// delivered, at_end and always may name a "socket" of the host, or its "listener". Without one,
// socket_states.hpp says which socket of the host is meant.
//
// MATCH is an object of fields that an event must have: kind, rule, and those that
// event_keys.cpp lists for its kind. In a state event, the socket "listener" also matches one that
// enters or leaves LISTEN. The text of a delivery is all that it brought: where the split into
// deliveries must not matter, use "delivered".
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "format/json.hpp"
#include "format/shape.hpp"
#include "lab/events.hpp"
#include "lab/match.hpp"

namespace tcplab::lab {

struct Judgement {
  bool holds = false;
  // The event that decided: the match that made it true, or the one that broke it.
  std::optional<std::uint32_t> n;
};
// The event that came nearest to a goal that does not hold.
struct Nearest {
  std::uint32_t n;
  format::Json misses;  // [{"field", "wanted", "found"}], never empty; found is null: it has none
};
// `events` is the whole trace. The predicate has goal_shape().
Judgement judge(const format::Json& predicate, const Events& events);

// For "eventually", "delivered", and an "always" whose state is never reached. None: the goal
// holds, or nothing came near (nearness.hpp). What is reported for any goal: shortfall.hpp.
std::optional<Nearest> nearest(const format::Json& predicate, const Events& events);

const format::Shape& goal_shape();

}  // namespace tcplab::lab
