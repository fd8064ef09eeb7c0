// A listener's two queues: handshakes under way, and connections that wait for accept().
#include <algorithm>

#include "host/host.hpp"
#include "host/syn_cookie.hpp"

namespace tcplab::host {

using tcp::Backlog;
using tcp::State;
using tcp::SynCookies;
using wire::Endpoint;
using wire::kAck;
using wire::kRst;
using wire::kSyn;
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
  listening_[port] = id;
  const Endpoint local{config_.address, port};
  run(c, id,
      [&](auto& connection, auto& context) { return connection.open_passive(context, local); });
  give_back(c, id, Call::kListen, call.socket, Errno::kNone);
}

std::size_t Host::within_limit(std::size_t backlog) const {
  // POSIX.1-2017 lets 0 mean the least that works; Linux has its one more in any case.
  const std::size_t least = config_.behaviour.backlog == Backlog::kBothQueues ? 1 : 0;
  return std::clamp<std::size_t>(backlog, least, config_.behaviour.largest_backlog);
}

// Linux's sk_acceptq_is_full(): one more than the backlog fits in.
bool Host::accept_queue_is_full(const Socket& listener) const {
  const std::size_t waiting = listener.listening->accept_queue.size();
  const std::size_t backlog = listener.listening->backlog;
  return config_.behaviour.backlog == Backlog::kEachQueue ? waiting > backlog : waiting >= backlog;
}

// Whether there is room for this SYN's child. If not, it is dropped, or answered by a cookie.
bool Host::admits_syn(Context& c, const Socket& listener, const Segment& syn) {
  if (config_.behaviour.wrong.listener_is_busy && listener.listening->syn_queue > 0) {
    c.effects.emplace_back(0, Rule::mutant_listener_is_busy, tcp::DropSegment{});
    c.effects.emplace_back(0, Rule::mutant_listener_is_busy,
                           tcp::SendSegment{tcp::reset_for(syn, config_.behaviour), false});
    return false;
  }
  const auto& behaviour = config_.behaviour;
  const auto drop = [&](Rule rule) {
    c.effects.emplace_back(listener.connection, rule, tcp::DropSegment{});
    return false;
  };
  const bool each = behaviour.backlog == Backlog::kEachQueue;
  if (accept_queue_is_full(listener)) {
    return drop(each ? Rule::accept_queue_full_drops_syn : Rule::listener_backlog_full);
  }
  const std::size_t waiting =
      listener.listening->syn_queue + (each ? 0 : listener.listening->accept_queue.size());
  const bool full = waiting >= listener.listening->backlog;
  if (behaviour.syn_cookies == SynCookies::kAlways ||
      (full && behaviour.syn_cookies == SynCookies::kOnOverflow)) {
    send_cookie(c, socket_at(listener.connection), syn);
    return false;
  }
  if (full) return drop(each ? Rule::syn_queue_full : Rule::listener_backlog_full);
  return true;
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

// The third segment of a handshake may find no room in the accept queue, or bring too little.
bool Host::admits_ack(Context& c, ConnectionId child, const Segment& ack) {
  const auto& socket = socket_at(child);
  // What does not complete it is answered as RFC 9293 has it, whatever the queues.
  if (!socket.half_open || !connection_at(child).completes_handshake(ack)) return true;
  const auto& listener = socket_at(socket.listener);
  if (accept_queue_is_full(listener)) {
    const bool resets = config_.behaviour.reset_on_overflow;
    const Rule rule = resets ? Rule::accept_queue_full_resets : Rule::accept_queue_full_ignores_ack;
    c.effects.emplace_back(child, rule, tcp::DropSegment{});
    if (resets) {
      run(c, child, [](auto& connection, auto& context) { return connection.abort(context); });
    }
    return false;
  }
  const bool defers = listener.defer_accept > Duration{0} && ack.is_pure_ack() &&
                      c.now < socket.born + listener.defer_accept;
  if (defers) {
    c.effects.emplace_back(child, Rule::defer_accept_waits_for_text, tcp::DropSegment{});
    return false;
  }
  return true;
}

ConnectionId Host::add_child(Context& c, ConnectionId listener, Endpoint local, Endpoint remote,
                             wire::Seq iss) {
  const auto& parent = socket_at(listener);
  Socket socket;
  socket.listener = listener;
  socket.born = c.now;
  socket.reuse_address = parent.reuse_address;
  socket.linger = parent.linger;
  auto child =
      tcp::Connection::child_of_listener(connection_at(listener), remote, iss, config_.behaviour);
  const auto id = add(c, std::move(child), std::move(socket));
  enter_connected(local, remote, id);
  return id;
}

// Each SYN to a listener makes a connection of its own; the listener stays in LISTEN.
void Host::make_child(Context& c, ConnectionId listener, const Segment& syn, wire::SegmentId id,
                      std::optional<wire::Seq> beyond) {
  if (holds_syn(c, socket_at(listener), syn, id)) return;
  if (!admits_syn(c, socket_at(listener), syn)) return;
  auto iss = next_iss(syn.dst, syn.src, c.now);
  // Out of reach of every segment and window of the connection that was in TIME-WAIT.
  if (beyond && !wire::after(iss, *beyond)) iss = *beyond + 65'536;
  const auto child = add_child(c, listener, syn.dst, syn.src, iss);
  socket_at(child).half_open = true;
  ++socket_at(listener).listening->syn_queue;
  c.effects.emplace_back(child, Rule::listener_makes_child, tcp::Remark{});
  run(c, child, [&](auto& connection, auto& context) { connection.on_segment(context, syn, id); });
}

void Host::leave_syn_queue(Socket& child) {
  if (!child.half_open) return;
  child.half_open = false;
  --socket_at(child.listener).listening->syn_queue;
}

// RFC 4987 §3.6: the SYN,ACK holds all that is kept of the SYN. It is never sent again.
void Host::send_cookie(Context& c, Socket& listener, const Segment& syn) {
  const auto& behaviour = config_.behaviour;
  listener.listening->cookie_sent = c.now;
  Segment answer;
  answer.src = syn.dst;
  answer.dst = syn.src;
  answer.flags = kSyn | kAck;
  answer.seq =
      syn_cookie(config_.secret, syn.dst, syn.src, syn.seq, syn.options.mss.value_or(536), c.now);
  answer.ack = syn.seq + behaviour.syn_length;
  answer.window =
      static_cast<std::uint16_t>(std::min(behaviour.receive_buffer, tcp::kLargestWindow));
  answer.options.mss = connection_at(listener.connection).receive_mss(behaviour);
  if (behaviour.timestamps && syn.options.timestamps) {
    CookieOptions kept;
    if (behaviour.window_shift && syn.options.window_scale) {
      kept.window_shift = std::min(*syn.options.window_scale, tcp::kLargestShift);
    }
    kept.sack_permitted = behaviour.sack_permitted && syn.options.sack_permitted;
    const auto clock = tcp::timestamp_clock(behaviour, c.now);
    answer.options.timestamps = {timestamp_with(clock, kept), syn.options.timestamps->value};
    if (kept.window_shift) answer.options.window_scale = behaviour.window_shift;
    answer.options.sack_permitted = kept.sack_permitted;
  }
  if (behaviour.wrong.cookie_keeps_options) {
    listener.listening->cookie_options.emplace_back(syn.src, syn.options);
    if (behaviour.window_shift && syn.options.window_scale) {
      answer.options.window_scale = behaviour.window_shift;
    }
    answer.options.sack_permitted = behaviour.sack_permitted && syn.options.sack_permitted;
  }
  tell_ack(answer);
  const Rule rule = behaviour.wrong.cookie_keeps_options ? Rule::mutant_cookie_keeps_options
                    : behaviour.syn_cookies == SynCookies::kAlways ? Rule::syn_cookie_always
                                                                   : Rule::syn_cookie_sent;
  c.effects.emplace_back(listener.connection, rule, tcp::Accepted{});
  c.effects.emplace_back(listener.connection, rule, tcp::SendSegment{std::move(answer), false});
}

// False: it brings no cookie of ours, or there is no room.
bool Host::take_cookie(Context& c, ConnectionId id, const Segment& ack, wire::SegmentId segment) {
  const auto& behaviour = config_.behaviour;
  const auto& listener = socket_at(id);
  const bool may = listener.listening->cookie_sent &&
                   c.now - *listener.listening->cookie_sent <= 2 * kCookiePeriod && ack.has(kAck) &&
                   !ack.has(kSyn) && !ack.has(kRst);
  if (!may) return false;
  const auto irs = ack.seq - behaviour.syn_length;
  const auto iss = ack.ack - behaviour.syn_length;
  const auto mss = mss_of_cookie(config_.secret, ack.dst, ack.src, irs, iss, c.now);
  if (!mss) return false;
  if (accept_queue_is_full(listener)) {
    c.effects.emplace_back(id, Rule::accept_queue_full_ignores_cookie, tcp::DropSegment{});
    return true;
  }
  tcp::Negotiated agreed;
  if (behaviour.timestamps && ack.options.timestamps) {
    agreed.timestamps = true;
    const auto kept = options_of_timestamp(ack.options.timestamps->echo_reply);
    agreed.sack_permitted = kept.sack_permitted;
    if (kept.window_shift && behaviour.window_shift) {
      agreed.window_scale = true;
      agreed.send_shift = *kept.window_shift;
      agreed.receive_shift = *behaviour.window_shift;
    }
  }
  for (const auto& [peer, options] : listener.listening->cookie_options) {
    if (peer != ack.src) continue;
    agreed.sack_permitted = behaviour.sack_permitted && options.sack_permitted;
    agreed.window_scale = behaviour.window_shift && options.window_scale;
    if (!agreed.window_scale) continue;
    agreed.send_shift = std::min(*options.window_scale, tcp::kLargestShift);
    agreed.receive_shift = *behaviour.window_shift;
  }
  const auto child = add_child(c, id, ack.dst, ack.src, iss);
  c.effects.emplace_back(child, Rule::listener_makes_child, tcp::Remark{});
  run(c, child, [&](auto& connection, auto& context) {
    connection.resume_from_cookie(context, ack, segment, *mss, agreed);
  });
  return true;
}

// Nobody will ever accept them: what waits for a listener that is given up is reset.
void Host::abort_children(Context& c, ConnectionId listener) {
  for (Index i = 0; i < records_.size(); ++i) {
    if (records_.is_at_rest(i)) continue;  // the application has had it
    const auto& [socket, child] = records_.at(i, home());
    if (socket.listener != listener || !socket.name.empty()) continue;
    const auto id = socket.connection;
    const State state = child.state();
    if (state == State::kClosed || state == State::kListen) continue;
    run(c, id, [](auto& connection, auto& context) { return connection.abort(context); });
  }
}

}  // namespace tcplab::host
