// SEGMENT ARRIVES in LISTEN: RFC 9293 §3.10.7.2, in the text's order.
#include "tcp/forgotten.hpp"
#include "tcp/segment_arrives/arrival.hpp"

namespace tcplab::tcp {

using wire::kAck;
using wire::kRst;
using wire::kSyn;
using wire::Segment;

// §3.10.7.2 LISTEN
void Connection::on_segment_in_listen(Context& c, const Segment& s, wire::SegmentId id) {
  // First, check for a RST.
  if (s.has(kRst)) {
    c.effects.emplace_back(Rule::listen_ignores_rst, DropSegment{});
    return;
  }
  // Second, check for an ACK.
  if (s.has(kAck)) {
    auto fin = fin_for_forgotten(s, c.behaviour);
    const Rule rule = fin ? Rule::mutant_closed_answers_fin : Rule::listen_ack_answers_rst;
    c.effects.emplace_back(rule, DropSegment{});
    if (fin) {
      send_segment(c, rule, std::move(*fin));
    } else {
      answer_with_reset(c, rule, s);
    }
    return;
  }
  // Third, check for a SYN.
  if (!s.has(kSyn)) {
    c.effects.emplace_back(Rule::listen_drops_other, DropSegment{});
    return;
  }
  take_syn(c, s, id);
  queue_text_of_syn(c, s, id);
  if (c.behaviour.handshake == Handshake::kTwoWay) {
    send_new(c, Rule::mutant_two_way_handshake, kSyn | kAck, {});
    establish(c, Trigger::kRcvSyn, Rule::mutant_two_way_handshake);
    return;
  }
  send_new(c, Rule::listen_syn, kSyn | kAck, {});
  change_state(c, State::kSynRcvd, Trigger::kRcvSyn, Rule::listen_syn);
}

}  // namespace tcplab::tcp
