// SEGMENT ARRIVES, the last three steps of RFC 9293 §3.10.7.4: the URG bit (sixth), text (seventh)
// and FIN (eighth).
#include <algorithm>

#include "tcp/segment_arrives/arrival.hpp"

namespace tcplab::tcp {

using wire::kFin;
using wire::Segment;
using wire::Seq;

// Sixth, check the URG bit: note where urgent data ends, unless that octet has arrived or a later
// one is known. Linux's tcp_check_urg() takes the octet before the pointer as the urgent one.
void Connection::check_urg(Context& c, const Arrival& a) {
  if (!c.behaviour.urgent_octet_is_left_out || !a.s.has(wire::kUrg)) return;
  const Seq octet = a.first + (a.s.urgent - std::min<std::uint32_t>(a.s.urgent, 1));
  const bool known = tcb_.urgent && !wire::after(octet, *tcb_.urgent);
  if (wire::before(octet, tcb_.rcv.nxt) || known) return;
  // RECEIVE must still skip the previous urgent octet, though a newer one replaces it.
  if (tcb_.urgent == next_to_read() && !tcb_.unread.empty()) leave_out_urgent_octet(c);
  tcb_.urgent = octet;
  c.effects.emplace_back(Rule::urgent_pointer_noted, Remark{});
}

// Seventh, process the segment text.
bool Connection::take_text(Context& c, Arrival& a) {
  const auto& s = a.s;
  const bool takes_text = tcb_.state == State::kEstablished || tcb_.state == State::kFinWait1 ||
                          tcb_.state == State::kFinWait2;
  if (a.is_pure_ack && s.seq == tcb_.rcv.nxt) tcb_.rcv.nxt += c.behaviour.pure_ack_length;
  if (is_late_text(c, a)) {
    c.effects.emplace_back(Rule::text_after_close_resets, DropSegment{});
    reset_late_text(c, s);
    // After shutdown() the application still has a socket, and must be told.
    const bool breaks_pipe =
        tcb_.state == State::kCloseWait && c.behaviour.reset_error == ResetError::kByState;
    if (!tcb_.reading_given_up) {
      tell_user(c, breaks_pipe ? Signal::kBrokenPipe : Signal::kReset,
                Rule::text_after_close_resets);
    }
    delete_tcb(c, Trigger::kRcvText, Rule::text_after_close_resets);
    return false;
  }
  if (is_repeated(c, a)) {
    refuse_text(c, a, Rule::unacceptable_old_answers_ack);
    return true;
  }
  if (is_second_fin(c, a)) {
    take_second_fin(c, a);
    return true;
  }
  if (takes_text && is_behind_window(c, a)) {
    refuse_text(c, a, Rule::unacceptable_beyond_answers_ack);
    return true;
  }
  if (!s.payload.empty()) {
    const bool stopped = tcb_.fin_sent && c.behaviour.fin_stops == FinStops::kBothDirections;
    if (!takes_text || stopped) {
      c.effects.emplace_back(stopped ? Rule::mutant_fin_stops_both_directions : Rule::text_ignored,
                             DropSegment{});
      return !stopped;
    }
    if (c.behaviour.wrong.segments_take_one_number) {
      take_text_as_one_number(c, a);
      return true;
    }
    a.owe_ack(wire::after(s.seq, tcb_.rcv.nxt)    ? Rule::text_out_of_order
              : wire::before(s.seq, tcb_.rcv.nxt) ? Rule::text_overlaps
                                                  : Rule::text_in_order);
    if (!wire::after(s.seq, tcb_.rcv.nxt)) pace_acks(c, s);
    // Linux's tcp_fin() drops what arrived earlier from beyond the FIN.
    if (fin_completes(a) && checks_touching(c.behaviour)) tcb_.reassembly.clear();
    keep_text(c, s.seq, s.payload, a.id);
  }
  if (!takes_text) return true;
  const bool any = take_text_in_order();
  if (any && !a.ack_due) a.owe_ack(Rule::text_came_with_syn);
  if (!s.payload.empty()) {
    const Seq end = s.seq + static_cast<std::uint32_t>(s.payload.size());
    a.fills_gap = any && wire::after(tcb_.rcv.nxt, end);
    if (a.fills_gap) a.ack_rule = Rule::text_fills_gap;
    // The mutant reads on after close(); a right stack would answer this text with a RST.
    if (tcb_.reading_given_up) a.ack_rule = Rule::mutant_close_is_shutdown;
    c.effects.emplace_back(a.ack_rule, Accepted{});
  }
  if (any) c.effects.emplace_back(Rule::text_in_order, TextReady{});
  return true;
}

// SHLD-3. Text that was received before is not lost: a repeated segment may bring the FIN after it.
bool Connection::is_late_text(const Context& c, const Arrival& a) const {
  const auto& s = a.s;
  const bool beyond =
      wire::after(s.seq + static_cast<std::uint32_t>(s.payload.size()), tcb_.rcv.nxt);
  const State state = tcb_.state;
  const bool waits_for_fin = state == State::kFinWait1 || state == State::kFinWait2;
  if (c.behaviour.late_text == LateText::kNew) {
    return gave_up_reading(c) && waits_for_fin && beyond && !s.payload.empty();
  }
  if (!beyond || (s.payload.empty() && !s.has(kFin))) return false;
  if (waits_for_fin) return gave_up_reading(c) || tcb_.reading_shut;
  // After the peer's FIN only text that overlaps the FIN counts; text beyond it is ignored.
  return state != State::kEstablished && state != State::kSynRcvd &&
         wire::before(s.seq, tcb_.rcv.nxt);
}

// An old segment that the first step accepted only because it touches the window (Linux).
bool Connection::is_repeated(const Context& c, const Arrival& a) const {
  const std::uint32_t length = segment_length(a.s, c.behaviour);
  return checks_touching(c.behaviour) && length > 0 && !a.is_pure_ack &&
         !wire::after(a.s.seq + length, tcb_.rcv.nxt);
}

bool Connection::is_second_fin(const Context& c, const Arrival& a) const {
  const auto& s = a.s;
  const bool at_next = s.seq + static_cast<std::uint32_t>(s.payload.size()) == tcb_.rcv.nxt;
  return c.behaviour.second_fin_takes_number && tcb_.fin_received && s.has(kFin) && at_next &&
         !s.payload.empty();
}

// It is acknowledged as if it were text.
void Connection::take_second_fin(Context& c, Arrival& a) {
  pace_acks(c, a.s);
  tcb_.rcv.nxt += c.behaviour.fin_length;
  tcb_.rcv.wnd -= std::min(tcb_.rcv.wnd, c.behaviour.fin_length);
  a.owe_ack(Rule::text_overlaps);
  c.effects.emplace_back(a.ack_rule, Accepted{});
}

// The same at the right edge. A bare FIN at RCV.NXT is taken even if the window is closed.
bool Connection::is_behind_window(const Context& c, const Arrival& a) const {
  const bool has_any = !a.s.payload.empty() || a.s.has(kFin);
  const bool next_fin = a.s.payload.empty() && a.s.seq == tcb_.rcv.nxt;
  return checks_touching(c.behaviour) && has_any && !next_fin &&
         !wire::before(a.s.seq, tcb_.rcv.nxt + tcb_.rcv.wnd);
}

void Connection::refuse_text(Context& c, Arrival& a, Rule rule) {
  a.s.payload.clear();
  a.s.flags = static_cast<wire::Flags>(a.s.flags & ~kFin);
  a.owe_ack(rule);
  c.effects.emplace_back(a.ack_rule, DropSegment{});
  hurry_acks(c.behaviour);
}

void Connection::reset_late_text(Context& c, const Segment& text) {
  if (c.behaviour.late_text_reset == LateTextReset::kSegAck) {
    answer_with_reset(c, Rule::text_after_close_resets, text);
  } else {
    send_active_reset(c, Rule::text_after_close_resets);
  }
}

// Keeps the text that lies in the window until it is in order, and trims the rest.
void Connection::keep_text(Context& c, Seq seq, const wire::Payload& text, wire::SegmentId id) {
  if (text.empty()) return;
  const Seq end = seq + static_cast<std::uint32_t>(text.size());
  if (wire::before(seq, tcb_.rcv.nxt)) c.effects.emplace_back(Rule::trimmed_left, Remark{});
  const bool beyond = wire::after(end, tcb_.rcv.nxt + tcb_.rcv.wnd);
  // Linux does not cut accepted text at the right edge, unless all of it lies beyond.
  const bool whole = checks_touching(c.behaviour) && tcb_.rcv.wnd > 0 &&
                     wire::before(seq, tcb_.rcv.nxt + tcb_.rcv.wnd);
  if (beyond && !whole) c.effects.emplace_back(Rule::trimmed_right, Remark{});
  tcb_.reassembly.insert(seq, text, id, tcb_.rcv.nxt,
                         beyond && whole ? wire::distance(tcb_.rcv.nxt, end) : tcb_.rcv.wnd);
}

// Moves text that is in order to where RECEIVE finds it. False: there is none.
bool Connection::take_text_in_order() {
  bool any = false;
  while (auto piece = tcb_.reassembly.take(tcb_.rcv.nxt)) {
    tcb_.rcv.nxt += static_cast<std::uint32_t>(piece->octets.size());
    // The right edge of the window stays.
    tcb_.rcv.wnd -= std::min(tcb_.rcv.wnd, static_cast<std::uint32_t>(piece->octets.size()));
    tcb_.unread_octets += piece->octets.size();
    tcb_.unread.push_back(std::move(*piece));
    any = true;
  }
  return any;
}

// The mutant whose numbers count segments takes each whole and in order, or not at all.
void Connection::take_text_as_one_number(Context& c, Arrival& a) {
  const bool in_order = a.s.seq == tcb_.rcv.nxt;
  a.owe_ack(in_order ? Rule::mutant_segments_take_one_number : Rule::text_out_of_order);
  c.effects.emplace_back(a.ack_rule, Accepted{});
  if (!in_order) return;
  const auto size = static_cast<std::uint32_t>(a.s.payload.size());
  tcb_.rcv.nxt += 1;
  tcb_.rcv.wnd -= std::min(tcb_.rcv.wnd, size);
  tcb_.unread_octets += size;
  tcb_.unread.push_back({a.s.payload, a.s.seq, a.id});
  c.effects.emplace_back(Rule::text_in_order, TextReady{});
}

// Whether all text before this segment's FIN is here, so that the eighth step will take the FIN.
bool Connection::fin_completes(const Arrival& a) const {
  return a.s.has(kFin) && wire::before_or_at(a.s.seq, tcb_.rcv.nxt);
}

// Eighth, check the FIN bit.
void Connection::check_fin(Context& c, Arrival& a) {
  if (a.s.has(kFin) && !tcb_.fin_received) {
    tcb_.reassembly.insert_fin(a.s.seq + static_cast<std::uint32_t>(a.s.payload.size()));
    a.owe_ack(Rule::fin_out_of_order);  // unless it turns out to be in order
    if (!tcb_.reassembly.fin_is_at(tcb_.rcv.nxt)) {
      c.effects.emplace_back(Rule::fin_out_of_order, Accepted{});
    }
  }
  if (tcb_.fin_received || !tcb_.reassembly.fin_is_at(tcb_.rcv.nxt)) return;
  tcb_.reassembly.clear();
  tcb_.fin_received = true;
  tcb_.rcv.nxt += c.behaviour.fin_length;
  a.fills_gap = a.fills_gap || !a.s.has(kFin);
  tcb_.fin_unread = true;
  if (c.behaviour.fin_takes_window) {
    tcb_.rcv.wnd -= std::min(tcb_.rcv.wnd, c.behaviour.fin_length);
  }
  a.owe_ack(c.behaviour.fin_length == 0 ? Rule::mutant_fin_takes_no_number
                                        : Rule::fin_acknowledged);
  tell_user(c, Signal::kEndOfStream, Rule::fin_received);
  switch (tcb_.state) {
    case State::kEstablished:
      if (c.behaviour.ack_delay == AckDelay::kAdaptive) expect_answer();
      change_state(c, State::kCloseWait, Trigger::kRcvFin, Rule::fin_received);
      return;
    case State::kFinWait1:
      if (tcb_.fin_acknowledged && c.behaviour.fin_with_ack == FinWithAck::kTimeWait) {
        enter_time_wait(c, Trigger::kRcvFinAndAckOfFin, Rule::fin_with_ack_of_fin);
      } else if (c.behaviour.wrong.no_closing) {
        enter_time_wait(c, Trigger::kRcvFin, Rule::mutant_no_closing);
      } else {
        change_state(c, State::kClosing, Trigger::kRcvFin,
                     tcb_.fin_acknowledged ? Rule::mutant_fin_always_leads_to_closing
                                           : Rule::fin_simultaneous);
      }
      return;
    case State::kFinWait2:
      enter_time_wait(c, Trigger::kRcvFin, Rule::fin_starts_time_wait);
      return;
    default:
      return;
  }
}

}  // namespace tcplab::tcp
