// ICMP errors about TCP segments (RFC 792, RFC 1191): their kinds, what they quote of the segment,
// and their bytes.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "wire/segment.hpp"

namespace tcplab::wire {

enum class Icmp : std::uint8_t {
  kNetUnreachable,       // type 3, code 0
  kHostUnreachable,      // type 3, code 1
  kProtocolUnreachable,  // type 3, code 2
  kPortUnreachable,      // type 3, code 3
  kFragmentationNeeded,  // type 3, code 4, with the next hop's MTU (RFC 1191 §4)
  kSourceRouteFailed,    // type 3, code 5
  kSourceQuench,         // type 4, deprecated by RFC 6633
  kTimeExceeded,         // type 11
  kParameterProblem,     // type 12
};
inline constexpr std::array<std::string_view, 9> kIcmpNames{
    "net_unreachable",  "host_unreachable",     "protocol_unreachable",
    "port_unreachable", "fragmentation_needed", "source_route_failed",
    "source_quench",    "time_exceeded",        "parameter_problem"};
constexpr std::string_view to_text(Icmp icmp) { return kIcmpNames[static_cast<std::size_t>(icmp)]; }

// RFC 791: every link carries datagrams of this size.
inline constexpr std::uint16_t kSmallestMtu = 68;

struct IcmpError {
  Icmp what = Icmp::kHostUnreachable;
  // From the quoted headers: RFC 792 guarantees only the first eight octets of the TCP header.
  Endpoint src;
  Endpoint dst;
  Seq seq;
  std::uint16_t mtu = 0;  // of the next hop, with kFragmentationNeeded
};

// The source address of errors from the network's routers: one for documentation (RFC 5737).
inline constexpr Address kRouter{0xc0000201};  // 192.0.2.1

// RFC 1812 §4.3.2.3: an error quotes as much of a datagram as 576 octets hold.
inline constexpr std::size_t kLongestIcmpError = 576;

// The datagram that reports the error to `to` (by default the sender of `about`; a forged error may
// go to another host). Errors about a protocol or port come from the destination of `about`, all
// others from a router. `mtu` is for kFragmentationNeeded. `about` is the result of encode() for a
// segment.
Bytes encode(Icmp what, std::uint16_t mtu, const Bytes& about,
             std::optional<Address> to = std::nullopt);

}  // namespace tcplab::wire
