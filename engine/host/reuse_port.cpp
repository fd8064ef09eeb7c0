// The listeners of a port: one, or several with SO_REUSEPORT.
#include <algorithm>

#include "host/host.hpp"

namespace tcplab::host {

using tcp::ReusePort;
using wire::Endpoint;

namespace {

// No ISN or port is drawn with this as SipHash's second word.
constexpr std::uint64_t kListeners = std::uint64_t{3} << 48;

// The listeners of this port, or of the next port that has any.
template <typename All>
auto first_from(All& listening, std::uint16_t port) {
  return std::lower_bound(
      listening.begin(), listening.end(), port,
      [](const auto& each, std::uint16_t wanted) { return each.port < wanted; });
}

}  // namespace

const Host::Listeners* Host::listeners_of(std::uint16_t port) const {
  const auto* place = first_from(listening_, port);
  return place != listening_.end() && place->port == port ? place : nullptr;
}

// `by` needs the option now. For `other`, which has the port, Linux also counts the option at the
// time of bind(): inet_csk_get_port(), tb->fastreuseport.
bool Host::share_port(const Socket& by, const Socket& other) const {
  const auto& effect = config_.behaviour.reuse_port;
  const bool kept = effect == ReusePort::kSharesOut && other.bound_with_reuse_port;
  return effect != ReusePort::kNoEffect && by.reuse_port && (other.reuse_port || kept);
}

// Why `by` may not listen: another listener or bound socket does not share the port.
std::optional<Rule> Host::listener_refuses(std::uint16_t port, const Socket& by) const {
  const auto* group = listeners_of(port);
  const bool listened =
      group != nullptr && std::any_of(group->ids.begin(), group->ids.end(), [&](ConnectionId id) {
        return id != by.connection && !share_port(by, *socket_of(id));
      });
  if (listened) return Rule::port_of_listener;
  if (!by.bound_with_reuse_port) return std::nullopt;
  for (Index i = 0; i < records_.size(); ++i) {
    const auto other = records_.socket(i);
    const bool bound = other->connection != by.connection && other->fresh && !other->closed &&
                       other->bound_port == port;
    const bool both_reuse = by.reuse_address && other->reuse_address;
    if (bound && !both_reuse && !share_port(by, *other)) return Rule::port_of_bound_socket;
  }
  return std::nullopt;
}

void Host::start_listening(std::uint16_t port, ConnectionId id) {
  auto* place = first_from(listening_, port);
  const bool is_first = place == listening_.end() || place->port != port;
  if (is_first) place = listening_.insert(place, Listeners{port, {}});
  place->ids.push_back(id);
  note_named(port);
}

// Linux's reuseport_detach_sock(): the last listener moves into the free place.
void Host::stop_listening(std::uint16_t port, ConnectionId id) {
  auto* const found = first_from(listening_, port);
  if (found == listening_.end() || found->port != port) return;
  auto& group = found->ids;
  auto* const place = std::find(group.begin(), group.end(), id);
  if (place == group.end()) return;
  if (config_.behaviour.reuse_port == ReusePort::kSharesOut) {
    *place = group.back();
    group.pop_back();
  } else {
    group.erase(place);
  }
  if (group.empty()) listening_.erase(found);
}

// The listener that gets a SYN, or any other segment without a connection.
std::optional<ConnectionId> Host::listener_for(Endpoint local, Endpoint remote) const {
  const auto* found = listeners_of(local.port);
  if (found == nullptr) return std::nullopt;
  const auto& group = found->ids;
  if (group.size() == 1 || config_.behaviour.reuse_port != ReusePort::kSharesOut) {
    return group.back();
  }
  const auto addresses = (std::uint64_t{local.address.value} << 32) | remote.address.value;
  const auto ports = (std::uint64_t{local.port} << 16) | remote.port;
  const auto hash =
      static_cast<std::uint32_t>(tcp::siphash(config_.secret, addresses, kListeners | ports));
  return group[static_cast<std::size_t>((std::uint64_t{hash} * group.size()) >> 32)];
}

void Host::tell_of_group(Context& c, ConnectionId picked, std::uint16_t port) const {
  const auto* found = listeners_of(port);
  if (found == nullptr || found->ids.size() == 1) return;
  const bool by_hash = config_.behaviour.reuse_port == ReusePort::kSharesOut;
  c.effects.emplace_back(picked,
                         by_hash ? Rule::reuse_port_shares_out : Rule::reuse_port_newest_listener,
                         tcp::Remark{});
}

}  // namespace tcplab::host
