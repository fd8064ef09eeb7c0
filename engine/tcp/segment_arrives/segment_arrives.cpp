// SEGMENT ARRIVES, RFC 9293 §3.10.7: by the state.
#include "tcp/segment_arrives/arrival.hpp"

namespace tcplab::tcp {

using wire::Segment;

void Connection::on_segment(Context& c, const Segment& segment, wire::SegmentId id) {
  switch (tcb_.state) {
    case State::kClosed:
      return;  // the host answers: there is no TCB (§3.10.7.1)
    case State::kListen:
      return on_segment_in_listen(c, segment, id);
    case State::kSynSent:
      return on_segment_in_syn_sent(c, segment, id);
    default:
      on_segment_otherwise(c, segment, id);
      if (tcb_.settings.keep_alive) watch_idle(c);
      return;
  }
}

}  // namespace tcplab::tcp
