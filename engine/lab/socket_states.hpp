// Whose state a goal means that names a host, or a host and one of its sockets; read from a trace.
//
//   {"host": "server"}                        what a person would look at: the newest of the host's
//     live connections (neither CLOSED nor LISTEN); if none lives, the newest among its listeners
//     and the connections that ended; a host that has neither is CLOSED
//   {"host": "server", "socket": "listener"}  the newest socket that listens; if none does, the
//     newest that did
//   {"host": "server", "socket": "accepted"}  the socket of this name
#pragma once
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "format/json.hpp"
#include "lab/events.hpp"

namespace tcplab::lab {

inline constexpr std::uint32_t kWholeTrace = std::numeric_limits<std::uint32_t>::max();

struct SocketState {
  std::string state = "CLOSED";
  std::optional<std::uint32_t> n;  // the event that led to it; none: it never changed
  // More than one could be meant: two connections live; none lives, and one has ended while an
  // older listener goes on; two sockets listen, and "listener" is named.
  bool is_ambiguous = false;
  std::vector<std::string> names;  // if ambiguous: of all the host's sockets
};

// The state after the first `seen` events. `events` is the whole trace: a name that
// accept() gives later names the connection from its birth.
SocketState state_of(const format::Json& place, const Events& events,
                     std::uint32_t seen = kWholeTrace);

// The numbers of the connections that a place with a socket is about, ascending; none: no socket of
// the host has this name in this run.
std::vector<std::uint32_t> connections_of(const format::Json& place, const Events& events);
// Whether an event belongs to the place: its host and, if a socket is named, one of `connections`.
bool is_at(const format::Json& place, const std::vector<std::uint32_t>& connections,
           const Events& events, std::size_t n);

}  // namespace tcplab::lab
