// SEGMENT ARRIVES in SYN-SENT: RFC 9293 §3.10.7.3, in the text's order.
#include "tcp/segment_arrives/arrival.hpp"

namespace tcplab::tcp {

using wire::kAck;
using wire::kFin;
using wire::kRst;
using wire::kSyn;
using wire::Segment;
using wire::Seq;

// "If the RST bit is set, drop the segment", else "send a reset". The RST may end an old connection
// of the peer, so Linux soon retransmits the SYN instead of waiting for the RTO.
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
      syn.sent_at = c.now;  // an ACK is taken as one of this SYN,ACK
    } else {
      ++syn.transmissions;  // so an ACK gives no RTT sample (Karn)
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
