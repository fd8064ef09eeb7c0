// SYN cookies (RFC 4987 §3.6, in Linux's encoding): an ISN that holds what the listener does not
// store; the third segment of the handshake brings it back.
#pragma once
#include <array>
#include <cstdint>
#include <optional>

#include "base/time.hpp"
#include "tcp/isn.hpp"
#include "wire/segment.hpp"

namespace tcplab::host {

// The classes that a peer's MSS is rounded down to.
inline constexpr std::array<std::uint16_t, 4> kCookieMss{536, 1300, 1440, 1460};
// A cookie is valid in the period in which it was made and in the next.
inline constexpr Duration kCookiePeriod = std::chrono::seconds(60);

// The ISN for a SYN from `remote` with the sequence number `irs` and this MSS.
wire::Seq syn_cookie(const tcp::Secret& secret, const wire::Endpoint& local,
                     const wire::Endpoint& remote, wire::Seq irs, std::uint16_t mss, Time now);
// The MSS class, if `cookie` was made here for this peer and `irs` and is still valid.
std::optional<std::uint16_t> mss_of_cookie(const tcp::Secret& secret, const wire::Endpoint& local,
                                           const wire::Endpoint& remote, wire::Seq irs,
                                           wire::Seq cookie, Time now);

// What does not fit into the ISN travels in the low bits of TSval and comes back in TSecr; without
// timestamps it is lost.
struct CookieOptions {
  std::optional<std::uint8_t> window_shift;  // 0 to 14: the peer's
  bool sack_permitted = false;
  friend bool operator==(const CookieOptions&, const CookieOptions&) = default;
};
// All that a cookie keeps.
struct CookieContents {
  std::uint16_t mss = 536;
  CookieOptions options;
  friend bool operator==(const CookieContents&, const CookieContents&) = default;
};
std::uint32_t timestamp_with(std::uint32_t clock, const CookieOptions& options);
CookieOptions options_of_timestamp(std::uint32_t echo_reply);

}  // namespace tcplab::host
