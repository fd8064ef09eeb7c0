// Segments that the wire can carry but no stack of the lab sends: something is added to their
// bytes, or wrong in them.
#pragma once
#include <cstdint>
#include <optional>

#include "wire/segment.hpp"

namespace tcplab::wire {

inline constexpr std::size_t kMostOptionBytes = 40;  // RFC 9293 §3.1: the data offset's four bits

struct Forgery {
  std::uint8_t reserved = 0;                // the four bits after the data offset
  std::uint16_t urgent = 0;                 // the urgent pointer
  Bytes options;                            // octets after the segment's own options
  std::optional<std::uint8_t> data_offset;  // in 32-bit words; may be a wrong value
  bool bad_checksum = false;
  std::optional<std::uint16_t> cut_to;  // octets of the TCP segment to keep
  friend bool operator==(const Forgery&, const Forgery&) = default;
};

// Octets of the header that all options take, a multiple of 4. More than kMostOptionBytes do not
// fit.
std::size_t options_size(const Options& options, const Forgery& forgery);

// The datagram's bytes. Lengths and checksums match the bytes that are left, unless `forgery` says
// otherwise. The acknowledgment number is written even without the ACK bit.
Bytes encode(const Segment& segment, std::uint16_t identification, const Forgery& forgery);

// The option of RFC 2018 §3 as octets, with two No-Operations before it.
struct SackBlock {
  Seq left;
  Seq right;
};
Bytes sack_option(const std::vector<SackBlock>& blocks);

}  // namespace tcplab::wire
