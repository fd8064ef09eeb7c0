// SEGMENT ARRIVES where there is no TCB: RFC 9293 §3.10.7.1, "if the state is CLOSED".
#pragma once
#include <optional>

#include "base/rule.hpp"
#include "tcp/behaviour.hpp"
#include "wire/segment.hpp"

namespace tcplab::tcp {

// Why the segment is dropped, and the answer to it, if any.
struct ArrivalInClosed {
  Rule rule;
  std::optional<wire::Segment> answer;
};

ArrivalInClosed segment_arrives_in_closed(const wire::Segment& segment, const Behaviour& behaviour);

}  // namespace tcplab::tcp
