// Initial sequence numbers: ISN = M + F(local, remote, secret), RFC 9293 §3.4.1 and RFC 6528.
#pragma once
#include <array>
#include <cstdint>

#include "base/time.hpp"
#include "wire/segment.hpp"

namespace tcplab::tcp {

using Secret = std::array<std::uint64_t, 2>;

// M is a clock that ticks every 4 microseconds (MUST-8), F is SipHash-2-4 keyed with the host's
// secret (SHLD-1, MUST-9).
wire::Seq initial_sequence_number(const wire::Endpoint& local, const wire::Endpoint& remote,
                                  const Secret& secret, Time now);

// SipHash-2-4 of two 64-bit words (16 octets, little endian).
std::uint64_t siphash(const Secret& key, std::uint64_t first, std::uint64_t second);

}  // namespace tcplab::tcp
