// Writes one step's events into a Trace, or only counts them when there is none: numbers and causes
// are the same either way.
#pragma once
#include <cstddef>
#include <cstdint>

#include "lab/trace.hpp"
#include "lab/world.hpp"
#include "tcp/told.hpp"

namespace tcplab::lab {

class World::Recorder {
 public:
  Recorder(World& world, Trace* trace)
      : world_(world), trace_(trace), first_(trace != nullptr ? trace->events.size() : 0) {}

  bool is_tracing() const { return trace_ != nullptr; }

  // The number of the event. `make_detail` is called only when someone reads the trace.
  template <typename MakeDetail>
  std::uint32_t add(EventKind kind, net::HostIndex host, host::ConnectionId connection, Rule rule,
                    std::uint32_t cause, MakeDetail make_detail) {
    const std::uint32_t n = world_.events_++;
    if (trace_ == nullptr) return n;
    trace_->events.emplace_back(world_.now_, n, world_.steps_, cause, connection, host, rule, kind,
                                make_detail());
    return n;
  }

  std::uint32_t note(net::HostIndex host, host::ConnectionId connection, Rule rule,
                     std::uint32_t cause) {
    return add(EventKind::kNote, host, connection, rule, cause, [] { return Nothing{}; });
  }

  // Takes one of each connection that has an event in this step.
  void take_snapshots() {
    if (trace_ == nullptr) return;
    host::ConnectionId last = 0;
    for (std::size_t i = first_; i < trace_->events.size(); ++i) {
      const Event& event = trace_->events[i];
      // Most events of a step are of one connection.
      if (event.connection == last || event.host == kTheNetwork) continue;
      last = event.connection;
      if (last == 0 || trace_->snapshots.has(event.connection, world_.steps_)) continue;
      take_snapshot(event.host, event.connection);
    }
  }

 private:
  void take_snapshot(net::HostIndex host, host::ConnectionId id) {
    const auto connection = world_.hosts_[host].connection(id);
    if (connection == nullptr) return;
    const auto& tcb = connection->tcb();
    const auto state = tcp::told(tcb.state, world_.hosts_[host].config().behaviour);
    Snapshot& taken = trace_->snapshots.add(id, world_.steps_);
    taken.rto = tcb.rto.value();
    taken.srtt = tcb.rto.smoothed_rtt();
    taken.rtt_variation = tcb.rto.rtt_variation();
    taken.iss = tcb.snd.iss;
    taken.snd_una = tcb.snd.una;
    taken.snd_nxt = tcb.snd.nxt;
    taken.snd_wnd = tcb.snd.wnd;
    taken.irs = tcb.rcv.irs;
    taken.rcv_nxt = tcb.rcv.nxt;
    taken.rcv_wnd = tcb.rcv.wnd;
    taken.unsent = static_cast<std::uint32_t>(tcb.unsent.size());
    taken.unread = static_cast<std::uint32_t>(tcb.unread_octets);
    taken.send_mss = tcb.send_mss;
    taken.state = state;
  }

  World& world_;
  Trace* trace_;
  std::size_t first_;  // index of the step's first event
};

}  // namespace tcplab::lab
