// What real stacks do, in numbers that their documentation and their users know.
#include <optional>

#include "catch.hpp"
#include "tcp/driver.hpp"

using namespace tcplab;
using namespace std::chrono_literals;
using tcp::State;
using tcp::Timer;
using test::Driver;

namespace profiles_test {
namespace {

Driver of(std::string_view profile) {
  const auto* found = tcp::find_profile(profile);
  REQUIRE(found != nullptr);
  return Driver(found->behaviour);
}

std::optional<Timer> earliest(const Driver& d) {
  std::optional<Timer> first;
  for (std::size_t i = 0; i < tcp::kTimerCount; ++i) {
    const auto timer = static_cast<Timer>(i);
    if (d.armed(timer) && (!first || d.due(timer) < d.due(*first))) first = timer;
  }
  return first;
}

struct Silence {
  std::vector<Duration> sent;  // since the start, which is the first
  Duration given_up{};
};

// Nobody answers what was just sent.
Silence silence(Driver& d) {
  const Time start = d.now();
  Silence silence{{0s}, {}};
  while (const auto timer = earliest(d)) {
    REQUIRE(d.fire(*timer));
    if (!d.sent().empty()) silence.sent.push_back(d.now() - start);
  }
  silence.given_up = d.now() - start;
  return silence;
}

using Times = std::vector<Duration>;

}  // namespace

TEST_CASE("profiles: a SYN that nobody answers") {
  struct Row {
    const char* profile;
    Times sent;
    Duration given_up;
  };
  const Row row = GENERATE(
      // MUST-23: three minutes; RFC 6298 §2.5: no wait above 60 s.
      Row{"rfc9293", {0s, 1s, 3s, 7s, 15s, 31s, 63s, 123s}, 180s},
      // tcp_syn_retries(6) with tcp_syn_linear_timeouts(4) of ip-sysctl.rst
      Row{"linux", {0s, 1s, 2s, 3s, 4s, 5s, 7s, 11s, 19s, 35s, 67s}, 131s},
      // TCPTV_KEEP_INIT
      Row{"freebsd", {0s, 1s, 3s, 7s, 15s, 31s, 63s}, 75s},
      Row{"macos", {0s, 1s, 3s, 7s, 15s, 31s, 63s}, 75s}, Row{"windows", {0s, 3s, 9s}, 21s});
  CAPTURE(row.profile);
  Driver d = of(row.profile);
  d.reach(State::kSynSent);
  const Silence silent = silence(d);
  CHECK(silent.sent == row.sent);
  CHECK(silent.given_up == row.given_up);
  CHECK(d.outcome() == "SYN_SENT -> CLOSED; tell timed out");
}

TEST_CASE("profiles: a SYN,ACK that nobody answers") {
  Driver linux_host = of("linux");
  linux_host.reach(State::kSynRcvd, true);
  const Silence silent = silence(linux_host);
  // tcp_synack_retries(5): the last at 31 s, forgotten after 63 s
  CHECK(silent.sent == Times{0s, 1s, 3s, 7s, 15s, 31s});
  CHECK(silent.given_up == 63s);

  Driver freebsd = of("freebsd");
  freebsd.reach(State::kSynRcvd, true);
  // SYNCACHE_MAXREXMTS 3
  CHECK(silence(freebsd).sent == Times{0s, 1s, 3'200ms, 7'400ms});

  // Nowhere for ever (RFC 4987 §3.3).
  for (const auto& profile : tcp::profiles()) {
    INFO(profile.id);
    Driver d = of(profile.id);
    d.reach(State::kSynRcvd, true);
    for (int timers = 0; timers < 20 && d.state() == State::kSynRcvd; ++timers) {
      REQUIRE(d.fire(earliest(d).value()));
    }
    REQUIRE(d.state() == State::kClosed);
  }
  // TcpMaxConnectResponseRetransmissions 2, and double the last delay
  Driver windows = of("windows");
  windows.reach(State::kSynRcvd, true);
  const Silence half_open = silence(windows);
  CHECK(half_open.sent == Times{0s, 3s, 9s});
  CHECK(half_open.given_up == 21s);
}

TEST_CASE("profiles: Linux gives data up at the first timeout later than 924.6 s") {
  Driver d = of("linux");
  d.reach(State::kEstablished);
  d.send("abc");
  const Silence silent = silence(d);
  REQUIRE(silent.sent.size() == 17);
  // TCP_RTO_MIN doubles from 0.2 s to 102.4 s, ...
  CHECK(silent.sent[1] == 200ms);
  CHECK(silent.sent[10] == 204'600ms);
  // ... then TCP_RTO_MAX. 924.6 s after the first retransmission is passed by the 17th timeout:
  // 204.6 s + 7 * 120 s = 1044.6 s.
  CHECK(silent.sent[16] == 924'600ms);
  CHECK(silent.given_up == 1'044'600ms);
}

TEST_CASE("profiles: how long TIME-WAIT lasts") {
  struct Row {
    const char* profile;
    Duration time_wait;
  };
  const Row row = GENERATE(Row{"rfc9293", 4min}, Row{"rfc9293+5961", 4min}, Row{"linux", 60s},
                           Row{"freebsd", 60s}, Row{"macos", 30s}, Row{"windows", 120s});
  CAPTURE(row.profile);
  Driver d = of(row.profile);
  d.reach(State::kTimeWait);
  CHECK(d.due(Timer::kTimeWait) - d.now() == row.time_wait);
}

TEST_CASE("profiles: all but the plain RFC 9293 answer a blind RST by a challenge") {
  for (const auto& profile : tcp::profiles()) {
    CAPTURE(profile.id);
    Driver d(profile.behaviour);
    d.reach(State::kEstablished);
    d.arrives({"RST", 310});
    const bool ends = d.state() == State::kClosed;
    CHECK(ends == (profile.id == "rfc9293"));
  }
}

TEST_CASE("profiles: no acknowledgment waits half a second (MUST-40)") {
  for (const auto& profile : tcp::profiles()) {
    CAPTURE(profile.id);
    CHECK(profile.behaviour.delayed_ack < 500ms);
  }
}

}  // namespace profiles_test
