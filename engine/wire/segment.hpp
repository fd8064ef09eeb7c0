// A TCP segment with the addresses of the IPv4 header that carries it (RFC 9293 §3.1).
#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "wire/payload.hpp"
#include "wire/seq.hpp"

namespace tcplab::wire {

// Identifies a segment that was sent, from 1 in the order of sending. It is the lab's own and not
// on the wire: it tells which segment an arrival is.
using SegmentId = std::uint32_t;

struct Address {
  std::uint32_t value = 0;  // host byte order
  friend constexpr auto operator<=>(Address, Address) = default;
};

struct Endpoint {
  Address address;
  std::uint16_t port = 0;
  friend constexpr auto operator<=>(const Endpoint&, const Endpoint&) = default;
};

// Control bits, as in octet 13 of the header.
enum Flag : std::uint8_t {
  kFin = 0x01,
  kSyn = 0x02,
  kRst = 0x04,
  kPsh = 0x08,
  kAck = 0x10,
  kUrg = 0x20,
  kEce = 0x40,
  kCwr = 0x80,
};
using Flags = std::uint8_t;

// RFC 7323 §3.2, in ticks of the two ends' timestamp clocks.
struct Timestamps {
  std::uint32_t value = 0;
  std::uint32_t echo_reply = 0;  // meaningful only with kAck
  friend bool operator==(const Timestamps&, const Timestamps&) = default;
};

struct Options {
  std::optional<std::uint16_t> mss;          // kind 2, only in segments with SYN (MUST-65)
  std::optional<std::uint8_t> window_scale;  // kind 3, the shift count, only with SYN (RFC 7323 §2)
  bool sack_permitted = false;               // kind 4, only with SYN (RFC 2018 §2)
  std::optional<Timestamps> timestamps;      // kind 8
  friend bool operator==(const Options&, const Options&) = default;
};

struct Segment {
  Endpoint src;
  Endpoint dst;
  Seq seq;
  Seq ack;  // meaningful only with kAck
  Flags flags = 0;
  std::uint16_t window = 0;  // octets, as in the header
  std::uint16_t urgent = 0;  // the urgent pointer; meaningful only with kUrg
  Options options;
  Payload payload;
  bool bad_option_length = false;  // an option had a wrong length
  bool other_options = false;      // the header holds more than the options above

  constexpr bool has(Flag flag) const { return (flags & flag) != 0; }
  bool is_pure_ack() const {
    return (flags & (kAck | kSyn | kFin | kRst)) == kAck && payload.empty();
  }
  friend bool operator==(const Segment&, const Segment&) = default;
};

// "SYN ACK": the names of the set bits in the order SYN FIN RST PSH ACK URG ECE CWR.
std::string flags_text(Flags flags);
// The inverse, for names separated by spaces or commas, any case; nullopt if a name is unknown.
std::optional<Flags> parse_flags(std::string_view text);

// RFC 1122 §3.2.1.3: a unicast address: neither "this host" nor multicast nor broadcast.
constexpr bool is_of_one_host(Address address) {
  return address.value != 0 && address.value >> 24 < 224;
}
// RFC 1122 §3.2.1.3 (g): for a host's traffic to itself; must not appear outside a host.
constexpr bool is_loopback(Address address) { return address.value >> 24 == 127; }

std::string to_text(Address address);    // "10.0.0.1"
std::string to_text(Endpoint endpoint);  // "10.0.0.1:80"

}  // namespace tcplab::wire
