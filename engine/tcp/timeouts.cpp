// Timeouts: RFC 9293 §3.10.8, with the retransmission timer of RFC 6298 §5.4 to §5.6.
#include <algorithm>

#include "tcp/connection.hpp"

namespace tcplab::tcp {

using wire::kSyn;

void Connection::on_timer(Context& c, Timer timer) {
  tcb_.timers[static_cast<std::size_t>(timer)].disarm();
  switch (timer) {
    case Timer::kRetransmission:
      return on_retransmission_timeout(c);
    case Timer::kPersist:
      return probe_window(c);
    case Timer::kTimeWait:
      return delete_tcb(c, Trigger::kTimeout2Msl,
                        c.behaviour.wrong.time_wait_is_one_round_trip
                            ? Rule::mutant_time_wait_is_one_round_trip
                            : Rule::time_wait_over);
    case Timer::kUser:
      return give_up(c, Rule::user_timeout);
    case Timer::kDelayedAck:
      pace_after_late_ack(c.behaviour);
      return send_ack(c, Rule::delayed_ack_timeout);
    case Timer::kKeepAlive:
      return on_keep_alive_timeout(c);
    case Timer::kCloseWait:
      return give_up(c, Rule::mutant_close_wait_ends);
    case Timer::kLinger:
      return tell_user(c, Signal::kLingerOver, Rule::linger_over);
    case Timer::kFinWait2:
      return delete_tcb(c, Trigger::kFinWait2Timeout,
                        c.behaviour.wrong.fin_wait_2_ends ? Rule::mutant_fin_wait_2_ends
                                                          : Rule::fin_wait_2_timeout);
  }
}

void Connection::on_retransmission_timeout(Context& c) {
  if (tcb_.state == State::kClosed) return repeat_reset(c);
  const auto over = past_r2(c, tcb_.retransmission_queue.front());
  const bool lasts = tcb_.state == State::kSynRcvd && c.behaviour.wrong.syn_rcvd_lasts;
  if (over && !lasts) return give_up(c, *over);
  tcb_.fast_retransmit = {};
  take_all_for_lost(c);
  retransmit_head(c, rule_of_retransmission(over.has_value()));
  // Retransmission may have split or joined segments, so the head must be looked up again.
  const auto& head = tcb_.retransmission_queue.front();
  // §3.8.3 MUST-20: at R1 IP is advised of a failing path.
  if (head.unanswered == c.behaviour.r1) c.effects.emplace_back(Rule::retransmission_r1, Remark{});
  const Rule rule = back_off(c, head);
  arm(c, Timer::kRetransmission, retransmission_delay(c), rule);
}

Rule Connection::rule_of_retransmission(bool past_r2) const {
  if (past_r2) return Rule::mutant_syn_rcvd_lasts;
  const bool closed = is_synchronized(tcb_.state) && tcb_.snd.wnd == 0;
  return closed ? Rule::persist_probe_repeated : Rule::retransmission_timeout;
}

// RFC 6298 §5.5; Linux does not double the RTO for the first timeouts of a SYN.
Rule Connection::back_off(Context& c, const Unacknowledged& head) {
  if (tcb_.state == State::kSynSent && head.unanswered <= c.behaviour.syn_linear_timeouts) {
    return Rule::retransmission_linear;
  }
  if (c.behaviour.wrong.rto_is_constant) return Rule::mutant_rto_is_constant;
  const Duration before = tcb_.rto.value();
  tcb_.rto.back_off(c.behaviour);
  return tcb_.rto.value() < 2 * before ? Rule::retransmission_at_maximum
                                       : Rule::retransmission_backed_off;
}

// §3.8.3: R2 as a number of retransmissions, or as the time that so many of them take.
std::optional<Rule> Connection::past_r2(const Context& c, const Unacknowledged& head) const {
  const bool is_syn = (head.flags & kSyn) != 0;
  // MUST-21: the application's user timeout replaces the system's R2.
  if (!is_syn && tcb_.settings.user_timeout > 0s) return std::nullopt;
  const auto limit = is_syn ? syn_retries(c.behaviour) : c.behaviour.data_retries;
  if (limit != 0 && head.unanswered >= limit) {
    return is_syn ? Rule::retransmission_r2_of_syn : Rule::retransmission_r2;
  }
  const bool orphan = gave_up_reading(c) && c.behaviour.orphan_give_up;
  const auto& give_up = orphan ? c.behaviour.orphan_give_up : c.behaviour.data_give_up;
  const bool over =
      !is_syn && give_up && head.unanswered > 0 && c.now - head.sent_again_at >= *give_up;
  if (!over) return std::nullopt;
  return orphan ? Rule::retransmission_r2_of_orphan : Rule::retransmission_r2_as_time;
}

// TCP_SYNCNT, like tcp_syn_retries, does not count the linear timeouts that come first.
std::uint16_t Connection::syn_retries(const Behaviour& behaviour) const {
  const bool passive = tcb_.state == State::kSynRcvd;
  if (const auto own = tcb_.settings.syn_retries) {
    return static_cast<std::uint16_t>(*own + (passive ? 0 : behaviour.syn_linear_timeouts));
  }
  return passive ? behaviour.syn_ack_retries : behaviour.syn_retries;
}

bool Connection::gave_up_reading(const Context& c) const {
  return tcb_.reading_given_up && c.behaviour.close_gives_up_reading;
}

bool Connection::tells_peer_of_giving_up(const Context& c, bool after_keep_alive) const {
  if (!is_synchronized(tcb_.state)) return false;
  const GiveUpReset when = c.behaviour.give_up_reset;
  return when == GiveUpReset::kAlways || (when == GiveUpReset::kAfterKeepAlive && after_keep_alive);
}

// §3.10.8 USER TIMEOUT, and other timeouts with the same effect.
void Connection::give_up(Context& c, Rule rule, bool after_keep_alive) {
  if (c.behaviour.wrong.timeout_sends_rst && tcb_.state != State::kSynSent) {
    send_active_reset(c, Rule::mutant_timeout_sends_rst);
  } else if (tells_peer_of_giving_up(c, after_keep_alive)) {
    const bool always = c.behaviour.give_up_reset == GiveUpReset::kAlways;
    send_active_reset(c, always ? Rule::give_up_sends_rst : Rule::keep_alive_sends_rst);
  }
  // SHLD-25: an error that ICMP reported says more than a timeout.
  tell_user(c, tcb_.soft_error.value_or(Signal::kTimedOut), rule);
  delete_tcb(c, Trigger::kUserTimeout, rule);
}

// A closed socket must not wait for ever for a FIN that may never come.
void Connection::limit_fin_wait_2(Context& c) {
  if (c.behaviour.wrong.fin_wait_2_ends) {
    arm(c, Timer::kFinWait2, 60s, Rule::mutant_fin_wait_2_ends);
    return;
  }
  const Duration own = tcb_.settings.fin_wait_2_timeout;
  const auto limit = own > 0s ? std::optional(own) : c.behaviour.fin_wait_2_timeout;
  if (!gave_up_reading(c) || !limit) return;
  arm(c, Timer::kFinWait2, *limit, Rule::fin_wait_2_armed);
}

// The mutant that believes a RST to be retransmitted like text.
void Connection::repeat_reset(Context& c) {
  if (--tcb_.resets_to_repeat > 0) {
    arm(c, Timer::kRetransmission, tcb_.rto.value(), Rule::mutant_rst_is_repeated);
  }
  send_active_reset(c, Rule::mutant_rst_is_repeated, true);
}

// §3.4.2, §3.6
Duration Connection::time_wait_length(const Behaviour& behaviour) const {
  if (!behaviour.wrong.time_wait_is_one_round_trip) return 2 * behaviour.msl;
  return std::max<Duration>(tcb_.rto.smoothed_rtt(), 1ms);
}

}  // namespace tcplab::tcp
