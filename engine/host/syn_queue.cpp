// A listener's SYN queue: which half-open connections enter it, and which leave it early.
#include <algorithm>

#include "host/host.hpp"

namespace tcplab::host {

using tcp::Backlog;
using tcp::HalfOpenTable;
using tcp::ListenerClose;
using tcp::SynCookies;
using tcp::SynFin;
using tcp::Trigger;
using wire::kFin;
using wire::Segment;

// Whether this SYN may open a connection; if not, it is dropped here.
bool Host::is_good_syn(Context& c, const Socket& listener, const Segment& syn) {
  if (config_.behaviour.wrong.listener_is_busy && listener.listening->syn_queue > 0) {
    c.effects.emplace_back(0, Rule::mutant_listener_is_busy, tcp::DropSegment{});
    c.effects.send(0, Rule::mutant_listener_is_busy, tcp::reset_for(syn, config_.behaviour));
    return false;
  }
  if (!syn.has(kFin) || config_.behaviour.syn_fin == SynFin::kOpens) return true;
  c.effects.emplace_back(listener.connection, Rule::syn_fin_dropped, tcp::DropSegment{});
  return false;
}

bool Host::syn_queue_is_full(const Socket& listener) const {
  const auto& listening = *listener.listening;
  switch (config_.behaviour.backlog) {
    case Backlog::kEachQueue:
      return listening.syn_queue > listening.backlog;
    case Backlog::kAcceptQueue:
      return false;
    default:
      return listening.syn_queue + listening.accept_queue.size() >= listening.backlog;
  }
}

// Linux without cookies keeps the last quarter of the queue for peers with proven addresses, of
// which the lab has none.
bool Host::last_quarter_is_reached(const Socket& listener) const {
  const auto& behaviour = config_.behaviour;
  if (!behaviour.max_syn_backlog || behaviour.syn_cookies != SynCookies::kNever) return false;
  return listener.listening->syn_queue + *behaviour.max_syn_backlog / 4 >
         *behaviour.max_syn_backlog;
}

// Whether there is room for this SYN's child; if not, the SYN is dropped or answered by a cookie.
// The order is that of Linux's tcp_conn_request(). There, a SYN that replaces a connection in
// TIME-WAIT needs room in the accept queue only.
bool Host::admits_syn(Context& c, const Socket& listener, const Segment& syn, bool replaces) {
  const auto& behaviour = config_.behaviour;
  const auto drop = [&](Rule rule) {
    c.effects.emplace_back(listener.connection, rule, tcp::DropSegment{});
    return false;
  };
  const bool each = behaviour.backlog == Backlog::kEachQueue;
  const bool full = syn_queue_is_full(listener) && !(each && replaces);
  const bool wants_cookie =
      answers_by_cookies_only(c.now) || (full && behaviour.syn_cookies == SynCookies::kOnOverflow);
  if (behaviour.backlog != Backlog::kAcceptQueue && accept_queue_is_full(listener)) {
    return drop(each ? Rule::accept_queue_full_drops_syn : Rule::listener_backlog_full);
  }
  if (wants_cookie) {
    send_cookie(c, socket_at(listener.connection), syn);
    return false;
  }
  if (full) return drop(each ? Rule::syn_queue_full : Rule::listener_backlog_full);
  if (!replaces && last_quarter_is_reached(listener)) return drop(Rule::syn_queue_last_quarter);
  return true;
}

// Each SYN to a listener makes a connection of its own; the listener stays in LISTEN.
void Host::make_child(Context& c, ConnectionId listener, const Segment& syn, wire::SegmentId id,
                      std::optional<wire::Seq> beyond) {
  if (holds_syn(c, socket_at(listener), syn, id)) return;
  if (!is_good_syn(c, socket_at(listener), syn)) return;
  if (!admits_syn(c, socket_at(listener), syn, beyond.has_value())) return;
  auto iss = iss_of_child(syn, c.now);
  // Beyond every segment and window of the connection that was in TIME-WAIT.
  if (beyond && !wire::after(iss, *beyond)) iss = *beyond + 65'536;
  const auto child = add_child(c, listener, syn.dst, syn.src, iss);
  enter_syn_queue(c, child, listener);
  c.effects.emplace_back(child, Rule::listener_makes_child, tcp::Remark{});
  run(c, child, [&](auto& connection, auto& context) { connection.on_segment(context, syn, id); });
}

void Host::enter_syn_queue(Context& c, ConnectionId id, ConnectionId listener) {
  auto& child = socket_at(id);
  child.listener = listener;
  child.half_open = true;
  child.young = true;
  auto& listening = *socket_at(listener).listening;
  ++listening.syn_queue;
  ++listening.young;
  if (config_.behaviour.half_open_table == HalfOpenTable::kOfHost) enter_syn_cache(c, id);
}

void Host::leave_syn_queue(Socket& child) {
  if (!child.half_open) return;
  auto& listening = *socket_at(child.listener).listening;
  --listening.syn_queue;
  if (child.young) --listening.young;
  child.half_open = false;
  child.young = false;
  if (config_.behaviour.half_open_table == HalfOpenTable::kOfHost) leave_syn_cache(child);
}

// Linux's reqsk_timer_handler(): the fuller the queue and the fewer of its entries are young, the
// fewer retransmissions each gets, but at least two.
std::uint16_t Host::syn_ack_retries(const Listening& listening) const {
  std::uint16_t retries = config_.behaviour.syn_ack_retries;
  const std::size_t taken = listening.syn_queue;
  if (2 * taken <= std::max<std::size_t>(8, listening.backlog)) return retries;
  for (std::size_t young = 2 * listening.young; retries > 2 && taken >= young; young *= 2) {
    --retries;
  }
  return retries;
}

// The SYN,ACK of a half-open connection has timed out. True: it has been handled here.
bool Host::on_syn_ack_timeout(Context& c, ConnectionId id) {
  auto& child = socket_at(id);
  const auto& listener = socket_at(child.listener);
  const auto& behaviour = config_.behaviour;
  if (listener.closed && behaviour.listener_close == ListenerClose::kForgets) {
    forget_half_open(c, id, Rule::listener_gone_forgets, Trigger::kUserTimeout);
    return true;
  }
  if (purges_syn_cache(c, id)) return true;
  auto& listening = *socket_at(child.listener).listening;
  const auto& outstanding = connection_at(id).tcb().retransmission_queue;
  const std::uint32_t timeouts = outstanding.empty() ? 0 : outstanding.front().unanswered;
  const std::uint16_t retries =
      behaviour.prunes_syn_queue ? syn_ack_retries(listening) : behaviour.syn_ack_retries;
  const bool lasts = behaviour.wrong.syn_rcvd_lasts;
  if (timeouts >= retries && retries < behaviour.syn_ack_retries && !lasts) {
    forget_half_open(c, id, Rule::syn_queue_pruned, Trigger::kUserTimeout);
    return true;
  }
  if (child.young) --listening.young;
  child.young = false;
  const std::uint32_t deferred =
      behaviour.defer_accept_counts_timeouts && child.deferred ? deferred_timeouts(listener) : 0;
  if (timeouts + 1 >= deferred) return false;
  run(c, id, [](auto& connection, auto& context) {
    connection.skip_syn_ack(context, Rule::defer_accept_sends_nothing);
  });
  return true;
}

void Host::forget_half_open(Context& c, ConnectionId id, Rule rule, Trigger trigger) {
  run(c, id, [&](auto& connection, auto& context) { connection.forget(context, rule, trigger); });
}

// A segment for a half-open connection whose listener was closed. True: it has been handled here.
bool Host::finds_listener_gone(Context& c, ConnectionId id, const Segment& segment,
                               wire::SegmentId segment_id) {
  if (!socket_at(socket_at(id).listener).closed) return false;
  if (config_.behaviour.listener_close == ListenerClose::kForgets) {
    forget_half_open(c, id, Rule::listener_gone_forgets, Trigger::kAbort);
    on_segment_without_connection(c, segment, segment_id, std::nullopt);
    return true;
  }
  const auto now_listening = listener_for(segment.dst, segment.src);
  if (!now_listening) {
    answer_without_connection(c, segment);
    return true;
  }
  // Another listener of this port takes the half-open connection over.
  leave_syn_queue(socket_at(id));
  enter_syn_queue(c, id, *now_listening);
  return false;
}

}  // namespace tcplab::host
