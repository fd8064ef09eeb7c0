// The first step of RFC 9293 §3.10.7.4: whether a segment is acceptable, and what answers one that
// is not.
#include "tcp/segment_arrives/arrival.hpp"

namespace tcplab::tcp {

using wire::kAck;
using wire::kFin;
using wire::kRst;
using wire::kSyn;
using wire::Segment;
using wire::Seq;

namespace {

// §3.4, the table of four cases.
bool lies_in_window(Seq seq, std::uint32_t length, Seq next, std::uint32_t window) {
  if (length == 0) return window == 0 ? seq == next : wire::in_window(seq, next, window);
  return window > 0 &&
         (wire::in_window(seq, next, window) || wire::in_window(seq + (length - 1), next, window));
}

// A mutant's pure ACK takes a number, but must not be refused for it: the two ends would answer
// each other for ever.
std::uint32_t length_to_check(const Segment& s, const Behaviour& behaviour) {
  return s.is_pure_ack() ? 0 : segment_length(s, behaviour);
}

}  // namespace

bool Connection::is_crossing_syn_ack(const Segment& s, const Behaviour& behaviour) const {
  // Linux's tcp_validate_incoming() takes it only without text and FIN.
  const bool bare = s.payload.empty() && !s.has(kFin) && s.ack == tcb_.snd.nxt;
  if (checks_touching(behaviour) && !bare) return false;
  return behaviour.crossing_syn_ack == CrossingSynAck::kFigure7 && tcb_.state == State::kSynRcvd &&
         tcb_.opened_by == OpenedBy::kActiveOpen && s.has(kSyn) && s.has(kAck) && !s.has(kRst) &&
         s.seq == tcb_.rcv.irs;
}

// First, check the sequence number.
bool Connection::check_sequence_number(Context& c, Arrival& a) {
  auto& s = a.s;
  if (is_crossing_syn_ack(s, c.behaviour)) {
    s.flags = static_cast<wire::Flags>(s.flags & ~kSyn);
    s.seq += c.behaviour.syn_length;
    c.effects.emplace_back(Rule::crossing_syn_ack, Remark{});
    // It lies before RCV.NXT and only touches the window, so Linux acknowledges it once more.
    if (checks_touching(c.behaviour)) a.owe_ack(Rule::crossing_syn_ack);
    return true;
  }
  if (is_repeated_syn(s, c.behaviour) && c.behaviour.repeated_syn != RepeatedSyn::kAck &&
      !c.behaviour.wrong.unacceptable_is_silent) {
    repeat_syn_ack(c);
    return false;
  }
  const std::uint32_t window = tcb_.rcv.wnd;
  const Seq next = tcb_.rcv.nxt;
  const bool in_window = is_acceptable(s, c.behaviour);
  const bool touching = checks_touching(c.behaviour);
  if (touching && touches_window(s, length_to_check(s, c.behaviour))) {
    if (!in_window) c.effects.emplace_back(Rule::window_is_touched, Remark{});
    return true;
  }
  if (is_rst_before_fin(s, c.behaviour)) return true;
  if (!touching && in_window) {
    if (c.behaviour.window_check == WindowCheck::kFourCases) trim_fin(c, a);
    trim_syn(c, a);
    return true;
  }
  if (s.has(kRst) && c.behaviour.wrong.rst_is_unchecked) {
    a.rst_is_believed = true;
    return true;
  }
  if (s.has(kRst)) {
    c.effects.emplace_back(Rule::unacceptable_rst_dropped, DropSegment{});
    return false;
  }
  if (c.behaviour.wrong.unacceptable_is_silent) {
    c.effects.emplace_back(Rule::mutant_unacceptable_is_silent, DropSegment{});
    return false;
  }
  const Rule rule = rule_of_unacceptable(s, c.behaviour);
  c.effects.emplace_back(rule, DropSegment{});
  // A closed window: text and FIN are refused, but "special allowance should be made to accept
  // valid ACKs".
  if (!touching && window == 0 && s.seq == next && s.has(kAck) && !s.has(kSyn)) {
    s.payload.clear();
    s.flags = static_cast<wire::Flags>(s.flags & ~kFin);
    a.owe_ack(rule);
    return true;
  }
  // In TIME-WAIT a repeated FIN is left of the window, so the fifth step, which restarts the 2 MSL
  // timeout, would never be reached. The restart is done here, as stacks do it.
  if (rule == Rule::fin_repeated && c.behaviour.time_wait_restart != TimeWaitRestart::kStepOne) {
    send_ack(c, restart_time_wait(c));
  } else {
    answer_unacceptable(c, s, rule);
  }
  return false;
}

bool Connection::is_acceptable(const Segment& s, const Behaviour& behaviour) const {
  const std::uint32_t length = length_to_check(s, behaviour);
  const std::uint32_t window = tcb_.rcv.wnd;
  const Seq next = tcb_.rcv.nxt;
  if (behaviour.window_check == WindowCheck::kTouches && is_request()) {
    return is_in_window(s.seq, s.seq + length, next, window);
  }
  // MUST-66: with a zero window a RST at RCV.NXT is still processed.
  const bool rst_at_closed_window = window == 0 && s.has(kRst) && s.seq == next;
  return lies_in_window(s.seq, length, next, window) || rst_at_closed_window;
}

bool Connection::touches_window(const Segment& s, std::uint32_t length) const {
  const Seq end = s.seq + length;
  const Seq edge = tcb_.rcv.nxt + tcb_.rcv.wnd;
  if (wire::before(end, tcb_.last_ack_sent)) return false;
  // "Some stacks are known to handle FIN incorrectly": it may stand beyond the edge.
  if (!wire::after(s.has(kFin) ? end - 1 : end, edge)) return !wire::after(s.seq, edge);
  return !wire::after(s.seq, edge) && tcb_.unread_octets == 0 && !tcb_.fin_unread;
}

// Linux's tcp_reset_check(): a RST whose SEQ is one below RCV.NXT, as if its FIN took no number.
bool Connection::is_rst_before_fin(const Segment& s, const Behaviour& behaviour) const {
  const State state = tcb_.state;
  const bool after_fin =
      state == State::kCloseWait || state == State::kClosing || state == State::kLastAck;
  return behaviour.rst_before_fin_is_exact && after_fin && s.has(kRst) &&
         s.seq + behaviour.fin_length == tcb_.rcv.nxt;
}

// §3.10.7.4, first: "Trimming off any portions that lie outside the window (including SYN and
// FIN)". Text is trimmed where it is taken.
void Connection::trim_syn(Context& c, Arrival& a) const {
  const bool old = a.s.has(kSyn) && wire::before(a.s.seq, tcb_.rcv.nxt);
  if (!old || is_challenged_syn(a.s, c.behaviour)) return;
  // A request needs the SYN untrimmed: check_syn() decides on it.
  if (is_request() && c.behaviour.syn_in_syn_rcvd == SynInSynRcvd::kResets) return;
  a.s.flags = static_cast<wire::Flags>(a.s.flags & ~kSyn);
  a.s.seq += c.behaviour.syn_length;
  c.effects.emplace_back(Rule::trimmed_syn, Remark{});
}

void Connection::trim_fin(Context& c, Arrival& a) const {
  const std::uint32_t length = segment_length(a.s, c.behaviour);
  if (!a.s.has(kFin) || length == 0) return;
  if (wire::in_window(a.s.seq + (length - 1), tcb_.rcv.nxt, tcb_.rcv.wnd)) return;
  a.s.flags = static_cast<wire::Flags>(a.s.flags & ~kFin);
  c.effects.emplace_back(Rule::trimmed_fin, Remark{});
}

// RFC 5961 §4.2: any SYN of a synchronized connection, whatever its number.
bool Connection::is_challenged_syn(const Segment& s, const Behaviour& behaviour) const {
  return s.has(kSyn) && is_synchronized(tcb_.state) && behaviour.syn_check == SynCheck::kChallenge;
}

// What makes the segment unacceptable.
Rule Connection::rule_of_unacceptable(const Segment& s, const Behaviour& behaviour) const {
  const Seq next = tcb_.rcv.nxt;
  const std::uint32_t length = length_to_check(s, behaviour);
  if (tcb_.state == State::kTimeWait && s.has(kFin) && s.seq + length == next) {
    return Rule::fin_repeated;
  }
  if (is_challenged_syn(s, behaviour)) return Rule::syn_challenge_ack;
  if (s.has(kSyn) && !s.has(kAck)) return Rule::unacceptable_syn_answers_ack;
  if (tcb_.rcv.wnd == 0 && s.seq == next) return Rule::closed_window_answers_ack;
  return wire::before(s.seq, next) ? Rule::unacceptable_old_answers_ack
                                   : Rule::unacceptable_beyond_answers_ack;
}

// RFC 5961 §4.2 makes the answer to any SYN a challenge ACK, which §7 limits. Linux also limits the
// answers to segments without text: two ends could send each other such ACKs for ever.
void Connection::answer_unacceptable(Context& c, const Segment& s, Rule rule) {
  if (wire::before(s.seq, tcb_.rcv.nxt) && (!s.payload.empty() || s.has(kFin))) {
    hurry_acks(c.behaviour);
  }
  const bool challenges = is_challenged_syn(s, c.behaviour);
  const bool empty = s.payload.empty() && !s.has(kFin);
  if (challenges || (c.behaviour.unacceptable_acks_throttled && (empty || s.has(kSyn)))) {
    send_challenge_ack(c, rule);
  } else {
    send_ack(c, rule);
  }
}

bool Connection::lacks_control_bits(const Segment& s, const Behaviour& behaviour) const {
  return behaviour.control_bits_come_first && !is_request() && !s.has(kAck) && !s.has(kRst) &&
         !s.has(kSyn) && !behaviour.wrong.fin_without_ack;
}

}  // namespace tcplab::tcp
