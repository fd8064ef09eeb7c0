// Wrong behaviours: each a misconception made true.
#include "tcp/behaviour.hpp"

namespace tcplab::tcp {
namespace {

constexpr Mutant kMutants[] = {
    {"syn_takes_no_number", "M01", [](Behaviour& b) { b.syn_length = 0; }},
    {"pure_ack_takes_a_number", "M02", [](Behaviour& b) { b.pure_ack_length = 1; }},
    {"client_via_syn_rcvd", "M07", [](Behaviour& b) { b.active_open = ActiveOpen::kViaSynRcvd; }},
    {"two_way_handshake", "M13", [](Behaviour& b) { b.handshake = Handshake::kTwoWay; }},
    {"passive_closer_holds_time_wait", "M21",
     [](Behaviour& b) { b.time_wait = TimeWait::kPassiveCloser; }},
    {"fin_takes_no_number", "M24", [](Behaviour& b) { b.fin_length = 0; }},
    {"fin_always_leads_to_closing", "M27",
     [](Behaviour& b) { b.fin_with_ack = FinWithAck::kClosing; }},
    {"fin_stops_both_directions", "M30",
     [](Behaviour& b) { b.fin_stops = FinStops::kBothDirections; }},
    {"no_time_wait", "M33", [](Behaviour& b) { b.time_wait = TimeWait::kNobody; }},
};

}  // namespace

std::span<const Mutant> mutants() { return kMutants; }
const Mutant* find_mutant(std::string_view id) {
  for (const auto& mutant : kMutants) {
    if (mutant.id == id) return &mutant;
  }
  return nullptr;
}

}  // namespace tcplab::tcp
