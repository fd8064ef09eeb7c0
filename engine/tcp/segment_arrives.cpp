// SEGMENT ARRIVES in LISTEN and SYN-SENT: RFC 9293 §3.10.7.2 and §3.10.7.3, in the text's order.
#include <algorithm>

#include "tcp/arrival.hpp"
#include "tcp/forgotten.hpp"
#include "wire/datagram.hpp"

namespace tcplab::tcp {

using wire::kAck;
using wire::kFin;
using wire::kRst;
using wire::kSyn;
using wire::Segment;
using wire::Seq;

namespace {

bool ignores_text_of_syn(Context& c, const Segment& syn) {
  const TextWithSyn choice = c.behaviour.text_with_syn;
  const bool ignores =
      choice == TextWithSyn::kIgnored || (choice == TextWithSyn::kIgnoredInSyn && !syn.has(kAck));
  const bool is_bare = syn.payload.empty() && !syn.has(kFin);
  if (ignores && !is_bare) c.effects.emplace_back(Rule::syn_text_ignored, Remark{});
  return ignores;
}

}  // namespace

void Connection::on_segment(Context& c, const Segment& segment, wire::SegmentId id) {
  switch (tcb_.state) {
    case State::kClosed:
      return;  // the host answers: there is no TCB (§3.10.7.1)
    case State::kListen:
      return on_segment_in_listen(c, segment, id);
    case State::kSynSent:
      return on_segment_in_syn_sent(c, segment, id);
    default:
      on_segment_otherwise(c, segment, id);
      if (tcb_.settings.keep_alive) watch_idle(c);
      return;
  }
}

// What LISTEN and SYN-SENT do with a SYN: RCV.NXT and IRS, the peer's MSS and window.
void Connection::take_syn(Context& c, const Segment& s, wire::SegmentId id) {
  tcb_.rcv.irs = s.seq;
  tcb_.rcv.nxt = s.seq + c.behaviour.syn_length;
  tcb_.syn_origin = id;
  // §3.7.1 MUST-16, within what a segment can carry at all. An MSS of nothing says nothing.
  if (s.options.mss.value_or(0) > 0) {
    tcb_.send_mss = std::clamp(*s.options.mss, c.behaviour.least_send_mss, wire::kMaxPayload);
  }
  if (c.behaviour.wrong.mss_is_the_smaller) {
    tcb_.send_mss = std::min(tcb_.send_mss, receive_mss(c.behaviour));
  }
  // tcp(7), TCP_MAXSEG: "the maximum segment size for outgoing TCP packets".
  tcb_.send_mss = std::min(tcb_.send_mss, tcb_.settings.largest_segment.value_or(tcb_.send_mss));
  negotiate(c, s);
  tcb_.snd.wnd = window_of(s);
  tcb_.snd.max_wnd = tcb_.snd.wnd;
  tcb_.snd.wl1 = s.seq;
  tcb_.snd.wl2 = s.has(kAck) ? s.ack : tcb_.snd.una;
}

// "Any other control or text should be queued for processing later".
void Connection::queue_text_of_syn(Context& c, const Segment& s, wire::SegmentId id) {
  if (ignores_text_of_syn(c, s)) return;
  Arrival rest{s, id, false, tcb_.snd.wnd};
  rest.s.flags = static_cast<wire::Flags>(s.flags & ~kSyn);
  rest.s.seq = tcb_.rcv.nxt;
  trim_fin(c, rest);
  keep_text(c, rest.s.seq, rest.s.payload, id);
  if (rest.s.has(kFin)) {
    tcb_.reassembly.insert_fin(rest.s.seq + static_cast<std::uint32_t>(rest.s.payload.size()));
  }
}

void Connection::establish(Context& c, Trigger trigger, Rule rule) {
  tcb_.syn_ack_stamps.reset();
  // Linux: the socket counts for itself, not what the request answered.
  if (is_request() && c.behaviour.unacceptable_acks_throttled) tcb_.challenge_acks = {};
  const bool simultaneous = tcb_.state == State::kSynRcvd && !is_request();
  if (c.behaviour.ack_delay == AckDelay::kAdaptive && !simultaneous) {
    tcb_.ack_pace.last_text = c.now;
  }
  if (tcb_.syn_retransmitted) tcb_.rto.on_established_after_lost_syn(c.behaviour);
  change_state(c, State::kEstablished, trigger, rule);
  tell_user(c, Signal::kEstablished, rule);
  if (tcb_.settings.keep_alive) watch_idle(c);
  // §3.10.4: a CLOSE in SYN-RECEIVED with text pending waited for this.
  if (tcb_.fin_queued) {
    change_state(c, State::kFinWait1, Trigger::kClose, Rule::close_queued_takes_effect);
  }
}

// §3.10.7.2 LISTEN
void Connection::on_segment_in_listen(Context& c, const Segment& s, wire::SegmentId id) {
  // First, check for a RST.
  if (s.has(kRst)) {
    c.effects.emplace_back(Rule::listen_ignores_rst, DropSegment{});
    return;
  }
  // Second, check for an ACK.
  if (s.has(kAck)) {
    const auto fin = fin_for_forgotten(s, c.behaviour);
    const Rule rule = fin ? Rule::mutant_closed_answers_fin : Rule::listen_ack_answers_rst;
    c.effects.emplace_back(rule, DropSegment{});
    if (fin) {
      send_segment(c, rule, *fin);
    } else {
      answer_with_reset(c, rule, s);
    }
    return;
  }
  // Third, check for a SYN.
  if (!s.has(kSyn)) {
    c.effects.emplace_back(Rule::listen_drops_other, DropSegment{});
    return;
  }
  take_syn(c, s, id);
  queue_text_of_syn(c, s, id);
  if (c.behaviour.handshake == Handshake::kTwoWay) {
    send_new(c, Rule::mutant_two_way_handshake, kSyn | kAck, {});
    establish(c, Trigger::kRcvSyn, Rule::mutant_two_way_handshake);
    return;
  }
  send_new(c, Rule::listen_syn, kSyn | kAck, {});
  change_state(c, State::kSynRcvd, Trigger::kRcvSyn, Rule::listen_syn);
}

// "If the RST bit is set, drop the segment", else "send a reset". The other end may hold an old
// connection that the RST ends: Linux tries again at once, and waits no whole RTO.
void Connection::refuse_ack_in_syn_sent(Context& c, const Segment& s) {
  const bool silent = s.has(kRst);
  const Rule rule = silent ? Rule::syn_sent_unacceptable_rst : Rule::syn_sent_unacceptable_ack;
  c.effects.emplace_back(rule, DropSegment{});
  if (!silent) answer_with_reset(c, rule, s);
  const auto& again = c.behaviour.syn_after_wrong_ack;
  const bool first = tcb_.retransmission_queue.front().unanswered == 0;
  if (again && first) arm(c, Timer::kRetransmission, *again, Rule::syn_sent_tries_again);
}

// §3.10.7.3 SYN-SENT
void Connection::on_segment_in_syn_sent(Context& c, const Segment& s, wire::SegmentId id) {
  // First, check the ACK bit. ISS itself acknowledges nothing, unless a SYN takes no number.
  const Seq first_acceptable = tcb_.snd.iss + c.behaviour.syn_length;
  const bool ack_acceptable = s.has(kAck) && wire::after_or_at(s.ack, first_acceptable) &&
                              wire::before_or_at(s.ack, tcb_.snd.nxt);
  if (s.has(kAck) && !ack_acceptable) return refuse_ack_in_syn_sent(c, s);
  // Second, check the RST bit.
  if (s.has(kRst)) {
    if (ack_acceptable) {
      tell_user(c, Signal::kRefused, Rule::syn_sent_rst_refused);
      const bool listens_again =
          tcb_.was_listener && c.behaviour.refused_listener == RefusedListener::kListen;
      delete_tcb(c, Trigger::kRcvRst,
                 listens_again ? Rule::syn_sent_rst_listens_again : Rule::syn_sent_rst_refused,
                 listens_again ? State::kListen : State::kClosed);
    } else {
      c.effects.emplace_back(Rule::syn_sent_rst_ignored, DropSegment{});
    }
    return;
  }
  // Third, security: the lab has no compartments. Fourth, check the SYN bit.
  if (!s.has(kSyn)) {
    // Fifth, neither SYN nor RST: drop.
    c.effects.emplace_back(Rule::syn_sent_drops_other, DropSegment{});
    return;
  }
  take_syn(c, s, id);
  const bool waits = !s.has(kAck) || c.behaviour.active_open == ActiveOpen::kViaSynRcvd;
  if (waits) queue_text_of_syn(c, s, id);
  if (!s.has(kAck)) {
    // Simultaneous open: "form a SYN,ACK segment <SEQ=ISS><ACK=RCV.NXT><CTL=SYN,ACK>".
    auto& syn = tcb_.retransmission_queue.front();
    syn.flags = kSyn | kAck;
    if (c.behaviour.simultaneous_syn_ack == SimultaneousSynAck::kOffersAll) {
      syn.sent_at = c.now;  // whatever is acknowledged was this one
    } else {
      ++syn.transmissions;  // an acknowledgment of it tells no round-trip time (Karn)
    }
    send_segment(c, Rule::syn_sent_syn, make_segment(kSyn | kAck, tcb_.snd.iss));
    change_state(c, State::kSynRcvd, Trigger::kRcvSyn, Rule::syn_sent_syn);
    return;
  }
  acknowledge_up_to(c, s.ack, echoed_round_trip(c, s));
  if (c.behaviour.active_open == ActiveOpen::kViaSynRcvd) {
    if (!send_unsent(c, Rule::mutant_client_via_syn_rcvd)) {
      send_ack(c, Rule::mutant_client_via_syn_rcvd);
    }
    change_state(c, State::kSynRcvd, Trigger::kRcvSynAck, Rule::mutant_client_via_syn_rcvd);
    return;
  }
  establish(c, Trigger::kRcvSynAck, Rule::syn_sent_syn_ack);
  // "Data or controls that were queued for transmission MAY be included"; "if there are other
  // controls or text in the segment, then continue processing".
  Arrival a{s, id, s.is_pure_ack(), window_of(s)};
  a.s.flags = static_cast<wire::Flags>(s.flags & ~kSyn);
  a.s.seq += c.behaviour.syn_length;
  if (ignores_text_of_syn(c, s)) {
    a.s.flags = static_cast<wire::Flags>(a.s.flags & ~kFin);
    a.s.payload.clear();
  }
  trim_fin(c, a);
  a.owe_ack(Rule::syn_sent_syn_ack);
  take_text_and_fin(c, a);
}

}  // namespace tcplab::tcp
