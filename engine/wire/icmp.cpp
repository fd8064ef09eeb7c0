#include "wire/icmp.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "wire/datagram.hpp"
#include "wire/network_order.hpp"

namespace tcplab::wire {
namespace {

constexpr std::uint8_t kProtocolIcmp = 1;
constexpr std::size_t kIcmpHeaderBytes = 8;
constexpr std::uint8_t kTypeOfServiceAt = 1;

std::pair<std::uint8_t, std::uint8_t> type_and_code(Icmp what) {
  switch (what) {
    case Icmp::kNetUnreachable:
      return {3, 0};
    case Icmp::kHostUnreachable:
      return {3, 1};
    case Icmp::kProtocolUnreachable:
      return {3, 2};
    case Icmp::kPortUnreachable:
      return {3, 3};
    case Icmp::kFragmentationNeeded:
      return {3, 4};
    case Icmp::kSourceRouteFailed:
      return {3, 5};
    case Icmp::kSourceQuench:
      return {4, 0};
    case Icmp::kTimeExceeded:
      return {11, 0};
    case Icmp::kParameterProblem:
      return {12, 0};
  }
  return {};
}

// The router that drops a datagram for its time to live received it with a TTL of 1.
void let_time_run_out(std::uint8_t* quoted) {
  quoted[8] = 1;
  put16(quoted + 10, 0);
  put16(quoted + 10, internet_checksum(quoted, kIpv4HeaderBytes));
}

}  // namespace

Bytes encode(Icmp what, std::uint16_t mtu, const Bytes& about, std::optional<Address> to) {
  constexpr std::size_t kHeaders = kIpv4HeaderBytes + kIcmpHeaderBytes;
  const std::size_t quoted = std::min(about.size(), kLongestIcmpError - kHeaders);
  Bytes datagram(kHeaders + quoted);

  auto* icmp = datagram.data() + kIpv4HeaderBytes;
  std::tie(icmp[0], icmp[1]) = type_and_code(what);
  if (what == Icmp::kFragmentationNeeded) put16(icmp + 6, mtu);
  // The octet with the problem: the one of RFC 792's two examples that needs no IP options.
  if (what == Icmp::kParameterProblem) icmp[4] = kTypeOfServiceAt;
  std::copy_n(about.begin(), quoted, icmp + kIcmpHeaderBytes);
  if (what == Icmp::kTimeExceeded) let_time_run_out(icmp + kIcmpHeaderBytes);
  put16(icmp + 2, internet_checksum(icmp, kIcmpHeaderBytes + quoted));

  const bool from_host = what == Icmp::kProtocolUnreachable || what == Icmp::kPortUnreachable;
  const Address sender{get32(about.data() + 12)};
  const Address receiver{get32(about.data() + 16)};
  put_ipv4_header(datagram.data(), from_host ? receiver : kRouter, to.value_or(sender),
                  kProtocolIcmp, datagram.size(), 0);
  return datagram;
}

}  // namespace tcplab::wire
