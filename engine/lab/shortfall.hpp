// Why a goal does not hold in a run, and how far the run got: what a student or an author is told.
#pragma once
#include "format/json.hpp"
#include "lab/events.hpp"

namespace tcplab::lab {

// Null: the goal holds. Else an object with "reason", and what goes with it:
//   nearest   "n" the event that came nearest, "misses" the fields that differ in it
//   unlike    nothing like it happened; for a "before", "match" is the one that never did. "n" the
//             last change of state of the host, or the socket, that the goal names
//   happened  "n" the event that must not have happened
//   count     "found" so many events match; "n" the last of them, or the first that is too many
//   order     "n" the first of the later events: the earlier one had not happened by then
//   state     "found" the state at the end, "n" the event that led to it
//   holds     what must not hold does, "n" as its Judgement says
// "n" is null where there is no such event. "part" points to the goal that this is about, inside
// "all", "any" and "not"; "" is the goal itself.
format::Json shortfall(const format::Json& goal, const Events& events);

}  // namespace tcplab::lab
