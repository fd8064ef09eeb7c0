#include "host/syn_cookie_freebsd.hpp"

namespace tcplab::host {
namespace {

// The low octet, from its lowest bit: which secret, SACK, 3 bits of MSS class, 3 of shift class.
constexpr std::uint32_t kOddPeriod = 0x01;
constexpr std::uint32_t kSackBit = 0x02;
constexpr unsigned kMssAt = 2;
constexpr unsigned kShiftAt = 5;
constexpr std::uint32_t kClass = 0x07;
constexpr std::uint32_t kLowOctet = 0xff;

template <typename Table, typename Value>
std::uint32_t class_of(const Table& table, Value value, std::uint32_t least) {
  std::uint32_t found = least;
  while (found + 1 < table.size() && table[found + 1] <= value) ++found;
  return found;
}

std::uint64_t secrets_period(Time now) {
  return static_cast<std::uint64_t>(now / kFreebsdCookiePeriod);
}

std::uint32_t mac(const tcp::Secret& secret, const wire::Endpoint& local,
                  const wire::Endpoint& remote, wire::Seq irs, std::uint32_t octet,
                  std::uint64_t period) {
  const tcp::Secret key{tcp::siphash(secret, period, 0), tcp::siphash(secret, period, 1)};
  const auto addresses = (std::uint64_t{remote.address.value} << 32) | local.address.value;
  const auto rest =
      (std::uint64_t{remote.port} << 48) | (std::uint64_t{local.port} << 32) | irs.value();
  const auto hash = tcp::siphash(key, tcp::siphash(key, addresses, rest), octet);
  return static_cast<std::uint32_t>(hash ^ (hash >> 32));
}

}  // namespace

wire::Seq freebsd_cookie(const tcp::Secret& secret, const wire::Endpoint& local,
                         const wire::Endpoint& remote, wire::Seq irs,
                         const CookieContents& contents, Time now) {
  const auto& options = contents.options;
  const auto shift_class =
      options.window_shift ? class_of(kFreebsdCookieShift, *options.window_shift, 1) : 0;
  const auto octet = (shift_class << kShiftAt) |
                     (class_of(kFreebsdCookieMss, contents.mss, 0) << kMssAt) |
                     (options.sack_permitted ? kSackBit : 0) |
                     static_cast<std::uint32_t>(secrets_period(now) & kOddPeriod);
  const auto hash = mac(secret, local, remote, irs, octet, secrets_period(now));
  return wire::Seq((hash & ~kLowOctet) | (octet ^ (hash >> 24)));
}

std::optional<CookieContents> contents_of_freebsd_cookie(const tcp::Secret& secret,
                                                         const wire::Endpoint& local,
                                                         const wire::Endpoint& remote,
                                                         wire::Seq irs, wire::Seq cookie,
                                                         Time now) {
  const std::uint32_t value = cookie.value();
  const std::uint32_t octet = (value & kLowOctet) ^ (value >> 24);
  const bool is_older = (octet & kOddPeriod) != (secrets_period(now) & kOddPeriod);
  const auto hash =
      mac(secret, local, remote, irs, octet, secrets_period(now) - (is_older ? 1 : 0));
  if ((hash & ~kLowOctet) != (value & ~kLowOctet)) return std::nullopt;
  CookieContents contents;
  contents.mss = kFreebsdCookieMss[(octet >> kMssAt) & kClass];
  const auto shift_class = octet >> kShiftAt;
  if (shift_class > 0) contents.options.window_shift = kFreebsdCookieShift[shift_class];
  contents.options.sack_permitted = (octet & kSackBit) != 0;
  return contents;
}

}  // namespace tcplab::host
