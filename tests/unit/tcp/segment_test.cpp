// SEGMENT ARRIVES: each kind of segment in each state, RFC 9293 §3.10.7.
#include "catch.hpp"
#include "tcp/driver.hpp"

using namespace tcplab;
using tcp::State;
using test::Arriving;
using test::Driver;

namespace segment_test {
namespace {

tcp::Behaviour rfc5961() { return tcp::find_profile("rfc9293+5961")->behaviour; }

// The states of §3.10.7.4 as Driver::reach makes them (ISS 100, IRS 300): what is sent next, what
// is expected next.
struct Synchronized {
  State state;
  std::uint32_t snd_nxt;
  std::uint32_t rcv_nxt;
};
const std::vector<Synchronized> kSynchronized{
    {State::kEstablished, 101, 301}, {State::kFinWait1, 102, 301}, {State::kFinWait2, 102, 301},
    {State::kCloseWait, 101, 302},   {State::kClosing, 102, 302},  {State::kLastAck, 102, 302},
    {State::kTimeWait, 102, 302}};

std::string outcome(State state, const Arriving& arriving, tcp::Behaviour behaviour = {},
                    bool passive = false) {
  Driver d(behaviour);
  d.reach(state, passive).arrives(arriving);
  return d.outcome();
}

std::string ack_of(const Synchronized& s) {
  return "<SEQ=" + std::to_string(s.snd_nxt) + "><ACK=" + std::to_string(s.rcv_nxt) + "><CTL=ACK>";
}
std::string name(State state) { return std::string(tcp::to_text(state)); }

}  // namespace

TEST_CASE("LISTEN: RST, then ACK, then SYN") {
  CHECK(outcome(State::kListen, {"RST", 300}) == "LISTEN; drop listen_ignores_rst");
  CHECK(outcome(State::kListen, {"RST,ACK", 300, 1}) == "LISTEN; drop listen_ignores_rst");
  CHECK(outcome(State::kListen, {"ACK", 300, 77}) ==
        "LISTEN; <SEQ=77><CTL=RST>; drop listen_ack_answers_rst");
  CHECK(outcome(State::kListen, {"SYN,ACK", 300, 77}) ==
        "LISTEN; <SEQ=77><CTL=RST>; drop listen_ack_answers_rst");
  CHECK(outcome(State::kListen, {"FIN", 300}) == "LISTEN; drop listen_drops_other");
  CHECK(outcome(State::kListen, {"", 300, 0, "text"}) == "LISTEN; drop listen_drops_other");
  CHECK(outcome(State::kListen, {"SYN", 300}) ==
        "LISTEN -> SYN_RCVD; <SEQ=100><ACK=301><CTL=SYN,ACK>");
}

TEST_CASE("SYN_SENT: ACK, then RST, then SYN") {
  const auto in_syn_sent = [](const Arriving& a) { return outcome(State::kSynSent, a); };
  const std::string bad_ack = "; drop syn_sent_unacceptable_ack";
  // SEG.ACK =< ISS or SEG.ACK > SND.NXT
  CHECK(in_syn_sent({"ACK", 300, 100}) == "SYN_SENT; <SEQ=100><CTL=RST>" + bad_ack);
  CHECK(in_syn_sent({"ACK", 300, 102}) == "SYN_SENT; <SEQ=102><CTL=RST>" + bad_ack);
  CHECK(in_syn_sent({"SYN,ACK", 300, 99}) == "SYN_SENT; <SEQ=99><CTL=RST>" + bad_ack);
  CHECK(in_syn_sent({"RST,ACK", 300, 100}) == "SYN_SENT; drop syn_sent_unacceptable_rst");
  CHECK(in_syn_sent({"RST,ACK", 0, 101}) == "SYN_SENT -> CLOSED; tell refused");
  CHECK(in_syn_sent({"RST", 0}) == "SYN_SENT; drop syn_sent_rst_ignored");
  CHECK(in_syn_sent({"ACK", 300, 101}) == "SYN_SENT; drop syn_sent_drops_other");
  CHECK(in_syn_sent({"FIN", 300}) == "SYN_SENT; drop syn_sent_drops_other");
  CHECK(in_syn_sent({"SYN,ACK", 300, 101}) ==
        "SYN_SENT -> ESTABLISHED; <SEQ=101><ACK=301><CTL=ACK>; tell established");
  CHECK(in_syn_sent({"SYN", 300}) == "SYN_SENT -> SYN_RCVD; <SEQ=100><ACK=301><CTL=SYN,ACK>");
}

TEST_CASE("SYN_SENT: text and FIN in the SYN,ACK are processed at once (§3.10.7.3, fourth)") {
  Driver d;
  d.reach(State::kSynSent).arrives({"SYN,ACK", 300, 101, "hello"});
  CHECK(d.outcome() == "SYN_SENT -> ESTABLISHED; <SEQ=101><ACK=306><CTL=ACK>; tell established");
  CHECK(d.receive() == "hello");
  CHECK(outcome(State::kSynSent, {"SYN,FIN,ACK", 300, 101, "hello"}) ==
        "SYN_SENT -> CLOSE_WAIT; <SEQ=101><ACK=307><CTL=ACK>; tell established; "
        "tell end of stream");
}

TEST_CASE("text in a SYN waits until the connection is ESTABLISHED") {
  Driver d;
  d.reach(State::kListen).arrives({"SYN", 300, 0, "hello"});
  CHECK(d.outcome() == "LISTEN -> SYN_RCVD; <SEQ=100><ACK=301><CTL=SYN,ACK>");
  CHECK(d.receive() == "[queued]");
  d.arrives({"ACK", 306, 101});
  CHECK(d.outcome() == "SYN_RCVD -> ESTABLISHED; <SEQ=101><ACK=306><CTL=ACK>; tell established");
  CHECK(d.receive() == "hello");
}

TEST_CASE("SYN_RCVD: RST and SYN by where the connection came from (MUST-11)") {
  const auto passive = [](const Arriving& a) { return outcome(State::kSynRcvd, a, {}, true); };
  const auto active = [](const Arriving& a) { return outcome(State::kSynRcvd, a); };
  CHECK(passive({"RST", 301}) == "SYN_RCVD -> LISTEN");
  CHECK(active({"RST", 301}) == "SYN_RCVD -> CLOSED; tell refused");
  CHECK(passive({"SYN", 310}) == "SYN_RCVD -> LISTEN; drop syn_returns_to_listen");
  CHECK(active({"SYN", 310}) ==
        "SYN_RCVD -> CLOSED; <SEQ=101><CTL=RST>; drop syn_in_window_resets; tell reset");
  CHECK(outcome(State::kSynRcvd, {"SYN", 310}, rfc5961()) ==
        "SYN_RCVD; <SEQ=101><ACK=301><CTL=ACK>; drop syn_challenge_ack");
  // The SYN again is left of the window: step one answers.
  CHECK(passive({"SYN", 300}) ==
        "SYN_RCVD; <SEQ=101><ACK=301><CTL=ACK>; drop unacceptable_syn_answers_ack");
}

TEST_CASE("SYN_RCVD: only SND.UNA < SEG.ACK =< SND.NXT is acceptable") {
  for (const auto& behaviour : {tcp::Behaviour{}, rfc5961()}) {
    const auto ack = [&](std::uint32_t number) {
      return outcome(State::kSynRcvd, {"ACK", 301, number}, behaviour, true);
    };
    CHECK(ack(101) == "SYN_RCVD -> ESTABLISHED; tell established");
    CHECK(ack(100) == "SYN_RCVD; <SEQ=100><CTL=RST>; drop ack_unacceptable_answers_rst");
    CHECK(ack(102) == "SYN_RCVD; <SEQ=102><CTL=RST>; drop ack_unacceptable_answers_rst");
    // Farther back than any window: in SYN_RCVD still a RST, also with RFC 5961.
    CHECK(ack(0xfffff000) ==
          "SYN_RCVD; <SEQ=4294963200><CTL=RST>; drop ack_unacceptable_answers_rst");
  }
}

TEST_CASE("simultaneous open: figure 7, and step one read to the letter") {
  CHECK(outcome(State::kSynRcvd, {"SYN,ACK", 300, 101}) ==
        "SYN_RCVD -> ESTABLISHED; tell established");
  tcp::Behaviour literal;
  literal.crossing_syn_ack = tcp::CrossingSynAck::kStepOne;
  CHECK(outcome(State::kSynRcvd, {"SYN,ACK", 300, 101}, literal) ==
        "SYN_RCVD; <SEQ=101><ACK=301><CTL=ACK>; drop unacceptable_old_answers_ack");
}

TEST_CASE("first, the sequence number: the four cases of the acceptability table") {
  struct Row {
    std::uint16_t window;
    std::int32_t seq;  // relative to RCV.NXT
    std::size_t length;
    bool acceptable;
  };
  const std::vector<Row> rows{
      {1000, -1, 0, false},    {1000, 0, 0, true},   {1000, 999, 0, true}, {1000, 1000, 0, false},
      {1000, -10, 10, false},  {1000, -9, 10, true}, {1000, 0, 10, true},  {1000, 999, 10, true},
      {1000, 1000, 10, false}, {1, 0, 1, true},      {1, 1, 0, false}};
  // The same wherever the numbers stand: around 2^32 and 2^31 too.
  for (const std::uint32_t irs : {300u, 0xfffffffeu, 0xfffffc18u, 0x7fffffffu}) {
    for (const auto& row : rows) {
      tcp::Behaviour behaviour;
      behaviour.receive_buffer = row.window;
      Driver d(behaviour, 0xffffffff, irs);
      d.reach(State::kEstablished);
      const auto seq = irs + 1 + static_cast<std::uint32_t>(row.seq);
      d.arrives({"ACK", seq, 0, std::string(row.length, 'x')});
      INFO("window " << row.window << " from " << irs + 1 << ", segment at " << seq << " with "
                     << row.length << " octets");
      const bool dropped = d.outcome().find("; drop unacceptable_") != std::string::npos;
      CHECK(dropped == !row.acceptable);
    }
  }
}

TEST_CASE("first, the sequence number: unacceptable is answered by an ACK, a RST by nothing") {
  for (const auto& s : kSynchronized) {
    INFO("in " << name(s.state));
    const std::string dropped = name(s.state) + "; " + ack_of(s) + "; drop unacceptable_";
    CHECK(outcome(s.state, {"ACK", s.rcv_nxt - 1, s.snd_nxt}) == dropped + "old_answers_ack");
    CHECK(outcome(s.state, {"ACK", s.rcv_nxt + 1000, s.snd_nxt, "x"}) ==
          dropped + "beyond_answers_ack");
    CHECK(outcome(s.state, {"SYN", s.rcv_nxt - 5}) == dropped + "syn_answers_ack");
    CHECK(outcome(s.state, {"RST", s.rcv_nxt - 1}) ==
          name(s.state) + "; drop unacceptable_rst_dropped");
    CHECK(outcome(s.state, {"RST", s.rcv_nxt + 1000}) ==
          name(s.state) + "; drop unacceptable_rst_dropped");
  }
}

TEST_CASE("second, RST: exact, in the window, with text") {
  for (const auto& s : kSynchronized) {
    INFO("in " << name(s.state));
    const std::string tell = s.state == State::kTimeWait ? "" : "; tell reset";
    const std::string reset = name(s.state) + " -> CLOSED" + tell;
    CHECK(outcome(s.state, {"RST", s.rcv_nxt}) == reset);
    CHECK(outcome(s.state, {"RST", s.rcv_nxt, 0, "SHLD-2"}) == reset);
    CHECK(outcome(s.state, {"RST", s.rcv_nxt + 1}) == reset);
    CHECK(outcome(s.state, {"RST", s.rcv_nxt}, rfc5961()) == reset);
    CHECK(outcome(s.state, {"RST", s.rcv_nxt + 1}, rfc5961()) ==
          name(s.state) + "; " + ack_of(s) + "; drop rst_challenge_ack");
  }
}

TEST_CASE("fourth, SYN in the window: reset, or RFC 5961's challenge ACK") {
  for (const auto& s : kSynchronized) {
    INFO("in " << name(s.state));
    // With SND.NXT, which a live peer expects, whatever the SYN acknowledged.
    const std::string reset = " -> CLOSED; <SEQ=" + std::to_string(s.snd_nxt) +
                              "><CTL=RST>; drop syn_in_window_resets; tell reset";
    CHECK(outcome(s.state, {"SYN", s.rcv_nxt + 9}) == name(s.state) + reset);
    CHECK(outcome(s.state, {"SYN,ACK", s.rcv_nxt + 9, 77}) == name(s.state) + reset);
    CHECK(outcome(s.state, {"SYN", s.rcv_nxt + 9}, rfc5961()) ==
          name(s.state) + "; " + ack_of(s) + "; drop syn_challenge_ack");
  }
}

TEST_CASE("fifth, ACK: missing, beyond SND.NXT, old, far too old") {
  for (const auto& s : kSynchronized) {
    INFO("in " << name(s.state));
    CHECK(outcome(s.state, {"", s.rcv_nxt, 0, "x"}) == name(s.state) + "; drop ack_missing");
    CHECK(outcome(s.state, {"FIN", s.rcv_nxt}) == name(s.state) + "; drop ack_missing");
    CHECK(outcome(s.state, {"ACK", s.rcv_nxt, s.snd_nxt + 1}) ==
          name(s.state) + "; " + ack_of(s) + "; drop ack_beyond_snd_nxt");
    const std::string still = s.state == State::kClosing ? "; drop ack_of_fin_not_yet" : "";
    CHECK(outcome(s.state, {"ACK", s.rcv_nxt, 50}) == name(s.state) + still);
    // MAX.SND.WND is 2000: SND.UNA - 2000 is the last that RFC 5961 lets through.
    const std::uint32_t una =
        s.state == State::kFinWait2 || s.state == State::kTimeWait ? 102 : 101;
    CHECK(outcome(s.state, {"ACK", s.rcv_nxt, una - 2000}, rfc5961()) == name(s.state) + still);
    CHECK(outcome(s.state, {"ACK", s.rcv_nxt, una - 2001}, rfc5961()) ==
          name(s.state) + "; " + ack_of(s) + "; drop ack_challenge");
  }
}

TEST_CASE("fifth, ACK of the local FIN") {
  CHECK(outcome(State::kFinWait1, {"ACK", 301, 102}) == "FIN_WAIT_1 -> FIN_WAIT_2");
  CHECK(outcome(State::kFinWait1, {"ACK", 301, 101}) == "FIN_WAIT_1");
  CHECK(outcome(State::kClosing, {"ACK", 302, 102}) == "CLOSING -> TIME_WAIT");
  CHECK(outcome(State::kClosing, {"ACK", 302, 101}) == "CLOSING; drop ack_of_fin_not_yet");
  CHECK(outcome(State::kLastAck, {"ACK", 302, 102}) == "LAST_ACK -> CLOSED");
  // A duplicate ACK there is answered by nothing.
  CHECK(outcome(State::kLastAck, {"ACK", 302, 101}) == "LAST_ACK");
  CHECK(outcome(State::kTimeWait, {"ACK", 302, 102}) == "TIME_WAIT");
}

TEST_CASE("seventh, text: taken in three states, ignored after the remote FIN") {
  const auto text = [](State state, std::uint32_t seq, std::uint32_t ack) {
    return outcome(state, {"ACK", seq, ack, "hello"});
  };
  CHECK(text(State::kEstablished, 301, 101) == "ESTABLISHED; <SEQ=101><ACK=306><CTL=ACK>");
  CHECK(text(State::kFinWait1, 301, 101) == "FIN_WAIT_1; <SEQ=102><ACK=306><CTL=ACK>");
  CHECK(text(State::kFinWait2, 301, 102) == "FIN_WAIT_2; <SEQ=102><ACK=306><CTL=ACK>");
  CHECK(text(State::kCloseWait, 302, 101) == "CLOSE_WAIT; drop text_ignored");
  CHECK(text(State::kLastAck, 302, 101) == "LAST_ACK; drop text_ignored");
  CHECK(text(State::kTimeWait, 302, 102) == "TIME_WAIT; drop text_ignored");
}

TEST_CASE("seventh, text: overlapping the left edge, out of order, beyond the right edge") {
  Driver d;
  d.reach(State::kEstablished);
  d.arrives({"ACK", 301, 101, "abc"});
  d.arrives({"ACK", 302, 101, "bcdef"});  // b and c again
  CHECK(d.outcome() == "ESTABLISHED; <SEQ=101><ACK=307><CTL=ACK>");
  d.arrives({"ACK", 310, 101, "jk"});
  CHECK(d.outcome() == "ESTABLISHED; <SEQ=101><ACK=307><CTL=ACK>");
  d.arrives({"ACK", 307, 101, "ghi"});
  CHECK(d.outcome() == "ESTABLISHED; <SEQ=101><ACK=312><CTL=ACK>");
  CHECK(d.receive() == "abcdefghijk");
  d.arrives({"ACK", 312, 101, std::string(1500, 'x')});
  CHECK(d.receive() == std::string(989, 'x'));  // what the first 1000 octets' window left
}

TEST_CASE("eighth, FIN in each state") {
  const std::string end = "; tell end of stream";
  CHECK(outcome(State::kEstablished, {"FIN,ACK", 301, 101}) ==
        "ESTABLISHED -> CLOSE_WAIT; <SEQ=101><ACK=302><CTL=ACK>" + end);
  CHECK(outcome(State::kFinWait1, {"FIN,ACK", 301, 101}) ==
        "FIN_WAIT_1 -> CLOSING; <SEQ=102><ACK=302><CTL=ACK>" + end);
  CHECK(outcome(State::kFinWait1, {"FIN,ACK", 301, 102}) ==
        "FIN_WAIT_1 -> TIME_WAIT; <SEQ=102><ACK=302><CTL=ACK>" + end);
  CHECK(outcome(State::kFinWait2, {"FIN,ACK", 301, 102}) ==
        "FIN_WAIT_2 -> TIME_WAIT; <SEQ=102><ACK=302><CTL=ACK>" + end);
  CHECK(outcome(State::kSynRcvd, {"FIN,ACK", 301, 101}, {}, true) ==
        "SYN_RCVD -> CLOSE_WAIT; <SEQ=101><ACK=302><CTL=ACK>; tell established" + end);
}

TEST_CASE("eighth, FIN with text: both are acknowledged") {
  Driver d;
  d.reach(State::kEstablished).arrives({"FIN,ACK", 301, 101, "bye"});
  CHECK(d.outcome() ==
        "ESTABLISHED -> CLOSE_WAIT; <SEQ=101><ACK=305><CTL=ACK>; tell end of stream");
  CHECK(d.receive() == "bye");
}

TEST_CASE("eighth, FIN out of order waits for the text before it") {
  Driver d;
  d.reach(State::kEstablished).arrives({"FIN,ACK", 304, 101});
  CHECK(d.outcome() == "ESTABLISHED; <SEQ=101><ACK=301><CTL=ACK>");
  d.arrives({"ACK", 301, 101, "abc"});
  CHECK(d.outcome() ==
        "ESTABLISHED -> CLOSE_WAIT; <SEQ=101><ACK=305><CTL=ACK>; tell end of stream");
  // In FIN_WAIT_1 the segment that fills the gap may acknowledge the local FIN as well.
  Driver e;
  e.reach(State::kFinWait1).arrives({"FIN,ACK", 304, 101});
  e.arrives({"ACK", 301, 102, "abc"});
  CHECK(e.outcome() == "FIN_WAIT_1 -> TIME_WAIT; <SEQ=102><ACK=305><CTL=ACK>; tell end of stream");
}

TEST_CASE("eighth, FIN beyond the window is trimmed like text") {
  Driver d;
  d.reach(State::kEstablished).arrives({"FIN,ACK", 301, 101, std::string(1000, 'x')});
  CHECK(d.outcome() == "ESTABLISHED; <SEQ=101><ACK=1301><CTL=ACK>");
}

TEST_CASE("TIME_WAIT: the repeated FIN is acknowledged and restarts 2 MSL, another is not") {
  Driver d;
  d.reach(State::kTimeWait);
  const Time first = d.due(tcp::Timer::kTimeWait);
  CHECK(first == d.now() + std::chrono::minutes(4));
  d.pass(std::chrono::seconds(90));
  d.arrives({"FIN,ACK", 301, 102});
  CHECK(d.outcome() == "TIME_WAIT; <SEQ=102><ACK=302><CTL=ACK>; drop fin_repeated");
  CHECK(d.due(tcp::Timer::kTimeWait) == first + std::chrono::seconds(90));
  d.pass(std::chrono::seconds(1));
  d.arrives({"FIN,ACK", 250, 102});  // somebody's, long ago
  CHECK(d.due(tcp::Timer::kTimeWait) == first + std::chrono::seconds(90));
  CHECK(d.fire(tcp::Timer::kTimeWait));
  CHECK(d.outcome() == "TIME_WAIT -> CLOSED");
}

TEST_CASE("TIME_WAIT: a new SYN only with a number beyond all that the old connection used") {
  Driver d;
  d.reach(State::kTimeWait);  // RCV.NXT 302
  const auto yields = [&](std::uint32_t seq, wire::Flags flags) {
    wire::Segment syn;
    syn.seq = wire::Seq(seq);
    syn.flags = flags;
    return d.connection().yields_to(syn, d.behaviour);
  };
  CHECK(yields(303, wire::kSyn) == Rule::time_wait_new_syn_by_number);
  // RCV.NXT itself was not used: the FIN had the number before it. Linux and BSD want one more.
  CHECK(yields(302, wire::kSyn) == Rule::time_wait_new_syn_by_number);
  CHECK_FALSE(yields(301, wire::kSyn));
  CHECK_FALSE(yields(300, wire::kSyn));
  CHECK_FALSE(yields(303, wire::kSyn | wire::kAck));
  CHECK_FALSE(yields(303, wire::kAck));
  for (const char* stack : {"linux", "freebsd", "macos"}) {
    INFO(stack);
    d.behaviour = tcp::find_profile(stack)->behaviour;
    CHECK(yields(303, wire::kSyn) == Rule::time_wait_new_syn_by_number);
    CHECK_FALSE(yields(302, wire::kSyn));
  }
}

TEST_CASE("a closed window: text is refused, a valid ACK and a RST still count (MUST-66)") {
  tcp::Behaviour behaviour;
  behaviour.receive_buffer = 5;
  const auto full = [&] {
    Driver d(behaviour);
    d.reach(State::kEstablished).send("abc");  // 101 to 103
    d.arrives({"ACK", 301, 101, "12345"});
    REQUIRE(d.tcb().rcv.wnd == 0);
    return d;
  };
  Driver d = full();
  d.arrives({"ACK", 306, 104, "6"});
  CHECK(d.outcome() == "ESTABLISHED; <SEQ=104><ACK=306><CTL=ACK>; drop closed_window_answers_ack");
  CHECK(d.tcb().snd.una == wire::Seq(104));
  d = full();
  d.arrives({"RST", 306});
  CHECK(d.outcome() == "ESTABLISHED -> CLOSED; tell reset");
  d = full();
  d.arrives({"FIN,ACK", 306, 101});
  CHECK(d.outcome() == "ESTABLISHED; <SEQ=104><ACK=306><CTL=ACK>; drop closed_window_answers_ack");
}

TEST_CASE("a closed window in SYN_RCVD: the probe that acknowledges the SYN opens the connection") {
  tcp::Behaviour behaviour;
  behaviour.receive_buffer = 1;
  Driver d(behaviour);
  d.behaviour.receive_buffer = 0;
  d.reach(State::kSynRcvd, true);
  d.arrives({"ACK", 301, 101, "x"});
  CHECK(d.outcome() ==
        "SYN_RCVD -> ESTABLISHED; <SEQ=101><ACK=301><CTL=ACK>; drop closed_window_answers_ack; "
        "tell established");
}

TEST_CASE("CLOSING with text that waits for the window: an ACK lets it go, then the FIN") {
  Driver d;
  d.reach(State::kEstablished).arrives({"ACK", 301, 101, "", 2});
  d.send("ab");
  CHECK(d.outcome() == "ESTABLISHED; <SEQ=101><ACK=301><DATA=2><CTL=ACK>");
  d.send("cd");
  d.close();
  d.arrives({"FIN,ACK", 301, 101, "", 2});
  CHECK(d.outcome() == "FIN_WAIT_1 -> CLOSING; <SEQ=103><ACK=302><CTL=ACK>; tell end of stream");
  d.arrives({"ACK", 302, 103, "", 100});
  CHECK(d.outcome() ==
        "CLOSING; <SEQ=103><ACK=302><DATA=2><CTL=ACK>; <SEQ=105><ACK=302><CTL=FIN,ACK>; "
        "drop ack_of_fin_not_yet");
  d.arrives({"ACK", 302, 106, "", 100});
  CHECK(d.outcome() == "CLOSING -> TIME_WAIT");
}

TEST_CASE("the peer's MSS: 536 when it says nothing, at least 48, at most what a datagram holds") {
  const auto mss = [](std::optional<std::uint16_t> option) {
    Driver d;
    d.reach(State::kSynSent).arrives({"SYN,ACK", 300, 101, "", 2000, option});
    return d.tcb().send_mss;
  };
  CHECK(mss(std::nullopt) == 536);
  CHECK(mss(std::uint16_t{1460}) == 1460);
  CHECK(mss(std::uint16_t{0}) == 536);  // no MSS at all
  CHECK(mss(std::uint16_t{1}) == 48);
  CHECK(mss(std::uint16_t{65'535}) == 65'455);
}

TEST_CASE("the mutant without CLOSING leaves nothing behind in TIME_WAIT") {
  Driver d;
  d.behaviour.wrong.no_closing = true;
  d.reach(State::kEstablished).arrives({"ACK", 301, 101, "", 0});
  d.send("abc");  // the window is closed, so text and FIN wait
  d.close();
  d.arrives({"FIN,ACK", 301, 101, "", 2'000});
  CHECK(d.outcome() == "FIN_WAIT_1 -> TIME_WAIT; <SEQ=101><ACK=302><CTL=ACK>; tell end of stream");
  CHECK(d.tcb().retransmission_queue.empty());
}

TEST_CASE("a SYN that is trimmed off does not push the FIN of its segment out of the window") {
  Driver d;
  d.reach(State::kSynRcvd, true);
  // SYN at 300, text from 301, FIN at 1300: the last number of the window.
  d.arrives({"SYN,FIN,ACK", 300, 101, std::string(999, 'x')});
  CHECK(d.state() == State::kCloseWait);
  CHECK(d.tcb().rcv.nxt == wire::Seq(1301));
}

}  // namespace segment_test
