// Window scale, timestamps and PAWS: RFC 7323.
#include "wire/options.hpp"
#include "catch.hpp"
#include "tcp/driver.hpp"

using namespace tcplab;
using namespace std::chrono_literals;
using tcp::State;
using tcp::Timer;
using test::Driver;
using wire::Timestamps;

namespace options_test {
namespace {

tcp::Behaviour with_timestamps() {
  tcp::Behaviour b;
  b.timestamps = true;
  return b;
}

// ESTABLISHED with timestamps; the peer's clock stood at 5000. The driver starts at 1 s, so that
// the local clock of 1 ms stands at 1000.
Driver established(tcp::Behaviour b = with_timestamps()) {
  Driver d(b);
  d.open_active();
  d.arrives({"SYN,ACK", 300, 101, "", 2000, {}, Timestamps{5000, 1000}});
  REQUIRE(d.state() == State::kEstablished);
  return d;
}

wire::Options options_of_last(const Driver& d) { return d.segments().back().options; }

}  // namespace

TEST_CASE("window scale: offered in a SYN, agreed only when both SYNs have it (RFC 7323 §2.2)") {
  tcp::Behaviour b;
  b.window_shift = std::uint8_t{7};
  b.receive_buffer = 1 << 20;

  SECTION("both: windows are shifted, but not those of SYNs") {
    Driver d(b);
    d.open_active();
    CHECK(options_of_last(d).window_scale == std::uint8_t{7});
    CHECK(d.segments()[0].window == 65'535);
    d.arrives({"SYN,ACK", 300, 101, "", 2000, {}, {}, std::uint8_t{3}});
    CHECK(d.tcb().snd.wnd == 2000);
    CHECK(d.segments().back().window == 8192);  // 2^20 / 2^7
    CHECK_FALSE(options_of_last(d).window_scale);
    d.arrives({"ACK", 301, 101, "", 2000});
    CHECK(d.tcb().snd.wnd == 16'000);  // 2000 * 2^3
  }
  SECTION("not the peer: nothing is shifted, and the window stays below 2^16") {
    Driver d(b);
    d.open_active();
    d.arrives({"SYN,ACK", 300, 101});
    CHECK(d.segments().back().window == 65'535);
    CHECK(d.tcb().rcv.wnd == 65'535);
    d.arrives({"ACK", 301, 101, "", 2000});
    CHECK(d.tcb().snd.wnd == 2000);
  }
  SECTION("a SYN,ACK has it only when the SYN had it") {
    Driver with(b);
    with.open_passive();
    with.arrives({"SYN", 300, 0, "", 2000, {}, {}, std::uint8_t{0}});
    CHECK(options_of_last(with).window_scale == std::uint8_t{7});
    Driver without(b);
    without.open_passive();
    without.arrives({"SYN", 300});
    CHECK_FALSE(options_of_last(without).window_scale);
  }
  SECTION("a shift above 14 counts as 14 (§2.3)") {
    Driver d(b);
    d.open_active();
    d.arrives({"SYN,ACK", 300, 101, "", 2000, {}, {}, std::uint8_t{200}});
    d.arrives({"ACK", 301, 101, "", 3});
    CHECK(d.tcb().snd.wnd == 49'152);  // 3 * 2^14
  }
}

TEST_CASE(
    "timestamps: in every segment once both SYNs had them, in none otherwise (RFC 7323 §3.2)") {
  SECTION("agreed") {
    Driver d(with_timestamps());
    d.open_active();
    CHECK(options_of_last(d).timestamps == Timestamps{1000, 0});  // no ACK bit: nothing to echo
    d.pass(40ms);
    d.arrives({"SYN,ACK", 300, 101, "", 2000, {}, Timestamps{5000, 1000}});
    CHECK(options_of_last(d).timestamps == Timestamps{1040, 5000});
    d.send("abc");
    CHECK(options_of_last(d).timestamps == Timestamps{1040, 5000});
    d.abort();
    CHECK(options_of_last(d).timestamps);  // "SHOULD be sent in an <RST> segment"
  }
  SECTION("the peer did not offer them") {
    Driver d(with_timestamps());
    d.open_active();
    d.arrives({"SYN,ACK", 300, 101});
    CHECK_FALSE(options_of_last(d).timestamps);
  }
  SECTION("not offered here") {
    Driver d;
    d.open_passive();
    d.arrives({"SYN", 300, 0, "", 2000, {}, Timestamps{5000, 0}});
    CHECK_FALSE(options_of_last(d).timestamps);
  }
}

TEST_CASE("SACK-permitted: offered in a SYN, answered only when the SYN had it (RFC 2018 §2)") {
  tcp::Behaviour b;
  b.sack_permitted = true;
  Driver active(b);
  active.open_active();
  CHECK(options_of_last(active).sack_permitted);
  active.arrives({"SYN,ACK", 300, 101});
  CHECK_FALSE(options_of_last(active).sack_permitted);  // in SYNs only
  CHECK_FALSE(active.tcb().negotiated.sack_permitted);
  for (const bool offered : {true, false}) {
    Driver passive(b);
    passive.open_passive();
    passive.arrives({"SYN", 300, 0, "", 2000, {}, {}, {}, offered});
    CHECK(options_of_last(passive).sack_permitted == offered);
    CHECK(passive.tcb().negotiated.sack_permitted == offered);
  }
  Driver without;
  without.open_passive();
  without.arrives({"SYN", 300, 0, "", 2000, {}, {}, {}, true});
  CHECK_FALSE(options_of_last(without).sack_permitted);
}

TEST_CASE("timestamps take 12 octets of each segment's text (RFC 9293 §3.7.1 MUST-16)") {
  Driver d(with_timestamps());
  d.open_active();
  d.arrives({"SYN,ACK", 300, 101, "", 2000, std::uint16_t{100}, Timestamps{1, 1000}});
  d.send(std::string(100, 'x'));
  REQUIRE(d.segments().size() == 2);
  CHECK(d.segments()[0].payload.size() == 88);
  CHECK(d.segments()[1].payload.size() == 12);
}

TEST_CASE("TS.Recent moves only with what is not newer than Last.ACK.sent (RFC 7323 §4.3)") {
  Driver d = established();
  const auto recent = [&] { return d.tcb().ts.recent; };
  CHECK(recent() == 5000);
  d.arrives({"ACK", 304, 101, "def", 2000, {}, Timestamps{5020, 1000}});  // out of order
  CHECK(recent() == 5000);
  d.arrives({"ACK", 301, 101, "abc", 2000, {}, Timestamps{5010, 1000}});  // fills the gap
  CHECK(recent() == 5010);
}

TEST_CASE("PAWS: what is older than TS.Recent is answered and dropped (RFC 7323 §5.3)") {
  Driver d = established();
  d.arrives({"ACK", 301, 101, "abc", 2000, {}, Timestamps{4999, 1000}});
  CHECK(d.outcome() == "ESTABLISHED; <SEQ=101><ACK=301><CTL=ACK>; drop paws_drops");
  SECTION("the same value is not older") {
    d.arrives({"ACK", 301, 101, "abc", 2000, {}, Timestamps{5000, 1000}});
    CHECK(d.receive() == "abc");
  }
  SECTION("older is meant modulo 2^32") {
    // 5000 + 2^31 - 1 is the newest value that is not older than 5000.
    d.arrives({"ACK", 301, 101, "a", 2000, {}, Timestamps{2'147'488'647, 1000}});
    CHECK(d.receive() == "a");
    d.arrives({"ACK", 302, 101, "b", 2000, {}, Timestamps{5000, 1000}});
    CHECK(d.rules().front() == Rule::paws_drops);
  }
  SECTION("RSTs are exempt") {
    d.arrives({"RST", 301, 0, "", 0, {}, Timestamps{4999, 0}});
    CHECK(d.state() == State::kClosed);
  }
  SECTION("after 24 days without a segment TS.Recent is outdated (§5.5)") {
    d.pass(24 * 24h);
    d.arrives({"ACK", 301, 101, "abc", 2000, {}, Timestamps{4999, 1000}});
    CHECK(d.rules().front() == Rule::paws_drops);
    d.pass(1us);
    d.arrives({"ACK", 301, 101, "abc", 2000, {}, Timestamps{4999, 1000}});
    CHECK(d.receive() == "abc");
  }
}

TEST_CASE("a segment without the timestamps that were agreed on (RFC 7323 §3.2)") {
  Driver strict = established();
  strict.arrives({"ACK", 301, 101, "abc"});
  CHECK(strict.outcome() == "ESTABLISHED; drop timestamp_missing");
  auto tolerant = with_timestamps();
  tolerant.missing_timestamp = tcp::MissingTimestamp::kAccepted;
  Driver d = established(tolerant);
  d.arrives({"ACK", 301, 101, "abc"});
  CHECK(d.receive() == "abc");
}

TEST_CASE("timestamps tell the round-trip time of a segment sent twice (RFC 7323 §4.1)") {
  auto b = with_timestamps();
  b.min_rto = 1us;
  Driver d = established(b);
  const auto before = d.tcb().rto.smoothed_rtt();
  CHECK(before == 0ms);  // the handshake took no time
  d.send("abc");
  REQUIRE(d.fire(Timer::kRetransmission));
  const auto sent_again = static_cast<std::uint32_t>(d.now() / 1ms);
  d.pass(80ms);
  d.arrives({"ACK", 301, 104, "", 2000, {}, Timestamps{5100, sent_again}});
  CHECK(d.tcb().rto.smoothed_rtt() == 10ms);  // 7/8 * 0 + 1/8 * 80 ms (RFC 6298 §2.3)
}

TEST_CASE("a SYN in TIME-WAIT, by timestamps and sequence number (RFC 6191 §2)") {
  struct Row {
    const char* what;
    bool old_timestamps;
    std::optional<Timestamps> syn_timestamps;
    std::uint32_t seq;  // RCV.NXT of the old connection is 302
    bool taken;
  };
  const auto row =
      GENERATE(Row{"greater TSval", true, Timestamps{5001, 0}, 1, true},
               Row{"equal TSval, greater SEQ", true, Timestamps{5000, 0}, 303, true},
               Row{"equal TSval, not greater SEQ", true, Timestamps{5000, 0}, 301, false},
               Row{"smaller TSval", true, Timestamps{4999, 0}, 303, false},
               Row{"only the new one has them", false, Timestamps{1, 0}, 1, true},
               Row{"none in the SYN, greater SEQ", true, {}, 303, true},
               Row{"none in the SYN, not greater SEQ", true, {}, 301, false});
  INFO(row.what);
  tcp::Behaviour b;
  REQUIRE(b.time_wait_reuse == tcp::TimeWaitReuse::kTimestamps);
  b.timestamps = true;
  Driver d(b);
  const std::optional<Timestamps> stamps =
      row.old_timestamps ? std::optional(Timestamps{5000, 1000}) : std::nullopt;
  d.open_active();
  d.arrives({"SYN,ACK", 300, 101, "", 2000, {}, stamps});
  d.close();
  d.arrives({"FIN,ACK", 301, 102, "", 2000, {}, stamps});
  REQUIRE(d.state() == State::kTimeWait);
  wire::Segment syn;
  syn.flags = wire::kSyn;
  syn.seq = wire::Seq(row.seq);
  syn.options.timestamps = row.syn_timestamps;
  CHECK(d.connection().yields_to(syn, b).has_value() == row.taken);
  if (!row.taken) {
    // "Otherwise, silently drop the incoming SYN segment".
    d.arrives({"SYN", row.seq, 0, "", 2000, {}, row.syn_timestamps});
    CHECK(d.outcome() == "TIME_WAIT; drop time_wait_drops_syn");
  }
  b.time_wait_reuse = tcp::TimeWaitReuse::kNever;
  CHECK_FALSE(d.connection().yields_to(syn, b));
}

TEST_CASE("a SYN that TIME-WAIT refuses: step one's ACK, RFC 6191's silence, FreeBSD's") {
  const auto refused = [](tcp::TimeWaitRefusal refusal, bool stamped) {
    tcp::Behaviour b;
    b.time_wait_refusal = refusal;
    b.timestamps = stamped;
    const auto stamps = stamped ? std::optional(Timestamps{5000, 1000}) : std::nullopt;
    const auto older = stamped ? std::optional(Timestamps{4999, 0}) : std::nullopt;
    Driver d(b);
    d.open_active();
    d.arrives({"SYN,ACK", 300, 101, "", 2000, {}, stamps});
    d.close();
    d.arrives({"FIN,ACK", 301, 102, "", 2000, {}, stamps});
    d.arrives({"SYN", 299, 0, "", 2000, {}, older});
    return d.outcome();
  };
  using enum tcp::TimeWaitRefusal;
  const std::string silence = "TIME_WAIT; drop time_wait_drops_syn";
  const std::string ack = "TIME_WAIT; <SEQ=102><ACK=302><CTL=ACK>; drop ";
  CHECK(refused(kStepOne, false) == ack + "unacceptable_syn_answers_ack");
  CHECK(refused(kStepOne, true) == ack + "paws_drops");
  CHECK(refused(kDroppedWithTimestamps, false) == ack + "unacceptable_syn_answers_ack");
  CHECK(refused(kDroppedWithTimestamps, true) == silence);
  CHECK(refused(kDropped, false) == silence);
  CHECK(refused(kDropped, true) == silence);
}

TEST_CASE(
    "TS.Recent moves before the RST, SYN and ACK checks (RFC 7323 §5.3 R3), or after (Linux)") {
  const auto recent = [](tcp::TsRecent when, test::Arriving segment) {
    tcp::Behaviour b = tcp::find_profile("rfc9293+5961")->behaviour;
    b.timestamps = true;
    b.ts_recent = when;
    Driver d(b);
    d.open_active();
    d.arrives({"SYN,ACK", 300, 101, "", 2000, {}, Timestamps{5000, 1000}});
    d.send("abc");
    segment.timestamps = Timestamps{9000, 1000};
    d.arrives(segment);
    return d.tcb().ts.recent;
  };
  using enum tcp::TsRecent;
  // A blind SYN at RCV.NXT; an ACK of what was never sent.
  for (const test::Arriving& segment : {test::Arriving{"SYN", 301}, {"ACK", 301, 999}}) {
    CAPTURE(segment.flags, segment.ack);
    CHECK(recent(kBeforeRst, segment) == 9000);
    CHECK(recent(kAfterAck, segment) == 5000);
  }
  CHECK(recent(kBeforeRst, {"ACK", 301, 104}) == 9000);
  CHECK(recent(kAfterAck, {"ACK", 301, 104}) == 9000);
  // An old ACK: Linux 6.18 takes its timestamp on the fast path alone.
  CHECK(recent(kAfterAck, {"ACK", 301, 100}) == 5000);
}

TEST_CASE("a peer's MSS of next to nothing has a floor, and one of nothing says nothing") {
  const auto largest = [](std::string_view profile, std::uint16_t mss) {
    Driver d(tcp::find_profile(profile)->behaviour);
    d.reach(State::kSynSent).arrives({"SYN,ACK", 300, 101, "", 2000, mss});
    return d.connection().segment_text_limit();
  };
  CHECK(largest("rfc9293", 0) == 536);
  CHECK(largest("linux", 0) == 536);
  CHECK(largest("rfc9293", 1) == 48);
  CHECK(largest("linux", 1) == 48);       // tcp_min_snd_mss
  CHECK(largest("freebsd", 100) == 216);  // net.inet.tcp.minmss
  CHECK(largest("rfc9293", 49) == 49);
}

TEST_CASE("this end's own MTU bounds what it sends, whatever the peer could take (MUST-16)") {
  tcp::Behaviour b;
  b.mtu = 576;
  Driver d(b);
  d.reach(State::kSynSent).arrives({"SYN,ACK", 300, 101, "", 65'000, std::uint16_t{9'000}});
  CHECK(d.connection().segment_text_limit() == 576 - 40);
  d.send(std::string(1'000, 'x'));
  CHECK(d.sent() == std::vector<std::string>{"<SEQ=101><ACK=301><DATA=536><CTL=ACK>",
                                             "<SEQ=637><ACK=301><DATA=464><CTL=ACK>"});
  CHECK(Driver(tcp::Behaviour{}).connection().tcb().link_mss == 1460);
}

TEST_CASE("a RST in TIME-WAIT is ignored where RFC 1337 is followed") {
  Driver d;
  d.behaviour.time_wait_ignores_rst = true;
  d.reach(State::kTimeWait);
  d.arrives({"RST", 302});
  CHECK(d.outcome() == "TIME_WAIT; drop time_wait_ignores_rst");
  // Before RFC 5961 asks whether it is exact: no challenge ACK.
  d.behaviour.rst_check = tcp::RstCheck::kExactElseChallenge;
  d.arrives({"RST", 310});
  CHECK(d.outcome() == "TIME_WAIT; drop time_wait_ignores_rst");
}

TEST_CASE("MSS is in every SYN and in no other segment (MUST-14, MUST-65, SHLD-5)") {
  Driver d;
  d.behaviour.mss = 700;
  d.behaviour.timestamps = true;  // 12 octets of options, which MSS does not count (MUST-67)
  Driver active(d.behaviour);
  active.open_active();
  CHECK(active.segments().front().options.mss == 700);
  active.arrives({"SYN", 300});  // a simultaneous open's SYN,ACK
  CHECK(active.segments().front().options.mss == 700);
  Driver passive(d.behaviour);
  passive.open_passive();
  passive.arrives({"SYN", 300});
  CHECK(passive.segments().front().options.mss == 700);
  passive.arrives({"ACK", 301, 101});
  passive.send("abc");
  CHECK_FALSE(passive.segments().front().options.mss);
  passive.close();
  CHECK_FALSE(passive.segments().front().options.mss);
}

TEST_CASE("TCP_MAXSEG bounds what the SYN offers and what is sent, not what the path allows more") {
  const auto opened = [](std::uint16_t own, std::uint16_t peer) {
    Driver d;
    d.set([&](auto& settings) { settings.largest_segment = own; });
    d.open_active();
    CHECK(d.segments().front().options.mss == std::min<std::uint16_t>(own, 1460));
    d.arrives({"SYN,ACK", 300, 101, "", 2'000, peer});
    return d.connection().segment_text_limit();
  };
  CHECK(opened(500, 1460) == 500);
  CHECK(opened(1460, 500) == 500);
  CHECK(opened(9000, 1460) == 1460);
}

TEST_CASE("a cookie's SYN,ACK was an ACK too: Last.ACK.sent of RFC 7323 §4.3") {
  Driver d;
  d.resume_from_cookie({"ACK", 301, 101});
  CHECK(d.tcb().last_ack_sent == wire::Seq(301));
}

}  // namespace options_test
