// Linux's adaptive delayed ACK (RFC 9293 §3.8.6.3), which does not wait a fixed time:
// tcp_event_data_recv(), __tcp_ack_snd_check() and tcp_send_delayed_ack() of net/ipv4.
#include <algorithm>

#include "tcp/segment_arrives/arrival.hpp"

namespace tcplab::tcp {

namespace {

constexpr std::uint32_t kMostQuickAcks = 16;  // TCP_MAX_QUICKACKS
constexpr std::uint32_t kUsualSegment = 536;  // TCP_MSS_DEFAULT
constexpr Duration kTick = 4ms;               // CONFIG_HZ 250
constexpr Duration kMostWait = 199ms;         // tcp_delack_max()
constexpr Duration kMostWaitInOneDirection = 500ms;

}  // namespace

// tcp_incr_quickack(): a sender in slow start needs every acknowledgment, so half a window of full
// segments is acknowledged without delay.
void Connection::begin_quick_acks() {
  auto& pace = tcb_.ack_pace;
  const std::uint32_t half = tcb_.rcv.wnd / (2 * std::max(pace.segment, kUsualSegment));
  pace.quick = std::max(pace.quick, std::clamp(half, 2u, kMostQuickAcks));
}

// tcp_enter_quickack_mode(): the peer retransmits text that was received; an ACK may be lost.
void Connection::hurry_acks(const Behaviour& behaviour) {
  if (behaviour.ack_delay != AckDelay::kAdaptive || is_request()) return;
  begin_quick_acks();
  tcb_.ack_pace.interactive = false;
  tcb_.ack_pace.wait = behaviour.delayed_ack;
}

// tcp_event_data_recv(): the wait follows the time between segments.
void Connection::pace_acks(const Context& c, const wire::Segment& text) {
  if (c.behaviour.ack_delay != AckDelay::kAdaptive) return;
  auto& pace = tcb_.ack_pace;
  const auto size = static_cast<std::uint32_t>(text.payload.size());
  const bool full = size >= std::max(pace.segment, kUsualSegment);
  if (full) pace.segment = size;
  if (!full || text.has(wire::kPsh)) {
    const int most = full ? std::max<int>(pace.small_texts, 1) : 2;
    pace.small_texts = static_cast<std::uint8_t>(std::min(pace.small_texts + 1, most));
  }
  const Duration least = c.behaviour.delayed_ack;
  const Duration apart = c.now - pace.last_text;
  if (pace.wait == Duration{0}) {
    begin_quick_acks();
    pace.wait = least;
  } else if (apart <= least / 2) {
    pace.wait = pace.wait / 2 + least / 2;
  } else if (apart < pace.wait) {
    pace.wait = std::min(pace.wait / 2 + apart, tcb_.rto.value());
  } else if (apart > tcb_.rto.value()) {
    begin_quick_acks();
  }
  pace.last_text = c.now;
}

// tcp_event_ack_sent(), tcp_event_data_sent(): every segment with an ACK counts. Text sent soon
// after text arrived means a dialogue, whose answers can carry the acknowledgments.
void Connection::count_ack(const Context& c, const wire::Segment& sent) {
  if (c.behaviour.ack_delay != AckDelay::kAdaptive) return;
  auto& pace = tcb_.ack_pace;
  pace.small_texts = 0;
  if (pace.quick > 0 && --pace.quick == 0) pace.wait = c.behaviour.delayed_ack;
  if (!sent.payload.empty() && c.now - pace.last_text < pace.wait) pace.interactive = true;
}

// tcp_fin(): the local FIN may follow soon and carry the acknowledgment.
void Connection::expect_answer() { tcb_.ack_pace.interactive = true; }

bool Connection::acknowledges_quickly() const {
  return tcb_.ack_pace.quick > 0 && !tcb_.ack_pace.interactive;
}

// __tcp_ack_snd_check(), for text that leaves no gap: more than a full segment is not acknowledged
// yet, and the ACK need not advertise a smaller window.
bool Connection::owes_ack_of_more_than_a_segment(const Behaviour& behaviour) const {
  const std::uint32_t owed = wire::distance(tcb_.last_ack_sent, tcb_.rcv.nxt);
  if (owed <= std::max(tcb_.ack_pace.segment, kUsualSegment)) return false;
  return tcb_.unread_octets == 0 ||
         behaviour.receive_buffer >= tcb_.unread_octets + tcb_.rcv.wnd + owed;
}

// tcp_send_delayed_ack()
Duration Connection::adaptive_ack_delay(const Behaviour& behaviour) const {
  const auto& pace = tcb_.ack_pace;
  const Duration least = behaviour.delayed_ack;
  Duration wait = std::max(pace.wait, kTick);
  if (wait > least) {
    Duration most = pace.interactive || pace.small_texts > 0 ? kMostWait : kMostWaitInOneDirection;
    if (tcb_.rto.has_sample()) most = std::min(most, std::max(tcb_.rto.smoothed_rtt(), least));
    wait = std::min(wait, most);
  }
  return std::min(wait, kMostWait);
}

// tcp_delack_timer_handler(): no segment was sent that could have carried the ACK.
void Connection::pace_after_late_ack(const Behaviour& behaviour) {
  if (behaviour.ack_delay != AckDelay::kAdaptive) return;
  auto& pace = tcb_.ack_pace;
  pace.wait = pace.interactive ? behaviour.delayed_ack : std::min(2 * pace.wait, tcb_.rto.value());
  pace.interactive = false;
}

// tcp_cleanup_rbuf(): an application that has read everything and sends nothing will not soon send
// a segment to carry the acknowledgment.
bool Connection::acknowledges_reading() const {
  if (!armed(Timer::kDelayedAck)) return false;
  const auto& pace = tcb_.ack_pace;
  const std::uint32_t owed = wire::distance(tcb_.last_ack_sent, tcb_.rcv.nxt);
  const bool one_way = pace.small_texts > 1 || (pace.small_texts > 0 && !pace.interactive);
  return owed > std::max(pace.segment, kUsualSegment) ||
         (one_way && tcb_.unread_octets == 0 && tcb_.reassembly.octets() == 0);
}

}  // namespace tcplab::tcp
