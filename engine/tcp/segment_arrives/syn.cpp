// A SYN in LISTEN or SYN-SENT, and what it leads to: RFC 9293 §3.10.7.2, §3.10.7.3.
#include <algorithm>

#include "tcp/segment_arrives/arrival.hpp"
#include "wire/datagram.hpp"

namespace tcplab::tcp {

using wire::kAck;
using wire::kFin;
using wire::kSyn;
using wire::Segment;

bool ignores_text_of_syn(Context& c, const Segment& syn) {
  const TextWithSyn choice = c.behaviour.text_with_syn;
  const bool ignores =
      choice == TextWithSyn::kIgnored || (choice == TextWithSyn::kIgnoredInSyn && !syn.has(kAck));
  const bool is_bare = syn.payload.empty() && !syn.has(kFin);
  if (ignores && !is_bare) c.effects.emplace_back(Rule::syn_text_ignored, Remark{});
  return ignores;
}

// What LISTEN and SYN-SENT do with a SYN: RCV.NXT and IRS, the peer's MSS and window.
void Connection::take_syn(Context& c, const Segment& s, wire::SegmentId id) {
  tcb_.rcv.irs = s.seq;
  tcb_.rcv.nxt = s.seq + c.behaviour.syn_length;
  tcb_.syn_origin = id;
  // §3.7.1 MUST-16, within what a segment can carry at all. An MSS of 0 counts as none.
  if (s.options.mss.value_or(0) > 0) {
    tcb_.send_mss = std::clamp(*s.options.mss, c.behaviour.least_send_mss, wire::kMaxPayload);
  }
  if (c.behaviour.wrong.mss_is_the_smaller) {
    tcb_.send_mss = std::min(tcb_.send_mss, receive_mss(c.behaviour));
  }
  // tcp(7), TCP_MAXSEG: "the maximum segment size for outgoing TCP packets".
  tcb_.send_mss = std::min(tcb_.send_mss, tcb_.settings.largest_segment.value_or(tcb_.send_mss));
  negotiate(c, s);
  tcb_.snd.wnd = window_of(s);
  tcb_.snd.max_wnd = tcb_.snd.wnd;
  tcb_.snd.wl1 = s.seq;
  tcb_.snd.wl2 = s.has(kAck) ? s.ack : tcb_.snd.una;
}

// "Any other control or text should be queued for processing later".
void Connection::queue_text_of_syn(Context& c, const Segment& s, wire::SegmentId id) {
  if (ignores_text_of_syn(c, s)) return;
  Arrival rest{s, id, false, tcb_.snd.wnd};
  rest.s.flags = static_cast<wire::Flags>(s.flags & ~kSyn);
  rest.s.seq = tcb_.rcv.nxt;
  trim_fin(c, rest);
  keep_text(c, rest.s.seq, rest.s.payload, id);
  if (rest.s.has(kFin)) {
    tcb_.reassembly.insert_fin(rest.s.seq + static_cast<std::uint32_t>(rest.s.payload.size()));
  }
}

void Connection::establish(Context& c, Trigger trigger, Rule rule) {
  tcb_.syn_ack_stamps.reset();
  // Linux: the new socket's rate limit does not count the request's ACKs.
  if (is_request() && c.behaviour.unacceptable_acks_throttled) tcb_.challenge_acks = {};
  const bool simultaneous = tcb_.state == State::kSynRcvd && !is_request();
  if (c.behaviour.ack_delay == AckDelay::kAdaptive && !simultaneous) {
    tcb_.ack_pace.last_text = c.now;
  }
  if (tcb_.syn_retransmitted) tcb_.rto.on_established_after_lost_syn(c.behaviour);
  begin_congestion_control(c.behaviour);
  change_state(c, State::kEstablished, trigger, rule);
  tell_user(c, Signal::kEstablished, rule);
  if (tcb_.settings.keep_alive) watch_idle(c);
  // §3.10.4: a CLOSE in SYN-RECEIVED with text pending waited for this.
  if (tcb_.fin_queued) {
    change_state(c, State::kFinWait1, Trigger::kClose, Rule::close_queued_takes_effect);
  }
}

}  // namespace tcplab::tcp
