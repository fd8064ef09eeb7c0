// SYN-RECEIVED and what leads to it, where Linux does otherwise than RFC 9293: each a value of
// Behaviour. Expected: RFC 9293's text, and what kernel 6.18.44 answered (sources at the values).
#include "catch.hpp"
#include "tcp/driver.hpp"

using namespace tcplab;
using namespace std::chrono_literals;
using tcp::State;
using test::Arriving;
using test::Driver;

namespace half_open_test {
namespace {

// Both answers to one segment in SYN_RCVD of a listener's connection: ISS 100, IRS 300, a window
// of 1000.
struct Row {
  const char* name;
  void (*change)(tcp::Behaviour&);
  Arriving segment;
  const char* rfc;
  const char* changed;
};

std::string outcome(const Row& row, bool changed) {
  Driver d;
  d.behaviour.timestamps = true;
  if (changed) row.change(d.behaviour);
  d.reach(State::kSynRcvd, true).arrives(row.segment);
  return d.outcome();
}

void ack_first(tcp::Behaviour& b) { b.wrong_ack_in_syn_rcvd = tcp::WrongAckInSynRcvd::kFirst; }

}  // namespace

TEST_CASE("half-open: RFC 9293's answer, and the other") {
  const Row row =
      GENERATE(Row{"a wrong ACK outside the window",
                   ack_first,
                   {"ACK", 5'000, 55},
                   "SYN_RCVD; <SEQ=101><ACK=301><CTL=ACK>; drop unacceptable_beyond_answers_ack",
                   "SYN_RCVD; <SEQ=55><CTL=RST>; drop wrong_ack_comes_first"},
               Row{"a wrong ACK in the window",
                   ack_first,
                   {"ACK", 301, 55},
                   "SYN_RCVD; <SEQ=55><CTL=RST>; drop ack_unacceptable_answers_rst",
                   "SYN_RCVD; <SEQ=55><CTL=RST>; drop wrong_ack_comes_first"},
               Row{"a RST with a wrong ACK",
                   ack_first,
                   {"RST,ACK", 301, 55},
                   "SYN_RCVD -> LISTEN",
                   "SYN_RCVD -> LISTEN"},
               Row{"the right ACK",
                   ack_first,
                   {"ACK", 301, 101},
                   "SYN_RCVD -> ESTABLISHED; tell established",
                   "SYN_RCVD -> ESTABLISHED; tell established"},
               Row{"a SYN,ACK",
                   [](tcp::Behaviour& b) { b.syn_ack_in_syn_rcvd = tcp::SynAckInSynRcvd::kResets; },
                   {"SYN,ACK", 5'000, 55},
                   "SYN_RCVD; <SEQ=101><ACK=301><CTL=ACK>; drop unacceptable_beyond_answers_ack",
                   "SYN_RCVD -> CLOSED; <SEQ=55><CTL=RST>; drop syn_ack_resets_half_open"},
               Row{"a SYN in the window",
                   [](tcp::Behaviour& b) { b.syn_in_syn_rcvd = tcp::SynInSynRcvd::kResets; },
                   {"SYN", 400},
                   "SYN_RCVD -> LISTEN; drop syn_returns_to_listen",
                   "SYN_RCVD -> CLOSED; <SEQ=0><ACK=401><CTL=RST,ACK>; drop syn_resets_half_open"},
               Row{"a SYN,ACK in the window",
                   [](tcp::Behaviour& b) { b.syn_in_syn_rcvd = tcp::SynInSynRcvd::kResets; },
                   {"SYN,ACK", 400, 101},
                   "SYN_RCVD -> LISTEN; drop syn_returns_to_listen",
                   "SYN_RCVD -> CLOSED; <SEQ=101><CTL=RST>; drop syn_resets_half_open"},
               Row{"a SYN with another number, for FreeBSD's SYN cache",
                   [](tcp::Behaviour& b) { b.repeated_syn = tcp::RepeatedSyn::kSynAckAnew; },
                   {"SYN", 400},
                   "SYN_RCVD -> LISTEN; drop syn_returns_to_listen",
                   "SYN_RCVD; <SEQ=100><ACK=301><CTL=SYN,ACK>; drop repeated_syn_starts_anew"});
  INFO(row.name);
  CHECK(outcome(row, false) == row.rfc);
  CHECK(outcome(row, true) == row.changed);
}

TEST_CASE("half-open: PAWS and a RST") {
  const auto state_after = [](bool covers, std::uint32_t value) {
    Driver d;
    d.behaviour.timestamps = true;
    d.behaviour.paws_covers_rst_in_syn_rcvd = covers;
    d.open_passive();
    Arriving syn{"SYN", 300};
    syn.timestamps = {1'000, 0};
    d.arrives(syn);
    Arriving rst{"RST", 301};
    rst.timestamps = {value, 0};
    d.arrives(rst);
    return d.state();
  };
  CHECK(state_after(false, 900) == State::kListen);  // RFC 7323 §5.2
  CHECK(state_after(true, 900) == State::kSynRcvd);
  CHECK(state_after(true, 1'000) == State::kListen);
}

TEST_CASE("half-open: a RST whose SYN is left of the window is not exact") {
  Driver d(tcp::find_profile("linux")->behaviour);
  d.reach(State::kSynRcvd, true).arrives({"SYN,RST,ACK", 300, 101, "ab"});
  CHECK(d.outcome() == "SYN_RCVD; <SEQ=101><ACK=301><CTL=ACK>; drop rst_challenge_ack");
}

TEST_CASE("half-open: text and FIN of a SYN") {
  const auto acknowledged = [](tcp::TextWithSyn choice, const char* flags) {
    Driver d;
    d.behaviour.text_with_syn = choice;
    d.open_passive();
    d.arrives({flags, 300, 0, "abc"});
    d.arrives({"ACK", 301, 101});
    return d.tcb().rcv.nxt.value();
  };
  CHECK(acknowledged(tcp::TextWithSyn::kQueued, "SYN") == 304);
  CHECK(acknowledged(tcp::TextWithSyn::kQueued, "SYN,FIN") == 305);
  CHECK(acknowledged(tcp::TextWithSyn::kIgnored, "SYN") == 301);
  CHECK(acknowledged(tcp::TextWithSyn::kIgnoredInSyn, "SYN") == 301);
  CHECK(acknowledged(tcp::TextWithSyn::kIgnored, "SYN,FIN") == 301);
}

TEST_CASE("simultaneous open: the options of the SYN,ACK") {
  const auto syn_ack = [](tcp::SimultaneousSynAck choice) {
    Driver d;
    d.behaviour.timestamps = true;
    d.behaviour.window_shift = 7;
    d.behaviour.receive_buffer = 64'240;
    d.behaviour.simultaneous_syn_ack = choice;
    d.open_active();
    d.arrives({"SYN", 300});
    const auto options = d.segments().at(0).options;
    d.arrives({"ACK", 301, 101});
    d.arrives({"ACK", 301, 101, "a"});
    return std::pair(options, d.segments().at(0));
  };
  const auto agreed = syn_ack(tcp::SimultaneousSynAck::kAgrees);
  CHECK_FALSE(agreed.first.timestamps);
  CHECK_FALSE(agreed.first.window_scale);
  CHECK(agreed.second.window == 64'239);
  // Measured: timestamps with TSecr 0, a shift count of 7, and from then on windows shifted by it.
  const auto offered = syn_ack(tcp::SimultaneousSynAck::kOffersAll);
  REQUIRE(offered.first.timestamps);
  CHECK(offered.first.timestamps->echo_reply == 0);
  CHECK(offered.first.window_scale == 7);
  CHECK(offered.second.window == 64'239 >> 7);
  CHECK_FALSE(offered.second.options.timestamps);
}

TEST_CASE("simultaneous open: shutdown() in SYN_RCVD, and close()") {
  const auto crossing = [](bool waits) {
    Driver d;
    d.behaviour.shutdown_waits_in_syn_rcvd = waits;
    d.open_active();
    d.arrives({"SYN", 300});
    return d;
  };
  Driver rfc = crossing(false);
  rfc.close();
  CHECK(rfc.outcome() == "SYN_RCVD -> FIN_WAIT_1; <SEQ=101><ACK=301><CTL=FIN,ACK>");

  Driver waits = crossing(true);
  waits.close();
  CHECK(waits.outcome() == "SYN_RCVD");
  // Measured: the ACK of a FIN that has not left draws a RST.
  waits.arrives({"ACK", 301, 102});
  CHECK(waits.outcome() == "SYN_RCVD; <SEQ=102><CTL=RST>; drop ack_unacceptable_answers_rst");
  waits.arrives({"ACK", 301, 101});
  CHECK(waits.outcome() ==
        "SYN_RCVD -> FIN_WAIT_1; <SEQ=101><ACK=301><CTL=FIN,ACK>; tell established");

  Driver closes = crossing(true);
  closes.close_both();
  CHECK(closes.outcome() == "SYN_RCVD -> FIN_WAIT_1; <SEQ=101><ACK=301><CTL=FIN,ACK>");
}

}  // namespace half_open_test
