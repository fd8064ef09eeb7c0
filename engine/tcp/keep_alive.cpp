// Keep-alives: RFC 9293 §3.8.4.
#include "tcp/connection.hpp"

namespace tcplab::tcp {

using wire::kAck;

// MUST-26: probes leave only when nothing was heard for the interval. Every arrival restarts it.
void Connection::watch_idle(Context& c, Rule rule) {
  tcb_.keep_alive_probes = 0;
  const bool watched =
      tcb_.settings.keep_alive && is_synchronized(tcb_.state) && tcb_.state != State::kTimeWait;
  if (watched) {
    if (c.behaviour.keep_alive_by_default) rule = Rule::mutant_keep_alive_by_default;
    arm(c, Timer::kKeepAlive, tcb_.settings.keep_alive_times.idle, rule);
  } else {
    cancel(c, Timer::kKeepAlive, Rule::keep_alive_off);
  }
}

void Connection::on_keep_alive_timeout(Context& c) {
  // MUST-26: the timer of what is outstanding or unsent finds out whether the peer is there.
  if (!tcb_.retransmission_queue.empty() || !tcb_.unsent.empty()) {
    return watch_idle(c, Rule::keep_alive_waits_for_data);
  }
  const KeepAlive& times = tcb_.settings.keep_alive_times;
  const std::uint32_t probes = tcb_.keep_alive_probes;
  if (const Duration limit = tcb_.settings.user_timeout; limit > 0s) {
    // tcp(7): TCP_USER_TIMEOUT "will override keepalive to determine when to close a connection".
    const bool over = probes > 0 && times.idle + probes * times.interval >= limit;
    if (over) return give_up(c, Rule::keep_alive_user_timeout, true);
  } else if (probes >= times.probes) {
    return give_up(c, Rule::keep_alive_gives_up, true);
  }
  // SHLD-12: "a segment without data, SEG.SEQ = SND.NXT-1": left of the window, so it is answered.
  ++tcb_.keep_alive_probes;
  send_segment(c, Rule::keep_alive_probe, make_segment(kAck, tcb_.snd.nxt - 1));
  arm(c, Timer::kKeepAlive, times.interval, Rule::keep_alive_probe_armed);
}

void Connection::change_settings(Context& c, const Settings& settings) {
  const bool nagle_goes = tcb_.settings.nagle && !settings.nagle;
  const bool watch_changes = tcb_.settings.keep_alive != settings.keep_alive ||
                             tcb_.settings.keep_alive_times != settings.keep_alive_times;
  const bool timeout_changes = tcb_.settings.user_timeout != settings.user_timeout;
  tcb_.settings = settings;
  if (watch_changes) watch_idle(c);
  if (timeout_changes && !tcb_.retransmission_queue.empty()) arm_user_timer(c);
  const bool may_send = tcb_.state == State::kEstablished || tcb_.state == State::kCloseWait;
  if (nagle_goes && may_send) send_unsent(c, Rule::nagle_off);
}

}  // namespace tcplab::tcp
