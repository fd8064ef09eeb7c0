// The octets that applications received, however they were split into deliveries.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "format/json.hpp"
#include "lab/events.hpp"

namespace tcplab::lab {

// The octets that one connection delivered to its application, in order, a character for each.
struct Stream {
  std::string octets;
  std::vector<bool> stale;            // by octet: another incarnation of the connection sent it
  std::vector<std::uint32_t> events;  // by octet: the delivery that brought it
};

// The streams of the connections that `place` ({"host", "socket"?}) is about, oldest first.
std::vector<Stream> delivered_to(const format::Json& place, const Events& events);

// {"host", "socket"?, "text"?, "at_least"?, "stale"?} against one of the streams.
struct Delivered {
  std::uint64_t found = 0;    // octets of the text that are in the stream in a row; without a text,
                              // all that were delivered
  std::uint64_t counted = 0;  // of those, how many are stale, or fresh, as wanted
  std::uint64_t wanted = 0;
  std::optional<std::uint32_t> n;  // the delivery that brought the last of them

  bool holds() const { return counted >= wanted; }
};
// The stream that has most of what is wanted.
Delivered best_delivered(const format::Json& wanted, const Events& events);

}  // namespace tcplab::lab
