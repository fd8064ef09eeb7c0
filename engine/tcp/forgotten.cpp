#include "tcp/forgotten.hpp"

#include "tcp/connection.hpp"

namespace tcplab::tcp {

std::optional<wire::Segment> fin_for_forgotten(const wire::Segment& segment,
                                               const Behaviour& behaviour) {
  const bool is_of_a_connection = segment.has(wire::kAck) && !segment.has(wire::kSyn);
  if (!behaviour.wrong.closed_answers_fin || !is_of_a_connection) return std::nullopt;
  wire::Segment answer = reset_for(segment, behaviour);
  answer.flags = wire::kFin | wire::kAck;
  answer.ack = segment.seq + segment_length(segment, behaviour);
  return answer;
}

}  // namespace tcplab::tcp
