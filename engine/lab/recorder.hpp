// Writes one step's events into a Trace, or only counts them when there is none: numbers and causes
// are the same either way.
#pragma once
#include <algorithm>
#include <utility>
#include <vector>

#include "lab/trace.hpp"
#include "lab/world.hpp"
#include "tcp/told.hpp"

namespace tcplab::lab {

class World::Recorder {
 public:
  Recorder(World& world, Trace* trace) : world_(world), trace_(trace) {}

  bool is_tracing() const { return trace_ != nullptr; }

  // The number of the event. `make_detail` is called only when someone reads the trace.
  template <typename MakeDetail>
  std::uint32_t add(EventKind kind, net::HostIndex host, host::ConnectionId connection, Rule rule,
                    std::uint32_t cause, MakeDetail make_detail) {
    const std::uint32_t n = world_.events_++;
    if (trace_ == nullptr) return n;
    trace_->events.push_back(
        {n, world_.steps_, world_.now_, host, connection, kind, rule, cause, make_detail()});
    if (connection != 0) touch(host, connection);
    return n;
  }

  std::uint32_t note(net::HostIndex host, host::ConnectionId connection, Rule rule,
                     std::uint32_t cause) {
    return add(EventKind::kNote, host, connection, rule, cause, [] { return Nothing{}; });
  }

  void take_snapshots() {
    if (trace_ == nullptr) return;
    for (const auto& [host, connection] : touched_) take_snapshot(host, connection);
  }

 private:
  void touch(net::HostIndex host, host::ConnectionId connection) {
    const auto entry = std::pair(host, connection);
    if (host != kTheNetwork &&
        std::find(touched_.begin(), touched_.end(), entry) == touched_.end()) {
      touched_.push_back(entry);
    }
  }

  void take_snapshot(net::HostIndex host, host::ConnectionId id) {
    const auto connection = world_.hosts_[host].connection(id);
    if (connection == nullptr) return;
    const auto& tcb = connection->tcb();
    const auto state = tcp::told(tcb.state, world_.hosts_[host].config().behaviour);
    trace_->snapshots.push_back({world_.steps_, id, state, tcb.snd, tcb.rcv, tcb.rto.value(),
                                 tcb.rto.smoothed_rtt(), tcb.rto.rtt_variation(), tcb.send_mss,
                                 static_cast<std::uint32_t>(tcb.unsent.size()),
                                 static_cast<std::uint32_t>(tcb.unread_octets)});
  }

  World& world_;
  Trace* trace_;
  std::vector<std::pair<net::HostIndex, host::ConnectionId>> touched_;
};

}  // namespace tcplab::lab
