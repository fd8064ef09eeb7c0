// What happens to programs and hosts: a process that dies, a host that crashes and comes back.
#include "host/host.hpp"

namespace tcplab::host {

// The host closes what the process had open: its peers get a FIN, or a RST where text was unread.
void Host::kill(Context& c) {
  c.effects.emplace_back(0, Rule::process_killed, tcp::Remark{});
  const CompactOnExit compact_on_exit(*this);
  for (Index i = 0; i < records_.size(); ++i) {
    if (records_.is_at_rest(i)) continue;  // closed already
    auto& socket = records_.at(i, home()).socket;
    if (socket.name.empty() || socket.closed) continue;
    if (config_.behaviour.wrong.killed_process_resets && !socket.is_listener) {
      socket.closed = true;
      c.effects.emplace_back(socket.connection, Rule::mutant_killed_process_resets, tcp::Remark{});
      run(c, socket.connection, [](auto& connection, auto& context) { connection.abort(context); });
      continue;
    }
    // The dead process cannot wait in close().
    if (socket.linger > Duration{0}) socket.linger.reset();
    close_socket(c, socket);
  }
}

// RFC 9293 §3.5.1: nothing is sent, so every peer's connection is half-open from now on.
void Host::crash(Context& c) {
  c.effects.emplace_back(0, Rule::host_crashes, tcp::Remark{});
  for (Index i = 0; i < records_.size(); ++i) {
    if (records_.is_at_rest(i)) continue;
    auto& socket = records_.at(i, home()).socket;
    socket.closed = true;
    socket.connecting = false;
    socket.lingering = false;
    socket.pending_recv.reset();
    if (!socket.listening) continue;
    socket.listening->pending_accepts.clear();
    socket.listening->accept_queue.clear();
  }
  for (Index i = 0; i < records_.size(); ++i) {
    const CompactOnExit compact_on_exit(*this);
    run(c, records_.id(i), [](auto& connection, auto& context) { connection.vanish(context); });
  }
  connected_.clear();
  listening_.clear();
  paths_.clear();
  down_ = true;
}

void Host::reboot(Context& c) {
  if (!down_) crash(c);
  down_ = false;
  c.effects.emplace_back(0, Rule::host_reboots, tcp::Remark{});
}

}  // namespace tcplab::host
