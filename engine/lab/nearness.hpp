// How near an event came to a match that it does not fit.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <tuple>

#include "format/json.hpp"

namespace tcplab::lab {

// How a change of state relates to the state that the match wants; the first is the nearest.
enum class Turn : std::uint8_t {
  kAway,    // the wanted state could be reached before the event, but not after it
  kAside,   // the wanted state could have come instead, and can still be reached
  kBefore,  // the wanted state can follow directly
  kNone,    // no state is wanted, or none of these
};

struct Nearness {
  std::size_t distance = 0;
  Turn turn = Turn::kNone;

  // Whether it is further away.
  bool operator>(const Nearness& other) const {
    return std::tuple(distance, turn) > std::tuple(other.distance, other.turn);
  }
};

// `missed`: the fields that differ in the event, by misses() of lab/match.hpp. None: a reader would
// not see what the event has to do with the match. At the wanted place an event is near if it
// shares a field that says what happens, or has a Turn; elsewhere only if all else is as wanted.
std::optional<Nearness> nearness(const format::Json& match, const format::Json& event,
                                 const format::Json& missed);

}  // namespace tcplab::lab
