// SEGMENT ARRIVES in every other state: RFC 9293 §3.10.7.4, one function a step, in the text's
// order: sequence number (sequence.cpp), RST, (security), SYN, ACK, URG, text and FIN
// (text_and_fin.cpp).
#include <algorithm>

#include "tcp/segment_arrives/arrival.hpp"

namespace tcplab::tcp {

using wire::kAck;
using wire::kFin;
using wire::kRst;
using wire::kSyn;
using wire::Segment;
using wire::Seq;

void Connection::on_segment_otherwise(Context& c, const Segment& segment, wire::SegmentId id) {
  if (is_minisock(c.behaviour)) {
    Arrival a{segment, id, segment.is_pure_ack(), window_of(segment)};
    return on_segment_in_minisock(c, a);
  }
  if (lacks_control_bits(segment, c.behaviour)) {
    c.effects.emplace_back(Rule::control_bits_missing, DropSegment{});
    return;
  }
  if (time_wait_drops(segment, c.behaviour)) {
    c.effects.emplace_back(Rule::time_wait_drops_syn, DropSegment{});
    return;
  }
  Arrival a{segment, id, segment.is_pure_ack(), window_of(segment)};
  if (syn_ack_ends_half_open(c, segment) || wrong_ack_comes_first(c, segment)) return;
  if (!check_timestamps(c, a) || !check_sequence_number(c, a)) return;
  if (c.behaviour.ts_recent == TsRecent::kBeforeRst) take_timestamps(c, a);
  if (!check_rst(c, a) || !check_syn(c, a)) return;
  if (is_predicted(c, a)) take_timestamps(c, a);
  if (!check_ack(c, a)) return;
  take_text_and_fin(c, a);
}

// The last three steps, and one segment that answers them together.
void Connection::take_text_and_fin(Context& c, Arrival& a) {
  check_urg(c, a);
  if (!take_text(c, a)) return;
  check_fin(c, a);
  if (tcb_.state == State::kClosed) return;
  // §3.10.7.4, seventh: "this acknowledgment should be piggybacked on a segment being transmitted
  // if possible without incurring undue delay".
  const bool may_send_text = tcb_.state != State::kSynRcvd && !tcb_.fin_sent;
  const bool third = a.ack_rule == Rule::syn_sent_syn_ack;
  if (third && a.ack_due && c.behaviour.wrong.third_ack_takes_no_text) {
    send_ack(c, Rule::mutant_third_ack_takes_no_text);
    a.ack_due = false;
  }
  const bool sent = may_send_text && send_unsent(c, Rule::send_within_window);
  if (a.ack_due && !sent) {
    const bool waits = may_delay_ack(c, a);
    if (waits && a.acknowledges_fin() && c.behaviour.wrong.fin_ack_of_its_own) {
      send_ack(c, Rule::mutant_fin_ack_of_its_own);
    } else if (waits) {
      delay_ack(c);
    } else {
      const bool quick = a.ack_rule == Rule::text_in_order && acknowledges_quickly();
      send_ack(c, quick ? Rule::quick_ack : a.ack_rule);
    }
  }
  if (may_send_text) send_fin_if_due(c);
}

// §3.8.6.3: text in order may wait until there are two full segments (SHLD-19) or a gap.
bool Connection::may_delay_ack(const Context& c, const Arrival& a) const {
  // The application may close at once; its FIN then carries the ACK (figure 12 with three
  // segments).
  const bool fin_may_follow = a.acknowledges_fin() && tcb_.state == State::kCloseWait;
  // RFC 5681 §4.2: a full segment is what this end's MSS allows, unless the peer's is smaller.
  const std::uint32_t offered = receive_mss(c.behaviour);
  const std::uint32_t full =
      std::min(segment_text_limit(), offered - std::min(offered, octets_of_options()));
  const bool may = c.behaviour.delayed_ack > 0us && tcb_.reassembly.octets() == 0 &&
                   (a.acknowledges_text_in_order() || fin_may_follow);
  if (!may || c.behaviour.ack_delay == AckDelay::kFixed) {
    return may && wire::distance(tcb_.last_ack_sent, tcb_.rcv.nxt) < 2u * full;
  }
  return !a.fills_gap && !acknowledges_quickly() && !owes_ack_of_more_than_a_segment(c.behaviour);
}

void Connection::delay_ack(Context& c) {
  const bool adapts = c.behaviour.ack_delay == AckDelay::kAdaptive;
  const Duration delay = adapts ? adaptive_ack_delay(c.behaviour) : c.behaviour.delayed_ack;
  const auto& timer = tcb_.timers[static_cast<std::size_t>(Timer::kDelayedAck)];
  if (!timer.armed()) return arm(c, Timer::kDelayedAck, delay, Rule::delayed_ack_armed);
  if (!adapts) return;
  // An ACK that is nearly due leaves now, and an armed timer is never postponed.
  if (timer.at() <= c.now + delay / 4) return send_ack(c, Rule::delayed_ack_timeout);
  if (c.now + delay < timer.at()) arm(c, Timer::kDelayedAck, delay, Rule::delayed_ack_armed);
}

// Second, check the RST bit.
bool Connection::check_rst(Context& c, Arrival& a) {
  if (!a.s.has(kRst)) return true;
  // RFC 1337 §3, F1 ignores every RST, exact or not: no challenge ACK answers one.
  if (tcb_.state == State::kTimeWait && c.behaviour.time_wait_ignores_rst) {
    c.effects.emplace_back(Rule::time_wait_ignores_rst, DropSegment{});
    return false;
  }
  const bool inexact = c.behaviour.rst_check == RstCheck::kExactElseChallenge &&
                       a.first != tcb_.rcv.nxt && !is_rst_before_fin(a.s, c.behaviour);
  a.rst_is_believed = a.rst_is_believed || (inexact && c.behaviour.wrong.rst_is_unchecked);
  if (inexact && !a.rst_is_believed) {
    c.effects.emplace_back(Rule::rst_challenge_ack, DropSegment{});
    send_challenge_ack(c, Rule::rst_challenge_ack);
    return false;
  }
  if (c.behaviour.wrong.rst_is_acknowledged) send_ack(c, Rule::mutant_rst_is_acknowledged);
  take_rst(c, a);
  return false;
}

// What a believed RST does, by state.
void Connection::take_rst(Context& c, const Arrival& a) {
  const auto why = [&](Rule rule) {
    return a.rst_is_believed ? Rule::mutant_rst_is_unchecked : rule;
  };
  const auto end = [&](Signal signal, Rule rule) {
    tell_user(c, signal, why(rule));
    delete_tcb(c, Trigger::kRcvRst, why(rule));
  };
  switch (tcb_.state) {
    case State::kSynRcvd:
      if (tcb_.opened_by == OpenedBy::kActiveOpen) {
        const bool refuses = c.behaviour.reset_error == ResetError::kByActiveOpen;
        return refuses ? end(Signal::kRefused, Rule::rst_refuses)
                       : end(Signal::kReset, Rule::rst_resets);
      }
      return delete_tcb(c, Trigger::kRcvRst, why(Rule::rst_returns_to_listen), State::kListen);
    case State::kClosing:
    case State::kLastAck:
      // The text has no signal here, but the user must learn how it ended (MUST-12).
      return end(Signal::kReset, Rule::rst_after_both_fins);
    case State::kTimeWait:
      return delete_tcb(c, Trigger::kRcvRst, why(Rule::rst_ends_time_wait));
    case State::kCloseWait:
      if (c.behaviour.reset_error == ResetError::kByState) {
        return end(Signal::kBrokenPipe, Rule::rst_breaks_pipe);
      }
      return end(Signal::kReset, Rule::rst_resets_close_wait);
    default:
      return end(Signal::kReset, Rule::rst_resets);
  }
}

// Fourth, check the SYN bit. (Third, security, has nothing to check here.)
bool Connection::check_syn(Context& c, Arrival& a) {
  if (!a.s.has(kSyn)) return true;
  const bool same = a.s.seq == tcb_.rcv.irs;
  if (is_request() && same && c.behaviour.syn_in_syn_rcvd == SynInSynRcvd::kResets) {
    take_syn_again(c, a);
    return false;
  }
  if (is_request() && c.behaviour.syn_in_syn_rcvd == SynInSynRcvd::kResets) {
    c.effects.emplace_back(Rule::syn_resets_half_open, DropSegment{});
    answer_by_reset(c, a.s, Rule::syn_resets_half_open);
    delete_tcb(c, Trigger::kRcvSyn, Rule::syn_resets_half_open);
    return false;
  }
  if (is_request()) {
    c.effects.emplace_back(Rule::syn_returns_to_listen, DropSegment{});
    delete_tcb(c, Trigger::kRcvSyn, Rule::syn_returns_to_listen, State::kListen);
    return false;
  }
  if (c.behaviour.syn_check == SynCheck::kChallenge) {
    c.effects.emplace_back(Rule::syn_challenge_ack, DropSegment{});
    send_challenge_ack(c, Rule::syn_challenge_ack);
    return false;
  }
  c.effects.emplace_back(Rule::syn_in_window_resets, DropSegment{});
  // RFC 793 only says "send a reset": as ABORT's, it has the number that a live peer expects.
  if (c.behaviour.wrong.rst_repeats_the_isn && !a.s.has(kAck)) {
    answer_with_reset(c, Rule::mutant_rst_repeats_the_isn, a.s);
  } else {
    send_active_reset(c, Rule::syn_in_window_resets);
  }
  tell_user(c, Signal::kReset, Rule::syn_in_window_resets);
  delete_tcb(c, Trigger::kRcvSyn, Rule::syn_in_window_resets);
  return false;
}

// Fifth, check the ACK field.
bool Connection::check_ack(Context& c, Arrival& a) {
  if (!a.s.has(kAck) && a.s.has(kFin) && c.behaviour.wrong.fin_without_ack) return true;
  if (!a.s.has(kAck)) {
    c.effects.emplace_back(Rule::ack_missing, DropSegment{});
    return false;
  }
  // RFC 5961 §5 protects open connections only; in SYN-RECEIVED the RST of check_ack_in_syn_rcvd()
  // gets rid of an old duplicate.
  if (is_too_old(a.s.ack, c.behaviour)) return refuse_old_ack(c, a);
  const bool opens = tcb_.state == State::kSynRcvd;
  if (opens && !check_ack_in_syn_rcvd(c, a)) return false;
  if (!take_ack(c, a)) return false;
  // Linux: text and FIN that waited since shutdown() leave before the rest of the segment is read.
  if (opens && fin_is_pending() && c.behaviour.shutdown_waits_in_syn_rcvd) {
    send_unsent(c, Rule::send_within_window);
    send_fin_if_due(c);
  }
  return take_ack_of_fin(c, a);
}

bool Connection::is_too_old(Seq ack, const Behaviour& behaviour) const {
  if (behaviour.ack_check == AckCheck::kUpToSndNxt || !is_synchronized(tcb_.state)) return false;
  std::uint32_t allowed = tcb_.snd.max_wnd;
  if (behaviour.ack_check == AckCheck::kWithinAcked) {
    // Linux's bytes_acked, which counts the SYN only of an active opener.
    const bool counts_syn = tcb_.opened_by == OpenedBy::kActiveOpen;
    const Seq first = tcb_.snd.iss + (counts_syn ? 0 : behaviour.syn_length);
    allowed = std::min(allowed, wire::distance(first, tcb_.snd.una));
  }
  return wire::before(ack, tcb_.snd.una - allowed);
}

// True: the rest of the segment is still to be processed.
bool Connection::refuse_old_ack(Context& c, Arrival& a) {
  const bool predicted = is_predicted(c, a) && !a.s.payload.empty();
  if (predicted && !take_text(c, a)) return false;
  c.effects.emplace_back(Rule::ack_challenge, DropSegment{});
  const bool answered = send_challenge_ack(c, Rule::ack_challenge);
  a.s.payload.clear();
  return predicted && !answered;
}

// Linux's header prediction. It takes text only with memory at hand, that is, beside other text.
bool Connection::is_predicted(const Context& c, const Arrival& a) const {
  if (!c.behaviour.predicts_headers || tcb_.state != State::kEstablished) return false;
  const auto& s = a.s;
  wire::Options expected;
  if (tcb_.negotiated.timestamps) expected.timestamps = s.options.timestamps;
  const bool plain = (s.flags & ~wire::kPsh) == kAck && s.options == expected && !s.other_options &&
                     !tcb_.urgent && s.options.timestamps.has_value() == tcb_.negotiated.timestamps;
  const bool next = s.seq == tcb_.rcv.nxt && !wire::after(s.ack, tcb_.snd.nxt) &&
                    a.window == tcb_.snd.wnd && tcb_.rcv.wnd > 0 && tcb_.reassembly == Reassembly{};
  const bool has_memory = !tcb_.retransmission_queue.empty() || tcb_.unread_octets > 0;
  return plain && next && (s.payload.empty() || has_memory);
}

bool Connection::completes_handshake(const Segment& s, const Behaviour& behaviour) const {
  const bool is_ack = s.has(kAck) && !s.has(kSyn) && !s.has(kRst);
  return is_ack && tcb_.state == State::kSynRcvd && s.ack == tcb_.snd.nxt &&
         is_acceptable(s, behaviour);
}

bool Connection::check_ack_in_syn_rcvd(Context& c, Arrival& a) {
  if (c.behaviour.wrong.third_segment_is_pure_ack && !a.is_pure_ack) {
    c.effects.emplace_back(Rule::mutant_third_segment_is_pure_ack, DropSegment{});
    return false;
  }
  const bool takes_iss = c.behaviour.iss_completes_simultaneous_open && !is_request();
  const bool acceptable = (wire::after(a.s.ack, tcb_.snd.una) || c.behaviour.syn_length == 0 ||
                           c.behaviour.active_open == ActiveOpen::kViaSynRcvd ||
                           (takes_iss && a.s.ack == tcb_.snd.una)) &&
                          wire::before_or_at(a.s.ack, tcb_.snd.nxt);
  if (!acceptable) {
    c.effects.emplace_back(Rule::ack_unacceptable_answers_rst, DropSegment{});
    answer_with_reset(c, Rule::ack_unacceptable_answers_rst, a.s);
    return false;
  }
  tcb_.snd.wnd = a.window;
  tcb_.snd.wl1 = a.s.seq;
  tcb_.snd.wl2 = a.s.ack;
  if (c.behaviour.ts_recent == TsRecent::kAfterAck) take_timestamps(c, a);
  establish(c, Trigger::kRcvAckOfSyn, Rule::ack_of_syn);
  return true;
}

// ESTABLISHED's processing, which all synchronized states share. False: the segment is dropped.
bool Connection::take_ack(Context& c, Arrival& a) {
  const Seq ack = a.s.ack;
  if (wire::after(ack, tcb_.snd.nxt)) {
    c.effects.emplace_back(Rule::ack_beyond_snd_nxt, DropSegment{});
    // RFC 5961 §5.2 sends this ACK for either end of the range, and §7 limits it.
    if (c.behaviour.ack_check != AckCheck::kUpToSndNxt) {
      send_challenge_ack(c, Rule::ack_beyond_snd_nxt);
    } else {
      send_ack(c, Rule::ack_beyond_snd_nxt);
    }
    return false;
  }
  const bool advances = wire::after(ack, tcb_.snd.una);
  c.effects.emplace_back(advances ? Rule::ack_advances : Rule::ack_duplicate, Accepted{});
  if (wire::before(ack, tcb_.snd.una)) return true;  // a duplicate: "it can be ignored"
  if (c.behaviour.ts_recent == TsRecent::kAfterAck) take_timestamps(c, a);
  auto& queue = tcb_.retransmission_queue;
  const bool head_takes_no_number = !queue.empty() && queue.front().length == 0;
  Acknowledged done;
  if (ack != tcb_.snd.una || head_takes_no_number) {
    done = acknowledge_up_to(c, ack, echoed_round_trip(c, a.s));
  }
  bool duplicate = false;
  if (advances) {
    judge_timeout(c, a.s, done.originals_of_loss);
    grow_congestion_window(done.segments);
    recover_by_ack(c, ack, done.segments);
  } else {
    duplicate = count_duplicate(c, a);
  }
  if (is_newer_window(c, a, advances)) {
    const bool opens = tcb_.snd.wnd == 0 && a.window > 0;
    tcb_.snd.wnd = a.window;
    tcb_.snd.max_wnd = std::max(tcb_.snd.max_wnd, tcb_.snd.wnd);
    tcb_.snd.wl1 = a.s.seq;
    tcb_.snd.wl2 = ack;
    const bool probes = c.behaviour.window_probe == WindowProbe::kText;
    if (opens && probes && !queue.empty()) retransmit_head(c, Rule::persist_window_opened);
  }
  note_probe_answered(c);
  // §3.8.6.1 MUST-37: the connection stays open as long as the peer acknowledges probes, so R2
  // restarts, as a time and as a number.
  if (tcb_.snd.wnd == 0 && !queue.empty()) {
    queue.front().unanswered = 0;
    // tcp(7): TCP_USER_TIMEOUT also limits how long text waits for a window.
    if (tcb_.settings.user_timeout == 0s) arm_user_timer(c);
  }
  go_on_after_timeout(c, advances, duplicate);
  return true;
}

bool Connection::is_newer_window(const Context& c, const Arrival& a, bool advances) const {
  const bool later = wire::before(tcb_.snd.wl1, a.s.seq);
  const bool same = tcb_.snd.wl1 == a.s.seq;
  if (c.behaviour.window_update == WindowUpdate::kBySeqAndAck) {
    return later || (same && wire::before_or_at(tcb_.snd.wl2, a.s.ack));
  }
  return advances || later || (same && (a.window > tcb_.snd.wnd || a.window == 0));
}

// What an ACK of the local FIN does in each closing state.
bool Connection::take_ack_of_fin(Context& c, Arrival& a) {
  // If a mutant's FIN takes no number, an earlier ACK already acknowledges it.
  const auto why = [&](Rule rule) {
    return c.behaviour.fin_length == 0 ? Rule::mutant_fin_takes_no_number : rule;
  };
  switch (tcb_.state) {
    case State::kFinWait1:
      // Note 2 of figure 5: with the remote FIN in the same segment the eighth step decides.
      if (tcb_.fin_acknowledged && (!fin_completes(a) || is_repeated(c, a))) {
        change_state(c, State::kFinWait2, Trigger::kRcvAckOfFin,
                     why(Rule::ack_of_fin_in_fin_wait_1));
        limit_fin_wait_2(c);
        // Linux: "We could lose such FIN otherwise."
        tcb_.outlives_socket = c.behaviour.time_wait_tcb == TimeWaitTcb::kMinisock &&
                               tcb_.reading_given_up && a.s.has(kFin);
        become_minisock(c.behaviour);
        // Linux drops the rest of the segment with the socket, unless it has a FIN or calls for a
        // RST.
        return !is_minisock(c.behaviour) || a.s.has(kFin) || is_late_text(c, a);
      }
      return true;
    case State::kClosing:
      if (!tcb_.fin_acknowledged) {
        // "Otherwise, ignore the segment": only its ACK counts, which may let waiting text or FIN
        // leave.
        c.effects.emplace_back(Rule::ack_of_fin_not_yet, DropSegment{});
        return true;
      }
      enter_time_wait(c, Trigger::kRcvAckOfFin, why(Rule::ack_of_fin_in_closing));
      return false;
    case State::kLastAck:
      if (!tcb_.fin_acknowledged) return true;
      if (c.behaviour.time_wait == TimeWait::kPassiveCloser) {
        enter_time_wait(c, Trigger::kRcvAckOfFin, Rule::mutant_passive_closer_holds_time_wait,
                        true);
      } else {
        delete_tcb(c, Trigger::kRcvAckOfFin, why(Rule::ack_of_fin_in_last_ack));
      }
      return false;
    case State::kTimeWait:
      // "The only thing that can arrive in this state is a retransmission of the remote FIN."
      if (!a.s.has(kFin)) return true;
      a.owe_ack(restart_time_wait(c));
      return true;
    default:
      return true;
  }
}

}  // namespace tcplab::tcp
