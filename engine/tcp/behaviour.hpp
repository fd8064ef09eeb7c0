// Every decision that RFC 9293 makes and that could be made differently, as one field each. Right
// values form profiles; a wrong value is a misconception, and a mutant is a profile with one.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "tcp/choices.hpp"

namespace tcplab::tcp {

// Misconceptions that no specification allows, one flag each: all false in every profile.
struct Wrong {
  bool ack_is_last_octet = false;         // ACK = the last number received, not the next
  bool segments_take_one_number = false;  // SEQ counts segments
  bool isn_is_zero = false;
  bool isn_is_random = false;              // without RFC 6528's clock
  bool listener_is_busy = false;           // one handshake at a time
  bool handshake_on_accept = false;        // nothing is sent before accept()
  bool third_segment_is_pure_ack = false;  // nothing else completes a handshake
  bool third_ack_takes_no_text = false;    // text waits for a segment of its own
  bool mss_is_the_smaller = false;         // of the two ends' MSS
  bool window_scale_of_one_end = false;
  bool syn_window_is_scaled = false;
  bool closed_is_silent = false;     // no RST without a connection
  bool rst_repeats_the_isn = false;  // RST to a SYN: SEQ = SEG.SEQ
  bool rto_is_constant = false;
  bool fin_wait_1_is_close_wait = false;  // the names of the two are swapped
  bool close_wait_ends = false;           // by a timer
  bool fin_without_ack = false;
  bool fin_ack_of_its_own = false;  // a FIN is acknowledged at once, in a segment of its own
  bool no_closing = false;          // FIN-WAIT-1 goes to TIME-WAIT by any FIN
  bool fin_wait_2_ends = false;     // for every socket
  bool time_wait_is_one_round_trip = false;
  bool time_wait_never_restarts = false;
  bool time_wait_takes_any_syn = false;
  bool rst_is_acknowledged = false;
  bool rst_is_unchecked = false;
  bool rst_is_repeated = false;  // a RST is retransmitted, like text
  bool killed_process_resets = false;
  bool timeout_sends_rst = false;
  bool closed_answers_fin = false;
  bool syn_replaces = false;  // a SYN replaces an old connection
  bool unacceptable_is_silent = false;
  bool syn_rcvd_lasts = false;  // for ever
  bool cookie_keeps_options = false;
  friend bool operator==(const Wrong&, const Wrong&) = default;
};

struct Behaviour {
#define TCPLAB_FIELD(type, name, value, allowed, doc, source) type name = value;
#include "tcp/behaviour_fields.def"
#undef TCPLAB_FIELD

  Wrong wrong;

  friend bool operator==(const Behaviour&, const Behaviour&) = default;
};

// Named right behaviours.
struct ProfileValue;  // tcp/provenance.hpp
struct Profile {
  std::string_view id;
  Behaviour behaviour;
  std::span<const std::span<const ProfileValue>> values;  // what it sets, each with its source
};
std::span<const Profile> profiles();
const Profile* find_profile(std::string_view id);

// A named wrong behaviour: one or more fields changed.
struct Mutant {
  std::string_view id;
  std::string_view misconception;  // its number in exercises/misconceptions.json
  void (*apply)(Behaviour&);
  std::string_view also = {};  // another misconception with the same behaviour
};
std::span<const Mutant> mutants();
const Mutant* find_mutant(std::string_view id);

}  // namespace tcplab::tcp
