// ICMP errors about this connection's segments: RFC 9293 §3.9.2.2, with the care of RFC 5927.
#include <algorithm>
#include <iterator>

#include "tcp/connection.hpp"
#include "wire/datagram.hpp"

namespace tcplab::tcp {

using wire::Icmp;
using wire::kFin;
using wire::kSyn;

namespace {

Signal signal_of(Icmp what) {
  switch (what) {
    case Icmp::kNetUnreachable:
    case Icmp::kSourceRouteFailed:
      return Signal::kNetUnreachable;
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

// False: nothing stands in the way of what any opening does with the error.
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
  tcb_.soft_error = signal_of(what);
  c.effects.emplace_back(Rule::icmp_spares_half_open, Remark{});
  return true;
}

void Connection::on_icmp(Context& c, const wire::IcmpError& error) {
  const auto ignore = [&](Rule rule) { c.effects.emplace_back(rule, Remark{}); };
  // MUST-55
  if (error.what == Icmp::kSourceQuench) return ignore(Rule::icmp_source_quench);
  // RFC 5927 §4.1: whoever forges an error must guess a number that is in flight.
  const bool up_to =
      wire::before(error.seq, tcb_.snd.nxt) ||
      (c.behaviour.icmp_may_quote_snd_nxt && error.seq == tcb_.snd.nxt && !is_request());
  const bool in_flight = wire::after_or_at(error.seq, tcb_.snd.una) && up_to;
  // Linux's SYN-RECEIVED may have nothing outstanding: take_syn_again().
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
    tcb_.soft_error = signal_of(error.what);
    return ignore(Rule::icmp_hard_error_is_soft);
  }
  if (opening && c.behaviour.soft_errors_abort_opening) {
    return abort_by_icmp(c, error.what, Rule::icmp_soft_error_aborts);
  }
  // MUST-56, SHLD-25: nothing ends, and the application can learn of it.
  tcb_.soft_error = signal_of(error.what);
  ignore(Rule::icmp_soft_error);
}

void Connection::abort_by_icmp(Context& c, Icmp what, Rule rule) {
  tell_user(c, signal_of(what), rule);
  delete_tcb(c, Trigger::kRcvIcmp, rule);
}

// RFC 1191 §3, §6.4: "retransmit... in smaller segments", at once and without backing off.
void Connection::shrink_segments(Context& c, std::uint16_t mtu) {
  const std::uint16_t most = mss_of_mtu(mtu);
  if (most >= std::min({tcb_.send_mss, tcb_.path_mss, tcb_.link_mss})) {
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
  for (std::size_t i = 0; i < queue.size(); ++i) {
    if (queue[i].text.size() <= text) continue;
    Unacknowledged rest = queue[i];
    const auto split = static_cast<std::ptrdiff_t>(text);
    rest.seq += static_cast<std::uint32_t>(text);
    rest.text.erase(rest.text.begin(), rest.text.begin() + split);
    rest.length -= static_cast<std::uint32_t>(text);
    queue[i].text.resize(text);
    queue[i].length = static_cast<std::uint32_t>(text);
    // What ends the text stays with its last octet.
    queue[i].flags = static_cast<wire::Flags>(queue[i].flags & ~(kFin | wire::kPsh));
    queue.insert(queue.begin() + static_cast<std::ptrdiff_t>(i) + 1, std::move(rest));
  }
  for (auto& entry : queue) retransmit(c, entry, Rule::icmp_fragmentation_needed);
  arm(c, Timer::kRetransmission, tcb_.rto.value(), Rule::icmp_restarts_timer);
}

}  // namespace tcplab::tcp
