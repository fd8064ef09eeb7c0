// How near an event came to a match that it does not meet.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <tuple>

#include "format/json.hpp"

namespace tcplab::lab {

// Where an event of a connection went, seen from the state that is wanted of it; the first is the
// nearest.
enum class Turn : std::uint8_t {
  kAway,    // the state could still come, and after the event it no longer can
  kAside,   // the state could have followed at once, and can still come
  kBefore,  // the state can follow at once
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

// `missed`: the fields that the event has otherwise (lab/match.hpp). None: a reader would not see
// what the event has to do with the match. At the same place it has something that tells what is
// wanted, or its states lie beside the wanted one; elsewhere it is exactly what is wanted.
std::optional<Nearness> nearness(const format::Json& match, const format::Json& event,
                                 const format::Json& missed);

}  // namespace tcplab::lab
