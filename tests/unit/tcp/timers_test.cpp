// Time: RTO arithmetic (RFC 6298), retransmission, giving up, zero windows and silly windows.
#include "catch.hpp"
#include "tcp/driver.hpp"
#include "tcp/isn.hpp"

using namespace tcplab;
using namespace std::chrono_literals;
using tcp::RetransmissionTimeout;
using tcp::State;
using tcp::Timer;
using test::Driver;

TEST_CASE("RTO: the first and the following samples (RFC 6298 §2)") {
  tcp::Behaviour b;
  b.min_rto = 1us;  // so that the arithmetic shows
  RetransmissionTimeout rto(b);
  CHECK(rto.value() == 1s);
  rto.on_sample(100ms, b);  // SRTT 100, RTTVAR 50; 100 + 4 * 50
  CHECK(rto.value() == 300ms);
  rto.on_sample(100ms, b);  // RTTVAR 3/4 * 50 = 37.5; 100 + 150
  CHECK(rto.value() == 250ms);
  rto.on_sample(180ms, b);  // RTTVAR 3/4 * 37.5 + 1/4 * 80 = 48.125; SRTT 110; 110 + 192.5
  CHECK(rto.value() == 302'500us);
  CHECK(rto.smoothed_rtt() == 110ms);
  CHECK(rto.rtt_variation() == 48'125us);
}

TEST_CASE("RTO: variation below the clock's granularity, lower and upper bounds") {
  tcp::Behaviour b;
  b.min_rto = 1us;
  RetransmissionTimeout rto(b);
  for (int i = 0; i < 40; ++i) rto.on_sample(100ms, b);
  CHECK(rto.value() == 101ms);  // SRTT + G, with G = 1 ms
  b.min_rto = 1s;
  rto.on_sample(100ms, b);
  CHECK(rto.value() == 1s);
  for (const auto expected : {2s, 4s, 8s, 16s, 32s, 60s, 60s}) {
    rto.back_off(b);
    CHECK(rto.value() == expected);
  }
}

TEST_CASE("RTO: three seconds for data after a lost SYN, if no sample says better (§5.7)") {
  const tcp::Behaviour b;
  RetransmissionTimeout rto(b);
  rto.on_established_after_lost_syn(b);
  CHECK(rto.value() == 3s);
  rto.on_sample(100ms, b);
  rto.on_established_after_lost_syn(b);
  CHECK(rto.value() == 1s);
}

TEST_CASE("ISN: SipHash-2-4 of its paper's test vector") {
  // Key 00 01 .. 0f; the reference output for the 16 octets 00 01 .. 0f is db 9b c2 57 7f cc 2a 3f.
  const tcp::Secret key{0x0706050403020100, 0x0f0e0d0c0b0a0908};
  CHECK(tcp::siphash(key, 0x0706050403020100, 0x0f0e0d0c0b0a0908) == 0x3f2acc7f57c29bdb);
}

TEST_CASE("ISN: a clock of 4 microseconds, another start for each pair of sockets and secret") {
  const wire::Endpoint a{wire::Address{1}, 1};
  const wire::Endpoint b{wire::Address{1}, 2};
  const tcp::Secret secret{1, 2};
  const auto isn = [&](wire::Endpoint local, wire::Endpoint remote, tcp::Secret s, Time t) {
    return tcp::initial_sequence_number(local, remote, s, t);
  };
  CHECK(wire::distance(isn(a, b, secret, 0us), isn(a, b, secret, 4us)) == 1);
  CHECK(wire::distance(isn(a, b, secret, 0us), isn(a, b, secret, 1s)) == 250'000);
  CHECK(isn(a, b, secret, 0us) != isn(b, a, secret, 0us));
  CHECK(isn(a, b, secret, 0us) != isn(a, b, tcp::Secret{1, 3}, 0us));
}

TEST_CASE("SYN: sent at 0, 1, 3, 7, ... s, given up after three minutes (MUST-23)") {
  Driver d;
  d.reach(State::kSynSent);
  const Time start = d.now();
  for (const auto at : {1s, 3s, 7s, 15s, 31s, 63s, 123s}) {
    REQUIRE(d.fire(Timer::kRetransmission));
    CHECK(d.now() - start == at);
    CHECK(d.outcome() == "SYN_SENT; <SEQ=100><CTL=SYN>");
  }
  CHECK(d.due(Timer::kUser) - start == 180s);
  CHECK(d.due(Timer::kRetransmission) - start == 183s);
  d.fire(Timer::kUser);
  CHECK(d.outcome() == "SYN_SENT -> CLOSED; tell timed out");
}

TEST_CASE("data: retransmitted from the head, five minutes, any acknowledgment starts them anew") {
  Driver d;
  d.reach(State::kEstablished).send("abc");
  d.send("def");
  const Time start = d.now();
  CHECK(d.due(Timer::kUser) - start == 5min);
  d.fire(Timer::kRetransmission);
  CHECK(d.outcome() == "ESTABLISHED; <SEQ=101><ACK=301><DATA=3><CTL=ACK>");
  d.arrives({"ACK", 301, 104});
  CHECK(d.due(Timer::kUser) - d.now() == 5min);
  CHECK(d.due(Timer::kRetransmission) - d.now() == 2s);  // backed off, no sample (Karn)
  d.fire(Timer::kRetransmission);
  CHECK(d.outcome() == "ESTABLISHED; <SEQ=104><ACK=301><DATA=3><CTL=ACK>");
  d.arrives({"ACK", 301, 107});
  CHECK_FALSE(d.armed(Timer::kRetransmission));
  CHECK_FALSE(d.armed(Timer::kUser));
}

TEST_CASE("Karn: only what was sent once tells a round-trip time") {
  tcp::Behaviour b;
  b.min_rto = 1ms;
  Driver d(b);
  d.reach(State::kEstablished);  // the SYN,ACK came at once: a sample of 0
  d.send("abc");
  d.pass(80ms);
  d.arrives({"ACK", 301, 104});
  const auto srtt = d.tcb().rto.smoothed_rtt();
  CHECK(srtt == 10ms);  // 7/8 * 0 + 1/8 * 80
  d.send("def");
  d.fire(Timer::kRetransmission);
  d.pass(50ms);
  d.arrives({"ACK", 301, 107});
  CHECK(d.tcb().rto.smoothed_rtt() == srtt);
}

TEST_CASE("Karn: an answer to a SYN that was sent again as SYN,ACK tells none") {
  Driver d;
  d.reach(State::kSynRcvd);
  d.pass(70ms);
  d.arrives({"ACK", 301, 101});
  CHECK_FALSE(d.tcb().rto.has_sample());
}

TEST_CASE("after a lost SYN the first data has an RTO of three seconds") {
  Driver d;
  d.reach(State::kSynSent).fire(Timer::kRetransmission);
  d.arrives({"SYN,ACK", 300, 101});
  d.send("abc");
  CHECK(d.due(Timer::kRetransmission) - d.now() == 3s);
}

TEST_CASE("a zero window is probed after the RTO, and as long as the peer answers (MUST-36, 37)") {
  Driver d;
  d.reach(State::kEstablished).arrives({"ACK", 301, 101, "", 0});
  d.send("abcdef");
  CHECK(d.sent().empty());
  CHECK(d.due(Timer::kPersist) - d.now() == 1s);
  d.fire(Timer::kPersist);
  CHECK(d.outcome() == "ESTABLISHED; <SEQ=101><ACK=301><DATA=1><CTL=ACK>");
  const std::vector<Duration> gaps{1s, 2s, 4s, 8s, 16s, 32s, 60s, 60s, 60s, 60s, 60s, 60s};
  for (const auto gap : gaps) {
    CHECK(d.due(Timer::kRetransmission) - d.now() == gap);
    d.fire(Timer::kRetransmission);
    d.arrives({"ACK", 301, 101, "", 0});
    CHECK(d.due(Timer::kUser) - d.now() == 5min);
  }
  d.arrives({"ACK", 301, 101, "", 2'000});  // it opens: the probe again at once
  CHECK(d.sent() == std::vector<std::string>{"<SEQ=101><ACK=301><DATA=1><CTL=ACK>",
                                             "<SEQ=102><ACK=301><DATA=5><CTL=ACK>"});
}

TEST_CASE("a FIN waits for the window like text, and probes it when nothing else is on its way") {
  Driver d;
  d.reach(State::kEstablished).arrives({"ACK", 301, 101, "", 2});
  d.send("ab");
  d.close();
  CHECK(d.outcome() == "ESTABLISHED -> FIN_WAIT_1");
  d.arrives({"ACK", 301, 103, "", 0});
  CHECK(d.outcome() == "FIN_WAIT_1");
  CHECK(d.due(Timer::kPersist) - d.now() == 1s);
  d.fire(Timer::kPersist);
  CHECK(d.outcome() == "FIN_WAIT_1; <SEQ=103><ACK=301><CTL=FIN,ACK>");
  CHECK(d.rules().front() == Rule::persist_probe);
  d.fire(Timer::kRetransmission);
  CHECK(d.outcome() == "FIN_WAIT_1; <SEQ=103><ACK=301><CTL=FIN,ACK>");
  CHECK(d.rules().front() == Rule::persist_probe_repeated);
}

TEST_CASE("a FIN is not sent into a closed window, and leaves as soon as the window opens") {
  for (const State state : {State::kEstablished, State::kCloseWait}) {
    INFO(tcp::to_text(state));
    Driver d;
    d.reach(state);
    const auto next = d.tcb().rcv.nxt.value();
    const bool last = state == State::kCloseWait;
    const std::string fin = "<SEQ=101><ACK=" + std::to_string(next) + "><CTL=FIN,ACK>";
    d.arrives({"ACK", next, 101, "", 0});
    d.close();
    CHECK(d.outcome() == (last ? "CLOSE_WAIT" : "ESTABLISHED -> FIN_WAIT_1"));
    CHECK(d.armed(Timer::kPersist));
    Driver probes = d;
    probes.fire(Timer::kPersist);
    CHECK(probes.outcome() == (last ? "CLOSE_WAIT -> LAST_ACK; " : "FIN_WAIT_1; ") + fin);
    d.arrives({"ACK", next, 101, "", 1});
    CHECK(d.outcome() == (last ? "CLOSE_WAIT -> LAST_ACK; " : "FIN_WAIT_1; ") + fin);
    CHECK_FALSE(d.armed(Timer::kPersist));
  }
}

TEST_CASE("silly windows, sender (MUST-38): small segments wait for the override timeout") {
  Driver d;
  d.reach(State::kEstablished);  // the largest window so far: 2000; MSS 536
  d.arrives({"ACK", 301, 101, "", 100});
  d.send(std::string(300, 'x'));
  CHECK(d.sent().empty());
  CHECK(d.due(Timer::kPersist) - d.now() == 1s);
  d.fire(Timer::kPersist);
  CHECK(d.sent() == std::vector<std::string>{"<SEQ=101><ACK=301><DATA=100><CTL=ACK>"});
  d.arrives({"ACK", 301, 201, "", 200});
  CHECK(d.sent() ==
        std::vector<std::string>{"<SEQ=201><ACK=301><DATA=200><CTL=ACK>"});  // all of it
}

TEST_CASE("silly windows, receiver (MUST-39): the window opens by half the buffer or a segment") {
  Driver d;  // a buffer of 1000 octets
  d.reach(State::kEstablished).arrives({"ACK", 301, 101, std::string(1000, 'x')});
  CHECK(d.tcb().rcv.wnd == 0);
  d.receive(499);
  CHECK(d.tcb().rcv.wnd == 0);
  CHECK(d.sent().empty());
  d.receive(1);
  CHECK(d.tcb().rcv.wnd == 500);
  CHECK(d.sent() == std::vector<std::string>{"<SEQ=101><ACK=1301><CTL=ACK>"});  // the update
  d.receive();
  CHECK(d.tcb().rcv.wnd == 1000);
  CHECK(d.sent().empty());  // 500 was large enough to go on with
}

TEST_CASE("the right edge of the window never moves back") {
  Driver d;
  d.reach(State::kEstablished);
  auto edge = d.tcb().rcv.nxt + d.tcb().rcv.wnd;
  for (int i = 0; i < 200; ++i) {
    const auto next = d.tcb().rcv.nxt.value();
    const std::size_t length = static_cast<std::size_t>(i * 37 % 200);
    const std::uint32_t seq = next + static_cast<std::uint32_t>(i % 3 == 0 ? 150 : 0);
    d.arrives({"ACK", seq, 101, std::string(length, 'x')});
    if (i % 2 == 0) d.receive(static_cast<std::size_t>(i * 13 % 300));
    const auto now = d.tcb().rcv.nxt + d.tcb().rcv.wnd;
    REQUIRE(wire::after_or_at(now, edge));
    edge = now;
  }
}

TEST_CASE("a reset connection's unread text is gone, an ended one's is not") {
  Driver d;
  d.reach(State::kEstablished).arrives({"ACK", 301, 101, "abc"});
  d.arrives({"RST", 304});
  CHECK(d.receive() == "[no connection]");
  Driver e;
  e.reach(State::kEstablished).arrives({"FIN,ACK", 301, 101, "abc"});
  e.close();
  e.arrives({"ACK", 305, 102});
  REQUIRE(e.state() == State::kClosed);
  CHECK(e.receive() == "abc");
  CHECK(e.receive() == "[end of stream]");
}

TEST_CASE("reassembly: what came first stays, whatever overlaps it, across 2^32") {
  struct Segment {
    std::int32_t offset;
    std::string text;
  };
  struct Row {
    const char* what;
    std::vector<Segment> segments;
    std::string taken;
  };
  const std::vector<Row> rows{{"in order", {{0, "abc"}, {3, "def"}}, "abcdef"},
                              {"reversed", {{3, "def"}, {0, "abc"}}, "abcdef"},
                              {"the same twice", {{0, "abc"}, {0, "XYZ"}}, "abc"},
                              {"over the left of a piece", {{2, "cd"}, {0, "abXX"}}, "abcd"},
                              {"over the right of a piece", {{0, "ab"}, {1, "Xcd"}}, "abcd"},
                              {"around a piece", {{2, "cd"}, {0, "abXXef"}}, "abcdef"},
                              {"around two pieces", {{1, "b"}, {3, "d"}, {0, "aXcXe"}}, "abcde"},
                              {"left of the window", {{-2, "yzab"}, {2, "c"}}, "abc"},
                              {"all of it left of the window", {{-4, "wxyz"}}, ""},
                              {"beyond the window", {{0, "abcdefghijklm"}}, "abcdefghij"},
                              {"a gap", {{0, "ab"}, {3, "d"}}, "ab"}};
  for (const std::uint32_t start : {300u, 0xfffffffdu, 0x7ffffffeu}) {
    for (const auto& row : rows) {
      tcp::Reassembly reassembly;
      for (const auto& s : row.segments) {
        reassembly.insert(wire::Seq(start + static_cast<std::uint32_t>(s.offset)),
                          wire::Bytes(s.text.begin(), s.text.end()), 1, wire::Seq(start), 10);
      }
      std::string taken;
      while (const auto piece =
                 reassembly.take(wire::Seq(start + static_cast<std::uint32_t>(taken.size())))) {
        taken.append(piece->octets.begin(), piece->octets.end());
      }
      INFO(row.what << " from " << start);
      CHECK(taken == row.taken);
    }
  }
}

TEST_CASE(
    "text beyond a window that shrank is sent again, and ends no connection (SHLD-16, SHLD-17, "
    "MAY-7)") {
  Driver d;
  d.reach(State::kEstablished);
  d.send("abcdef");
  d.arrives({"ACK", 301, 101, "", 2});  // 101 to 106 are out, and only 101 and 102 fit now
  d.fire(Timer::kRetransmission);
  CHECK(d.outcome() == "ESTABLISHED; <SEQ=101><ACK=301><DATA=6><CTL=ACK>");
  d.arrives({"ACK", 301, 107, "", 2'000});
  CHECK(d.tcb().retransmission_queue.empty());
  CHECK(d.state() == State::kEstablished);
}
