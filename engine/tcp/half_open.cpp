// Where Linux and FreeBSD differ from RFC 9293 while a listener's child is in its handshake: they
// keep a small record of it (a request socket, an entry of the SYN cache) instead of a TCB.
#include "tcp/segment_arrives/arrival.hpp"

namespace tcplab::tcp {

using wire::kAck;
using wire::kRst;
using wire::kSyn;
using wire::Segment;

// True: the segment is dropped and answered by a RST from the listener. RSTs are exempt, they go
// through the usual steps.
bool Connection::wrong_ack_comes_first(Context& c, const Segment& s) {
  const bool looks = c.behaviour.wrong_ack_in_syn_rcvd == WrongAckInSynRcvd::kFirst && is_request();
  if (!looks || s.has(kRst) || !s.has(kAck) || s.ack == tcb_.snd.nxt) return false;
  c.effects.emplace_back(Rule::wrong_ack_comes_first, DropSegment{});
  answer_by_reset(c, s, Rule::wrong_ack_comes_first);
  return true;
}

// True: the record is deleted, and a RST from the listener answers.
bool Connection::syn_ack_ends_half_open(Context& c, const Segment& s) {
  const bool ends = c.behaviour.syn_ack_in_syn_rcvd == SynAckInSynRcvd::kResets && is_request();
  if (!ends || !s.has(kSyn) || !s.has(kAck) || s.has(kRst)) return false;
  c.effects.emplace_back(Rule::syn_ack_resets_half_open, DropSegment{});
  answer_by_reset(c, s, Rule::syn_ack_resets_half_open);
  delete_tcb(c, Trigger::kRcvSyn, Rule::syn_ack_resets_half_open);
  return true;
}

// Without a TCB no options are known, so this RST has none.
void Connection::answer_by_reset(Context& c, const Segment& s, Rule rule) {
  c.send(rule, reset_for(s, c.behaviour));
}

bool Connection::is_repeated_syn(const Segment& s, const Behaviour& behaviour) const {
  const bool anew = behaviour.repeated_syn == RepeatedSyn::kSynAckAnew;
  return is_request() && s.has(kSyn) && !s.has(kAck) && !s.has(kRst) &&
         (s.seq == tcb_.rcv.irs || anew) && !tcb_.retransmission_queue.empty();
}

// Sends the SYN,ACK again without a timeout, so R2 does not count it.
void Connection::repeat_syn_ack(Context& c) {
  const bool anew = c.behaviour.repeated_syn == RepeatedSyn::kSynAckAnew;
  const Rule rule = anew ? Rule::repeated_syn_starts_anew : Rule::repeated_syn_answers_syn_ack;
  c.effects.emplace_back(rule, DropSegment{});
  if (c.behaviour.unacceptable_acks_throttled && !may_challenge(c)) return;
  auto& syn_ack = tcb_.retransmission_queue.front();
  if (anew) {
    syn_ack.unanswered = 0;
    tcb_.rto = RetransmissionTimeout(c.behaviour);
  }
  ++syn_ack.transmissions;
  tcb_.syn_retransmitted = true;
  send_segment(c, rule, make_segment(syn_ack.flags, syn_ack.seq), true);
  arm(c, Timer::kRetransmission, retransmission_delay(c), rule);
}

// A SYN,ACK that is sent again may wait longer than the RTO says.
Duration Connection::retransmission_delay(const Context& c) const {
  const bool again = is_request() && tcb_.retransmission_queue.front().unanswered > 0;
  return tcb_.rto.value() + (again ? c.behaviour.syn_ack_slop : Duration{0});
}

// R2 counts the timeout, but nothing is sent: the peer's ACK came, only the text that
// TCP_DEFER_ACCEPT waits for is missing.
void Connection::skip_syn_ack(Context& c, Rule rule) {
  auto& syn_ack = tcb_.retransmission_queue.front();
  if (++syn_ack.unanswered == 1) syn_ack.sent_again_at = c.now;
  back_off(c, syn_ack);
  arm(c, Timer::kRetransmission, retransmission_delay(c), rule);
}

void Connection::note_syn_ack_stamp(const Context& c, const Segment& syn_ack) {
  if (!c.behaviour.echo_is_checked_in_syn_rcvd || !syn_ack.options.timestamps) return;
  const auto value = syn_ack.options.timestamps->value;
  if (tcb_.syn_ack_stamps) {
    tcb_.syn_ack_stamps->last = value;
  } else {
    tcb_.syn_ack_stamps = {value, value};
  }
}

// A TSecr of 0 echoes nothing, so it is accepted.
bool Connection::check_echo(Context& c, const Arrival& a) {
  const auto& sent = tcb_.syn_ack_stamps;
  if (!sent || !is_request() || !a.s.has(kAck)) return true;
  const std::uint32_t echo = a.s.options.timestamps->echo_reply;
  if (echo == 0 || echo - sent->first <= sent->last - sent->first) return true;
  c.effects.emplace_back(Rule::echo_out_of_range, DropSegment{});
  if (!a.s.has(kRst)) answer_unacceptable(c, a.s, Rule::echo_out_of_range);
  return false;
}

// Linux: the same SYN again, in the window because it has text. Its ACK turns the request into a
// socket, which answers the SYN with a challenge ACK and waits in SYN-RECEIVED for another ACK, as
// after an active open. It has nothing to retransmit.
void Connection::take_syn_again(Context& c, const Arrival& a) {
  c.effects.emplace_back(Rule::syn_challenge_ack, DropSegment{});
  if (!a.s.has(kAck)) return;
  store_timestamp(c, a.s);
  tcb_.opened_by = OpenedBy::kActiveOpen;
  acknowledge_up_to(c, a.s.ack);
  tcb_.challenge_acks = {};
  send_challenge_ack(c, Rule::syn_challenge_ack);
}

void Connection::forget(Context& c, Rule rule, Trigger trigger) { delete_tcb(c, trigger, rule); }

}  // namespace tcplab::tcp
