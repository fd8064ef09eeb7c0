// Retransmission: how real stacks trim, split and join the segments that they send again, and fast
// retransmit (RFC 5681 §3.2, RFC 6582).
#include <algorithm>

#include "tcp/segment_arrives/arrival.hpp"

namespace tcplab::tcp {

using wire::Seq;

void Connection::retransmit_head(Context& c, Rule rule) {
  shape_retransmission(c.behaviour, 0);
  retransmit(c, tcb_.retransmission_queue.front(), rule);
}

// Linux's __tcp_retransmit_skb(): trims or joins a segment for its retransmission. False: it lies
// beyond a window that has shrunk; only the oldest segment is sent even then, as a probe.
bool Connection::shape_retransmission(const Behaviour& behaviour, std::size_t at) {
  auto& queue = tcb_.retransmission_queue;
  if (behaviour.retransmission_starts_at_una) trim_acknowledged(queue[at]);
  std::size_t most = segment_text_limit();
  if (behaviour.retransmission_stays_in_window) {
    const Seq edge = tcb_.snd.una + tcb_.snd.wnd;
    const bool beyond = !wire::before(queue[at].seq, edge);
    if (beyond && queue[at].seq != tcb_.snd.una) return false;
    if (!beyond) most = std::min<std::size_t>(most, wire::distance(queue[at].seq, edge));
    if (queue[at].text.size() > most) split_unacknowledged(at, most);
  }
  if (behaviour.retransmission_collapses) collapse_into(at, most);
  return true;
}

// FIN and PSH stay with the last octet.
void Connection::split_unacknowledged(std::size_t at, std::size_t octets) {
  auto& queue = tcb_.retransmission_queue;
  Unacknowledged rest = queue[at];
  rest.seq += static_cast<std::uint32_t>(octets);
  rest.text = rest.text.without_first(octets);
  rest.length -= static_cast<std::uint32_t>(octets);
  queue[at].text = queue[at].text.first(octets);
  queue[at].length = static_cast<std::uint32_t>(octets);
  queue[at].flags = static_cast<wire::Flags>(queue[at].flags & ~(wire::kFin | wire::kPsh));
  queue.insert(queue.begin() + static_cast<std::ptrdiff_t>(at) + 1, std::move(rest));
}

// Linux's tcp_trim_head(): a segment that was acknowledged in part is sent again from SND.UNA on.
void Connection::trim_acknowledged(Unacknowledged& head) const {
  if (!wire::before(head.seq, tcb_.snd.una)) return;
  const auto gone = std::min(wire::distance(head.seq, tcb_.snd.una),
                             static_cast<std::uint32_t>(head.text.size()));
  head.text = head.text.without_first(gone);
  head.seq += gone;
  head.length -= gone;
}

// Linux's tcp_retrans_try_collapse(): the segments that follow, a FIN included, are joined to this
// one as far as `most` octets and the window have room.
void Connection::collapse_into(std::size_t at, std::size_t most) {
  auto& queue = tcb_.retransmission_queue;
  auto& head = queue[at];
  if ((head.flags & wire::kSyn) != 0 || head.text.size() >= most) return;
  const Seq edge = tcb_.snd.una + tcb_.snd.wnd;
  const auto first = queue.begin() + static_cast<std::ptrdiff_t>(at) + 1;
  auto next = first;
  for (; next != queue.end(); ++next) {
    if (head.text.size() + next->text.size() > most) break;
    if (wire::after(next->seq + next->length, edge)) break;
    head.text = head.text + next->text;
    head.flags = static_cast<wire::Flags>(head.flags | next->flags);
    head.length += next->length;
  }
  queue.erase(first, next);
}

// RFC 5681 §2: an ACK that acknowledges nothing new, has no text and leaves the window as it is,
// while something is outstanding. True: this is one.
bool Connection::count_duplicate(Context& c, const Arrival& a) {
  auto& fast = tcb_.fast_retransmit;
  const auto& queue = tcb_.retransmission_queue;
  const bool duplicate = a.s.ack == tcb_.snd.una && a.is_pure_ack && a.window == tcb_.snd.wnd;
  if (c.behaviour.duplicate_acks == 0 || !duplicate || queue.empty()) return false;
  const bool sent_again = tcb_.loss || fast.recover;
  if (!sent_again && queue.front().transmissions > 1) return true;
  fast.duplicates = std::min(fast.duplicates + 1, most_duplicates());
  if (fast.recover) {
    pace_recovery(1);
    resend_lost(c, Rule::fast_retransmit_partial);
  }
  if (sent_again || fast.duplicates < c.behaviour.duplicate_acks) return true;
  begin_recovery();
  pace_recovery(1);
  retransmit_head(c, Rule::fast_retransmit);
  return true;
}

// RFC 6582 §3.2: a partial ACK, below what was outstanding when recovery began, shows that the next
// segment is lost too. Of the segments that it acknowledges one was missing; duplicate ACKs had
// reported the others.
void Connection::recover_by_ack(Context& c, Seq ack, std::uint32_t acknowledged) {
  auto& fast = tcb_.fast_retransmit;
  auto& queue = tcb_.retransmission_queue;
  const bool goes_on = fast.recover && wire::before(ack, *fast.recover) && !queue.empty();
  if (!goes_on) {
    if (fast.recover) end_recovery();
    fast = {};
    return;
  }
  if (acknowledged == 0) return;
  const std::uint32_t told = std::min(fast.duplicates, acknowledged - 1);
  fast.duplicates -= told;
  queue.front().lost = true;
  pace_recovery(acknowledged - told);
  resend_lost(c, Rule::fast_retransmit_partial);
}

}  // namespace tcplab::tcp
