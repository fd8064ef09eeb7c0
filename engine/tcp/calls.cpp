// User calls: RFC 9293 §3.10.1 to §3.10.5, each state by state.
#include <algorithm>
#include <iterator>

#include "tcp/connection.hpp"

namespace tcplab::tcp {

using wire::Endpoint;
using wire::kSyn;
using wire::Seq;

// §3.10.1 OPEN, passive
CallResult Connection::open_passive(Context& c, Endpoint local) {
  if (tcb_.state != State::kClosed) return CallResult::kConnectionExists;
  tcb_.local = local;
  tcb_.opened_by = OpenedBy::kPassiveOpen;
  tcb_.rcv.wnd = receive_space(c.behaviour);
  change_state(c, State::kListen, Trigger::kPassiveOpen, Rule::open_passive);
  return CallResult::kOk;
}

// §3.10.1 OPEN, active; and §3.10.2 SEND with a remote socket given, in LISTEN
CallResult Connection::open_active(Context& c, Endpoint local, Endpoint remote, Seq iss) {
  const bool from_listen = tcb_.state == State::kListen;
  if (tcb_.state != State::kClosed && !from_listen) return CallResult::kConnectionExists;
  tcb_.local = local;
  tcb_.remote = remote;
  tcb_.opened_by = OpenedBy::kActiveOpen;
  tcb_.was_listener = from_listen;
  tcb_.snd.iss = iss;
  tcb_.snd.una = iss;
  tcb_.snd.nxt = iss;
  tcb_.rcv.wnd = receive_space(c.behaviour);
  begin_congestion_control(c.behaviour);
  const Rule rule = from_listen ? Rule::open_listener_turns_active : Rule::open_active;
  send_new(c, rule, kSyn, {});
  const bool by_send = from_listen && !tcb_.unsent.empty();
  change_state(c, State::kSynSent, by_send ? Trigger::kSend : Trigger::kActiveOpen, rule);
  return CallResult::kOk;
}

void Connection::become_child_of(const Connection& listener, Endpoint remote, Seq iss,
                                 const Behaviour& behaviour) {
  tcb_.settings = listener.tcb_.settings;
  tcb_.state = State::kListen;
  tcb_.opened_by = OpenedBy::kPassiveOpen;
  tcb_.local = listener.tcb_.local;
  tcb_.remote = remote;
  tcb_.snd.iss = iss;
  tcb_.snd.una = iss;
  tcb_.snd.nxt = iss;
  tcb_.rcv.wnd = receive_space(behaviour);
}

void Connection::resume_from_cookie(Context& c, const wire::Segment& ack, wire::SegmentId id,
                                    std::uint16_t mss, const Negotiated& agreed) {
  tcb_.snd.una = ack.ack;
  tcb_.snd.nxt = ack.ack;
  tcb_.rcv.irs = ack.seq - c.behaviour.syn_length;
  tcb_.rcv.nxt = ack.seq;
  tcb_.last_ack_sent = ack.seq;  // the cookie's SYN,ACK did that
  tcb_.syn_origin = id;
  tcb_.send_mss = std::min(mss, tcb_.settings.largest_segment.value_or(mss));
  tcb_.negotiated = agreed;
  tcb_.rcv.wnd = receive_space(c.behaviour);
  if (agreed.timestamps) {
    tcb_.ts.recent = ack.options.timestamps->value;
    tcb_.ts.recent_at = c.now;
  }
  tcb_.snd.wnd = window_of(ack);
  tcb_.snd.max_wnd = tcb_.snd.wnd;
  tcb_.snd.wl1 = ack.seq;
  tcb_.snd.wl2 = ack.ack;
  const bool keeps = c.behaviour.wrong.cookie_keeps_options;
  establish(c, Trigger::kRcvAckOfSyn,
            keeps ? Rule::mutant_cookie_keeps_options : Rule::syn_cookie_valid);
  on_segment_otherwise(c, ack, id);
}

// §3.10.2 SEND
CallResult Connection::send(Context& c, wire::Payload octets) {
  const bool stopped_by_fin =
      tcb_.fin_received && c.behaviour.fin_stops == FinStops::kBothDirections;
  if (tcb_.fin_queued || stopped_by_fin) return CallResult::kConnectionClosing;
  switch (tcb_.state) {
    case State::kClosed:
      return CallResult::kNoConnection;
    case State::kListen:
    case State::kSynSent:
    case State::kSynRcvd:
      tcb_.unsent.append(std::move(octets));
      // For this mutant the SYN is acknowledged already: no ACK would come to send the text.
      if (c.behaviour.active_open == ActiveOpen::kViaSynRcvd && tcb_.snd.una != tcb_.snd.iss) {
        send_unsent(c, Rule::send_within_window);
      }
      return CallResult::kOk;
    case State::kEstablished:
    case State::kCloseWait:
      restart_after_idle(c);
      tcb_.unsent.append(std::move(octets));
      send_unsent(c, Rule::send_within_window);
      return CallResult::kOk;
    default:
      return CallResult::kConnectionClosing;
  }
}

// The sequence number of the next octet that RECEIVE hands over.
Seq Connection::next_to_read() const {
  return tcb_.unread.empty() ? tcb_.rcv.nxt : tcb_.unread.front().seq;
}

// §3.8.5: an application that does not take urgent data in line skips the urgent octet.
void Connection::leave_out_urgent_octet(Context& c) {
  auto& front = tcb_.unread.front();
  front.octets = front.octets.without_first(1);
  front.seq += 1;
  if (front.octets.empty()) tcb_.unread.erase(tcb_.unread.begin());
  --tcb_.unread_octets;
  tcb_.urgent.reset();
  c.effects.emplace_back(Rule::urgent_octet_left_out, Remark{});
}

// One RECEIVE ends before the urgent octet, and the next begins after it.
std::size_t Connection::octets_before_urgent(std::size_t most) const {
  if (!tcb_.urgent) return most;
  return std::min<std::size_t>(most, wire::distance(next_to_read(), *tcb_.urgent));
}

// §3.10.3 RECEIVE
CallResult Connection::receive(Context& c, std::size_t most, Reassembly::Pieces& into) {
  if (tcb_.urgent == next_to_read() && !tcb_.unread.empty()) leave_out_urgent_octet(c);
  most = octets_before_urgent(most);
  if (tcb_.unread_octets == 0) {
    tcb_.fin_unread = false;
    if (tcb_.fin_received) return CallResult::kEndOfStream;
    switch (tcb_.state) {
      case State::kClosed:
        return CallResult::kNoConnection;
      case State::kClosing:
      case State::kLastAck:
      case State::kTimeWait:
        return CallResult::kConnectionClosing;
      default:
        return CallResult::kQueued;
    }
  }
  auto& unread = tcb_.unread;
  std::size_t taken = 0;
  auto it = unread.begin();
  for (; it != unread.end() && taken + it->octets.size() <= most; ++it) {
    taken += it->octets.size();
    into.push_back(std::move(*it));
  }
  if (it != unread.end() && taken < most) {
    into.push_back({it->octets.first(most - taken), it->seq, it->origin});
    it->octets = it->octets.without_first(most - taken);
    it->seq += static_cast<std::uint32_t>(most - taken);
    taken = most;
  }
  unread.erase(unread.begin(), it);
  tcb_.unread_octets -= taken;
  if (tcb_.unread_octets == 0) tcb_.fin_unread = false;

  // The peer may be waiting for this window.
  const bool peer_may_send = tcb_.state == State::kEstablished || tcb_.state == State::kFinWait1 ||
                             tcb_.state == State::kFinWait2;
  if (open_receive_window(c.behaviour) && peer_may_send) {
    send_ack(c, Rule::window_update);
  } else if (c.behaviour.ack_delay == AckDelay::kAdaptive && acknowledges_reading()) {
    send_ack(c, Rule::reading_sends_ack);
  }
  return CallResult::kOk;
}

// §3.10.4 CLOSE
CallResult Connection::close(Context& c) {
  switch (tcb_.state) {
    case State::kClosed:
      return CallResult::kNoConnection;
    case State::kListen:
      delete_tcb(c, Trigger::kClose, Rule::close_listener);
      return CallResult::kOk;
    case State::kSynSent:
      delete_tcb(c, Trigger::kClose, Rule::close_in_syn_sent);
      return CallResult::kOk;
    case State::kSynRcvd: {
      const bool waits = c.behaviour.shutdown_waits_in_syn_rcvd;
      if (tcb_.fin_queued && !(waits && tcb_.reading_given_up)) {
        return CallResult::kConnectionClosing;
      }
      tcb_.fin_queued = true;
      if (waits && !tcb_.reading_given_up) {
        c.effects.emplace_back(Rule::shutdown_waits_for_established, Remark{});
        return CallResult::kOk;
      }
      if (!tcb_.unsent.empty() && c.behaviour.close_in_syn_rcvd == CloseInSynRcvd::kQueued) {
        c.effects.emplace_back(Rule::close_queued_until_established, Remark{});
        return CallResult::kOk;
      }
      if (!tcb_.unsent.empty()) {
        change_state(c, State::kFinWait1, Trigger::kClose, Rule::close_as_figure_5);
        return CallResult::kOk;
      }
      send_fin_if_due(c);
      change_state(c, State::kFinWait1, Trigger::kClose, Rule::close_sends_fin);
      return CallResult::kOk;
    }
    case State::kEstablished:
      tcb_.fin_queued = true;
      end_nagle(c);
      send_fin_if_due(c);
      change_state(c, State::kFinWait1, Trigger::kClose,
                   tcb_.fin_sent ? Rule::close_sends_fin : Rule::close_queued);
      return CallResult::kOk;
    case State::kCloseWait:
      if (tcb_.fin_queued) return CallResult::kConnectionClosing;
      tcb_.fin_queued = true;
      end_nagle(c);
      send_fin_if_due(c);
      if (tcb_.fin_sent) return CallResult::kOk;
      if (c.behaviour.close_in_close_wait == CloseInCloseWait::kAtOnce) {
        change_state(c, State::kLastAck, Trigger::kClose, Rule::close_leaves_close_wait);
        return CallResult::kOk;
      }
      c.effects.emplace_back(Rule::close_queued_in_close_wait, Remark{});
      return CallResult::kOk;
    default:
      c.effects.emplace_back(Rule::close_already_closing, Remark{});
      return CallResult::kConnectionClosing;
  }
}

// No more text will come to fill the segment that Nagle's algorithm held back.
void Connection::end_nagle(Context& c) {
  if (tcb_.settings.nagle && !tcb_.unsent.empty()) send_unsent(c, Rule::nagle_ends_with_close);
}

CallResult Connection::close_both(Context& c) {
  // In CLOSING, LAST-ACK and TIME-WAIT, ABORT sends no RST that could tell of the loss (§3.10.5).
  const bool after_both = tcb_.state == State::kClosing || tcb_.state == State::kLastAck;
  const bool can_tell = tcb_.state == State::kEstablished || tcb_.state == State::kFinWait1 ||
                        tcb_.state == State::kFinWait2 || tcb_.state == State::kCloseWait ||
                        (after_both && c.behaviour.unread_at_close == UnreadAtClose::kAlways);
  const bool loses = tcb_.unread_octets > 0 && can_tell;
  if (!c.behaviour.close_gives_up_reading) {
    if (loses) c.effects.emplace_back(Rule::mutant_close_is_shutdown, Remark{});
    tcb_.reading_given_up = true;
    return close(c);
  }
  if (loses) {
    c.effects.emplace_back(Rule::close_with_unread_data, Remark{});
    return abort(c);
  }
  tcb_.reading_given_up = true;
  if (tcb_.state == State::kFinWait2) {
    limit_fin_wait_2(c);
    become_minisock(c.behaviour);
  }
  tcb_.fin_unread = false;
  return close(c);
}

// §3.10.5 ABORT
CallResult Connection::abort(Context& c) {
  switch (tcb_.state) {
    case State::kClosed:
      return CallResult::kNoConnection;
    case State::kListen:
    case State::kSynSent:
      delete_tcb(c, Trigger::kAbort, Rule::abort_before_synchronized);
      return CallResult::kOk;
    case State::kClosing:
    case State::kLastAck:
    case State::kTimeWait:
      return abort_after_both_fins(c);
    default: {
      const bool waits = c.behaviour.rst_issuer == RstIssuer::kTimeWait;
      send_active_reset(c, waits ? Rule::abort_enters_time_wait : Rule::abort_sends_rst);
      if (waits) {
        enter_time_wait(c, Trigger::kAbort, Rule::abort_enters_time_wait);
        return CallResult::kOk;
      }
      delete_tcb(c, Trigger::kAbort, Rule::abort_sends_rst);
      if (c.behaviour.wrong.rst_is_repeated) {
        tcb_.resets_to_repeat = 3;
        arm(c, Timer::kRetransmission, tcb_.rto.value(), Rule::mutant_rst_is_repeated);
      }
      return CallResult::kOk;
    }
  }
}

// Linux's tcp_v4_send_reset(), FreeBSD's tcp_dropwithreset().
void Connection::refuse(Context& c, const wire::Segment& third) {
  answer_with_reset(c, Rule::abort_sends_rst, third);
  delete_tcb(c, Trigger::kAbort, Rule::abort_sends_rst);
}

// §3.10.5: "respond with ok and delete the TCB".
CallResult Connection::abort_after_both_fins(Context& c) {
  if (tcb_.state == State::kTimeWait && c.behaviour.time_wait_tcb == TimeWaitTcb::kMinisock) {
    c.effects.emplace_back(Rule::abort_leaves_time_wait, Remark{});
    return CallResult::kOk;
  }
  const bool loses = tcb_.unread_octets > 0 || fin_is_pending();
  const bool tells = tcb_.state != State::kTimeWait && loses &&
                     c.behaviour.unread_at_close == UnreadAtClose::kAlways;
  if (tells) send_active_reset(c, Rule::close_with_unread_after_fins);
  delete_tcb(c, Trigger::kAbort,
             tells ? Rule::close_with_unread_after_fins : Rule::abort_after_both_fins);
  return CallResult::kOk;
}

void Connection::vanish(Context& c) {
  if (tcb_.state != State::kClosed) delete_tcb(c, Trigger::kCrash, Rule::host_crashes);
  tcb_.unread.clear();
  tcb_.unread_octets = 0;
}

void Connection::linger(Context& c, Duration most) {
  arm(c, Timer::kLinger, most, Rule::linger_armed);
}

void Connection::stop_lingering(Context& c) { cancel(c, Timer::kLinger, Rule::linger_ends); }

}  // namespace tcplab::tcp
