// The segment that SEGMENT ARRIVES is processing.
#pragma once
#include "tcp/connection.hpp"

namespace tcplab::tcp {

// The segment as the steps of §3.10.7.4 trim it, and what they found.
struct Connection::Arrival {
  wire::Segment s;
  wire::SegmentId id;
  bool is_pure_ack;         // as it came, before anything was trimmed
  std::uint32_t window;     // SEG.WND in octets: scaled
  wire::Seq first = s.seq;  // SEG.SEQ as it came
  bool ack_due = false;     // an acknowledgment must leave once all is processed (MUST-58)
  Rule ack_rule = Rule::text_in_order;
  bool fills_gap = false;        // text or a FIN that waited behind it is now in order
  bool rst_is_believed = false;  // mutant: though its number does not fit

  bool acknowledges_text_in_order() const {
    return ack_rule == Rule::text_in_order || ack_rule == Rule::text_overlaps ||
           ack_rule == Rule::text_fills_gap || ack_rule == Rule::text_came_with_syn ||
           ack_rule == Rule::mutant_segments_take_one_number;
  }
  bool acknowledges_fin() const {
    return ack_rule == Rule::fin_acknowledged || ack_rule == Rule::mutant_fin_takes_no_number;
  }
  void owe_ack(Rule rule) {
    ack_due = true;
    ack_rule = rule;
  }
};

// Whether this behaviour ignores the text and the FIN of a SYN; if there are any, a Remark says so.
bool ignores_text_of_syn(Context& c, const wire::Segment& syn);

// Linux's tcp_in_window(), for requests and minisocks: it also takes a segment at `next` whatever
// the window, and an empty one at the right edge.
inline bool is_in_window(wire::Seq seq, wire::Seq end, wire::Seq next, std::uint32_t window) {
  const wire::Seq edge = next + window;
  return seq == next || (wire::after(end, next) && wire::before(seq, edge)) ||
         (seq == edge && seq == end);
}

}  // namespace tcplab::tcp
