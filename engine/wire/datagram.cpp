#include "wire/datagram.hpp"

#include <algorithm>

#include "wire/network_order.hpp"
#include "wire/options.hpp"

namespace tcplab::wire {
namespace {

constexpr std::uint8_t kProtocolTcp = 6;
constexpr std::uint8_t kTimeToLive = 64;
constexpr std::uint16_t kDontFragment = 0x4000;

// RFC 9293 §3.1: the pseudo-header, summed but not yet folded.
std::uint32_t pseudo_header_sum(Address src, Address dst, std::size_t tcp_bytes) {
  return (src.value >> 16) + (src.value & 0xffff) + (dst.value >> 16) + (dst.value & 0xffff) +
         kProtocolTcp + static_cast<std::uint32_t>(tcp_bytes);
}

tl::expected<std::size_t, DecodeError> check_ip_header(const Bytes& datagram) {
  if (datagram.size() < kIpv4HeaderBytes) return tl::make_unexpected(DecodeError::kTooShort);
  const auto* ip = datagram.data();
  const std::size_t header_bytes = std::size_t{4} * (ip[0] & 0x0f);
  if (ip[0] >> 4 != 4 || header_bytes < kIpv4HeaderBytes) {
    return tl::make_unexpected(DecodeError::kNotIpv4);
  }
  const std::size_t total_bytes = get16(ip + 2);
  if (datagram.size() < header_bytes || total_bytes != datagram.size()) {
    return tl::make_unexpected(DecodeError::kTooShort);
  }
  if (internet_checksum(ip, header_bytes) != 0) {
    return tl::make_unexpected(DecodeError::kIpChecksum);
  }
  if ((get16(ip + 6) & 0x3fff) != 0) return tl::make_unexpected(DecodeError::kFragment);
  if (ip[9] != kProtocolTcp) return tl::make_unexpected(DecodeError::kNotTcp);
  return header_bytes;
}

}  // namespace

std::string_view to_text(DecodeError error) {
  switch (error) {
    case DecodeError::kTooShort:
      return "too short";
    case DecodeError::kNotIpv4:
      return "not IPv4";
    case DecodeError::kNotTcp:
      return "not TCP";
    case DecodeError::kFragment:
      return "fragment";
    case DecodeError::kIpChecksum:
      return "IP checksum";
    case DecodeError::kTcpChecksum:
      return "TCP checksum";
    case DecodeError::kDataOffset:
      return "data offset";
  }
  return "";
}

void put_ipv4_header(std::uint8_t* at, Address src, Address dst, std::uint8_t protocol,
                     std::size_t total_bytes, std::uint16_t identification) {
  at[0] = 0x45;
  at[1] = 0;
  put16(at + 2, static_cast<std::uint32_t>(total_bytes));
  put16(at + 4, identification);
  put16(at + 6, kDontFragment);
  at[8] = kTimeToLive;
  at[9] = protocol;
  put16(at + 10, 0);
  put32(at + 12, src.value);
  put32(at + 16, dst.value);
  put16(at + 10, internet_checksum(at, kIpv4HeaderBytes));
}

// Four octets at a time: 2^16 is 1 modulo 2^16 - 1, so any grouping folds to the same sum.
std::uint16_t internet_checksum(const std::uint8_t* data, std::size_t size, std::uint32_t sum) {
  std::uint64_t total = sum;
  for (; size >= 4; data += 4, size -= 4) total += get32(data);
  if (size >= 2) total += get16(data);
  if (size % 2 == 1) total += std::uint64_t{data[size - 1]} << 8;
  while (total > 0xffff) total = (total & 0xffff) + (total >> 16);
  return static_cast<std::uint16_t>(~total);
}

Bytes encode(const Segment& segment, std::uint16_t identification) {
  const std::size_t option_bytes = options_size(segment.options);
  const std::size_t tcp_bytes = kTcpHeaderBytes + option_bytes + segment.payload.size();
  Bytes datagram(kIpv4HeaderBytes + tcp_bytes);
  put_ipv4_header(datagram.data(), segment.src.address, segment.dst.address, kProtocolTcp,
                  datagram.size(), identification);

  auto* tcp = datagram.data() + kIpv4HeaderBytes;
  put16(tcp, segment.src.port);
  put16(tcp + 2, segment.dst.port);
  put32(tcp + 4, segment.seq.value());
  put32(tcp + 8, segment.has(kAck) ? segment.ack.value() : 0);
  tcp[12] = static_cast<std::uint8_t>((kTcpHeaderBytes + option_bytes) / 4 << 4);
  tcp[13] = segment.flags;
  put16(tcp + 14, segment.window);
  put16(tcp + 18, segment.has(kUrg) ? segment.urgent : 0);
  encode_options(segment.options, tcp + kTcpHeaderBytes);
  std::copy(segment.payload.begin(), segment.payload.end(), tcp + kTcpHeaderBytes + option_bytes);
  put16(tcp + 16,
        internet_checksum(tcp, tcp_bytes,
                          pseudo_header_sum(segment.src.address, segment.dst.address, tcp_bytes)));
  return datagram;
}

void put_lengths_and_checksums(Bytes& datagram) {
  auto* ip = datagram.data();
  put16(ip + 2, static_cast<std::uint32_t>(datagram.size()));
  put16(ip + 10, 0);
  put16(ip + 10, internet_checksum(ip, kIpv4HeaderBytes));
  const std::size_t tcp_bytes = datagram.size() - kIpv4HeaderBytes;
  if (tcp_bytes < 18) return;
  auto* tcp = ip + kIpv4HeaderBytes;
  const Address src{get32(ip + 12)};
  const Address dst{get32(ip + 16)};
  put16(tcp + 16, 0);
  put16(tcp + 16, internet_checksum(tcp, tcp_bytes, pseudo_header_sum(src, dst, tcp_bytes)));
}

tl::expected<Segment, DecodeError> decode(const Bytes& datagram) {
  const auto ip_bytes = check_ip_header(datagram);
  if (!ip_bytes) return tl::make_unexpected(ip_bytes.error());
  const auto* ip = datagram.data();
  const auto* tcp = ip + *ip_bytes;
  const std::size_t tcp_bytes = datagram.size() - *ip_bytes;
  if (tcp_bytes < kTcpHeaderBytes) return tl::make_unexpected(DecodeError::kTooShort);

  Segment segment;
  segment.src = {Address{get32(ip + 12)}, get16(tcp)};
  segment.dst = {Address{get32(ip + 16)}, get16(tcp + 2)};
  const auto pseudo = pseudo_header_sum(segment.src.address, segment.dst.address, tcp_bytes);
  if (internet_checksum(tcp, tcp_bytes, pseudo) != 0) {
    return tl::make_unexpected(DecodeError::kTcpChecksum);
  }
  const std::size_t header_bytes = std::size_t{4} * (tcp[12] >> 4);
  if (header_bytes < kTcpHeaderBytes || header_bytes > tcp_bytes) {
    return tl::make_unexpected(DecodeError::kDataOffset);
  }
  const auto options = decode_options(tcp + kTcpHeaderBytes, tcp + header_bytes);
  segment.options = options.options;
  segment.bad_option_length = options.bad_length;
  segment.other_options = header_bytes - kTcpHeaderBytes != options_size(segment.options);
  segment.seq = Seq(get32(tcp + 4));
  segment.ack = Seq(get32(tcp + 8));
  segment.flags = tcp[13];
  segment.window = get16(tcp + 14);
  if (segment.has(kUrg)) segment.urgent = get16(tcp + 18);
  segment.payload = Payload(tcp + header_bytes, tcp + tcp_bytes);
  return segment;
}

}  // namespace tcplab::wire
