// What the wire can carry and no stack of the lab sends: a segment's bytes with something added to
// them, or something wrong with them.
#pragma once
#include <cstdint>
#include <optional>

#include "wire/segment.hpp"

namespace tcplab::wire {

inline constexpr std::size_t kMostOptionBytes = 40;  // RFC 9293 §3.1: the data offset's four bits

struct Forgery {
  std::uint8_t reserved = 0;                // the four bits behind the data offset
  std::uint16_t urgent = 0;                 // the urgent pointer
  Bytes options;                            // octets behind those of the segment's own options
  std::optional<std::uint8_t> data_offset;  // in words of 32 bits, whatever is true
  bool bad_checksum = false;
  std::optional<std::uint16_t> cut_to;  // octets of the TCP segment that are left
  friend bool operator==(const Forgery&, const Forgery&) = default;
};

// Octets of header that all options take, a multiple of 4; more than kMostOptionBytes fit nowhere.
std::size_t options_size(const Options& options, const Forgery& forgery);

// The datagram's bytes. Lengths and checksums are those of what is left, unless `forgery` says
// otherwise; the acknowledgment number is written with and without the ACK bit.
Bytes encode(const Segment& segment, std::uint16_t identification, const Forgery& forgery);

// The option of RFC 2018 §3 as octets, with two No-Operations before it.
struct SackBlock {
  Seq left;
  Seq right;
};
Bytes sack_option(const std::vector<SackBlock>& blocks);

}  // namespace tcplab::wire
