// The linux profile against Linux 6.18.44: what that kernel answered to the same segments, made by
// hand on a TUN device, with the ISNs 100 and 300 in place of its own. A row names the kind of
// difference that it once was.
#include <functional>

#include "catch.hpp"
#include "tcp/driver.hpp"

using namespace tcplab;
using namespace std::chrono_literals;
using tcp::State;
using tcp::Timer;
using test::Arriving;
using test::Driver;
using Lines = std::vector<std::string>;
using Input = std::function<void(Driver&)>;

namespace linux_test {
namespace {

tcp::Behaviour linux_behaviour() { return tcp::find_profile("linux")->behaviour; }

Input arrives(Arriving segment) {
  return [=](Driver& d) { d.arrives(segment); };
}
Input calls(tcp::CallResult (Driver::*call)()) {
  return [=](Driver& d) { (d.*call)(); };
}
// Before the last input, whose replies count.
Input after(std::vector<Input> inputs) {
  return [inputs = std::move(inputs)](Driver& d) {
    for (const auto& input : inputs) {
      d.pass(60ms);
      input(d);
    }
  };
}

const Input kAborts = calls(&Driver::abort);
const Input kCloses = calls(&Driver::close_both);
const Input kShuts = calls(&Driver::close);

struct Row {
  const char* kind;
  State state;
  Input input;
  Lines sent;
  State then;
};

void check(const std::vector<Row>& rows) {
  for (const auto& row : rows) {
    INFO(row.kind << " in " << tcp::to_text(row.state));
    Driver d(linux_behaviour());
    d.reach(row.state);
    d.pass(1s);
    row.input(d);
    CHECK(d.sent() == row.sent);
    CHECK(d.state() == row.then);
  }
}

Driver in_closed_fin_wait_2() {
  Driver d(linux_behaviour());
  d.reach(State::kEstablished);
  d.close_both();
  d.arrives({"ACK", 301, 102});
  REQUIRE(d.state() == State::kFinWait2);
  return d;
}

}  // namespace

TEST_CASE("Linux: resets") {
  check({
      {"abort", State::kEstablished, kAborts, {"<SEQ=101><ACK=301><CTL=RST,ACK>"}, State::kClosed},
      {"unread text",
       State::kEstablished,
       after({arrives({"ACK", 301, 101, "abc"}), kCloses}),
       {"<SEQ=101><ACK=304><CTL=RST,ACK>"},
       State::kClosed},
      {"unread text after both FINs",
       State::kEstablished,
       after({arrives({"ACK", 301, 101, "a"}), arrives({"FIN,ACK", 302, 101}), kShuts, kAborts}),
       {"<SEQ=102><ACK=303><CTL=RST,ACK>"},
       State::kClosed},
      {"nothing unread", State::kLastAck, kAborts, {}, State::kClosed},
      {"abort-does-not-end-time-wait", State::kTimeWait, kAborts, {}, State::kTimeWait},
      {"rst-one-before-after-fin", State::kCloseWait, arrives({"RST", 301}), {}, State::kClosed},
      {"rst-one-before-after-fin",
       State::kLastAck,
       arrives({"RST,ACK", 301, 103}),
       {},
       State::kClosed},
      {"not before a FIN", State::kEstablished, arrives({"RST", 300}), {}, State::kEstablished},
      {"text-across-the-fin-resets",
       State::kEstablished,
       after({arrives({"FIN,ACK", 301, 101, "ab"}), arrives({"ACK", 303, 101, "ab"})}),
       {"<SEQ=101><CTL=RST>"},
       State::kClosed},
      {"orphan-text-or-fin-out-of-order",
       State::kEstablished,
       after({kCloses, arrives({"FIN,ACK", 302, 102})}),
       {"<SEQ=102><CTL=RST>"},
       State::kClosed},
  });
}

TEST_CASE("Linux: a RST that answers has no timestamps, one of its own has") {
  const Arriving syn{"SYN,ACK", 300, 101, {}, 2000, 1460, wire::Timestamps{1000, 0}};
  const auto stamped = [](std::uint32_t ack, const char* text) {
    return Arriving{"ACK", 301, ack, text, 2000, {}, wire::Timestamps{1010, 0}};
  };
  Driver d(linux_behaviour());
  d.reach(State::kSynSent);
  d.arrives(syn);
  d.close_both();
  d.arrives(stamped(102, "abc"));
  REQUIRE(d.sent() == Lines{"<SEQ=102><CTL=RST>"});
  CHECK(!d.segments()[0].options.timestamps);

  Driver own(linux_behaviour());
  own.reach(State::kSynSent);
  own.arrives(syn);
  own.abort();
  CHECK(own.segments()[0].options.timestamps);
}

TEST_CASE("Linux: SYN-SENT") {
  check({
      {"bad-ack-in-syn-sent",
       State::kSynSent,
       arrives({"ACK", 0, 99}),
       {"<SEQ=99><CTL=RST>"},
       State::kSynSent},
      {"RST with a wrong ACK", State::kSynSent, arrives({"RST,ACK", 0, 99}), {}, State::kSynSent},
      {"syn-ack-text-and-fin-ignored",
       State::kSynSent,
       arrives({"SYN,FIN,ACK", 300, 101, "a"}),
       {"<SEQ=101><ACK=301><CTL=ACK>"},
       State::kEstablished},
  });
  for (const char* flags : {"ACK", "RST,ACK"}) {
    Driver d(linux_behaviour());
    d.reach(State::kSynSent);
    d.arrives({flags, 0, 99});
    CHECK(d.due(Timer::kRetransmission) - d.now() == 8ms);
    REQUIRE(d.fire(Timer::kRetransmission));
    CHECK(d.sent() == Lines{"<SEQ=100><CTL=SYN>"});
    d.arrives({flags, 0, 99});  // once
    CHECK(d.due(Timer::kRetransmission) - d.now() == 1s);
  }
  Driver d(linux_behaviour());
  d.reach(State::kSynSent);
  d.arrives({"SYN", 300, 0, {}, 2000, 1460});
  REQUIRE(d.sent() == Lines{"<SEQ=100><ACK=301><CTL=SYN,ACK>"});
  CHECK(d.segments()[0].options.window_scale);
  CHECK(d.segments()[0].options.timestamps);
  CHECK(!d.tcb().negotiated.timestamps);
}

TEST_CASE("Linux: the edges of the window") {
  const std::uint32_t edge = 301 + 64'240;
  check({
      {"end-beyond-window",
       State::kEstablished,
       arrives({"RST", edge, 0, "a"}),
       {"<SEQ=101><ACK=301><CTL=ACK>"},
       State::kEstablished},
      {"beyond while a FIN is unread",
       State::kCloseWait,
       arrives({"ACK", edge - 1, 101, "abc"}),
       {"<SEQ=101><ACK=302><CTL=ACK>"},
       State::kCloseWait},
      {"old-ack-is-challenged",
       State::kEstablished,
       arrives({"ACK", 301, 40}),
       {"<SEQ=101><ACK=301><CTL=ACK>"},
       State::kEstablished},
      {"an old FIN whose ACK is new",
       State::kFinWait1,
       arrives({"FIN,ACK", 300, 102}),
       {"<SEQ=102><ACK=301><CTL=ACK>"},
       State::kFinWait2},
      {"an ACK of ISS is not old",
       State::kEstablished,
       arrives({"ACK", 301, 100}),
       {},
       State::kEstablished},
  });
}

TEST_CASE("Linux: an ACK stays in a window that has shrunk") {
  check({
      {"ack of a FIN with a closed window",
       State::kFinWait1,
       arrives({"FIN,ACK", 301, 101, {}, 0}),
       {"<SEQ=101><ACK=302><CTL=ACK>"},
       State::kClosing},
      {"FIN beyond the right edge",
       State::kClosing,
       arrives({"FIN,ACK", 302 + 64'239, 102}),
       {},
       State::kTimeWait},
  });
}

TEST_CASE("Linux: TIME-WAIT is three numbers and a timestamp") {
  const Lines ack{"<SEQ=102><ACK=302><CTL=ACK>"};
  check({
      {"time-wait-text", State::kTimeWait, arrives({"ACK", 302, 102, "ab"}), ack, State::kTimeWait},
      {"time-wait-fin", State::kTimeWait, arrives({"FIN", 302}), ack, State::kTimeWait},
      {"FIN again", State::kTimeWait, arrives({"FIN,ACK", 301, 102}), ack, State::kTimeWait},
      {"time-wait-rst", State::kTimeWait, arrives({"RST", 301, 0, "ab"}), {}, State::kTimeWait},
      {"exact RST", State::kTimeWait, arrives({"RST", 302}), {}, State::kClosed},
      {"time-wait-ack", State::kTimeWait, arrives({"ACK", 302, 103}), {}, State::kTimeWait},
      {"old SYN", State::kTimeWait, arrives({"SYN", 302}), ack, State::kTimeWait},
  });
  Driver d(linux_behaviour());
  d.reach(State::kTimeWait);
  d.pass(10s);
  d.arrives({"ACK", 302, 102});
  CHECK(d.due(Timer::kTimeWait) - d.now() == 60s);
  d.pass(10s);
  d.arrives({"SYN", 302});
  CHECK(d.due(Timer::kTimeWait) - d.now() == 50s);
}

TEST_CASE("Linux: FIN-WAIT-2 of a closed socket is kept like TIME-WAIT") {
  const auto comes = [](const Arriving& segment) {
    Driver d = in_closed_fin_wait_2();
    d.arrives(segment);
    return std::pair(d.sent(), d.state());
  };
  const auto reset = std::pair(Lines{"<SEQ=102><CTL=RST>"}, State::kClosed);
  CHECK(comes({"FIN,ACK", 301, 102, "ab"}) == reset);
  CHECK(comes({"ACK", 301, 102, "ab"}) == reset);
  CHECK(comes({"SYN", 301}) == std::pair(Lines{"<SEQ=0><ACK=302><CTL=RST,ACK>"}, State::kClosed));
  CHECK(comes({"ACK", 301, 200}) == std::pair(Lines{}, State::kFinWait2));
  CHECK(comes({"FIN,ACK", 301, 102}) ==
        std::pair(Lines{"<SEQ=102><ACK=302><CTL=ACK>"}, State::kTimeWait));
}

TEST_CASE("Linux: the first text is acknowledged at once, later text soon or when it is read") {
  Driver d(linux_behaviour());
  d.reach(State::kEstablished);
  std::uint32_t seq = 301;
  for (int i = 0; i < 16; ++i, ++seq) {  // TCP_MAX_QUICKACKS
    d.arrives({"ACK", seq, 101, "a"});
    CHECK(d.sent().size() == 1);
    d.receive();
    d.pass(60ms);
  }
  d.arrives({"ACK", seq, 101, "a"});
  CHECK(d.sent().empty());
  CHECK(d.due(Timer::kDelayedAck) - d.now() == 40ms);  // TCP_ATO_MIN
  d.receive();
  CHECK(d.sent() == Lines{"<SEQ=101><ACK=318><CTL=ACK>"});
}

TEST_CASE("Linux: who answers text with text waits for the answer that carries the ACK") {
  Driver d(linux_behaviour());
  d.reach(State::kEstablished);
  d.arrives({"ACK", 301, 101, "a"});
  d.pass(10ms);
  d.send("b");
  d.arrives({"ACK", 302, 102, "a"});
  CHECK(d.sent().empty());
  CHECK(d.armed(Timer::kDelayedAck));
}

TEST_CASE("Linux: a FIN is acknowledged in the next tick unless text came before") {
  Driver d(linux_behaviour());
  d.reach(State::kEstablished);
  d.arrives({"FIN,ACK", 301, 101});
  CHECK(d.due(Timer::kDelayedAck) - d.now() == 4ms);
}

TEST_CASE("Linux: windows") {
  Driver active(linux_behaviour());
  active.reach(State::kEstablished);
  CHECK(active.tcb().rcv.wnd == 64'240);  // 44 segments of 1460

  Driver passive(linux_behaviour());
  passive.open_passive();
  passive.arrives({"SYN", 300, 0, {}, 2000, 1460, wire::Timestamps{1000, 0}, std::uint8_t{7}});
  REQUIRE(passive.segments().size() == 1);
  CHECK(passive.segments()[0].window == 65'160);  // 45 segments of 1448
  passive.arrives({"ACK", 301, 101, "a", 2000, {}, wire::Timestamps{1010, 0}});
  CHECK(passive.segments()[0].window == 64);  // of 1024 octets: rounded up
}

TEST_CASE("Linux: a closed window is probed left of it, without text") {
  Driver d(linux_behaviour());
  d.reach(State::kEstablished);
  d.arrives({"ACK", 301, 101, {}, 0});
  d.send("abc");
  CHECK(d.sent().empty());
  for (const int doubled : {2, 4, 8}) {
    const Duration rto = d.tcb().rto.value();
    REQUIRE(d.fire(Timer::kPersist));
    CHECK(d.sent() == Lines{"<SEQ=100><ACK=301><CTL=ACK>"});
    CHECK(d.due(Timer::kPersist) - d.now() == doubled * rto);
  }
  d.arrives({"ACK", 301, 101, {}, 2000});
  CHECK(d.sent() == Lines{"<SEQ=101><ACK=301><DATA=3><CTL=ACK>"});
}

TEST_CASE("Linux: answered probes go on for ever (MUST-37)") {
  Driver d(linux_behaviour());
  d.reach(State::kEstablished);
  d.arrives({"ACK", 301, 101, {}, 0});
  d.send("abc");
  for (int i = 0; i < 100; ++i) {
    REQUIRE(d.fire(Timer::kPersist));
    d.arrives({"ACK", 301, 101, {}, 0});
    CHECK(d.due(Timer::kPersist) - d.now() <= 120s);
  }
  CHECK(d.state() == State::kEstablished);
}

TEST_CASE("Linux: fifteen probes without an answer end the connection (tcp_retries2)") {
  Driver d(linux_behaviour());
  d.reach(State::kEstablished);
  d.arrives({"ACK", 301, 101, {}, 0});
  d.send("abc");
  int probes = 0;
  while (d.fire(Timer::kPersist) && d.state() == State::kEstablished) ++probes;
  CHECK(probes == 15);
  CHECK(d.outcome() == "ESTABLISHED -> CLOSED; tell timed out");
}

TEST_CASE("Linux: retransmission takes in what follows, from SND.UNA on") {
  Driver d(linux_behaviour());
  d.reach(State::kEstablished);
  d.send("ab");
  d.close_both();
  CHECK(d.sent() == Lines{"<SEQ=103><ACK=301><CTL=FIN,ACK>"});
  d.arrives({"ACK", 301, 102});
  REQUIRE(d.fire(Timer::kRetransmission));
  CHECK(d.sent() == Lines{"<SEQ=102><ACK=301><DATA=1><CTL=FIN,ACK>"});
}

TEST_CASE("Linux: a FIN joins the text that Nagle's algorithm held back") {
  Driver d(linux_behaviour());
  d.reach(State::kEstablished);
  d.send("abc");
  d.send("def");
  d.close_both();
  CHECK(d.sent() == Lines{"<SEQ=104><ACK=301><DATA=3><CTL=FIN,ACK>"});
  CHECK(d.state() == State::kFinWait1);
}

TEST_CASE("Linux: after a timeout a FIN waits for the ACK of what was lost") {
  Driver d(linux_behaviour());
  d.reach(State::kEstablished);
  d.send("abc");
  REQUIRE(d.fire(Timer::kRetransmission));
  d.close_both();
  CHECK(d.sent().empty());
  CHECK(d.state() == State::kFinWait1);
  d.arrives({"ACK", 301, 104});
  CHECK(d.sent() == Lines{"<SEQ=104><ACK=301><CTL=FIN,ACK>"});
}

TEST_CASE("Linux: three duplicate ACKs, with at least four segments out") {
  const auto duplicates = [](std::size_t octets, int times) {
    Driver d(linux_behaviour());
    d.reach(State::kEstablished);
    d.arrives({"ACK", 301, 101, {}, 60'000});
    d.send(std::string(octets, 'x'));
    for (int i = 0; i < times; ++i) d.arrives({"ACK", 301, 101, {}, 60'000});
    return d.sent();
  };
  const Lines again{"<SEQ=101><ACK=301><DATA=536><CTL=ACK>"};
  CHECK(duplicates(4 * 536, 2).empty());
  CHECK(duplicates(4 * 536, 3) == again);
  CHECK(duplicates(4 * 536, 4).empty());
  CHECK(duplicates(3 * 536, 5).empty());
}

TEST_CASE("Linux: the same SEQ and ACK do not shrink the window") {
  Driver d(linux_behaviour());
  d.reach(State::kEstablished);
  d.arrives({"ACK", 301, 101});
  d.arrives({"ACK", 301, 101, {}, 1});
  CHECK(d.tcb().snd.wnd == 2000);
  d.arrives({"ACK", 301, 101, {}, 0});
  CHECK(d.tcb().snd.wnd == 0);
}

TEST_CASE("Linux: what was received before a RST can be read after it") {
  Driver d(linux_behaviour());
  d.reach(State::kEstablished);
  d.arrives({"ACK", 301, 101, "abc"});
  d.arrives({"RST", 304});
  CHECK(d.state() == State::kClosed);
  CHECK(d.receive() == "abc");

  Driver rfc;
  rfc.reach(State::kEstablished);
  rfc.arrives({"ACK", 301, 101, "abc"});
  rfc.arrives({"RST", 304});
  CHECK(rfc.receive() == "[no connection]");
}

TEST_CASE("Linux: a request's window is that of its SYN,ACK, right edge included") {
  const auto outcome = [](Arriving segment) {
    Driver d(linux_behaviour());
    d.behaviour.receive_buffer = 1'000;
    d.reach(State::kSynRcvd, true);
    d.arrives(segment);
    return d.outcome();
  };
  CHECK(outcome({"ACK", 1301, 101}) == "SYN_RCVD -> ESTABLISHED; tell established");
  CHECK(outcome({"ACK", 1302, 101}) ==
        "SYN_RCVD; <SEQ=101><ACK=301><CTL=ACK>; drop unacceptable_beyond_answers_ack");
  CHECK(outcome({"RST", 1301}) == "SYN_RCVD; <SEQ=101><ACK=301><CTL=ACK>; drop rst_challenge_ack");
}

TEST_CASE("Linux: a request judges a SYN by its number, not by what is left of it") {
  const auto outcome = [](Arriving segment) {
    Driver d(linux_behaviour());
    d.reach(State::kSynRcvd, true);
    d.arrives(segment);
    return d.outcome();
  };
  CHECK(outcome({"SYN,ACK", 299, 101, "abc"}) ==
        "SYN_RCVD -> CLOSED; <SEQ=101><CTL=RST>; drop syn_resets_half_open");
  CHECK(outcome({"SYN", 299, 0, "abc"}) ==
        "SYN_RCVD -> CLOSED; <SEQ=0><ACK=303><CTL=RST,ACK>; drop syn_resets_half_open");
  // The same SYN makes the socket, and is challenged by it.
  Driver d(linux_behaviour());
  d.reach(State::kSynRcvd, true);
  d.arrives({"SYN,ACK", 300, 101, "abc"});
  CHECK(d.outcome() == "SYN_RCVD; <SEQ=101><ACK=301><CTL=ACK>; drop syn_challenge_ack");
  CHECK(!d.armed(Timer::kRetransmission));
  d.arrives({"ACK", 301, 101});
  CHECK(d.state() == State::kEstablished);
}

TEST_CASE("Linux: an ACK of the ISN completes a simultaneous open, and the SYN,ACK goes again") {
  Driver d(linux_behaviour());
  d.reach(State::kSynRcvd);
  d.arrives({"ACK", 301, 100});
  CHECK(d.state() == State::kEstablished);
  d.fire(Timer::kRetransmission);
  CHECK(d.sent() == Lines{"<SEQ=100><ACK=301><CTL=SYN,ACK>"});
  Driver rfc;
  rfc.reach(State::kSynRcvd);
  rfc.arrives({"ACK", 301, 100});
  CHECK(rfc.sent() == Lines{"<SEQ=100><CTL=RST>"});
}

TEST_CASE("Linux: part of a segment acknowledged does not restart the timer (RFC 6298 §5.3)") {
  const auto restarts = [](tcp::Behaviour behaviour, std::uint32_t ack) {
    Driver d(behaviour);
    d.reach(State::kEstablished);
    d.set([](auto& settings) { settings.nagle = false; });
    d.send("abc");
    d.send("d");
    const Time due = d.due(Timer::kRetransmission);
    d.pass(100ms);
    d.arrives({"ACK", 301, ack});
    return d.due(Timer::kRetransmission) != due;
  };
  CHECK(!restarts(linux_behaviour(), 102));
  CHECK(restarts(linux_behaviour(), 104));
  CHECK(restarts({}, 102));
}

TEST_CASE("Linux: which old ACK has its timestamp taken, and its text") {
  const auto after_ack = [](std::uint32_t ack, const char* text, bool sends) {
    Driver d(linux_behaviour());
    d.reach(State::kSynSent);
    d.arrives({"SYN,ACK", 300, 101, {}, 2000, 1460, wire::Timestamps{1000, 0}});
    if (sends) d.send("abc");
    d.arrives({"ACK", 301, ack, text, 2000, {}, wire::Timestamps{1010, 0}});
    return std::pair{d.tcb().ts.recent, d.tcb().rcv.nxt.value()};
  };
  using Pair = std::pair<std::uint32_t, std::uint32_t>;
  CHECK(after_ack(0xfffffff0, "", false) == Pair{1010, 301});    // as predicted
  CHECK(after_ack(0xfffffff0, "ab", true) == Pair{1010, 303});   // text, and memory for it
  CHECK(after_ack(0xfffffff0, "ab", false) == Pair{1000, 301});  // text, and none
  CHECK(after_ack(101, "ab", false) == Pair{1010, 303});
}

TEST_CASE("Linux: a FIN in order ends the stream, whatever came from behind it") {
  Driver d(linux_behaviour());
  d.reach(State::kEstablished);
  d.arrives({"ACK", 304, 101, "xy"});
  d.arrives({"FIN,ACK", 301, 101, "abc"});
  CHECK(d.state() == State::kCloseWait);
  CHECK(d.tcb().rcv.nxt.value() == 305);
  CHECK(d.receive() == "abc");
}

TEST_CASE("Linux: text of old with a second FIN moves RCV.NXT once more") {
  for (const State state : {State::kCloseWait, State::kLastAck, State::kClosing}) {
    INFO(tcp::to_text(state));
    Driver d(linux_behaviour());
    d.reach(state);
    d.arrives({"FIN,ACK", 300, 101, "ab"});
    CHECK(d.tcb().rcv.nxt.value() == 303);
    CHECK(d.state() == state);
  }
}

TEST_CASE("Linux: a FIN with the ACK of the local one keeps FIN-WAIT-2 whole") {
  Driver d(linux_behaviour());
  d.reach(State::kEstablished);
  d.close_both();
  d.arrives({"FIN,ACK", 300, 102});
  REQUIRE(d.state() == State::kFinWait2);
  d.arrives({"SYN,RST", 299});
  CHECK(d.sent() == Lines{});
  auto small = in_closed_fin_wait_2();
  small.arrives({"SYN,RST", 299});
  CHECK(small.sent() == Lines{"<SEQ=102><ACK=301><CTL=ACK>"});
}

TEST_CASE("Linux: shutdown in SYN-RECEIVED sends its FIN before the peer's is looked at") {
  Driver d(linux_behaviour());
  d.reach(State::kSynRcvd);
  d.close();
  d.arrives({"FIN,ACK", 301, 101});
  CHECK(d.sent() == Lines{"<SEQ=101><ACK=301><CTL=FIN,ACK>", "<SEQ=102><ACK=302><CTL=ACK>"});
  CHECK(d.state() == State::kClosing);
}

TEST_CASE("Linux: recv() leaves the urgent octet out, and ends before it") {
  const auto urgent = [](Driver& d, std::uint32_t seq, const char* text, std::uint16_t pointer) {
    Arriving segment{"URG,ACK", seq, 101, text};
    segment.urgent = pointer;
    d.arrives(segment);
  };
  Driver d(linux_behaviour());
  d.reach(State::kEstablished);
  urgent(d, 301, "abcde", 3);
  CHECK(d.receive() == "ab");
  CHECK(d.receive() == "de");
  urgent(d, 306, "x", 1);
  CHECK(d.receive() == "[queued]");
  urgent(d, 307, "yz", 4);  // behind the text
  CHECK(d.receive() == "yz");
  d.arrives({"ACK", 309, 101, "abc"});
  CHECK(d.receive() == "a");
  CHECK(d.receive() == "c");
  // The next pointer comes before the last urgent octet was read past.
  urgent(d, 312, "u", 1);
  urgent(d, 313, "vw", 2);
  CHECK(d.receive() == "v");
  CHECK(d.receive() == "[queued]");

  Driver rfc;
  rfc.reach(State::kEstablished);
  urgent(rfc, 301, "abc", 2);
  CHECK(rfc.receive() == "abc");
}

TEST_CASE("Linux: an unreachable host takes one doubling of the RTO back (RFC 6069)") {
  Driver d(linux_behaviour());
  d.reach(State::kEstablished);
  d.send("abc");
  d.icmp(wire::Icmp::kHostUnreachable);  // no timeout yet
  CHECK(d.rules() == std::vector{Rule::icmp_soft_error});
  REQUIRE(d.fire(Timer::kRetransmission));
  const Time first = d.now();
  const Duration rto = (d.due(Timer::kRetransmission) - first) / 2;
  d.pass(10ms);
  d.icmp(wire::Icmp::kTimeExceeded);
  CHECK(d.due(Timer::kRetransmission) == first + 2 * rto);
  d.icmp(wire::Icmp::kHostUnreachable);
  CHECK(d.due(Timer::kRetransmission) == first + rto);
  REQUIRE(d.fire(Timer::kRetransmission));
  // So late that the timer would have run out: it does.
  d.pass(rto + 10ms);
  d.icmp(wire::Icmp::kNetUnreachable);
  CHECK(d.sent() == Lines{"<SEQ=101><ACK=301><DATA=3><CTL=ACK>"});
}

TEST_CASE("Linux: a parameter problem and a failed source route are errors of their own") {
  const auto told = [](wire::Icmp what) {
    Driver d(linux_behaviour());
    d.reach(State::kSynSent);
    d.icmp(what);
    return d.outcome();
  };
  CHECK(told(wire::Icmp::kParameterProblem) == "SYN_SENT -> CLOSED; tell parameter problem");
  CHECK(told(wire::Icmp::kSourceRouteFailed) == "SYN_SENT -> CLOSED; tell source route failed");
}

TEST_CASE("Linux: a segment that was sent once measures the round trip by its own time") {
  const auto rtt = [](tcp::Behaviour behaviour) {
    behaviour.timestamps = true;
    Driver d(behaviour);
    d.reach(State::kSynSent);
    const auto at_once = static_cast<std::uint32_t>(d.now() / 1ms);
    d.arrives({"SYN,ACK", 300, 101, {}, 2000, 1460, wire::Timestamps{1000, at_once}});
    d.set([](auto& settings) { settings.nagle = false; });
    d.pass(100ms);
    d.send("a");
    d.pass(40ms);
    d.send("b");
    d.pass(40ms);
    const auto echo = static_cast<std::uint32_t>((d.now() - 10ms) / 1ms);
    d.arrives({"ACK", 301, 103, {}, 2000, {}, wire::Timestamps{1010, echo}});
    return d.tcb().rto.smoothed_rtt();
  };
  CHECK(rtt(linux_behaviour()) == 80'000us / 8);  // SRTT was 0: from the first of the two
  CHECK(rtt({}) == 10'000us / 8);                 // by TSecr
}

TEST_CASE("Linux: a SYN that goes again offers what the path carries") {
  Driver d(linux_behaviour());
  d.reach(State::kSynSent);
  d.icmp(wire::Icmp::kFragmentationNeeded, {}, 1'000);
  REQUIRE(d.fire(Timer::kRetransmission));
  CHECK(d.segments()[0].options.mss == 960);
  d.icmp(wire::Icmp::kFragmentationNeeded, {}, 200);  // min_pmtu
  REQUIRE(d.fire(Timer::kRetransmission));
  CHECK(d.segments()[0].options.mss == 512);
  // In ESTABLISHED timestamps take their place.
  Driver open(linux_behaviour());
  open.reach(State::kSynSent);
  open.arrives({"SYN", 300, 0, {}, 2000, 1460, wire::Timestamps{1000, 0}});
  open.arrives({"ACK", 301, 100, {}, 2000, {}, wire::Timestamps{1001, 0}});
  REQUIRE(open.state() == State::kEstablished);
  REQUIRE(open.fire(Timer::kRetransmission));
  CHECK(open.segments()[0].options.mss == 1'448);
}

TEST_CASE("Linux: a header with further options is not the one that was predicted") {
  for (const bool further : {false, true}) {
    Driver d(linux_behaviour());
    d.reach(State::kSynSent);
    d.arrives({"SYN,ACK", 300, 101, {}, 2000, 1460, wire::Timestamps{1000, 0}});
    Arriving old{"ACK", 301, 0xfffffff0, {}, 2000, {}, wire::Timestamps{1010, 0}};
    old.other_options = further;
    d.arrives(old);
    CHECK(d.tcb().ts.recent == (further ? 1'000 : 1'010));
  }
}

TEST_CASE("Linux: what begins at the right edge is refused, a FIN too") {
  Driver d(linux_behaviour());
  d.reach(State::kEstablished);
  d.arrives({"FIN,ACK", 301 + 64'240, 101});
  CHECK(d.sent() == Lines{"<SEQ=101><ACK=301><CTL=ACK>"});
  d.arrives({"ACK", 301, 101, std::string(64'240, 'x')});
  CHECK(d.state() == State::kEstablished);
}

TEST_CASE("Linux: text is small if it was so when it was first sent") {
  Driver d(linux_behaviour());
  d.reach(State::kSynSent);
  d.arrives({"SYN,ACK", 300, 101, {}, 60'000, 1460});
  d.send(std::string(1460, 'x'));
  d.icmp(wire::Icmp::kFragmentationNeeded, {}, 576);
  d.send(std::string(600, 'y'));
  CHECK(d.sent().size() == 2);
  d.send("z");
  CHECK(d.sent().empty());
}

TEST_CASE("Linux: a RST of its own stays in a window that has shrunk") {
  Driver d(linux_behaviour());
  d.reach(State::kEstablished);
  d.send("abc");
  d.arrives({"ACK", 301, 101, "x", 0});
  d.abort();
  CHECK(d.sent() == Lines{"<SEQ=101><ACK=302><CTL=RST,ACK>"});
}

}  // namespace linux_test
