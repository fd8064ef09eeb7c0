// ICMP errors about this connection's segments: RFC 9293 §3.9.2.2, with the care of RFC 5927.
#include <algorithm>
#include <iterator>

#include "tcp/connection.hpp"
#include "wire/datagram.hpp"

namespace tcplab::tcp {

using wire::Icmp;

namespace {

Signal signal_of(Icmp what, const Behaviour& behaviour) {
  const bool apart = behaviour.icmp_errors_are_told_apart;
  switch (what) {
    case Icmp::kNetUnreachable:
      return Signal::kNetUnreachable;
    case Icmp::kSourceRouteFailed:
      return apart ? Signal::kSourceRouteFailed : Signal::kNetUnreachable;
    case Icmp::kParameterProblem:
      return apart ? Signal::kParameterProblem : Signal::kHostUnreachable;
    case Icmp::kProtocolUnreachable:
      return Signal::kProtocolUnreachable;
    case Icmp::kPortUnreachable:
      return Signal::kRefused;
    default:
      return Signal::kHostUnreachable;
  }
}

// "Hard error conditions" are destination unreachable 2 to 4; with path MTU discovery, 4 asks for
// smaller segments instead (RFC 1191).
bool is_hard(Icmp what) {
  return what == Icmp::kProtocolUnreachable || what == Icmp::kPortUnreachable;
}

}  // namespace

// False: the error is handled as for any opening connection.
bool Connection::judges_icmp_as_half_open(Context& c, Icmp what) {
  constexpr std::uint32_t kRetransmissions = 3;
  const auto judgement = c.behaviour.icmp_in_syn_rcvd;
  if (!is_request() || judgement == IcmpInSynRcvd::kAsAnyOpening) return false;
  const bool unreachable = what == Icmp::kNetUnreachable || what == Icmp::kHostUnreachable ||
                           what == Icmp::kTimeExceeded || what == Icmp::kParameterProblem;
  const bool second =
      tcb_.soft_error && tcb_.retransmission_queue.front().unanswered >= kRetransmissions;
  if (judgement == IcmpInSynRcvd::kUnreachable ? unreachable : second) {
    forget(c, Rule::icmp_ends_half_open, Trigger::kRcvIcmp);
    return true;
  }
  tcb_.soft_error = signal_of(what, c.behaviour);
  c.effects.emplace_back(Rule::icmp_spares_half_open, Remark{});
  return true;
}

void Connection::on_icmp(Context& c, const wire::IcmpError& error) {
  const auto ignore = [&](Rule rule) { c.effects.emplace_back(rule, Remark{}); };
  // MUST-55
  if (error.what == Icmp::kSourceQuench) return ignore(Rule::icmp_source_quench);
  // RFC 5927 §4.1: a forged error has to guess a sequence number that is in flight.
  const bool up_to =
      wire::before(error.seq, tcb_.snd.nxt) ||
      (c.behaviour.icmp_may_quote_snd_nxt && error.seq == tcb_.snd.nxt && !is_request());
  const bool in_flight = wire::after_or_at(error.seq, tcb_.snd.una) && up_to;
  // Linux's SYN-RECEIVED may have nothing outstanding: see take_syn_again().
  const bool outstanding = !tcb_.retransmission_queue.empty() || tcb_.state == State::kSynRcvd;
  if (!in_flight || !outstanding) return ignore(Rule::icmp_not_in_flight);
  if (judges_icmp_as_half_open(c, error.what)) return;
  if (error.what == Icmp::kFragmentationNeeded) return shrink_segments(c, error.mtu);

  const bool opening = tcb_.state == State::kSynSent || tcb_.state == State::kSynRcvd;
  if (is_hard(error.what)) {
    // SHLD-26
    if (opening || c.behaviour.hard_errors == HardErrors::kAbort) {
      return abort_by_icmp(c, error.what, Rule::icmp_hard_error);
    }
    // RFC 5927 §5.2
    tcb_.soft_error = signal_of(error.what, c.behaviour);
    return ignore(Rule::icmp_hard_error_is_soft);
  }
  if (opening && c.behaviour.soft_errors_abort_opening) {
    return abort_by_icmp(c, error.what, Rule::icmp_soft_error_aborts);
  }
  // MUST-56, SHLD-25: the connection goes on, and the application can learn of the error.
  tcb_.soft_error = signal_of(error.what, c.behaviour);
  ignore(Rule::icmp_soft_error);
  revert_back_off(c, error);
}

// RFC 6069 §4: the path broke, it was not congested, so one doubling of the RTO is taken back, as
// if the timer had been armed with the shorter RTO. Linux's tcp_ld_RTO_revert().
void Connection::revert_back_off(Context& c, const wire::IcmpError& error) {
  const bool unreachable =
      error.what == Icmp::kNetUnreachable || error.what == Icmp::kHostUnreachable;
  const auto& queue = tcb_.retransmission_queue;
  if (!c.behaviour.unreachable_reverts_back_off || !unreachable || queue.empty()) return;
  if (error.seq != tcb_.snd.una || queue.front().unanswered == 0) return;
  const Duration before = tcb_.rto.value();
  if (!tcb_.rto.revert_back_off(c.behaviour)) return;
  const auto& timer = tcb_.timers[static_cast<std::size_t>(Timer::kRetransmission)];
  const Duration left = timer.at() - (before - tcb_.rto.value()) - c.now;
  c.effects.emplace_back(Rule::icmp_reverts_back_off, Remark{});
  if (left > 0us) return arm(c, Timer::kRetransmission, left, Rule::icmp_reverts_back_off);
  on_timer(c, Timer::kRetransmission);
}

void Connection::abort_by_icmp(Context& c, Icmp what, Rule rule) {
  tell_user(c, signal_of(what, c.behaviour), rule);
  delete_tcb(c, Trigger::kRcvIcmp, rule);
}

// RFC 1191 §3, §6.4: "retransmit... in smaller segments", at once and without backing off.
void Connection::shrink_segments(Context& c, std::uint16_t mtu) {
  const std::uint16_t most = mss_of_mtu(std::max(mtu, c.behaviour.least_path_mtu));
  const bool smaller = most < std::min({tcb_.send_mss, tcb_.path_mss, tcb_.link_mss});
  if (c.behaviour.offered_mss_shrinks) tcb_.path_mss = std::min(tcb_.path_mss, most);
  if (!smaller) {
    c.effects.emplace_back(Rule::icmp_mtu_not_smaller, Remark{});
    return;
  }
  tcb_.path_mss = most;
  const std::size_t text = segment_text_limit();
  auto& queue = tcb_.retransmission_queue;
  const bool any_too_large = std::any_of(queue.begin(), queue.end(),
                                         [&](const auto& sent) { return sent.text.size() > text; });
  if (!any_too_large) {
    c.effects.emplace_back(Rule::icmp_later_segments_shrink, Remark{});
    return;
  }
  const std::uint32_t group = segments_together(c.behaviour);
  for (std::size_t i = 0, part = 0; i < queue.size(); ++i) {
    const bool splits = queue[i].text.size() > text;
    if (splits) split_unacknowledged(i, text);
    ++part;
    const bool ends_group = splits && group > 1 && part % group == 0;
    retransmit(c, queue[i], Rule::icmp_fragmentation_needed,
               ends_group ? wire::Flags{wire::kPsh} : wire::Flags{0});
    if (!splits) part = 0;
  }
  arm(c, Timer::kRetransmission, tcb_.rto.value(), Rule::icmp_restarts_timer);
}

}  // namespace tcplab::tcp
