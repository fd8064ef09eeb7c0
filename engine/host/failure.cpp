// What happens to programs and hosts: a process that dies, a host that crashes and comes back.
#include "host/host.hpp"

namespace tcplab::host {

// The host closes what the process had open: its peers get a FIN, or a RST where text was unread.
void Host::kill(Context& c) {
  c.effects.emplace_back(0, Rule::process_killed, tcp::Remark{});
  for (std::size_t i = 0; i < sockets_.size(); ++i) {
    if (sockets_[i].name.empty() || sockets_[i].closed) continue;
    if (config_.behaviour.wrong.killed_process_resets && !sockets_[i].is_listener) {
      sockets_[i].closed = true;
      c.effects.emplace_back(sockets_[i].connection, Rule::mutant_killed_process_resets,
                             tcp::Remark{});
      run(c, sockets_[i].connection,
          [](auto& connection, auto& context) { connection.abort(context); });
      continue;
    }
    // Nobody is left to wait.
    if (sockets_[i].linger > Duration{0}) sockets_[i].linger.reset();
    close_socket(c, sockets_[i]);
  }
}

// RFC 9293 §3.5.1: nothing is sent, and every peer's connection is half-open from now on.
void Host::crash(Context& c) {
  c.effects.emplace_back(0, Rule::host_crashes, tcp::Remark{});
  for (auto& socket : sockets_) {
    socket.closed = true;
    socket.connecting = false;
    socket.lingering = false;
    socket.pending_recv.reset();
    socket.pending_accepts.clear();
    socket.accept_queue.clear();
  }
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    run(c, entries_[i].id, [](auto& connection, auto& context) { connection.vanish(context); });
  }
  connected_.clear();
  listening_.clear();
  down_ = true;
}

void Host::reboot(Context& c) {
  if (!down_) crash(c);
  down_ = false;
  c.effects.emplace_back(0, Rule::host_reboots, tcp::Remark{});
}

}  // namespace tcplab::host
