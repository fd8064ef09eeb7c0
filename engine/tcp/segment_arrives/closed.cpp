#include "tcp/segment_arrives/closed.hpp"

#include "tcp/connection.hpp"
#include "tcp/forgotten.hpp"

namespace tcplab::tcp {

using wire::kAck;
using wire::kRst;

ArrivalInClosed segment_arrives_in_closed(const wire::Segment& segment,
                                          const Behaviour& behaviour) {
  // "An incoming segment containing a RST is discarded."
  if (segment.has(kRst)) return {Rule::closed_ignores_rst, std::nullopt};
  const auto& wrong = behaviour.wrong;
  if (wrong.closed_is_silent) return {Rule::mutant_closed_is_silent, std::nullopt};
  if (auto fin = fin_for_forgotten(segment, behaviour)) {
    return {Rule::mutant_closed_answers_fin, std::move(fin)};
  }
  // "An incoming segment not containing a RST causes a RST to be sent in response."
  const Rule rule = segment.has(kAck)           ? Rule::closed_answers_rst_to_ack
                    : wrong.rst_repeats_the_isn ? Rule::mutant_rst_repeats_the_isn
                                                : Rule::closed_answers_rst;
  return {rule, reset_for(segment, behaviour)};
}

}  // namespace tcplab::tcp
