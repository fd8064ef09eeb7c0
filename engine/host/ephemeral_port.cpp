// Which ephemeral port a socket gets: the choices of RFC 6056 §3 that stacks have made.
#include <algorithm>

#include "host/host.hpp"

namespace tcplab::host {

using tcp::PortChoice;
using wire::Endpoint;

namespace {

// ISNs never use these as SipHash's second word, so a port reveals nothing of an ISN.
constexpr std::uint64_t kDraws = std::uint64_t{1} << 48;
constexpr std::uint64_t kDestinations = std::uint64_t{2} << 48;
// Linux's EPHEMERAL_PORT_SHUFFLE_PERIOD
constexpr Duration kShufflePeriod = std::chrono::seconds(10);

// Linux's search steps by two, so it takes an odd range as one port shorter.
std::uint32_t round_of(std::uint32_t range) { return range > 1 ? range & ~1u : range; }

}  // namespace

void Host::note_named(std::uint16_t port) {
  auto* const place = std::lower_bound(named_ports_.begin(), named_ports_.end(), port);
  if (place == named_ports_.end() || *place != port) named_ports_.insert(place, port);
}

// Whether the port is still held by a socket that was bound to it, or by a listener's child.
bool Host::was_named(std::uint16_t port) const {
  if (!std::binary_search(named_ports_.begin(), named_ports_.end(), port)) return false;
  for (Index i = 0; i < records_.size(); ++i) {
    const auto socket = records_.socket(i);
    const bool named = socket->bound_port || socket->listener != 0;
    if (named && holds_port(i, port)) return true;
  }
  return false;
}

// Free for a connection to `remote` or, without one, for bind().
bool Host::is_free(std::uint16_t port, std::optional<Endpoint> remote, Time now) const {
  if (!remote) return !port_is_taken(port, Socket{});
  return !taken_pair({config_.address, port}, *remote, now) && !was_named(port);
}

std::uint64_t Host::draw() { return tcp::siphash(config_.secret, draws_++, kDraws); }

std::uint32_t Host::ports_in_range() const {
  return config_.behaviour.last_port - config_.behaviour.first_port + 1u;
}

std::optional<std::uint16_t> Host::ephemeral_port(Time now, std::optional<Endpoint> remote) {
  const std::uint32_t range = ports_in_range();
  switch (config_.behaviour.port_choice) {
    case PortChoice::kRandom:
      return port_from(static_cast<std::uint32_t>(draw() % range), remote, now);
    case PortChoice::kDoubleHash:
      return remote ? port_by_double_hash(*remote, now) : port_of_other_parity(now);
    case PortChoice::kInOrder: {
      const auto port = port_from(ports_used_, remote, now);
      if (port) {
        ports_used_ =
            static_cast<std::uint16_t>((*port - config_.behaviour.first_port + 1u) % range);
      }
      return port;
    }
  }
  return std::nullopt;
}

// The first free port from `first` on, around the range.
std::optional<std::uint16_t> Host::port_from(std::uint32_t first, std::optional<Endpoint> remote,
                                             Time now) const {
  const std::uint32_t range = ports_in_range();
  for (std::uint32_t i = 0; i < range; ++i) {
    const auto port =
        static_cast<std::uint16_t>(config_.behaviour.first_port + (first + i) % range);
    if (is_free(port, remote, now)) return port;
  }
  return std::nullopt;
}

// In an odd range a search that wraps visits the last port instead of the first, as in Linux.
std::optional<Host::Found> Host::every_other_port(std::uint32_t first,
                                                  std::optional<Endpoint> remote, Time now) const {
  const std::uint32_t range = ports_in_range();
  const std::uint32_t round = round_of(range);
  std::uint32_t place = first;
  for (std::uint32_t passed = 0; passed < round; passed += 2, place += 2) {
    if (place >= range) place -= round;
    const auto port = static_cast<std::uint16_t>(config_.behaviour.first_port + place);
    if (is_free(port, remote, now)) return Found{port, passed};
  }
  return std::nullopt;
}

// RFC 6056 §3.3.4: the destination's hash says where to begin, and a table how far earlier
// connections have advanced from there. Even places come first; Linux prefers odd ones for bind().
std::optional<std::uint16_t> Host::port_by_double_hash(Endpoint remote, Time now) {
  const std::uint32_t round = round_of(ports_in_range());
  const auto addresses = (std::uint64_t{config_.address.value} << 32) | remote.address.value;
  const auto period = static_cast<std::uint32_t>(now / kShufflePeriod);
  const auto hash = tcp::siphash(config_.secret, addresses,
                                 kDestinations | (std::uint64_t{remote.port} << 32) | period);
  auto& steps = port_steps_[static_cast<std::uint16_t>(hash)];
  const std::uint32_t first = (steps + static_cast<std::uint32_t>(hash >> 32)) % round & ~1u;
  auto found = every_other_port(first, remote, now);
  if (!found && round > 1) found = every_other_port(first + 1, remote, now);
  if (!found) return std::nullopt;
  steps += std::max(found->passed, static_cast<std::uint32_t>(draw() % 8) * 2) + 2;
  return found->port;
}

// Linux's inet_csk_find_open_port(): first the odd places, which connect() tries last.
std::optional<std::uint16_t> Host::port_of_other_parity(Time now) {
  const std::uint32_t round = round_of(ports_in_range());
  const std::uint32_t first = static_cast<std::uint32_t>(draw() % round) | 1u;
  auto found = every_other_port(first, std::nullopt, now);
  if (!found) found = every_other_port(first - 1, std::nullopt, now);
  return found ? std::optional(found->port) : std::nullopt;
}

}  // namespace tcplab::host
