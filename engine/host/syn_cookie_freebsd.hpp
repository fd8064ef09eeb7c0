// FreeBSD's SYN cookies: 24 bits of a MAC, and below them 8 bits that hold what the SYN offered
// (syncookie_generate(), syncookie_lookup()).
#pragma once
#include <array>
#include <cstdint>
#include <optional>

#include "base/time.hpp"
#include "host/syn_cookie.hpp"

namespace tcplab::host {

// The classes that the peer's MSS and shift count are rounded down to; shift class 0 is no scaling.
inline constexpr std::array<std::uint16_t, 8> kFreebsdCookieMss{216,  536,  1200, 1360,
                                                                1400, 1440, 1452, 1460};
inline constexpr std::array<std::uint8_t, 8> kFreebsdCookieShift{0, 0, 1, 2, 4, 6, 7, 8};
// This often one of two secrets is drawn anew, so a cookie is valid for 15 to 30 seconds.
inline constexpr Duration kFreebsdCookiePeriod = std::chrono::seconds(15);

wire::Seq freebsd_cookie(const tcp::Secret& secret, const wire::Endpoint& local,
                         const wire::Endpoint& remote, wire::Seq irs,
                         const CookieContents& contents, Time now);
std::optional<CookieContents> contents_of_freebsd_cookie(const tcp::Secret& secret,
                                                         const wire::Endpoint& local,
                                                         const wire::Endpoint& remote,
                                                         wire::Seq irs, wire::Seq cookie, Time now);

}  // namespace tcplab::host
