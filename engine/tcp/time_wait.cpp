// TIME-WAIT: how it starts and restarts, and to which SYN it yields (RFC 9293 §3.6.1, RFC 6191).
#include "tcp/segment_arrives/arrival.hpp"

namespace tcplab::tcp {

using wire::kAck;
using wire::kRst;
using wire::kSyn;
using wire::Segment;

// Returns the rule of the ACK that answers the repeated FIN.
Rule Connection::restart_time_wait(Context& c) {
  if (c.behaviour.wrong.time_wait_never_restarts) return Rule::mutant_time_wait_never_restarts;
  arm_time_wait(c, Rule::time_wait_restarts);
  return Rule::fin_repeated;
}

void Connection::arm_time_wait(Context& c, Rule rule) {
  const bool brief = c.behaviour.wrong.time_wait_is_one_round_trip;
  arm(c, Timer::kTimeWait, time_wait_length(c.behaviour),
      brief ? Rule::mutant_time_wait_is_one_round_trip : rule);
}

void Connection::enter_time_wait(Context& c, Trigger trigger, Rule rule, bool was_passive_closer) {
  const TimeWait who = c.behaviour.time_wait;
  if (who == TimeWait::kNobody || (who == TimeWait::kPassiveCloser && !was_passive_closer)) {
    const Rule why = who == TimeWait::kNobody ? Rule::mutant_no_time_wait
                                              : Rule::mutant_passive_closer_holds_time_wait;
    // The mutant still sends the last ACK, and then forgets the connection.
    if (trigger != Trigger::kRcvAckOfFin) send_ack(c, why);
    delete_tcb(c, trigger, why);
    return;
  }
  // TIME-WAIT has a timer of its own, and nothing to send or to wait for.
  for (const Timer timer : {Timer::kRetransmission, Timer::kUser, Timer::kPersist,
                            Timer::kDelayedAck, Timer::kKeepAlive, Timer::kFinWait2}) {
    cancel(c, timer, Rule::timer_of_deleted_tcb);
  }
  tcb_.retransmission_queue.clear();
  // Nothing was left to send, unless a mutant or §3.5.2's ABORT comes here early.
  tcb_.unsent.clear();
  tcb_.fin_queued = true;
  tcb_.fin_sent = true;
  const bool was_minisock = is_minisock(c.behaviour);
  change_state(c, State::kTimeWait, trigger, rule);
  tcb_.fin_unread = false;
  tcb_.outlives_socket = false;
  tcb_.fast_retransmit = {};
  end_congestion_control();
  tcb_.small_end.reset();
  tcb_.rto.forget_back_offs();
  tcb_.probes = {};
  if (!was_minisock) become_minisock(c.behaviour);
  arm_time_wait(c, Rule::time_wait_armed);
}

std::optional<Rule> Connection::yields_to(const Segment& syn, const Behaviour& behaviour) const {
  if (!syn.has(kSyn) || syn.has(kAck) || syn.has(kRst)) return std::nullopt;
  if (const auto rule = time_wait_yields_to(syn, behaviour)) return rule;
  if (behaviour.wrong.syn_replaces) return Rule::mutant_syn_replaces;
  if (behaviour.wrong.time_wait_takes_any_syn && tcb_.state == State::kTimeWait) {
    return Rule::mutant_time_wait_takes_any_syn;
  }
  return std::nullopt;
}

std::optional<Rule> Connection::time_wait_yields_to(const Segment& syn,
                                                    const Behaviour& behaviour) const {
  const TimeWaitReuse reuse = behaviour.time_wait_reuse;
  if (tcb_.state != State::kTimeWait || reuse == TimeWaitReuse::kNever) return std::nullopt;
  if (is_minisock(behaviour)) return minisock_yields_to(syn);
  if (reuse == TimeWaitReuse::kTimestamps) {
    const auto verdict = judge_by_timestamps(syn, behaviour);
    if (verdict == ByTimestamps::kOlder) return std::nullopt;
    if (verdict == ByTimestamps::kLater) return Rule::time_wait_new_syn_by_timestamp;
  }
  // §3.6.1 MAY-2: the new SYN must be beyond everything the old connection used.
  const bool unused = wire::after(syn.seq, tcb_.rcv.nxt) ||
                      (behaviour.time_wait_yields_at_rcv_nxt && syn.seq == tcb_.rcv.nxt);
  return unused ? std::optional(Rule::time_wait_new_syn_by_number) : std::nullopt;
}

// Whether TIME-WAIT drops this SYN: it neither yields to it nor answers it.
bool Connection::time_wait_drops(const Segment& syn, const Behaviour& behaviour) const {
  const bool is_syn = syn.has(kSyn) && !syn.has(kAck) && !syn.has(kRst);
  if (tcb_.state != State::kTimeWait || !is_syn) return false;
  const bool stamped =
      tcb_.negotiated.timestamps || (behaviour.timestamps && syn.options.timestamps);
  const bool by_rfc6191 = behaviour.time_wait_refusal == TimeWaitRefusal::kDroppedWithTimestamps &&
                          behaviour.time_wait_reuse == TimeWaitReuse::kTimestamps && stamped;
  const bool drops = by_rfc6191 || behaviour.time_wait_refusal == TimeWaitRefusal::kDropped;
  return drops && !time_wait_yields_to(syn, behaviour) && !behaviour.wrong.unacceptable_is_silent;
}

void Connection::yield_to_new_syn(Context& c, Rule rule) { delete_tcb(c, Trigger::kRcvSyn, rule); }

void Connection::yield_to_connect(Context& c, Rule rule) {
  delete_tcb(c, Trigger::kActiveOpen, rule);
}

}  // namespace tcplab::tcp
