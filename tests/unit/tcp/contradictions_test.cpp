// Where RFC 9293 says two things: each is a choice of the Behaviour, and a rule says so.
#include "catch.hpp"
#include "tcp/driver.hpp"

using namespace tcplab;
using tcp::State;
using test::Driver;

TEST_CASE("a SYN again in SYN_RCVD: step one's ACK, or Linux's SYN,ACK") {
  const auto answer = [](tcp::RepeatedSyn choice) {
    Driver d;
    d.behaviour.repeated_syn = choice;
    d.reach(State::kSynRcvd, true).arrives({"SYN", 300});
    return d.outcome();
  };
  CHECK(answer(tcp::RepeatedSyn::kAck) ==
        "SYN_RCVD; <SEQ=101><ACK=301><CTL=ACK>; drop unacceptable_syn_answers_ack");
  CHECK(answer(tcp::RepeatedSyn::kSynAck) ==
        "SYN_RCVD; <SEQ=100><ACK=301><CTL=SYN,ACK>; drop repeated_syn_answers_syn_ack");
}

TEST_CASE("a SYN again in SYN_RCVD that brings text is no new SYN: its SYN is left of the window") {
  for (const char* profile : {"rfc9293", "rfc9293+5961"}) {
    CAPTURE(profile);
    Driver d(tcp::find_profile(profile)->behaviour);
    d.reach(State::kSynRcvd, true).arrives({"SYN", 300, 0, "abc"});
    CHECK(d.outcome() == "SYN_RCVD; drop ack_missing");
  }
  Driver d(tcp::find_profile("linux")->behaviour);
  d.reach(State::kSynRcvd, true).arrives({"SYN", 300, 0, "abc"});
  CHECK(d.outcome() ==
        "SYN_RCVD; <SEQ=100><ACK=301><CTL=SYN,ACK>; drop repeated_syn_answers_syn_ack");
}

TEST_CASE("a refused listener that turned active: CLOSED by §3.10.7.3, LISTEN by §3.5") {
  const auto refused = [](tcp::RefusedListener choice, bool was_listener) {
    Driver d;
    d.behaviour.refused_listener = choice;
    d.reach(State::kSynSent, was_listener).arrives({"RST,ACK", 0, 101});
    return d.outcome();
  };
  CHECK(refused(tcp::RefusedListener::kClosed, true) == "SYN_SENT -> CLOSED; tell refused");
  CHECK(refused(tcp::RefusedListener::kListen, true) == "SYN_SENT -> LISTEN; tell refused");
  CHECK(refused(tcp::RefusedListener::kListen, false) == "SYN_SENT -> CLOSED; tell refused");
}

TEST_CASE("who sends a RST: CLOSED by §3.10.5, TIME-WAIT by §3.5.2") {
  Driver d;
  d.behaviour.rst_issuer = tcp::RstIssuer::kTimeWait;
  d.reach(State::kEstablished).abort();
  CHECK(d.outcome() == "ESTABLISHED -> TIME_WAIT; <SEQ=101><CTL=RST>");
  d.fire(tcp::Timer::kTimeWait);
  CHECK(d.state() == State::kClosed);
}

TEST_CASE("CLOSE in SYN_RCVD with text: queued by §3.10.4, FIN-WAIT-1 by figure 5") {
  Driver d;
  d.behaviour.close_in_syn_rcvd = tcp::CloseInSynRcvd::kFigure5;
  d.reach(State::kSynRcvd, true);
  d.send("abc");
  d.close();
  CHECK(d.outcome() == "SYN_RCVD -> FIN_WAIT_1");
  // The ACK of the SYN lets text and FIN go.
  d.arrives({"ACK", 301, 101});
  CHECK(d.sent() == std::vector<std::string>{"<SEQ=101><ACK=301><DATA=3><CTL=ACK>",
                                             "<SEQ=104><ACK=301><CTL=FIN,ACK>"});
}

TEST_CASE("who sends a RST and enters TIME-WAIT sends nothing more, whatever waited") {
  Driver d;
  d.behaviour.rst_issuer = tcp::RstIssuer::kTimeWait;
  d.reach(State::kEstablished).arrives({"ACK", 301, 101, "", 0});
  d.send("abc");  // the window is closed
  d.abort();
  d.arrives({"ACK", 301, 101, "", 2'000});
  CHECK(d.outcome() == "TIME_WAIT");
}

TEST_CASE("TIME_WAIT: a FIN again begins 2 MSL anew by the fifth step, not by step one") {
  using namespace std::chrono_literals;
  using tcp::TimeWaitRestart;
  using tcp::TimeWaitTcb;
  const auto restarts = [](TimeWaitRestart choice, TimeWaitTcb kept, const test::Arriving& again) {
    Driver d;
    d.behaviour.time_wait_restart = choice;
    d.behaviour.time_wait_tcb = kept;
    d.reach(State::kTimeWait);
    const auto due = d.due(tcp::Timer::kTimeWait);
    d.pass(10s);
    d.arrives(again);
    // Whatever becomes of the wait, what is left of the window is acknowledged.
    CHECK(d.sent() == std::vector<std::string>{"<SEQ=102><ACK=302><CTL=ACK>"});
    const auto later = d.due(tcp::Timer::kTimeWait) - due;
    CHECK((later == 0s || later == 10s));
    return later == 10s;
  };
  const test::Arriving fin{"FIN,ACK", 301, 102};
  const test::Arriving text{"ACK", 301, 102, "x"};
  for (const TimeWaitTcb kept : {TimeWaitTcb::kWhole, TimeWaitTcb::kMinisock}) {
    CHECK(restarts(TimeWaitRestart::kRepeatedFin, kept, fin));
    CHECK_FALSE(restarts(TimeWaitRestart::kRepeatedFin, kept, text));
    CHECK_FALSE(restarts(TimeWaitRestart::kStepOne, kept, fin));
    CHECK_FALSE(restarts(TimeWaitRestart::kStepOne, kept, text));
    CHECK(restarts(TimeWaitRestart::kAnyAck, kept, fin));
  }
  CHECK(restarts(TimeWaitRestart::kAnyAck, TimeWaitTcb::kMinisock, text));
}
