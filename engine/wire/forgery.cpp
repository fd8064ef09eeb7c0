#include "wire/forgery.hpp"

#include <algorithm>

#include "wire/datagram.hpp"
#include "wire/network_order.hpp"
#include "wire/option_kind.hpp"
#include "wire/options.hpp"

namespace tcplab::wire {
std::size_t options_size(const Options& options, const Forgery& forgery) {
  return options_size(options) + (forgery.options.size() + 3) / 4 * 4;
}

Bytes encode(const Segment& segment, std::uint16_t identification, const Forgery& forgery) {
  Bytes datagram = encode(segment, identification);
  const std::size_t own = kIpv4HeaderBytes + kTcpHeaderBytes + options_size(segment.options);
  // Padded with End of Option List, which is zero.
  Bytes more = forgery.options;
  more.resize(options_size(segment.options, forgery) - options_size(segment.options));
  datagram.insert(datagram.begin() + static_cast<std::ptrdiff_t>(own), more.begin(), more.end());

  auto* tcp = datagram.data() + kIpv4HeaderBytes;
  const std::size_t words = (own + more.size() - kIpv4HeaderBytes) / 4;
  put32(tcp + 8, segment.ack.value());
  tcp[12] = static_cast<std::uint8_t>(forgery.data_offset.value_or(words) << 4 | forgery.reserved);
  put16(tcp + 18, forgery.urgent);
  if (forgery.cut_to) {
    datagram.resize(std::min(datagram.size(), kIpv4HeaderBytes + *forgery.cut_to));
  }
  put_lengths_and_checksums(datagram);
  const bool has_checksum = datagram.size() >= kIpv4HeaderBytes + 18;
  if (forgery.bad_checksum && has_checksum) datagram[kIpv4HeaderBytes + 17] ^= 1;
  return datagram;
}

Bytes sack_option(const std::vector<SackBlock>& blocks) {
  Bytes option(4 + 8 * blocks.size());
  option[0] = option[1] = kNoOperation;
  option[2] = kSack;
  option[3] = static_cast<std::uint8_t>(option.size() - 2);
  auto* at = option.data() + 4;
  for (const auto& block : blocks) {
    put32(at, block.left.value());
    put32(at + 4, block.right.value());
    at += 8;
  }
  return option;
}

}  // namespace tcplab::wire
