// A listener, and its accept queue.
#include <algorithm>

#include "host/host.hpp"

namespace tcplab::host {

using tcp::Backlog;
using tcp::ListenerClose;
using tcp::State;
using wire::Endpoint;
using wire::Segment;

void Host::listen_on(Context& c, ConnectionId id, std::uint16_t port, const ListenCall& call) {
  auto& socket = socket_at(id);
  socket.is_listener = true;
  socket.fresh = false;
  socket.bound_port = port;
  socket.read = call.read;
  socket.listening.emplace();
  socket.listening->accept = call.accept;
  socket.listening->backlog = within_limit(call.backlog);
  start_listening(port, id);
  const Endpoint local{config_.address, port};
  run(c, id,
      [&](auto& connection, auto& context) { return connection.open_passive(context, local); });
  complete_call(c, id, Call::kListen, call.socket, Errno::kNone);
}

std::size_t Host::within_limit(std::size_t backlog) const {
  // POSIX.1-2017 lets 0 mean the least that works; stacks that add one to the backlog allow 0.
  const std::size_t least = config_.behaviour.backlog == Backlog::kBothQueues ? 1 : 0;
  return std::clamp<std::size_t>(backlog, least, config_.behaviour.largest_backlog);
}

// Linux's sk_acceptq_is_full() and FreeBSD's solisten_clone() let one more in.
bool Host::accept_queue_is_full(const Socket& listener) const {
  const std::size_t waiting = listener.listening->accept_queue.size();
  const std::size_t backlog = listener.listening->backlog;
  switch (config_.behaviour.backlog) {
    case Backlog::kEachQueue:
      return waiting > backlog;
    case Backlog::kAcceptQueue:
      return waiting > 3 * backlog / 2;
    default:
      return waiting >= backlog;
  }
}

// The mutant whose handshakes wait for accept().
bool Host::holds_syn(Context& c, Socket& listener, const Segment& syn, wire::SegmentId id) {
  const bool waits = config_.behaviour.wrong.handshake_on_accept &&
                     listener.listening->accept == Application::kOnCall &&
                     listener.listening->pending_accepts.empty();
  if (!waits) return false;
  c.effects.emplace_back(listener.connection, Rule::mutant_handshake_on_accept, tcp::Accepted{});
  const auto same = [&](const auto& held) { return held.first.src == syn.src; };
  auto& held = listener.listening->held_syns;
  if (std::none_of(held.begin(), held.end(), same)) held.emplace_back(syn, id);
  return true;
}

// The third segment may find the accept queue full, or lack the text that TCP_DEFER_ACCEPT wants.
bool Host::admits_ack(Context& c, ConnectionId child, const Segment& ack) {
  const auto& socket = socket_at(child);
  // Other segments are processed as RFC 9293 says, whatever the queues.
  if (!connection_at(child).completes_handshake(ack, config_.behaviour)) return true;
  const auto& listener = socket_at(socket.listener);
  if (accept_queue_is_full(listener)) {
    const bool resets = config_.behaviour.reset_on_overflow;
    const Rule rule = resets ? Rule::accept_queue_full_resets : Rule::accept_queue_full_ignores_ack;
    c.effects.emplace_back(child, rule, tcp::DropSegment{});
    if (resets) {
      run(c, child, [&](auto& connection, auto& context) { connection.refuse(context, ack); });
    }
    return false;
  }
  if (!ack.is_pure_ack() || !defers_accept(c, child)) return true;
  c.effects.emplace_back(child, Rule::defer_accept_waits_for_text, tcp::DropSegment{});
  socket_at(child).deferred = true;
  return false;
}

// TCP_DEFER_ACCEPT's time as a number of SYN,ACK timeouts: secs_to_retrans().
std::uint32_t Host::deferred_timeouts(const Socket& listener) const {
  if (listener.defer_accept <= Duration{0}) return 0;
  const auto& behaviour = config_.behaviour;
  std::uint32_t timeouts = 1;
  Duration timeout = behaviour.initial_rto;
  for (Duration sum = timeout; sum < listener.defer_accept; sum += timeout) {
    timeout = std::min(2 * timeout, behaviour.max_rto);
    ++timeouts;
  }
  return timeouts;
}

// Whether TCP_DEFER_ACCEPT still waits for text.
bool Host::defers_accept(const Context& c, ConnectionId id) {
  const auto& child = socket_at(id);
  const auto& listener = socket_at(child.listener);
  if (!config_.behaviour.defer_accept_counts_timeouts) {
    return listener.defer_accept > Duration{0} && c.now < child.born + listener.defer_accept;
  }
  const auto& outstanding = connection_at(id).tcb().retransmission_queue;
  return !outstanding.empty() && outstanding.front().unanswered < deferred_timeouts(listener);
}

ConnectionId Host::add_child(Context& c, ConnectionId listener, Endpoint local, Endpoint remote,
                             wire::Seq iss) {
  const auto id = add(c, {}).socket.connection;
  const auto& [parent, passive] = record(listener);  // both are whole, so the references stay valid
  auto& [child, connection] = record(id);
  connection.become_child_of(passive, remote, iss, config_.behaviour);
  child.listener = listener;
  child.born = c.now;
  child.reuse_address = parent.reuse_address;
  child.reuse_port = parent.reuse_port;
  child.linger = parent.linger;
  enter_connected(local, remote, id);
  recall_path(c, id, remote.address);
  return id;
}

// Resets the children of a listener that is given up, as nobody will accept them. When it is
// closed, stacks leave the half-open ones alone.
void Host::abort_children(Context& c, ConnectionId listener) {
  const bool spares_half_open =
      config_.behaviour.listener_close != ListenerClose::kResets && socket_at(listener).closed;
  for (Index i = 0; i < records_.size(); ++i) {
    if (records_.is_at_rest(i)) continue;  // accepted and closed by the application
    const auto& [socket, child] = records_.at(i, home());
    if (socket.listener != listener || !socket.name.empty()) continue;
    if (socket.half_open && spares_half_open) continue;
    const auto id = socket.connection;
    const State state = child.state();
    if (state == State::kClosed || state == State::kListen) continue;
    run(c, id, [](auto& connection, auto& context) { return connection.abort(context); });
  }
}

}  // namespace tcplab::host
