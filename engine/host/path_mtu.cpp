// The path MTU that ICMP reported for an address, for all connections to it (RFC 1191 §6.3).
#include "host/host.hpp"

namespace tcplab::host {

void Host::note_path(Context& c, ConnectionId id) {
  if (!config_.behaviour.path_mtu_lifetime) return;
  const auto& tcb = connection_at(id).tcb();
  paths_[tcb.remote.address] = {tcb.path_mss, c.now};
}

void Host::recall_path(Context& c, ConnectionId id, wire::Address to) {
  const auto& lifetime = config_.behaviour.path_mtu_lifetime;
  const auto path = paths_.find(to);
  if (!lifetime || path == paths_.end() || c.now - path->second.told_at >= *lifetime) return;
  connection_at(id).know_path(path->second.mss);
  c.effects.emplace_back(id, Rule::path_mtu_remembered, tcp::Remark{});
}

}  // namespace tcplab::host
