// The congestion window limits what may be in flight, as the peer's window does (RFC 5681 §3.1). It
// counts segments, as Linux does. Also: what follows a retransmission timeout (RFC 5682).
#include <algorithm>

#include "tcp/segment_arrives/arrival.hpp"

namespace tcplab::tcp {

using wire::Segment;

namespace {

// RFC 9438 §4.6: CUBIC's beta is 0.7, which Linux counts in 1024ths.
constexpr std::uint32_t kBeta = 717;
constexpr std::uint32_t kBetaScale = 1024;
constexpr std::uint32_t kLeastThreshold = 2;

std::uint32_t threshold_after_loss(std::uint32_t window) {
  return std::max(window * kBeta / kBetaScale, kLeastThreshold);
}

}  // namespace

// §3.1: the initial window is one segment if the SYN was lost. Linux's tcp_init_transfer() allows
// one loss, since RFC 6298 shortened the first timeout.
void Connection::begin_congestion_control(const Behaviour& behaviour) {
  const auto& initial = behaviour.initial_congestion_window;
  if (!initial) return;
  const bool syn_was_lost = tcb_.congestion.syn_timeouts > 1;
  end_congestion_control();
  tcb_.congestion.window = syn_was_lost ? 1 : *initial;
}

void Connection::end_congestion_control() {
  tcb_.congestion = {};
  tcb_.loss.reset();
}

// §4.1: after more than an RTO without sending, the window restarts at its initial size; Linux's
// tcp_cwnd_restart() halves it once for every RTO, down to that size.
void Connection::restart_after_idle(Context& c) {
  auto& congestion = tcb_.congestion;
  const Duration rto = tcb_.rto.value();
  Duration idle = c.now - congestion.last_text - rto;
  if (congestion.window == 0 || !tcb_.retransmission_queue.empty() || idle <= 0us) return;
  congestion.threshold = std::max(congestion.threshold, congestion.window * 3 / 4);
  const std::uint32_t initial = c.behaviour.initial_congestion_window.value_or(1);
  const std::uint32_t least = std::min(initial, congestion.window);
  for (; idle > 0us && congestion.window > least; idle -= rto) congestion.window /= 2;
  congestion.window = std::max(congestion.window, least);
}

// Counts neither segments taken for lost nor those that a duplicate ACK reports as arrived.
std::uint32_t Connection::segments_in_flight() const {
  const auto& queue = tcb_.retransmission_queue;
  const bool any_lost = tcb_.loss || tcb_.fast_retransmit.recover;
  const auto lost = any_lost ? std::count_if(queue.begin(), queue.end(),
                                             [](const Unacknowledged& sent) { return sent.lost; })
                             : 0;
  const auto outstanding =
      static_cast<std::uint32_t>(queue.size()) - static_cast<std::uint32_t>(lost);
  return outstanding - std::min(outstanding, tcb_.fast_retransmit.duplicates);
}

// Each duplicate ACK reports a segment that is not taken for lost. Lost is the oldest segment or,
// after a timeout, all that were outstanding then.
std::uint32_t Connection::most_duplicates() const {
  const auto& queue = tcb_.retransmission_queue;
  const auto size = static_cast<std::uint32_t>(queue.size());
  if (!tcb_.loss) return size - std::min(size, 1u);
  return static_cast<std::uint32_t>(std::count_if(
      queue.begin(), queue.end(),
      [&](const Unacknowledged& sent) { return !wire::before(sent.seq, tcb_.loss->until); }));
}

bool Connection::congestion_window_is_full() const {
  const std::uint32_t window = tcb_.congestion.window;
  return window > 0 && segments_in_flight() >= window;
}

void Connection::wait_for_congestion_window(Context& c) const {
  const bool is_loss_window = tcb_.loss && tcb_.congestion.window == 1;
  c.effects.emplace_back(is_loss_window ? Rule::loss_window_waits : Rule::congestion_window_waits,
                         Remark{});
}

// Linux's tcp_cwnd_validate(): notes the most that was in flight and whether the window was full.
void Connection::note_flight() {
  auto& congestion = tcb_.congestion;
  if (congestion.window == 0) return;
  const bool full = congestion_window_is_full();
  const auto outstanding = static_cast<std::uint32_t>(tcb_.retransmission_queue.size());
  const bool more = !congestion.was_full && outstanding > congestion.most_in_flight;
  if (!full && !more && wire::before(tcb_.snd.una, congestion.flight_end)) return;
  congestion.was_full = full;
  congestion.most_in_flight = outstanding;
  congestion.flight_end = tcb_.snd.nxt;
}

// §3.1: slow start adds a segment for each that is acknowledged; above the threshold, congestion
// avoidance adds one for each acknowledged window. Only a window that was used may grow (RFC 7661):
// Linux's tcp_is_cwnd_limited().
void Connection::grow_congestion_window(std::uint32_t acknowledged) {
  auto& congestion = tcb_.congestion;
  const bool slow_start = congestion.window < congestion.threshold;
  const bool used =
      congestion.was_full || (slow_start && congestion.window < 2 * congestion.most_in_flight);
  if (congestion.window == 0 || !used || tcb_.fast_retransmit.recover) return;
  if (slow_start) {
    const auto by = std::min(acknowledged, congestion.threshold - congestion.window);
    congestion.window += by;
    acknowledged -= by;
  }
  congestion.acknowledged += acknowledged;
  if (congestion.acknowledged < congestion.window) return;
  congestion.acknowledged -= congestion.window;
  ++congestion.window;
}

// §3.2: duplicate ACKs show that segments still arrive, so this is milder than after a timeout.
void Connection::begin_recovery() {
  auto& congestion = tcb_.congestion;
  auto& fast = tcb_.fast_retransmit;
  fast.recover = tcb_.snd.nxt;
  fast.window_before = congestion.window;
  tcb_.retransmission_queue.front().lost = true;
  if (congestion.window > 0) congestion.threshold = threshold_after_loss(congestion.window);
}

// RFC 6937 §3: while more than the threshold is in flight, segments leave in proportion to those
// that arrive; then one leaves for each that arrives. Linux's tcp_cwnd_reduction().
void Connection::pace_recovery(std::uint32_t delivered) {
  auto& congestion = tcb_.congestion;
  auto& fast = tcb_.fast_retransmit;
  if (congestion.window == 0 || fast.window_before == 0) return;
  fast.delivered += delivered;
  const std::int64_t in_flight = segments_in_flight();
  const std::int64_t room = congestion.threshold - in_flight;
  const std::int64_t sent = fast.sent;
  std::int64_t may_send = 0;
  if (room < 0) {
    const std::int64_t share = std::int64_t{congestion.threshold} * fast.delivered;
    may_send = (share + fast.window_before - 1) / fast.window_before - sent;
  } else {
    may_send = std::min(room, std::max<std::int64_t>(fast.delivered - sent, delivered));
  }
  // The first retransmission of a recovery is always allowed.
  may_send = std::max<std::int64_t>(may_send, sent == 0 ? 1 : 0);
  congestion.window = static_cast<std::uint32_t>(std::max<std::int64_t>(in_flight + may_send, 1));
}

void Connection::end_recovery() {
  auto& congestion = tcb_.congestion;
  if (congestion.window > 0) congestion.window = congestion.threshold;
}

// §3.1: after a timeout the window is one segment, the loss window. A second timeout of the same
// data does not lower the threshold again.
void Connection::take_all_for_lost(Context& c) {
  if (!c.behaviour.initial_congestion_window) return;
  auto& congestion = tcb_.congestion;
  auto& queue = tcb_.retransmission_queue;
  if ((queue.front().flags & wire::kSyn) != 0) ++congestion.syn_timeouts;
  if (congestion.window == 0) return;
  if (tcb_.loss) {
    tcb_.loss->until = tcb_.snd.nxt;
    tcb_.loss->may_be_spurious = true;
  } else {
    tcb_.loss = Loss{tcb_.snd.nxt, c.now, congestion.window, congestion.threshold, true};
    congestion.threshold = threshold_after_loss(congestion.window);
  }
  congestion.window = 1;
  for (auto& sent : queue) sent.lost = true;
}

// The timeout was spurious if the ACK covers a segment that was never retransmitted (RFC 5682 §3.1,
// step 3b) or echoes a timestamp from before the timeout (RFC 3522). Linux's tcp_process_loss().
void Connection::judge_timeout(Context& c, const Segment& s, bool acknowledges_original) {
  const auto& loss = tcb_.loss;
  if (!loss) return;
  const auto& stamps = s.options.timestamps;
  const auto since = timestamp_clock(c.behaviour, loss->since);
  const bool echoes_earlier = tcb_.negotiated.timestamps && stamps && stamps->echo_reply != 0 &&
                              static_cast<std::int32_t>(stamps->echo_reply - since) < 0;
  const bool original = loss->may_be_spurious && acknowledges_original;
  if (!echoes_earlier && !original) return;
  auto& congestion = tcb_.congestion;
  congestion.window = std::max(congestion.window, loss->window);
  congestion.threshold = std::max(congestion.threshold, loss->threshold);
  for (auto& sent : tcb_.retransmission_queue) sent.lost = false;
  tcb_.loss.reset();
  c.effects.emplace_back(Rule::timeout_was_spurious, Remark{});
}

// RFC 5682 §2.1: after the first ACK new text is sent before the lost segments; a duplicate ACK
// then shows that the loss was real.
void Connection::go_on_after_timeout(Context& c, bool advances, bool duplicate) {
  auto& loss = tcb_.loss;
  if (!loss) return;
  if (!wire::before(tcb_.snd.una, loss->until)) return loss.reset();
  if (loss->may_be_spurious && wire::after(tcb_.snd.nxt, loss->until)) {
    if (duplicate) loss->may_be_spurious = false;  // step 3a
  } else if (loss->may_be_spurious && advances) {
    loss->until = tcb_.snd.nxt;
    if (!tcb_.unsent.empty() && usable_window() > 0) return;  // step 2b
    loss->may_be_spurious = false;
  }
  resend_lost(c, Rule::retransmission_in_slow_start);
}

// Linux's tcp_xmit_retransmit_queue()
void Connection::resend_lost(Context& c, Rule rule) {
  auto& queue = tcb_.retransmission_queue;
  for (std::size_t i = 0; i < queue.size(); ++i) {
    if (!queue[i].lost) continue;
    if (congestion_window_is_full() || !shape_retransmission(c.behaviour, i)) return;
    send_again(c, queue[i], rule);
  }
}

}  // namespace tcplab::tcp
