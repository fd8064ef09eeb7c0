// The bytes of an IPv4 datagram that carries one TCP segment: encoding, decoding, checksums.
#pragma once
#include <cstdint>
#include <string_view>
#include <tl/expected.hpp>

#include "wire/segment.hpp"

namespace tcplab::wire {

inline constexpr std::size_t kIpv4HeaderBytes = 20;  // sent without IP options
inline constexpr std::size_t kTcpHeaderBytes = 20;   // without TCP options
// The longest payload that one datagram can carry: 65,535 octets less both headers and 40 octets
// of TCP options.
inline constexpr std::uint16_t kMaxPayload = 65'535 - kIpv4HeaderBytes - kTcpHeaderBytes - 40;

enum class DecodeError {
  kTooShort,     // fewer octets than the headers say
  kNotIpv4,      // version is not 4, or the IP header is malformed
  kNotTcp,       // protocol is not 6
  kFragment,     // a fragment; the lab's links never make one
  kIpChecksum,   // the IPv4 header checksum is wrong
  kTcpChecksum,  // RFC 9293 §3.1, MUST-3
  kDataOffset,   // the TCP data offset is below 5 or beyond the datagram
};
std::string_view to_text(DecodeError error);

// The datagram's bytes, network byte order. `identification` goes into the IP header (RFC 791).
// The payload must not exceed kMaxPayload.
Bytes encode(const Segment& segment, std::uint16_t identification);

// Reads any bytes. Unknown options are skipped (MUST-6); options may start at any octet (MUST-64).
tl::expected<Segment, DecodeError> decode(const Bytes& datagram);

// Recomputes the lengths and checksums of a datagram without IP options whose bytes were changed or
// cut short; leaves out the TCP checksum if it was cut off.
void put_lengths_and_checksums(Bytes& datagram);

// Writes an IPv4 header without IP options. `total_bytes` includes the header.
void put_ipv4_header(std::uint8_t* at, Address src, Address dst, std::uint8_t protocol,
                     std::size_t total_bytes, std::uint16_t identification);

// The Internet checksum (RFC 1071) of `size` octets, with `sum` carried in.
std::uint16_t internet_checksum(const std::uint8_t* data, std::size_t size, std::uint32_t sum = 0);

}  // namespace tcplab::wire
