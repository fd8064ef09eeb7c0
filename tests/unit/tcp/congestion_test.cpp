// The congestion window of the linux profile: RFC 5681, RFC 5682, RFC 6928. The replies are those
// of kernel 6.18.44 (tests/interop/scenes/congestion.json), the sizes those of its tcp_slow_start()
// and cubictcp_recalc_ssthresh().
#include <algorithm>

#include "catch.hpp"
#include "tcp/driver.hpp"

using namespace tcplab;
using namespace std::chrono_literals;
using tcp::State;
using tcp::Timer;
using test::Arriving;
using test::Driver;

namespace congestion_test {
namespace {

constexpr std::uint32_t kSegment = 536;

tcp::Behaviour linux_behaviour() { return tcp::find_profile("linux")->behaviour; }

// The number behind so many segments of text.
std::uint32_t behind(std::uint32_t segments) { return 101 + segments * kSegment; }

Arriving ack(std::uint32_t segments, std::uint16_t window = 60'000) {
  return {"ACK", 301, behind(segments), {}, window};
}

Driver established(tcp::Behaviour behaviour = linux_behaviour()) {
  Driver d(behaviour);
  d.reach(State::kEstablished);
  d.arrives(ack(0));
  return d;
}

void send(Driver& d, std::size_t segments) { d.send(std::string(segments * kSegment, 'x')); }

bool tells(const Driver& d, Rule rule) {
  const auto rules = d.rules();
  return std::count(rules.begin(), rules.end(), rule) > 0;
}

}  // namespace

TEST_CASE("congestion: ten segments leave, then two for each that is acknowledged") {
  Driver d = established();
  send(d, 60);
  CHECK(d.sent().size() == 10);
  CHECK(tells(d, Rule::congestion_window_waits));
  d.arrives(ack(1));
  CHECK(d.sent().size() == 2);
  d.arrives(ack(3));
  CHECK(d.sent().size() == 4);
  CHECK(d.tcb().congestion.window == 13);
  d.arrives({"ACK", 301, behind(3) + 100, {}, 60'000});  // part of a segment
  CHECK(d.sent().empty());
}

TEST_CASE("congestion: without a congestion window the peer's alone counts") {
  Driver d = established({});
  send(d, 60);
  CHECK(d.sent().size() == 60);
  CHECK(!tells(d, Rule::congestion_window_waits));
}

TEST_CASE("congestion: a window that was not used does not grow (RFC 7661)") {
  Driver d = established();
  for (std::uint32_t i = 1; i <= 5; ++i) {
    send(d, 1);
    d.arrives(ack(i));
  }
  CHECK(d.tcb().congestion.window == 10);
}

TEST_CASE("congestion: the FIN takes its place in the window") {
  Driver d = established();
  send(d, 10);
  d.close();
  CHECK(d.sent().empty());
  CHECK(tells(d, Rule::congestion_window_waits));
  d.arrives(ack(1));
  CHECK(d.sent().size() == 1);
  CHECK(d.tcb().fin_sent);
}

TEST_CASE("congestion: after a timeout one segment is in flight, and the lost ones follow") {
  Driver d = established();
  send(d, 4);
  REQUIRE(d.fire(Timer::kRetransmission));
  CHECK(d.sent().size() == 1);
  CHECK(d.tcb().congestion.window == 1);
  CHECK(d.tcb().congestion.threshold == 7);  // 10 * 717 / 1024
  send(d, 1);
  CHECK(tells(d, Rule::loss_window_waits));
  Driver alone = established();
  send(alone, 4);
  REQUIRE(alone.fire(Timer::kRetransmission));
  alone.arrives(ack(1));
  CHECK(alone.sent() == std::vector<std::string>{"<SEQ=637><ACK=301><DATA=536><CTL=ACK>",
                                                 "<SEQ=1173><ACK=301><DATA=536><CTL=ACK>"});
  CHECK(tells(alone, Rule::retransmission_in_slow_start));
  // A second timeout leaves the threshold.
  REQUIRE(alone.fire(Timer::kRetransmission));
  CHECK(alone.tcb().congestion.threshold == 7);
}

TEST_CASE("congestion: new text goes first, and a duplicate ACK tells of a real loss (RFC 5682)") {
  Driver d = established();
  send(d, 4);
  REQUIRE(d.fire(Timer::kRetransmission));
  send(d, 10);
  d.arrives(ack(1));
  CHECK(d.sent() == std::vector<std::string>{"<SEQ=2245><ACK=301><DATA=536><CTL=ACK>",
                                             "<SEQ=2781><ACK=301><DATA=536><CTL=ACK>"});
  d.arrives(ack(1));
  CHECK(d.sent() == std::vector<std::string>{"<SEQ=637><ACK=301><DATA=536><CTL=ACK>"});
}

TEST_CASE("congestion: an ACK of what was never sent again undoes the timeout (RFC 5682)") {
  Driver d = established();
  send(d, 4);
  REQUIRE(d.fire(Timer::kRetransmission));
  send(d, 20);
  // One of the two was sent again: nothing is proved.
  d.arrives(ack(2));
  CHECK(!tells(d, Rule::timeout_was_spurious));
  CHECK(d.sent().size() == 3);
  d.arrives(ack(4));
  CHECK(tells(d, Rule::timeout_was_spurious));
  CHECK(d.sent().size() == 9);
  CHECK(d.tcb().congestion.threshold == tcp::kNoThreshold);
  CHECK(d.tcb().congestion.window == 12);
}

TEST_CASE("congestion: three duplicate ACKs take the window down, not to one (RFC 6937)") {
  Driver d = established();
  send(d, 40);
  for (int i = 0; i < 2; ++i) {
    d.arrives(ack(0));
    CHECK(d.sent().size() == 1);  // RFC 3042: each tells of a segment that has left
  }
  d.arrives(ack(0));
  CHECK(d.sent() == std::vector<std::string>{"<SEQ=101><ACK=301><DATA=536><CTL=ACK>"});
  CHECK(d.tcb().congestion.threshold == 7);
  CHECK(d.tcb().congestion.window == 9);
  // Seven leave for ten that arrive.
  std::vector<std::size_t> sent;
  for (int i = 0; i < 5; ++i) {
    d.arrives(ack(0));
    sent.push_back(d.sent().size());
  }
  CHECK(sent == std::vector<std::size_t>{1, 1, 0, 0, 1});
  d.arrives(ack(12));
  CHECK(d.tcb().congestion.window == 7);
}

TEST_CASE("congestion: after silence the window is the initial one again (RFC 5681 §4.1)") {
  Driver d = established();
  send(d, 30);
  d.arrives(ack(10));
  d.arrives(ack(30));
  CHECK(d.tcb().congestion.window == 40);
  d.pass(10s);
  send(d, 30);
  CHECK(d.sent().size() == 10);
}

TEST_CASE("congestion: a SYN that was lost twice leaves one segment (RFC 5681 §3.1)") {
  const auto window_after = [](int timeouts) {
    Driver d(linux_behaviour());
    d.reach(State::kSynSent);
    for (int i = 0; i < timeouts; ++i) d.fire(Timer::kRetransmission);
    d.arrives({"SYN,ACK", 300, 101});
    return d.tcb().congestion.window;
  };
  CHECK(window_after(0) == 10);
  CHECK(window_after(1) == 10);
  CHECK(window_after(2) == 1);
}

TEST_CASE("congestion: what fits into a window that shrank is sent again") {
  Driver d(linux_behaviour());
  d.reach(State::kEstablished);
  d.send("abc");
  d.arrives({"ACK", 302, 101, {}, 1});
  d.arrives({"ACK", 301, 101, "z", 1});
  REQUIRE(d.fire(Timer::kRetransmission));
  CHECK(d.sent() == std::vector<std::string>{"<SEQ=101><ACK=302><DATA=1><CTL=ACK>"});
}

}  // namespace congestion_test
