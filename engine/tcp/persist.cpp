// Closed windows: RFC 9293 §3.8.6.1.
#include <algorithm>

#include "tcp/connection.hpp"

namespace tcplab::tcp {

using wire::kAck;

// A closed window must be probed: otherwise a lost window update would stall the connection.
void Connection::watch_closed_window(Context& c) {
  const bool fin_waits = fin_is_pending() && usable_window() < c.behaviour.fin_length;
  const bool waits = !tcb_.unsent.empty() || fin_waits;
  const bool stuck = waits && tcb_.retransmission_queue.empty();
  if (stuck && !armed(Timer::kPersist)) {
    arm(c, Timer::kPersist, tcb_.rto.value(),
        usable_window() == 0 ? Rule::persist_armed : Rule::override_armed);
  } else if (!stuck) {
    cancel(c, Timer::kPersist, Rule::persist_window_opened);
    tcb_.probes = {};
  }
}

// The probe carries the text that the window allows, at least one octet, or the FIN if no text is
// left. From now on it is retransmitted like any other segment.
void Connection::probe_window(Context& c) {
  const bool closed = usable_window() == 0;
  if (closed && c.behaviour.window_probe == WindowProbe::kEmpty) return probe_without_text(c);
  if (tcb_.unsent.empty()) return send_fin(c, Rule::persist_probe);
  const auto most = std::min<std::size_t>(segment_text_limit(), tcb_.unsent.size());
  const auto size = std::clamp<std::size_t>(usable_window(), 1, most);
  // Linux's tcp_write_wakeup() sets PSH.
  const bool pushes = c.behaviour.window_probe == WindowProbe::kEmpty;
  const auto flags = static_cast<wire::Flags>(pushes ? kAck | wire::kPsh : kAck);
  send_new(c, closed ? Rule::persist_probe : Rule::override_sends, flags, tcb_.unsent.take(size));
}

// The probe lies left of the peer's window, so the peer must answer it. Linux's tcp_probe_timer().
void Connection::probe_without_text(Context& c) {
  auto& probes = tcb_.probes;
  if (probes.unanswered == 0 && probes.back_offs == 0) probes.since = c.now;
  const Duration own = tcb_.settings.user_timeout;
  const std::uint16_t most = c.behaviour.unanswered_probes;
  if (own > 0s && c.now - probes.since >= own) return give_up(c, Rule::user_timeout);
  if (most != 0 && probes.unanswered >= most) return give_up(c, Rule::persist_gives_up);
  ++probes.unanswered;
  ++probes.back_offs;
  send_segment(c, Rule::persist_probe_empty, make_segment(kAck, tcb_.snd.una - 1));
  const Duration wait = probe_interval(c.behaviour);
  arm(c, Timer::kPersist, own > 0s ? std::min(wait, probes.since + own - c.now) : wait,
      Rule::persist_backs_off);
}

Duration Connection::probe_interval(const Behaviour& behaviour) const {
  const int doublings = std::min<int>(tcb_.probes.back_offs, 30);
  return std::min(tcb_.rto.value() * (std::int64_t{1} << doublings), behaviour.max_rto);
}

// MUST-37: as long as the peer answers, the connection stays open.
void Connection::note_probe_answered(Context& c) {
  if (tcb_.probes.back_offs == 0) return;
  tcb_.probes.unanswered = 0;
  if (tcb_.snd.wnd != 0) {
    tcb_.probes = {};
  } else if (armed(Timer::kPersist)) {
    arm(c, Timer::kPersist, probe_interval(c.behaviour), Rule::persist_probe_answered);
  }
}

}  // namespace tcplab::tcp
