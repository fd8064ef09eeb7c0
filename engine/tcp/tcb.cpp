// Bookkeeping on the TCB that every part of §3.10 uses, and its invariants.
#include <algorithm>

#include "tcp/connection.hpp"
#include "tcp/told.hpp"

namespace tcplab::tcp {

using wire::kAck;
using wire::kFin;
using wire::kRst;
using wire::kSyn;
using wire::Segment;

std::uint32_t segment_length(const Segment& segment, const Behaviour& behaviour) {
  if (segment.is_pure_ack()) return behaviour.pure_ack_length;
  auto length = static_cast<std::uint32_t>(segment.payload.size());
  if (length > 0 && behaviour.wrong.segments_take_one_number) length = 1;
  if (segment.has(kSyn)) length += behaviour.syn_length;
  if (segment.has(kFin)) length += behaviour.fin_length;
  return length;
}

Segment reset_for(const Segment& segment, const Behaviour& behaviour) {
  Segment reset;
  reset.src = segment.dst;
  reset.dst = segment.src;
  if (segment.has(kAck)) {
    reset.flags = kRst;
    reset.seq = segment.ack;
  } else {
    reset.flags = kRst | kAck;
    reset.ack = segment.seq + segment_length(segment, behaviour);
    if (behaviour.wrong.rst_repeats_the_isn) reset.seq = segment.seq;
  }
  return reset;
}

State told(State state, const Behaviour& behaviour) {
  if (!behaviour.wrong.fin_wait_1_is_close_wait) return state;
  return state == State::kFinWait1    ? State::kCloseWait
         : state == State::kCloseWait ? State::kFinWait1
                                      : state;
}

void Connection::change_state(Context& c, State to, Trigger trigger, Rule rule) {
  const State old_name = told(tcb_.state, c.behaviour);
  const State new_name = told(to, c.behaviour);
  const bool swapped = old_name != tcb_.state || new_name != to;
  c.effects.emplace_back(swapped ? Rule::mutant_fin_wait_1_is_close_wait : rule,
                         StateChange{old_name, new_name, trigger});
  if (tcb_.state == State::kCloseWait) cancel(c, Timer::kCloseWait, Rule::timer_of_deleted_tcb);
  tcb_.state = to;
  if (to == State::kCloseWait && c.behaviour.wrong.close_wait_ends) {
    arm(c, Timer::kCloseWait, 60s, Rule::mutant_close_wait_ends);
  }
}

void Connection::delete_tcb(Context& c, Trigger trigger, Rule rule, State to) {
  for (std::size_t i = 0; i < kTimerCount; ++i) {
    cancel(c, static_cast<Timer>(i), Rule::timer_of_deleted_tcb);
  }
  change_state(c, to, trigger, rule);
  tcb_.unsent.clear();
  tcb_.retransmission_queue.clear();
  tcb_.reassembly.clear();
  tcb_.outlives_socket = false;
  tcb_.ack_pace = {};
  tcb_.fast_retransmit = {};
  end_congestion_control();
  tcb_.small_end.reset();
  tcb_.rto.forget_back_offs();
  tcb_.probes = {};
  // An aborted connection's text is lost ("all segment queues should be flushed"); after a proper
  // end of the stream it can still be read.
  if (tcb_.fin_received || c.behaviour.unread_at_end == UnreadAtEnd::kReadable) return;
  tcb_.unread.clear();
  tcb_.unread_octets = 0;
}

void Connection::tell_user(Context& c, Signal signal, Rule rule) {
  c.effects.emplace_back(rule, TellUser{signal});
}

void Connection::arm(Context& c, Timer timer, Duration in, Rule rule) {
  const Time at = c.now + in;
  tcb_.timers[static_cast<std::size_t>(timer)] = {true, at};
  c.effects.emplace_back(rule, ArmTimer{timer, at});
}

void Connection::disarm(Context& c, Timer timer, Rule rule) {
  tcb_.timers[static_cast<std::size_t>(timer)].disarm();
  c.effects.emplace_back(rule, CancelTimer{timer});
}

// §3.8.6.2.2 MUST-39: the right edge of the window stays until it can move by a segment or by half
// the buffer. True if the window was smaller than that and has opened.
bool Connection::open_receive_window(const Behaviour& behaviour) {
  const std::uint32_t buffer = receive_space(behaviour);
  const auto used = static_cast<std::uint32_t>(std::min<std::size_t>(buffer, tcb_.unread_octets));
  const std::uint32_t worth = std::max(1u, std::min<std::uint32_t>(behaviour.mss, buffer / 2));
  const std::uint32_t before = tcb_.rcv.wnd;
  if (buffer - used < before + worth) return false;
  tcb_.rcv.wnd = buffer - used;
  return before < worth;
}

const char* Connection::inconsistency(const Behaviour& behaviour) const {
  const auto& t = tcb_;
  const bool has_sequence = t.state != State::kClosed && t.state != State::kListen;
  if (has_sequence && wire::after(t.snd.una, t.snd.nxt)) return "SND.UNA =< SND.NXT";
  const std::uint32_t rounding =
      behaviour.scaled_window_rounds_up ? (1u << t.negotiated.receive_shift) - 1 : 0;
  if (t.rcv.wnd > behaviour.receive_buffer + rounding) return "RCV.WND =< receive buffer";
  if (t.state == State::kSynRcvd && t.opened_by == OpenedBy::kNobody) {
    return "SYN_RCVD knows which OPEN it came from (MUST-11)";
  }
  if (t.state == State::kTimeWait && !armed(Timer::kTimeWait)) return "TIME_WAIT has its timer";
  if (t.state != State::kTimeWait && armed(Timer::kTimeWait)) return "only TIME_WAIT has its timer";
  const bool may_send = has_sequence && t.state != State::kFinWait2 && t.state != State::kTimeWait;
  if (!may_send && !t.retransmission_queue.empty()) return "nothing outstanding in this state";
  if (!t.retransmission_queue.empty() && !armed(Timer::kRetransmission)) {
    return "what is outstanding has the retransmission timer";
  }
  if (t.retransmission_queue.empty() && armed(Timer::kRetransmission) && t.resets_to_repeat == 0) {
    return "the retransmission timer runs only for what is outstanding";
  }
  if (!has_sequence && t.resets_to_repeat == 0) {
    for (const auto& timer : t.timers) {
      if (timer.armed()) return "no timer without a connection";
    }
  }
  return nullptr;
}

}  // namespace tcplab::tcp
