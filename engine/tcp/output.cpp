// Sending segments, as far as the window allows, and the retransmission queue.
#include <algorithm>
#include <optional>
#include <utility>

#include "tcp/connection.hpp"
#include "wire/options.hpp"

namespace tcplab::tcp {

using wire::Flags;
using wire::kAck;
using wire::kFin;
using wire::kPsh;
using wire::kRst;
using wire::kSyn;
using wire::Payload;
using wire::Segment;
using wire::Seq;

Segment Connection::make_segment(Flags flags, Seq seq) const {
  Segment segment;
  segment.src = tcb_.local;
  segment.dst = tcb_.remote;
  segment.seq = seq;
  segment.flags = flags;
  if (segment.has(kAck)) segment.ack = tcb_.rcv.nxt;
  segment.window = window_field(segment);
  return segment;
}

std::uint16_t Connection::window_field(const Segment& segment) const {
  const bool scaled = !segment.has(kSyn) || tcb_.negotiated.scales_syn;
  const auto shift = scaled ? tcb_.negotiated.receive_shift : 0;
  return static_cast<std::uint16_t>(std::min(tcb_.rcv.wnd >> shift, kLargestWindow));
}

Rule Connection::rule_of_sent(const Context& c, Rule rule, const Segment& segment) const {
  const auto& wrong = c.behaviour.wrong;
  const std::size_t octets = segment.payload.size();
  const auto& agreed = tcb_.negotiated;
  if (segment.has(kSyn) && c.behaviour.syn_length == 0) return Rule::mutant_syn_takes_no_number;
  if (segment.has(kFin) && c.behaviour.fin_length == 0) return Rule::mutant_fin_takes_no_number;
  if (octets > 1 && wrong.segments_take_one_number) return Rule::mutant_segments_take_one_number;
  if (octets > 0 && wrong.mss_is_the_smaller && octets == segment_text_limit()) {
    return Rule::mutant_mss_is_the_smaller;
  }
  if (segment.has(kSyn) && agreed.scales_syn) return Rule::mutant_syn_window_is_scaled;
  // Window scale that the peer did not offer leaves its shift count at 0.
  if (wrong.window_scale_of_one_end && agreed.window_scale && agreed.send_shift == 0) {
    return Rule::mutant_window_scale_of_one_end;
  }
  return rule;
}

void Connection::send_segment(Context& c, Rule rule, Segment&& segment, bool retransmission) {
  if (!retransmission) rule = rule_of_sent(c, rule, segment);
  segment.options = options_for(c, segment);
  if (segment.has(kSyn) && segment.has(kAck)) note_syn_ack_stamp(c, segment);
  if (segment.has(kAck) && !segment.has(kSyn)) {
    offer_scaled_window(c.behaviour);
    segment.window = window_field(segment);
  }
  if (tcb_.congestion.window > 0 && !segment.payload.empty()) tcb_.congestion.last_text = c.now;
  if (segment.has(kAck)) {
    tcb_.last_ack_sent = segment.ack;
    cancel(c, Timer::kDelayedAck, Rule::delayed_ack_leaves);
    count_ack(c, segment);
  }
  c.send(rule, std::move(segment), retransmission);
}

// §3.5.2: refuses a segment by the RST that an end without a TCB would send.
void Connection::answer_with_reset(Context& c, Rule rule, const Segment& refused) {
  Segment reset = reset_for(refused, c.behaviour);
  if (c.behaviour.answering_reset_has_timestamps) reset.options = options_for(c, reset);
  const Rule sent = rule_of_sent(c, rule, reset);
  c.send(sent, std::move(reset));
}

// If the peer's window has shrunk below what was sent, an ACK takes the window's edge as its SEQ to
// stay acceptable, unless rounding by the shift count explains the difference. Linux's
// tcp_acceptable_seq(), which it does not call for a request.
Seq Connection::seq_of_ack(const Behaviour& behaviour) const {
  const Seq edge = tcb_.snd.una + tcb_.snd.wnd;
  const bool beyond = wire::after(tcb_.snd.nxt, edge);
  if (!behaviour.ack_stays_in_window || !beyond || is_request()) return tcb_.snd.nxt;
  const std::uint32_t cut = 1u << tcb_.negotiated.receive_shift;
  const bool by_scaling = tcb_.negotiated.window_scale && wire::distance(edge, tcb_.snd.nxt) < cut;
  return by_scaling ? tcb_.snd.nxt : edge;
}

void Connection::send_ack(Context& c, Rule rule) {
  const bool counts = c.behaviour.pure_ack_length > 0;
  send_segment(c, counts ? Rule::mutant_pure_ack_takes_a_number : rule,
               make_segment(kAck, seq_of_ack(c.behaviour)));
  tcb_.snd.nxt += c.behaviour.pure_ack_length;
}

// RFC 5961 §7: a limited number of challenge ACKs in a period that begins with the first.
bool Connection::may_challenge(Context& c) {
  auto& challenges = tcb_.challenge_acks;
  const bool over = c.now - challenges.since >= c.behaviour.challenge_ack_time;
  if (challenges.sent == 0 || over) challenges = {0, c.now};
  if (challenges.sent >= c.behaviour.challenge_acks) {
    c.effects.emplace_back(c.behaviour.unacceptable_acks_throttled
                               ? Rule::unacceptable_ack_throttled
                               : Rule::challenge_ack_throttled,
                           Remark{});
    return false;
  }
  ++challenges.sent;
  return true;
}

bool Connection::send_challenge_ack(Context& c, Rule rule) {
  if (!may_challenge(c)) return false;
  send_ack(c, rule);
  return true;
}

// `once`: flags of this transmission only; a retransmission does not have them.
void Connection::send_new(Context& c, Rule rule, Flags flags, Payload text, Flags once) {
  Segment segment = make_segment(static_cast<Flags>(flags | once), tcb_.snd.nxt);
  segment.payload = text;
  const std::uint32_t length = segment_length(segment, c.behaviour);
  const bool first = tcb_.retransmission_queue.empty();
  // A mutant's pure ACK has taken the number that this segment should begin with.
  const bool shifted = c.behaviour.pure_ack_length > 0 && first && tcb_.snd.una != tcb_.snd.nxt;
  if (shifted) rule = Rule::mutant_pure_ack_takes_a_number;
  tcb_.retransmission_queue.push_back(
      {tcb_.snd.nxt, flags, false, std::move(text), length, 1, c.now, 0, Time{0}});
  tcb_.snd.nxt += length;
  if (tcb_.fast_retransmit.recover) ++tcb_.fast_retransmit.sent;
  send_segment(c, rule, std::move(segment));
  if (!first) return;
  arm(c, Timer::kRetransmission, tcb_.rto.value(), Rule::retransmission_armed);
  arm_user_timer(c);
}

// §3.8.3: R2 as a time, for the oldest outstanding segment.
void Connection::arm_user_timer(Context& c) {
  const bool opening = (tcb_.retransmission_queue.front().flags & kSyn) != 0;
  const auto usual = opening ? c.behaviour.syn_user_timeout : c.behaviour.user_timeout;
  const Duration own = tcb_.settings.user_timeout;
  const bool is_set = own > 0s;
  const auto limit = is_set ? std::optional(own) : usual;
  const bool lasts = tcb_.state == State::kListen || tcb_.state == State::kSynRcvd;
  if (lasts && c.behaviour.wrong.syn_rcvd_lasts) {
    if (limit) c.effects.emplace_back(Rule::mutant_syn_rcvd_lasts, Remark{});
    return;
  }
  if (limit) {
    arm(c, Timer::kUser, *limit,
        is_set    ? Rule::user_timeout_of_application
        : opening ? Rule::user_timeout_of_syn
                  : Rule::user_timeout_armed);
  } else {
    cancel(c, Timer::kUser, Rule::user_timeout_off);
  }
}

// §3.7.1 MUST-16: the options of every segment reduce the effective send MSS.
std::uint32_t Connection::segment_text_limit() const {
  const std::uint32_t taken = octets_of_options();
  const std::uint32_t most = std::min({tcb_.send_mss, tcb_.path_mss, tcb_.link_mss});
  return most > taken ? most - taken : 1;
}

std::uint32_t Connection::octets_of_options() const {
  wire::Options options;
  if (tcb_.negotiated.timestamps) options.timestamps.emplace();
  return static_cast<std::uint32_t>(wire::options_size(options));
}

std::uint16_t Connection::receive_mss(const Behaviour& behaviour) const {
  return std::min(behaviour.mss, tcb_.settings.largest_segment.value_or(behaviour.mss));
}

std::uint32_t Connection::usable_window() const {
  const std::uint32_t in_flight = wire::distance(tcb_.snd.una, tcb_.snd.nxt);
  return tcb_.snd.wnd > in_flight ? tcb_.snd.wnd - in_flight : 0;
}

bool Connection::nagle_waits_for_ack(const Behaviour& behaviour) const {
  const auto& queue = tcb_.retransmission_queue;
  if (behaviour.nagle_waits == Nagle::kAnySmall) return !queue.empty();
  return tcb_.small_end && wire::after(*tcb_.small_end, tcb_.snd.una);
}

// Linux's tcp_tso_autosize() and tcp_cwnd_test(): at most half of the congestion window, and just
// that if no round trip was measured yet.
std::uint32_t Connection::segments_together(const Behaviour& behaviour) const {
  const std::uint32_t window = tcb_.congestion.window;
  if (behaviour.segments_per_push == 0 || window == 0) return behaviour.segments_per_push;
  const std::uint32_t most = tcb_.rto.has_sample() ? behaviour.segments_per_push : window;
  return std::min({most, std::max(window / 2, 1u), window - segments_in_flight()});
}

// Sends queued text in segments as far as the window allows. True if anything was sent: that also
// carried the acknowledgment.
bool Connection::send_unsent(Context& c, Rule rule) {
  auto& unsent = tcb_.unsent;
  bool sent = false;
  std::uint32_t sent_together = 0;
  std::uint32_t group = 0;
  while (!unsent.empty()) {
    const std::size_t full = std::min<std::size_t>(segment_text_limit(), unsent.size());
    const std::size_t size = std::min<std::size_t>(full, usable_window());
    // §3.8.6.2.1 MUST-38, silly window avoidance: send a full segment, all there is, or half the
    // largest window. Less waits for the persist timer, which is also the override timeout.
    if (size == 0 || (size < full && size < tcb_.snd.max_wnd / 2)) break;
    if (congestion_window_is_full()) {
      wait_for_congestion_window(c);
      break;
    }
    // §3.7.4 SHLD-7, Nagle: less than a full segment waits while something is unacknowledged.
    const bool small = size < segment_text_limit();
    const bool waits = tcb_.settings.nagle && !tcb_.fin_queued;
    if (waits && small && nagle_waits_for_ack(c.behaviour)) {
      c.effects.emplace_back(Rule::nagle_waits, Remark{});
      break;
    }
    Payload text = unsent.take(size);
    sent = true;
    if (sent_together == 0) group = segments_together(c.behaviour);
    const bool ends_group = group > 1 && ++sent_together == group;
    if (ends_group || group <= 1) sent_together = 0;
    const Flags push = unsent.empty() ? kPsh : 0;
    if (unsent.empty() && fin_joins_text(c.behaviour, size)) {
      send_text_with_fin(c, std::move(text));
    } else {
      send_new(c, rule, static_cast<Flags>(kAck | push), std::move(text),
               ends_group ? Flags{kPsh} : Flags{0});
    }
    if (small) tcb_.small_end = tcb_.snd.nxt;
  }
  if (sent || !unsent.empty()) note_flight();
  watch_closed_window(c);
  return sent;
}

// §3.10.4: the FIN follows the last octet of text and needs room in the window, as text does.
void Connection::send_fin_if_due(Context& c) {
  if (!fin_is_pending() || !tcb_.unsent.empty()) return;
  if (congestion_window_is_full()) return wait_for_congestion_window(c);
  if (usable_window() < c.behaviour.fin_length) return watch_closed_window(c);
  send_fin(c, rule_of_fin());
  note_flight();
}

Rule Connection::rule_of_fin() const {
  if (tcb_.state == State::kCloseWait) return Rule::close_sends_last_fin;
  const bool late = tcb_.state == State::kFinWait1 || tcb_.state == State::kClosing;
  return late ? Rule::close_sends_late_fin : Rule::close_sends_fin;
}

void Connection::send_fin(Context& c, Rule rule) {
  const bool bare = c.behaviour.wrong.fin_without_ack;
  send_new(c, bare ? Rule::mutant_fin_without_ack : rule, bare ? Flags{kFin} : Flags{kFin | kAck},
           {});
  cancel(c, Timer::kPersist, Rule::persist_window_opened);
  tcb_.probes = {};
  note_fin_sent(c);
}

// Only sending the FIN, not CLOSE itself, moves CLOSE-WAIT to LAST-ACK.
void Connection::note_fin_sent(Context& c) {
  tcb_.fin_sent = true;
  if (tcb_.state != State::kCloseWait) return;
  change_state(c, State::kLastAck, Trigger::kClose, Rule::close_sends_last_fin);
}

bool Connection::fin_joins_text(const Behaviour& behaviour, std::size_t octets) const {
  return behaviour.fin_joins_text && fin_is_pending() && !behaviour.wrong.fin_without_ack &&
         usable_window() >= octets + behaviour.fin_length;
}

void Connection::send_text_with_fin(Context& c, Payload text) {
  send_new(c, rule_of_fin(), static_cast<Flags>(kAck | kPsh | kFin), std::move(text));
  note_fin_sent(c);
}

// §3.10.5: "<SEQ=SND.NXT><CTL=RST>", the number that the peer expects. Linux keeps it in the peer's
// window, as it does for an ACK.
void Connection::send_active_reset(Context& c, Rule rule, bool again) {
  const bool with_ack = c.behaviour.active_reset == ActiveReset::kSeqAndAck;
  const Flags flags = with_ack ? Flags{kRst | kAck} : Flags{kRst};
  send_segment(c, rule, make_segment(flags, seq_of_ack(c.behaviour)), again);
}

void Connection::retransmit(Context& c, Unacknowledged& what, Rule rule, Flags once) {
  if (++what.unanswered == 1) what.sent_again_at = c.now;
  send_again(c, what, rule, once);
}

// A retransmission that R2 does not count.
void Connection::send_again(Context& c, Unacknowledged& what, Rule rule, Flags once) {
  ++what.transmissions;
  what.lost = false;
  if (tcb_.fast_retransmit.recover) ++tcb_.fast_retransmit.sent;
  if ((what.flags & kSyn) != 0) tcb_.syn_retransmitted = true;
  Segment segment = make_segment(static_cast<Flags>(what.flags | once), what.seq);
  segment.payload = what.text;
  send_segment(c, rule, std::move(segment), true);
}

// §3.10.7.4, fifth: SND.UNA advances, and segments that are entirely acknowledged leave the
// retransmission queue. The timer follows RFC 6298 §5.2 and §5.3.
Connection::Acknowledged Connection::acknowledge_up_to(Context& c, Seq ack,
                                                       std::optional<Duration> echoed) {
  auto& queue = tcb_.retransmission_queue;
  bool any_retransmitted = false;
  bool any_syn = false;
  std::optional<Time> sent_at;
  Acknowledged count;
  auto done = queue.begin();
  while (done != queue.end() && wire::before_or_at(done->seq + done->length, ack)) {
    any_retransmitted = any_retransmitted || done->transmissions > 1;
    if (!sent_at || c.behaviour.round_trip == RoundTrip::kByTimestamp) sent_at = done->sent_at;
    const bool is_syn = (done->flags & kSyn) != 0;
    any_syn = any_syn || is_syn;
    if (!is_syn) ++count.segments;
    if ((done->flags & kFin) != 0) tcb_.fin_acknowledged = true;
    // The open succeeds only now, as CLOSE was called in SYN-RECEIVED.
    const bool late_syn = (done->flags & kSyn) != 0 && tcb_.state == State::kFinWait1 &&
                          tcb_.fin_sent && tcb_.opened_by == OpenedBy::kActiveOpen;
    if (late_syn) tell_user(c, Signal::kEstablished, Rule::ack_of_syn);
    ++done;
  }
  const bool whole = done != queue.begin();
  // Without SACK an ACK does not tell originals from retransmissions; but when a SYN is
  // acknowledged Linux forgets that anything was retransmitted: tcp_packet_delayed().
  count.originals_of_loss = whole && tcb_.loss && (!any_retransmitted || any_syn) &&
                            wire::before(queue.front().seq, tcb_.loss->until);
  queue.erase(queue.begin(), done);
  tcb_.snd.una = ack;
  tcb_.soft_error.reset();  // the path has let something through since
  if (!whole && !c.behaviour.partial_ack_restarts_timer && !queue.empty()) {
    arm_user_timer(c);
    return count;
  }
  // Karn's algorithm (RFC 6298 §3): no sample if any acknowledged segment was retransmitted, unless
  // timestamps tell which transmission was acknowledged.
  const bool sent_once = sent_at && !any_retransmitted;
  const bool by_own_clock = sent_once && c.behaviour.round_trip == RoundTrip::kByOwnClock;
  if (echoed && !by_own_clock) {
    tcb_.rto.on_sample(*echoed, c.behaviour);
  } else if (sent_once) {
    tcb_.rto.on_sample(c.now - *sent_at, c.behaviour);
  }
  if (queue.empty()) {
    cancel(c, Timer::kRetransmission, Rule::retransmission_all_acknowledged);
    cancel(c, Timer::kUser, Rule::user_timeout_cancelled);
  } else {
    arm(c, Timer::kRetransmission, tcb_.rto.value(), Rule::retransmission_restarted);
    arm_user_timer(c);
  }
  return count;
}

}  // namespace tcplab::tcp
