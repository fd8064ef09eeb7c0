// The segment under way through SEGMENT ARRIVES.
#pragma once
#include "tcp/connection.hpp"

namespace tcplab::tcp {

// The segment as the steps of §3.10.7.4 trim it, and what they found.
struct Connection::Arrival {
  wire::Segment s;
  wire::SegmentId id;
  bool is_pure_ack;      // as it came, before anything was trimmed
  std::uint32_t window;  // SEG.WND in octets: scaled
  bool ack_due = false;  // an acknowledgment must leave once all is processed (MUST-58)
  Rule ack_rule = Rule::text_in_order;

  void owe_ack(Rule rule) {
    ack_due = true;
    ack_rule = rule;
  }
};

}  // namespace tcplab::tcp
