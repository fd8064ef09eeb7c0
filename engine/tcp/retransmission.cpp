// What is sent again, and what of it: the retransmission queue's head as real stacks send it, and
// fast retransmit (RFC 5681 §3.2, RFC 6582).
#include <algorithm>

#include "tcp/arrival.hpp"

namespace tcplab::tcp {

using wire::Seq;

void Connection::retransmit_head(Context& c, Rule rule) {
  auto& head = tcb_.retransmission_queue.front();
  if (c.behaviour.retransmission_starts_at_una) trim_acknowledged(head);
  if (c.behaviour.retransmission_collapses) collapse_into_head();
  retransmit(c, tcb_.retransmission_queue.front(), rule);
}

// Linux's tcp_trim_head(): what was acknowledged in part starts at SND.UNA when it is sent again.
void Connection::trim_acknowledged(Unacknowledged& head) const {
  if (!wire::before(head.seq, tcb_.snd.una)) return;
  const auto gone = std::min(wire::distance(head.seq, tcb_.snd.una),
                             static_cast<std::uint32_t>(head.text.size()));
  head.text.erase(head.text.begin(), head.text.begin() + static_cast<std::ptrdiff_t>(gone));
  head.seq += gone;
  head.length -= gone;
}

// Linux's tcp_retrans_try_collapse(): what follows goes along as far as a segment and the window
// have room, a FIN included.
void Connection::collapse_into_head() {
  auto& queue = tcb_.retransmission_queue;
  if ((queue.front().flags & wire::kSyn) != 0) return;
  const Seq edge = tcb_.snd.una + tcb_.snd.wnd;
  auto next = queue.begin() + 1;
  for (auto& head = queue.front(); next != queue.end(); ++next) {
    if (head.text.size() + next->text.size() > segment_text_limit()) break;
    if (wire::after(next->seq + next->length, edge)) break;
    head.text.insert(head.text.end(), next->text.begin(), next->text.end());
    head.flags = static_cast<wire::Flags>(head.flags | next->flags);
    head.length += next->length;
  }
  queue.erase(queue.begin() + 1, next);
}

// RFC 5681 §2: an ACK that acknowledges nothing new, has no text and leaves the window as it is,
// while something is outstanding. One segment is taken for lost, so there are at most as many
// duplicates as there are others.
void Connection::count_duplicate(Context& c, const Arrival& a) {
  auto& fast = tcb_.fast_retransmit;
  const auto& queue = tcb_.retransmission_queue;
  const bool duplicate = a.s.ack == tcb_.snd.una && a.is_pure_ack && a.window == tcb_.snd.wnd;
  const bool applies = c.behaviour.duplicate_acks > 0 && duplicate && !fast.recover;
  if (!applies || queue.empty() || queue.front().transmissions > 1) return;
  fast.duplicates = std::min(fast.duplicates + 1, static_cast<std::uint32_t>(queue.size()) - 1);
  if (fast.duplicates < c.behaviour.duplicate_acks) return;
  fast.recover = tcb_.snd.nxt;
  retransmit_head(c, Rule::fast_retransmit);
}

// RFC 6582 §3.2: an ACK of less than was outstanding then tells of the next that is lost.
void Connection::recover_from_loss(Context& c, Seq ack) {
  auto& fast = tcb_.fast_retransmit;
  fast.duplicates = 0;
  if (!fast.recover) return;
  if (wire::before(ack, *fast.recover) && !tcb_.retransmission_queue.empty()) {
    retransmit_head(c, Rule::fast_retransmit_partial);
  } else {
    fast.recover.reset();
  }
}

// RFC 5681 §3.1: after a timeout the congestion window is one segment, and that is on its way.
bool Connection::holds_new_text(const Behaviour& behaviour) const {
  const auto& queue = tcb_.retransmission_queue;
  if (!behaviour.timeout_holds_new_text || queue.empty()) return false;
  const bool opening = (queue.front().flags & wire::kSyn) != 0 && tcb_.state != State::kSynRcvd;
  return queue.front().unanswered > 0 && !opening && !tcb_.fast_retransmit.recover;
}

}  // namespace tcplab::tcp
