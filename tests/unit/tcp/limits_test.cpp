// When TCP gives up (RFC 9293 §3.8.3, §3.8.4), waits with what it has (§3.7.4, §3.8.6.3), and how
// often it answers (RFC 5961 §7).
#include <algorithm>

#include "catch.hpp"
#include "tcp/driver.hpp"

using namespace tcplab;
using namespace std::chrono_literals;
using tcp::State;
using tcp::Timer;
using test::Driver;

namespace {

bool applied(const Driver& d, Rule rule) {
  const auto rules = d.rules();
  return std::find(rules.begin(), rules.end(), rule) != rules.end();
}

// The times of all transmissions of what is outstanding, from the first, until it is given up.
std::vector<Duration> transmissions(Driver& d, Duration& given_up) {
  const Time start = d.now();
  std::vector<Duration> times{0s};
  while (d.fire(Timer::kRetransmission)) {
    if (d.state() == State::kClosed) break;
    times.push_back(d.now() - start);
  }
  given_up = d.now() - start;
  return times;
}

Driver watched() {
  Driver d;
  d.reach(State::kEstablished);
  d.set([](auto& settings) {
    settings.keep_alive = true;
    settings.keep_alive_times = {10s, 2s, 3};
  });
  return d;
}

}  // namespace

TEST_CASE(
    "R2 of a SYN as a number: Linux before 6.5 sends at 0, 1, 3, ... 63 s, gives up at 127 s") {
  Driver d;
  d.behaviour.syn_user_timeout.reset();
  d.behaviour.syn_retries = 6;
  d.behaviour.max_rto = 120s;
  d.reach(State::kSynSent);
  Duration given_up{};
  CHECK(transmissions(d, given_up) == std::vector<Duration>{0s, 1s, 3s, 7s, 15s, 31s, 63s});
  CHECK(given_up == 127s);
  CHECK(d.outcome() == "SYN_SENT -> CLOSED; tell timed out");
  CHECK(applied(d, Rule::retransmission_r2_of_syn));
}

TEST_CASE(
    "R2 of a SYN with linear timeouts: Linux 6.5 and later, last SYN at 67 s, over at 131 s") {
  Driver d;
  d.behaviour.syn_user_timeout.reset();
  d.behaviour.syn_retries = 10;  // tcp_syn_retries 6 and tcp_syn_linear_timeouts 4
  d.behaviour.syn_linear_timeouts = 4;
  d.behaviour.max_rto = 120s;
  d.reach(State::kSynSent);
  Duration given_up{};
  CHECK(transmissions(d, given_up) ==
        std::vector<Duration>{0s, 1s, 2s, 3s, 4s, 5s, 7s, 11s, 19s, 35s, 67s});
  CHECK(given_up == 131s);
}

TEST_CASE("R2 of a SYN,ACK: Linux sends at 0, 1, 3, 7, 15, 31 s and drops it at 63 s") {
  Driver d;
  d.behaviour.syn_user_timeout.reset();
  d.behaviour.syn_ack_retries = 5;
  d.reach(State::kSynRcvd, true);
  Duration given_up{};
  CHECK(transmissions(d, given_up) == std::vector<Duration>{0s, 1s, 3s, 7s, 15s, 31s});
  CHECK(given_up == 63s);
}

TEST_CASE("R1 and R2 of data: IP is advised at the third retransmission (MUST-20, SHLD-10)") {
  Driver d;
  d.behaviour.user_timeout.reset();
  d.behaviour.data_retries = 5;
  d.reach(State::kEstablished);
  d.send("abc");
  for (int retransmission = 1; retransmission <= 5; ++retransmission) {
    REQUIRE(d.fire(Timer::kRetransmission));
    CHECK(applied(d, Rule::retransmission_r1) == (retransmission == 3));
    CHECK(d.sent().size() == 1);
  }
  REQUIRE(d.fire(Timer::kRetransmission));
  CHECK(d.outcome() == "ESTABLISHED -> CLOSED; tell timed out");
}

TEST_CASE("R2 can be set by the application (MUST-21)") {
  Driver d;
  d.reach(State::kEstablished);
  d.set([](auto& settings) { settings.user_timeout = 7s; });
  const Time start = d.now();
  d.send("abc");
  CHECK(d.due(Timer::kUser) == start + 7s);
  REQUIRE(d.fire(Timer::kUser));
  CHECK(d.outcome() == "ESTABLISHED -> CLOSED; tell timed out");
}

TEST_CASE("R2 as a number or a time begins anew while a zero window is acknowledged (MUST-37)") {
  for (const char* profile : {"freebsd", "windows"}) {
    CAPTURE(profile);
    Driver d(tcp::find_profile(profile)->behaviour);
    d.reach(State::kEstablished).arrives({"ACK", 301, 101, "", 0});
    d.send("abcdef");
    REQUIRE(d.fire(Timer::kPersist));
    for (int probe = 0; probe < 100; ++probe) {
      REQUIRE(d.fire(Timer::kRetransmission));
      d.arrives({"ACK", 301, 101, "", 0});
    }
    CHECK(d.state() == State::kEstablished);
    while (d.state() != State::kClosed) REQUIRE(d.fire(Timer::kRetransmission));
  }
}

TEST_CASE("the application's R2 takes the place of the system's (MUST-21)") {
  Driver d(tcp::find_profile("windows")->behaviour);  // 5 retransmissions
  d.reach(State::kEstablished);
  d.set([](auto& settings) { settings.user_timeout = 1h; });
  const Time start = d.now();
  d.send("abc");
  while (d.due(Timer::kRetransmission) < d.due(Timer::kUser)) {
    REQUIRE(d.fire(Timer::kRetransmission));
  }
  REQUIRE(d.fire(Timer::kUser));
  CHECK(d.outcome() == "ESTABLISHED -> CLOSED; tell timed out");
  CHECK(d.now() - start == 1h);
}

TEST_CASE("R2 can be set, and taken back, while something is outstanding (MUST-21)") {
  Driver d(tcp::find_profile("linux")->behaviour);  // no such time of its own
  d.reach(State::kEstablished);
  d.send("abc");
  CHECK_FALSE(d.armed(Timer::kUser));
  d.set([](auto& settings) { settings.user_timeout = 7s; });
  CHECK(d.due(Timer::kUser) == d.now() + 7s);
  d.set([](auto& settings) { settings.user_timeout = 0s; });
  CHECK_FALSE(d.armed(Timer::kUser));
}

TEST_CASE("the application's R2 ends a wait for the window, too (tcp(7), TCP_USER_TIMEOUT)") {
  Driver d;
  d.reach(State::kEstablished).arrives({"ACK", 301, 101, "", 0});
  d.set([](auto& settings) { settings.user_timeout = 30s; });
  d.send("abcdef");
  REQUIRE(d.fire(Timer::kPersist));
  const Time first = d.now();
  while (d.due(Timer::kRetransmission) < d.due(Timer::kUser)) {
    REQUIRE(d.fire(Timer::kRetransmission));
    d.arrives({"ACK", 301, 101, "", 0});
  }
  REQUIRE(d.fire(Timer::kUser));
  CHECK(d.state() == State::kClosed);
  CHECK(d.now() - first == 30s);
}

TEST_CASE("keep-alive: TCP_USER_TIMEOUT takes the place of the number of probes (tcp(7))") {
  const auto given_up = [](Duration limit) {
    Driver d = watched();  // 10 s idle, then every 2 s, 3 probes
    d.set([&](auto& settings) { settings.user_timeout = limit; });
    const Time start = d.now();
    while (d.state() != State::kClosed) REQUIRE(d.fire(Timer::kKeepAlive));
    return d.now() - start;
  };
  CHECK(given_up(3s) == 12s);   // at least one probe is sent
  CHECK(given_up(30s) == 30s);  // probes at 10 s, 12 s, ..., 28 s
}

TEST_CASE("keep-alive: off unless asked for, and then two hours (MUST-25, MUST-28)") {
  Driver d;
  d.reach(State::kEstablished);
  CHECK_FALSE(d.armed(Timer::kKeepAlive));
  d.set([](auto& settings) { settings.keep_alive = true; });
  CHECK(d.due(Timer::kKeepAlive) == d.now() + 2h);
  d.set([](auto& settings) { settings.keep_alive = false; });
  CHECK_FALSE(d.armed(Timer::kKeepAlive));
}

TEST_CASE(
    "keep-alive: probes without text at SND.NXT-1 (SHLD-12), dead after all of them (MUST-29)") {
  Driver d = watched();
  const Time start = d.now();
  for (const auto at : {10s, 12s, 14s}) {
    REQUIRE(d.fire(Timer::kKeepAlive));
    CHECK(d.now() - start == at);
    CHECK(d.outcome() == "ESTABLISHED; <SEQ=100><ACK=301><CTL=ACK>");
  }
  REQUIRE(d.fire(Timer::kKeepAlive));
  CHECK(d.now() - start == 16s);
  CHECK(d.outcome() == "ESTABLISHED -> CLOSED; tell timed out");
}

TEST_CASE("keep-alive: an answer begins it anew (MUST-26)") {
  Driver d = watched();
  REQUIRE(d.fire(Timer::kKeepAlive));
  REQUIRE(d.fire(Timer::kKeepAlive));
  d.arrives({"ACK", 301, 101});
  CHECK(d.due(Timer::kKeepAlive) == d.now() + 10s);
  for (int probe = 0; probe < 3; ++probe) REQUIRE(d.fire(Timer::kKeepAlive));
  CHECK(d.state() == State::kEstablished);
}

TEST_CASE("keep-alive: no probe while something is outstanding (MUST-26)") {
  Driver d = watched();
  d.send("abc");
  d.pass(10s);
  REQUIRE(d.fire(Timer::kKeepAlive));
  CHECK(d.sent().empty());
}

TEST_CASE("keep-alive: a living peer answers the probe") {
  Driver d;
  d.reach(State::kEstablished);
  d.arrives({"ACK", 300, 101});  // IRS: left of the window
  CHECK(d.outcome() ==
        "ESTABLISHED; <SEQ=101><ACK=301><CTL=ACK>; drop unacceptable_old_answers_ack");
}

TEST_CASE("Nagle: less than a segment waits while something is unacknowledged (SHLD-7)") {
  Driver d;
  d.behaviour.nagle = true;
  Driver n(d.behaviour);
  n.reach(State::kEstablished);
  n.send("a");
  CHECK(n.sent().size() == 1);
  n.send("b");
  CHECK(n.sent().empty());
  CHECK(applied(n, Rule::nagle_waits));
  n.send(std::string(535, 'c'));  // with "b" a full segment of 536
  CHECK(n.sent() == std::vector<std::string>{"<SEQ=102><ACK=301><DATA=536><CTL=ACK>"});
  n.send("d");
  CHECK(n.sent().empty());
  SECTION("it leaves with the acknowledgment") {
    n.arrives({"ACK", 301, 638});
    CHECK(n.sent() == std::vector<std::string>{"<SEQ=638><ACK=301><DATA=1><CTL=ACK>"});
  }
  SECTION("or when the application switches it off (MUST-17)") {
    n.set([](auto& settings) { settings.nagle = false; });
    CHECK(n.sent() == std::vector<std::string>{"<SEQ=638><ACK=301><DATA=1><CTL=ACK>"});
  }
}

TEST_CASE("delayed ACK: waits, but not for the second full segment (SHLD-18, SHLD-19)") {
  Driver d;
  d.behaviour.delayed_ack = 200ms;
  d.behaviour.receive_buffer = 5000;
  Driver n(d.behaviour);
  n.reach(State::kEstablished);
  n.arrives({"ACK", 301, 101, std::string(536, 'x')});
  CHECK(n.sent().empty());
  CHECK(n.due(Timer::kDelayedAck) == n.now() + 200ms);
  SECTION("the second full segment is acknowledged at once, with the first") {
    n.arrives({"ACK", 837, 101, std::string(536, 'x')});
    CHECK(n.sent() == std::vector<std::string>{"<SEQ=101><ACK=1373><CTL=ACK>"});
    CHECK_FALSE(n.armed(Timer::kDelayedAck));
  }
  SECTION("text takes it along") {
    n.send("abc");
    CHECK(n.sent() == std::vector<std::string>{"<SEQ=101><ACK=837><DATA=3><CTL=ACK>"});
    CHECK_FALSE(n.armed(Timer::kDelayedAck));
  }
  SECTION("alone it leaves in time") {
    REQUIRE(n.fire(Timer::kDelayedAck));
    CHECK(n.sent() == std::vector<std::string>{"<SEQ=101><ACK=837><CTL=ACK>"});
  }
  SECTION("text out of order does not wait") {
    n.arrives({"ACK", 840, 101, "abc"});
    CHECK(n.sent() == std::vector<std::string>{"<SEQ=101><ACK=837><CTL=ACK>"});
    n.arrives({"ACK", 837, 101, "xyz"});
    CHECK(n.sent().empty());
  }
  SECTION("the ACK of a FIN waits for a FIN that may follow: three segments close") {
    n.arrives({"FIN,ACK", 837, 101});
    CHECK(n.sent().empty());
    n.close();
    CHECK(n.sent() == std::vector<std::string>{"<SEQ=101><ACK=838><CTL=FIN,ACK>"});
    CHECK_FALSE(n.armed(Timer::kDelayedAck));
  }
}

TEST_CASE("delayed ACK: full is what this end's own MSS lets the peer send (SHLD-19)") {
  tcp::Behaviour behaviour;
  behaviour.delayed_ack = 200ms;
  behaviour.mss = 100;
  Driver d(behaviour);
  d.open_active();
  d.arrives({"SYN,ACK", 300, 101, "", 2'000, std::uint16_t{1460}});
  d.arrives({"ACK", 301, 101, std::string(100, 'x')});
  CHECK(d.sent().empty());
  d.arrives({"ACK", 401, 101, std::string(100, 'x')});
  CHECK(d.sent() == std::vector<std::string>{"<SEQ=101><ACK=501><CTL=ACK>"});
}

TEST_CASE("FIN_WAIT_2 is limited only once nobody holds the socket") {
  Driver d;
  d.behaviour.fin_wait_2_timeout = 60s;
  d.reach(State::kEstablished);
  SECTION("shutdown: for ever, as RFC 9293 has it") {
    d.close();
    d.arrives({"ACK", 301, 102});
    CHECK_FALSE(d.armed(Timer::kFinWait2));
  }
  SECTION("close") {
    d.close_both();
    d.arrives({"ACK", 301, 102});
    CHECK(d.due(Timer::kFinWait2) == d.now() + 60s);
    d.arrives({"FIN,ACK", 301, 102});
    CHECK(d.state() == State::kTimeWait);
    CHECK_FALSE(d.armed(Timer::kFinWait2));
  }
}

TEST_CASE("challenge ACKs: ten in five seconds and no more (RFC 5961 §7)") {
  const auto* profile = tcp::find_profile("rfc9293+5961");
  REQUIRE(profile != nullptr);
  Driver d(profile->behaviour);
  d.reach(State::kEstablished);
  d.pass(1h);
  for (int i = 0; i < 12; ++i) {
    d.arrives({"SYN", 900});
    CHECK(d.sent().size() == (i < 10 ? 1u : 0u));
    CHECK(applied(d, Rule::challenge_ack_throttled) == (i >= 10));
  }
  d.pass(5s);
  d.arrives({"SYN", 900});
  CHECK(d.sent().size() == 1);
}
