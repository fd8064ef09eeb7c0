// Wrong behaviours: each a misconception made true.
#include "tcp/behaviour.hpp"

namespace tcplab::tcp {
namespace {

constexpr Mutant kMutants[] = {
    {"syn_takes_no_number", "M01", [](Behaviour& b) { b.syn_length = 0; }},
    {"pure_ack_takes_a_number", "M02", [](Behaviour& b) { b.pure_ack_length = 1; }, "M29"},
    {"ack_is_last_octet", "M03", [](Behaviour& b) { b.wrong.ack_is_last_octet = true; }},
    {"segments_take_one_number", "M04",
     [](Behaviour& b) { b.wrong.segments_take_one_number = true; }},
    {"isn_is_zero", "M05", [](Behaviour& b) { b.wrong.isn_is_zero = true; }},
    {"isn_is_random", "M06", [](Behaviour& b) { b.wrong.isn_is_random = true; }},
    {"client_via_syn_rcvd", "M07", [](Behaviour& b) { b.active_open = ActiveOpen::kViaSynRcvd; }},
    {"listener_is_busy", "M09", [](Behaviour& b) { b.wrong.listener_is_busy = true; }},
    {"handshake_on_accept", "M10", [](Behaviour& b) { b.wrong.handshake_on_accept = true; }},
    {"third_segment_is_pure_ack", "M11",
     [](Behaviour& b) { b.wrong.third_segment_is_pure_ack = true; }},
    {"third_ack_takes_no_text", "M12",
     [](Behaviour& b) { b.wrong.third_ack_takes_no_text = true; }},
    {"two_way_handshake", "M13", [](Behaviour& b) { b.handshake = Handshake::kTwoWay; }, "M14"},
    {"mss_is_the_smaller", "M16", [](Behaviour& b) { b.wrong.mss_is_the_smaller = true; }},
    {"window_scale_of_one_end", "M17",
     [](Behaviour& b) { b.wrong.window_scale_of_one_end = true; }},
    {"syn_window_is_scaled", "M17", [](Behaviour& b) { b.wrong.syn_window_is_scaled = true; }},
    {"closed_is_silent", "M18", [](Behaviour& b) { b.wrong.closed_is_silent = true; }},
    {"rst_repeats_the_isn", "M19", [](Behaviour& b) { b.wrong.rst_repeats_the_isn = true; }},
    {"rto_is_constant", "M20", [](Behaviour& b) { b.wrong.rto_is_constant = true; }},
    {"passive_closer_holds_time_wait", "M21",
     [](Behaviour& b) { b.time_wait = TimeWait::kPassiveCloser; }},
    {"fin_wait_1_is_close_wait", "M22",
     [](Behaviour& b) { b.wrong.fin_wait_1_is_close_wait = true; }},
    {"close_wait_ends", "M23", [](Behaviour& b) { b.wrong.close_wait_ends = true; }},
    {"fin_takes_no_number", "M24", [](Behaviour& b) { b.fin_length = 0; }},
    {"fin_without_ack", "M25", [](Behaviour& b) { b.wrong.fin_without_ack = true; }},
    {"fin_ack_of_its_own", "M26", [](Behaviour& b) { b.wrong.fin_ack_of_its_own = true; }},
    {"fin_always_leads_to_closing", "M27",
     [](Behaviour& b) { b.fin_with_ack = FinWithAck::kClosing; }},
    {"no_closing", "M28", [](Behaviour& b) { b.wrong.no_closing = true; }},
    {"fin_stops_both_directions", "M30",
     [](Behaviour& b) { b.fin_stops = FinStops::kBothDirections; }},
    {"close_is_shutdown", "M31", [](Behaviour& b) { b.close_gives_up_reading = false; }},
    {"fin_wait_2_ends", "M32", [](Behaviour& b) { b.wrong.fin_wait_2_ends = true; }},
    {"no_time_wait", "M33", [](Behaviour& b) { b.time_wait = TimeWait::kNobody; }},
    {"time_wait_is_one_round_trip", "M34",
     [](Behaviour& b) { b.wrong.time_wait_is_one_round_trip = true; }},
    {"time_wait_never_restarts", "M35",
     [](Behaviour& b) { b.wrong.time_wait_never_restarts = true; }},
    {"time_wait_takes_any_syn", "M38",
     [](Behaviour& b) { b.wrong.time_wait_takes_any_syn = true; }},
    {"rst_is_acknowledged", "M41", [](Behaviour& b) { b.wrong.rst_is_acknowledged = true; }},
    {"rst_is_unchecked", "M42", [](Behaviour& b) { b.wrong.rst_is_unchecked = true; }},
    {"rst_is_repeated", "M43", [](Behaviour& b) { b.wrong.rst_is_repeated = true; }},
    {"killed_process_resets", "M44", [](Behaviour& b) { b.wrong.killed_process_resets = true; }},
    {"keep_alive_by_default", "M46", [](Behaviour& b) { b.keep_alive_by_default = true; }},
    {"timeout_sends_rst", "M47", [](Behaviour& b) { b.wrong.timeout_sends_rst = true; }},
    {"closed_answers_fin", "M48", [](Behaviour& b) { b.wrong.closed_answers_fin = true; }},
    {"syn_replaces", "M49", [](Behaviour& b) { b.wrong.syn_replaces = true; }},
    {"unacceptable_is_silent", "M50", [](Behaviour& b) { b.wrong.unacceptable_is_silent = true; }},
    {"syn_rcvd_lasts", "M52", [](Behaviour& b) { b.wrong.syn_rcvd_lasts = true; }},
    {"cookie_keeps_options", "M54", [](Behaviour& b) { b.wrong.cookie_keeps_options = true; }},
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
