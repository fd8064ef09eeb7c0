// Where real stacks go their own way: each is a choice of the Behaviour, and a profile makes it.
#include "catch.hpp"
#include "tcp/driver.hpp"

using namespace tcplab;
using namespace std::chrono_literals;
using tcp::RetransmissionTimeout;
using tcp::State;
using tcp::Timer;
using test::Driver;
using Lines = std::vector<std::string>;

namespace stacks_test {
namespace {

tcp::Behaviour of(std::string_view profile) {
  const auto* found = tcp::find_profile(profile);
  REQUIRE(found != nullptr);
  return found->behaviour;
}

Duration steady_rto(const tcp::Behaviour& behaviour, Duration round_trip) {
  RetransmissionTimeout rto(behaviour);
  for (int i = 0; i < 100; ++i) rto.on_sample(round_trip, behaviour);
  return rto.value();
}

// How often one of two equal segments is answered in one moment.
std::size_t answers(Driver& d, const test::Arriving& segment, int times) {
  std::size_t sent = 0;
  for (int i = 0; i < times; ++i) {
    d.arrives(segment);
    sent += d.sent().size();
  }
  return sent;
}

}  // namespace

TEST_CASE("RTO of a path that does not vary: Linux bounds the variation, BSD adds its slop") {
  CHECK(steady_rto(of("linux"), 100ms) == 300ms);    // SRTT + max(TCP_RTO_MIN, 4 * RTTVAR)
  CHECK(steady_rto(of("linux"), 1ms) == 201ms);      // the same
  CHECK(steady_rto(of("freebsd"), 100ms) == 301ms);  // SRTT + a tick, + 200 ms
  CHECK(steady_rto(of("freebsd"), 1ms) == 230ms);    // TCPTV_MIN + 200 ms
  CHECK(steady_rto(of("rfc9293"), 100ms) == 1s);     // RFC 6298 §2.4

  // The slop is not part of what a timeout doubles.
  const auto freebsd = of("freebsd");
  RetransmissionTimeout rto(freebsd);
  rto.on_sample(100ms, freebsd);  // 100 + 4 * 50, and 200
  CHECK(rto.value() == 500ms);
  rto.back_off(freebsd);
  CHECK(rto.value() == 800ms);
}

TEST_CASE("Linux: a closed socket's FIN is given up sooner (tcp_orphan_retries 8, 102.2 s)") {
  const auto given_up = [](bool closed) {
    Driver d(of("linux"));
    d.reach(State::kEstablished);
    const Time start = d.now();
    closed ? d.close_both() : d.close();
    while (d.fire(Timer::kRetransmission)) continue;
    CHECK(d.outcome() == "FIN_WAIT_1 -> CLOSED; tell timed out");
    return d.now() - start;
  };
  // The first timeout later than 102.2 s after the first retransmission, which is at 0.2 s.
  CHECK(given_up(true) == 204'600ms);
  CHECK(given_up(false) == 1'044'600ms);  // tcp_retries2
}

TEST_CASE("giving up: RFC 9293 sends nothing, Linux a RST after keep-alives, BSD always") {
  const auto after_r2 = [](std::string_view profile) {
    Driver d(of(profile));
    d.reach(State::kEstablished);
    d.send("abc");
    while (d.state() != State::kClosed) {
      REQUIRE(d.fire(
          d.armed(Timer::kRetransmission) &&
                  (!d.armed(Timer::kUser) || d.due(Timer::kRetransmission) < d.due(Timer::kUser))
              ? Timer::kRetransmission
              : Timer::kUser));
    }
    return d.sent();
  };
  const auto after_probes = [](std::string_view profile) {
    Driver d(of(profile));
    d.reach(State::kEstablished);
    d.set([](auto& settings) { settings.keep_alive = true; });
    while (d.state() != State::kClosed) REQUIRE(d.fire(Timer::kKeepAlive));
    return d.sent();
  };
  const Lines none;
  CHECK(after_r2("rfc9293") == none);
  CHECK(after_r2("linux") == none);
  CHECK(after_r2("freebsd") == Lines{"<SEQ=104><ACK=301><CTL=RST,ACK>"});
  CHECK(after_probes("rfc9293") == none);
  CHECK(after_probes("linux") == Lines{"<SEQ=101><ACK=301><CTL=RST,ACK>"});
  CHECK(after_probes("macos") == Lines{"<SEQ=101><ACK=301><CTL=RST,ACK>"});
}

TEST_CASE("giving up an open tells nobody, whatever the stack") {
  Driver d(of("freebsd"));
  d.reach(State::kSynSent);
  REQUIRE(d.fire(Timer::kUser));
  CHECK(d.outcome() == "SYN_SENT -> CLOSED; tell timed out");
}

TEST_CASE("Linux: an empty segment at the right edge of the window is taken") {
  Driver d(of("linux"));
  d.reach(State::kEstablished);
  d.send("abc");
  const auto edge = (d.tcb().rcv.nxt + d.tcb().rcv.wnd).value();
  d.arrives({"ACK", edge, 104});
  CHECK(d.outcome() == "ESTABLISHED");
  CHECK(d.tcb().retransmission_queue.empty());
  d.arrives({"ACK", edge + 1, 104});
  CHECK(d.outcome() ==
        "ESTABLISHED; <SEQ=104><ACK=301><CTL=ACK>; drop unacceptable_beyond_answers_ack");
}

TEST_CASE("Linux: without ACK, RST and SYN a segment is dropped before its number is looked at") {
  Driver d(of("linux"));
  d.reach(State::kEstablished);
  d.arrives({"FIN", 299});
  CHECK(d.outcome() == "ESTABLISHED; drop control_bits_missing");
}

TEST_CASE("Linux: tcp_invalid_ratelimit lets one ACK answer empty segments in 500 ms") {
  Driver d(of("linux"));
  d.reach(State::kEstablished);
  CHECK(answers(d, {"ACK", 290, 101}, 3) == 1);
  d.pass(500ms);
  CHECK(answers(d, {"ACK", 290, 101}, 3) == 1);
  // Text is no part of an endless exchange of ACKs.
  CHECK(answers(d, {"ACK", 290, 101, "abc"}, 3) == 3);

  Driver plain;
  plain.reach(State::kEstablished);
  CHECK(answers(plain, {"ACK", 290, 101}, 3) == 3);
}

TEST_CASE("RFC 5961 §7 counts the answers to every SYN and to ACKs of what was never sent") {
  for (const test::Arriving& segment :
       {test::Arriving{"SYN", 900}, {"SYN", 5000}, {"ACK", 301, 500}}) {
    Driver d(of("rfc9293+5961"));
    d.reach(State::kEstablished);
    d.pass(1h);
    CAPTURE(segment.flags, segment.seq);
    CHECK(answers(d, segment, 12) == 10);
    CHECK(d.state() == State::kEstablished);
  }
}

TEST_CASE("CLOSE ends the waiting of Nagle's algorithm") {
  tcp::Behaviour behaviour;
  behaviour.nagle = true;
  Driver d(behaviour);
  d.reach(State::kEstablished);
  d.send("a");
  d.send("b");
  REQUIRE(d.sent().empty());
  d.close();
  CHECK(d.sent() ==
        Lines{"<SEQ=102><ACK=301><DATA=1><CTL=ACK>", "<SEQ=103><ACK=301><CTL=FIN,ACK>"});
}

}  // namespace stacks_test
