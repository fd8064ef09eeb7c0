// ICMP errors: RFC 9293 §3.9.2.2, RFC 1191, RFC 5927.
#include "catch.hpp"
#include "tcp/driver.hpp"

using namespace tcplab;
using tcp::State;
using tcp::Timer;
using test::Driver;
using wire::Icmp;

TEST_CASE("ICMP: soft errors end nothing (MUST-56) and are told when time is over (SHLD-25)") {
  for (const auto what : {Icmp::kNetUnreachable, Icmp::kHostUnreachable, Icmp::kSourceRouteFailed,
                          Icmp::kTimeExceeded, Icmp::kParameterProblem}) {
    INFO(wire::to_text(what));
    Driver d;
    d.reach(State::kSynSent);
    d.icmp(what);
    CHECK(d.outcome() == "SYN_SENT");
    CHECK(d.rules() == std::vector{Rule::icmp_soft_error});
    d.fire(Timer::kUser);
    const bool net = what == Icmp::kNetUnreachable || what == Icmp::kSourceRouteFailed;
    CHECK(d.outcome() ==
          std::string("SYN_SENT -> CLOSED; tell ") + (net ? "net" : "host") + " unreachable");
  }
}

TEST_CASE("ICMP: Linux ends an open by a soft error, and nothing else (RFC 5461 §4)") {
  Driver d(tcp::find_profile("linux")->behaviour);
  d.reach(State::kSynSent);
  d.icmp(Icmp::kHostUnreachable);
  CHECK(d.outcome() == "SYN_SENT -> CLOSED; tell host unreachable");

  Driver established(tcp::find_profile("linux")->behaviour);
  established.reach(State::kEstablished);
  established.send("abc");
  established.icmp(Icmp::kHostUnreachable);
  CHECK(established.outcome() == "ESTABLISHED");
}

TEST_CASE("ICMP: hard errors abort (SHLD-26), or only while opening (RFC 5927 §5.2)") {
  struct Row {
    const char* profile;
    State state;
    Icmp what;
    const char* outcome;
  };
  const Row row = GENERATE(
      Row{"rfc9293", State::kSynSent, Icmp::kPortUnreachable, "SYN_SENT -> CLOSED; tell refused"},
      Row{"rfc9293", State::kEstablished, Icmp::kProtocolUnreachable,
          "ESTABLISHED -> CLOSED; tell protocol unreachable"},
      Row{"linux", State::kSynSent, Icmp::kPortUnreachable, "SYN_SENT -> CLOSED; tell refused"},
      Row{"linux", State::kEstablished, Icmp::kPortUnreachable, "ESTABLISHED"});
  CAPTURE(row.profile, wire::to_text(row.what));
  Driver d(tcp::find_profile(row.profile)->behaviour);
  d.reach(row.state);
  if (row.state == State::kEstablished) d.send("abc");
  d.icmp(row.what);
  CHECK(d.outcome() == row.outcome);
}

TEST_CASE("ICMP: what an error about the SYN,ACK does to a listener's half-open connection") {
  struct Row {
    const char* profile;
    Icmp what;
    int retransmissions;
    int errors;
    bool ends;
  };
  // Linux: tcp_v4_err() and tcp_req_err(). FreeBSD: syncache_unreach().
  const Row row = GENERATE(Row{"rfc9293", Icmp::kHostUnreachable, 0, 2, false},
                           Row{"rfc9293", Icmp::kPortUnreachable, 0, 1, true},
                           Row{"linux", Icmp::kNetUnreachable, 0, 1, true},
                           Row{"linux", Icmp::kHostUnreachable, 0, 1, true},
                           Row{"linux", Icmp::kTimeExceeded, 0, 1, true},
                           Row{"linux", Icmp::kParameterProblem, 0, 1, true},
                           Row{"linux", Icmp::kPortUnreachable, 0, 2, false},
                           Row{"linux", Icmp::kProtocolUnreachable, 0, 2, false},
                           Row{"linux", Icmp::kSourceRouteFailed, 0, 2, false},
                           Row{"linux", Icmp::kFragmentationNeeded, 0, 2, false},
                           Row{"freebsd", Icmp::kHostUnreachable, 2, 2, false},
                           Row{"freebsd", Icmp::kHostUnreachable, 3, 1, false},
                           Row{"freebsd", Icmp::kHostUnreachable, 3, 2, true},
                           Row{"freebsd", Icmp::kPortUnreachable, 3, 2, true});
  CAPTURE(row.profile, wire::to_text(row.what), row.retransmissions, row.errors);
  Driver d(tcp::find_profile(row.profile)->behaviour);
  d.reach(State::kSynRcvd, true);
  for (int i = 0; i < row.retransmissions; ++i) d.fire(Timer::kRetransmission);
  for (int i = 0; i < row.errors; ++i) d.icmp(row.what);
  CHECK((d.outcome().find("-> CLOSED") != std::string::npos) == row.ends);
}

TEST_CASE("ICMP: only errors about what is in flight count (RFC 5927 §4.1)") {
  Driver d;
  d.reach(State::kEstablished);
  d.send("abc");  // 101 to 103
  for (const std::uint32_t seq : {100u, 104u, 4'000'000'000u}) {
    d.icmp(Icmp::kPortUnreachable, seq);
    CHECK(d.outcome() == "ESTABLISHED");
    CHECK(d.rules() == std::vector{Rule::icmp_not_in_flight});
  }
  d.icmp(Icmp::kPortUnreachable, 103);
  CHECK(d.state() == State::kClosed);
}

TEST_CASE("ICMP: source quench is discarded (MUST-55)") {
  Driver d;
  d.reach(State::kEstablished);
  d.send("abc");
  d.icmp(Icmp::kSourceQuench);
  CHECK(d.outcome() == "ESTABLISHED");
  CHECK_FALSE(d.tcb().soft_error);
}

TEST_CASE("ICMP: a smaller MTU cuts what is outstanding and sends it again (RFC 1191 §6.4)") {
  Driver d;
  d.reach(State::kSynSent);
  d.arrives({"SYN,ACK", 300, 101, {}, 9'000, 1460});
  d.send(std::string(1'500, 'x'));  // 1460 at 101, 40 at 1561
  // MTU 600 carries 600 - 40 = 560 octets of text.
  d.icmp(Icmp::kFragmentationNeeded, 101, 600);
  CHECK(d.sent() == std::vector<std::string>{"<SEQ=101><ACK=301><DATA=560><CTL=ACK>",
                                             "<SEQ=661><ACK=301><DATA=560><CTL=ACK>",
                                             "<SEQ=1221><ACK=301><DATA=340><CTL=ACK>",
                                             "<SEQ=1561><ACK=301><DATA=40><CTL=ACK>"});
  d.arrives({"ACK", 301, 1601});
  CHECK(d.tcb().retransmission_queue.empty());
  d.send(std::string(600, 'x'));
  CHECK(d.sent() == std::vector<std::string>{"<SEQ=1601><ACK=301><DATA=560><CTL=ACK>",
                                             "<SEQ=2161><ACK=301><DATA=40><CTL=ACK>"});
}

TEST_CASE("ICMP: no MTU is below 68 octets (RFC 791), and a larger one changes nothing") {
  Driver d;
  d.reach(State::kEstablished);
  d.send("abc");
  d.icmp(Icmp::kFragmentationNeeded, {}, 9'000);
  CHECK(d.rules() == std::vector{Rule::icmp_mtu_not_smaller});
  d.icmp(Icmp::kFragmentationNeeded, {}, 0);
  CHECK(d.tcb().path_mss == 68 - 40);
}

TEST_CASE("what ICMP told is forgotten once something gets through") {
  Driver d;
  d.reach(State::kEstablished);
  d.send("abc");
  d.icmp(wire::Icmp::kHostUnreachable);
  d.arrives({"ACK", 301, 104});
  d.send("def");
  REQUIRE(d.fire(tcp::Timer::kUser));
  CHECK(d.outcome() == "ESTABLISHED -> CLOSED; tell timed out");
}

TEST_CASE("ICMP: Linux takes SND.NXT for a number in flight, RFC 5927 §4.1 does not") {
  for (const char* profile : {"rfc9293", "linux"}) {
    INFO(profile);
    Driver d(tcp::find_profile(profile)->behaviour);
    d.reach(State::kSynSent);
    d.icmp(Icmp::kPortUnreachable, 101);
    CHECK((d.state() == State::kClosed) == (std::string_view(profile) == "linux"));
  }
}

TEST_CASE("ICMP: Linux's half-open connections mind an unreachable net or host alone") {
  for (const auto what : {Icmp::kNetUnreachable, Icmp::kHostUnreachable, Icmp::kTimeExceeded,
                          Icmp::kParameterProblem}) {
    INFO(wire::to_text(what));
    Driver d(tcp::find_profile("linux")->behaviour);
    d.reach(State::kSynRcvd, true).icmp(what);
    CHECK(d.state() == State::kClosed);
  }
  for (const auto what :
       {Icmp::kPortUnreachable, Icmp::kProtocolUnreachable, Icmp::kSourceRouteFailed}) {
    INFO(wire::to_text(what));
    Driver d(tcp::find_profile("linux")->behaviour);
    d.reach(State::kSynRcvd, true).icmp(what);
    CHECK(d.outcome() == "SYN_RCVD");
  }
}

TEST_CASE("ICMP: what fits a smaller MTU is not sent again") {
  Driver d;
  d.reach(State::kEstablished);
  d.send("abc");
  d.icmp(Icmp::kFragmentationNeeded, {}, 300);
  CHECK(d.sent().empty());
  CHECK(d.rules() == std::vector{Rule::icmp_later_segments_shrink});
}
