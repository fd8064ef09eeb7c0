#include "host/syn_cookie.hpp"

#include <algorithm>

namespace tcplab::host {
namespace {

constexpr std::uint32_t kLow24 = 0x00ff'ffff;
constexpr std::uint32_t kMostPeriodsOld = 1;
// TS_OPT_WSCALE_MASK, TS_OPT_SACK and TS_OPT_ECN; the lab has no ECN.
constexpr std::uint32_t kOptionBits = 0x3f;
constexpr std::uint32_t kNoWindowScale = 0x0f;
constexpr std::uint32_t kSackOption = 0x10;

std::uint32_t hash(const tcp::Secret& secret, const wire::Endpoint& local,
                   const wire::Endpoint& remote, std::uint64_t salt) {
  const auto addresses = (std::uint64_t{local.address.value} << 32) | remote.address.value;
  const auto ports = (std::uint64_t{local.port} << 48) | (std::uint64_t{remote.port} << 32) | salt;
  return static_cast<std::uint32_t>(tcp::siphash(secret, addresses, ports));
}

std::uint32_t period(Time now) { return static_cast<std::uint32_t>(now / kCookiePeriod); }

// Salt 0 is for the whole cookie, 1 and more for the periods.
std::uint32_t salt_of(std::uint32_t period) { return period % 0xffff'fffe + 1; }

}  // namespace

wire::Seq syn_cookie(const tcp::Secret& secret, const wire::Endpoint& local,
                     const wire::Endpoint& remote, wire::Seq irs, std::uint16_t mss, Time now) {
  std::uint32_t mss_class = 0;
  while (mss_class + 1 < kCookieMss.size() && kCookieMss[mss_class + 1] <= mss) ++mss_class;
  const std::uint32_t count = period(now);
  return wire::Seq(hash(secret, local, remote, 0) + irs.value() + (count << 24) +
                   ((hash(secret, local, remote, salt_of(count)) + mss_class) & kLow24));
}

std::optional<std::uint16_t> mss_of_cookie(const tcp::Secret& secret, const wire::Endpoint& local,
                                           const wire::Endpoint& remote, wire::Seq irs,
                                           wire::Seq cookie, Time now) {
  const std::uint32_t rest = cookie.value() - hash(secret, local, remote, 0) - irs.value();
  const std::uint32_t count = period(now);
  const std::uint32_t age = (count - (rest >> 24)) & 0xff;
  if (age > kMostPeriodsOld) return std::nullopt;
  const std::uint32_t mss_class =
      ((rest & kLow24) - hash(secret, local, remote, salt_of(count - age))) & kLow24;
  if (mss_class >= kCookieMss.size()) return std::nullopt;
  return kCookieMss[mss_class];
}

std::uint32_t timestamp_with(std::uint32_t clock, const CookieOptions& options) {
  const std::uint32_t shift = options.window_shift ? *options.window_shift : kNoWindowScale;
  const std::uint32_t bits = shift | (options.sack_permitted ? kSackOption : 0);
  const std::uint32_t value = (clock & ~kOptionBits) | bits;
  // TSval must not be ahead of the clock, or later segments look older (RFC 7323 §5.2).
  return value > clock ? value - (kOptionBits + 1) : value;
}

CookieOptions options_of_timestamp(std::uint32_t echo_reply) {
  CookieOptions options;
  const std::uint32_t shift = echo_reply & kNoWindowScale;
  if (shift != kNoWindowScale) options.window_shift = static_cast<std::uint8_t>(shift);
  options.sack_permitted = (echo_reply & kSackOption) != 0;
  return options;
}

}  // namespace tcplab::host
