// Linux's TIME-WAIT, and its FIN-WAIT-2 of a socket that the application has closed. Linux then
// keeps the sequence numbers of both directions and TS.Recent instead of a TCB. The order of checks
// is that of tcp_timewait_state_process() in net/ipv4/tcp_minisocks.c.
#include "tcp/segment_arrives/arrival.hpp"

namespace tcplab::tcp {

using wire::kAck;
using wire::kFin;
using wire::kRst;
using wire::kSyn;
using wire::Segment;
using wire::Seq;

bool Connection::is_minisock(const Behaviour& behaviour) const {
  // Mutants change the steps of §3.10.7.4, so they need a whole TCB.
  if (behaviour.time_wait_tcb != TimeWaitTcb::kMinisock || behaviour.wrong != Wrong{}) return false;
  const bool is_closed =
      tcb_.reading_given_up && behaviour.close_gives_up_reading && !tcb_.outlives_socket;
  return tcb_.state == State::kTimeWait || (tcb_.state == State::kFinWait2 && is_closed);
}

// RFC 6191 in Linux: a later sequence number, or a later timestamp if both connections use them.
std::optional<Rule> Connection::minisock_yields_to(const Segment& syn) const {
  const auto& stamps = syn.options.timestamps;
  const bool comparable = tcb_.negotiated.timestamps && stamps;
  const auto later = comparable ? static_cast<std::int32_t>(stamps->value - tcb_.ts.recent) : 0;
  if (later < 0 && tcb_.ts.recent != 0) return std::nullopt;
  if (wire::after(syn.seq, tcb_.rcv.nxt)) return Rule::time_wait_new_syn_by_number;
  if (later > 0) return Rule::time_wait_new_syn_by_timestamp;
  return std::nullopt;
}

void Connection::on_segment_in_minisock(Context& c, Arrival& a) {
  if (tcb_.state == State::kFinWait2) return on_segment_in_closed_fin_wait_2(c, a);
  const Segment& s = a.s;
  const Seq end = s.seq + segment_length(s, c.behaviour);
  const bool older = is_refused_by_paws(c, s);
  const bool any_ack_restarts = c.behaviour.time_wait_restart == TimeWaitRestart::kAnyAck;
  if (!older && s.seq == tcb_.rcv.nxt && (s.seq == end || s.has(kRst))) {
    if (s.has(kRst)) return take_rst(c, a);
    c.effects.emplace_back(Rule::time_wait_takes_empty, DropSegment{});
    if (any_ack_restarts) arm_time_wait(c, Rule::time_wait_takes_empty);
    store_timestamp(c, s);
    return;
  }
  if (s.has(kRst)) {
    c.effects.emplace_back(Rule::time_wait_drops_rst, DropSegment{});
    return;
  }
  // A SYN that could replace the connection, but comes here because no listener takes it.
  if (s.has(kSyn) && !s.has(kAck) && minisock_yields_to(s)) {
    c.effects.emplace_back(Rule::time_wait_acknowledges, DropSegment{});
    return send_ack(c, Rule::time_wait_acknowledges);
  }
  const bool repeated = s.has(kFin) && end == tcb_.rcv.nxt;
  const Rule rule = older      ? Rule::paws_drops
                    : repeated ? Rule::fin_repeated
                               : Rule::time_wait_acknowledges;
  c.effects.emplace_back(rule, DropSegment{});
  const bool restarts =
      repeated ? c.behaviour.time_wait_restart != TimeWaitRestart::kStepOne : any_ack_restarts;
  if (restarts && (older || s.has(kAck))) {
    arm_time_wait(c, repeated ? Rule::time_wait_restarts : Rule::time_wait_restarts_by_any);
  }
  answer_unacceptable(c, s, rule);
}

// "Just repeat all the checks of tcp_rcv_state_process()".
void Connection::on_segment_in_closed_fin_wait_2(Context& c, Arrival& a) {
  const Segment& s = a.s;
  const Seq next = tcb_.rcv.nxt;
  const Seq end = s.seq + segment_length(s, c.behaviour);
  const bool older = is_refused_by_paws(c, s);
  if (older || !is_in_window(s.seq, end, next, tcb_.rcv.wnd)) {
    const Rule rule = older ? Rule::paws_drops : rule_of_unacceptable(s, c.behaviour);
    c.effects.emplace_back(rule, DropSegment{});
    return answer_unacceptable(c, s, rule);
  }
  if (s.has(kRst)) return take_rst(c, a);
  const bool new_syn = s.has(kSyn) && !wire::before(s.seq, next);
  const bool is_new = s.has(kAck) && wire::after(end, next) && end != s.seq;
  const bool ends_here = s.has(kFin) && end == next + c.behaviour.fin_length;
  if (new_syn || (is_new && !ends_here)) {
    c.effects.emplace_back(Rule::closed_fin_wait_2_resets, DropSegment{});
    answer_with_reset(c, Rule::closed_fin_wait_2_resets, s);
    delete_tcb(c, new_syn ? Trigger::kRcvSyn : Trigger::kRcvText, Rule::closed_fin_wait_2_resets);
    return;
  }
  if (!is_new) {
    c.effects.emplace_back(Rule::closed_fin_wait_2_ignores, DropSegment{});
    return;
  }
  tcb_.rcv.nxt = end;
  tcb_.fin_received = true;
  store_timestamp(c, s);
  enter_time_wait(c, Trigger::kRcvFin, Rule::fin_starts_time_wait);
  send_ack(c, Rule::fin_acknowledged);
}

// A minisock has no ACK delay, and its limit on answers starts anew.
void Connection::become_minisock(const Behaviour& behaviour) {
  if (!is_minisock(behaviour)) return;
  tcb_.challenge_acks = {};
  tcb_.ack_pace = {};
}

}  // namespace tcplab::tcp
