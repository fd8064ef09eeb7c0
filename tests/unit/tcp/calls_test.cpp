// User calls in every state: the table of RFC 9293 §3.10.1 to §3.10.5.
#include "catch.hpp"
#include "tcp/driver.hpp"

using namespace tcplab;
using tcp::CallResult;
using tcp::State;
using test::Driver;

namespace calls_test {
namespace {

std::string to_text(CallResult result) {
  switch (result) {
    case CallResult::kOk:
      return "ok";
    case CallResult::kQueued:
      return "queued";
    case CallResult::kEndOfStream:
      return "end of stream";
    case CallResult::kNoConnection:
      return "error: no connection";
    case CallResult::kConnectionExists:
      return "error: connection exists";
    case CallResult::kConnectionClosing:
      return "error: connection closing";
  }
  return "";
}

struct Row {
  State state;
  std::string expected;  // the result, then Driver::outcome()
};

// The states as Driver::reach makes them: ISS 100, IRS 300.
template <typename Call>
void check(const std::vector<Row>& rows, Call call, bool passive = false) {
  for (const auto& row : rows) {
    Driver driver;
    driver.reach(row.state, passive);
    const CallResult result = call(driver);
    INFO("in " << tcp::to_text(row.state));
    CHECK(to_text(result) + "; " + driver.outcome() == row.expected);
  }
}

const std::string kClosing = "error: connection closing; ";

}  // namespace

TEST_CASE("OPEN, active, in every state") {
  const std::string exists = "error: connection exists; ";
  check({{State::kClosed, "ok; CLOSED -> SYN_SENT; <SEQ=100><CTL=SYN>"},
         {State::kListen, "ok; LISTEN -> SYN_SENT; <SEQ=100><CTL=SYN>"},
         {State::kSynSent, exists + "SYN_SENT"},
         {State::kSynRcvd, exists + "SYN_RCVD"},
         {State::kEstablished, exists + "ESTABLISHED"},
         {State::kFinWait1, exists + "FIN_WAIT_1"},
         {State::kFinWait2, exists + "FIN_WAIT_2"},
         {State::kCloseWait, exists + "CLOSE_WAIT"},
         {State::kClosing, exists + "CLOSING"},
         {State::kLastAck, exists + "LAST_ACK"},
         {State::kTimeWait, exists + "TIME_WAIT"}},
        [](Driver& d) { return d.open_active(); });
}

TEST_CASE("OPEN, passive, only from CLOSED") {
  check({{State::kClosed, "ok; CLOSED -> LISTEN"},
         {State::kListen, "error: connection exists; LISTEN"},
         {State::kSynSent, "error: connection exists; SYN_SENT"},
         {State::kEstablished, "error: connection exists; ESTABLISHED"},
         {State::kTimeWait, "error: connection exists; TIME_WAIT"}},
        [](Driver& d) { return d.open_passive(); });
}

TEST_CASE("SEND in every state") {
  check({{State::kClosed, "error: no connection; CLOSED"},
         {State::kListen, "ok; LISTEN"},
         {State::kSynSent, "ok; SYN_SENT"},
         {State::kSynRcvd, "ok; SYN_RCVD"},
         {State::kEstablished, "ok; ESTABLISHED; <SEQ=101><ACK=301><DATA=3><CTL=ACK>"},
         {State::kFinWait1, kClosing + "FIN_WAIT_1"},
         {State::kFinWait2, kClosing + "FIN_WAIT_2"},
         {State::kCloseWait, "ok; CLOSE_WAIT; <SEQ=101><ACK=302><DATA=3><CTL=ACK>"},
         {State::kClosing, kClosing + "CLOSING"},
         {State::kLastAck, kClosing + "LAST_ACK"},
         {State::kTimeWait, kClosing + "TIME_WAIT"}},
        [](Driver& d) { return d.send("abc"); });
}

TEST_CASE("SEND before ESTABLISHED goes with the ACK of the SYN,ACK") {
  Driver d;
  d.reach(State::kSynSent).send("abc");
  d.arrives({"SYN,ACK", 300, 101});
  CHECK(d.outcome() ==
        "SYN_SENT -> ESTABLISHED; <SEQ=101><ACK=301><DATA=3><CTL=ACK>; tell established");
}

TEST_CASE("RECEIVE in every state, with nothing there") {
  struct Cell {
    State state;
    std::string expected;
  };
  const auto cell =
      GENERATE(Cell{State::kClosed, "[no connection]"}, Cell{State::kListen, "[queued]"},
               Cell{State::kSynSent, "[queued]"}, Cell{State::kSynRcvd, "[queued]"},
               Cell{State::kEstablished, "[queued]"}, Cell{State::kFinWait1, "[queued]"},
               Cell{State::kFinWait2, "[queued]"}, Cell{State::kCloseWait, "[end of stream]"},
               Cell{State::kClosing, "[end of stream]"}, Cell{State::kLastAck, "[end of stream]"},
               Cell{State::kTimeWait, "[end of stream]"});
  INFO("in " << tcp::to_text(cell.state));
  CHECK(Driver().reach(cell.state).receive() == cell.expected);
}

TEST_CASE("RECEIVE in CLOSE_WAIT gives the rest of the text first") {
  Driver d;
  d.reach(State::kEstablished).arrives({"FIN,ACK", 301, 101, "hello"});
  CHECK(d.receive(2) == "he");
  CHECK(d.receive() == "llo");
  CHECK(d.receive() == "[end of stream]");
}

TEST_CASE("CLOSE in every state") {
  check({{State::kClosed, "error: no connection; CLOSED"},
         {State::kListen, "ok; LISTEN -> CLOSED"},
         {State::kSynSent, "ok; SYN_SENT -> CLOSED"},
         {State::kSynRcvd, "ok; SYN_RCVD -> FIN_WAIT_1; <SEQ=101><ACK=301><CTL=FIN,ACK>"},
         {State::kEstablished, "ok; ESTABLISHED -> FIN_WAIT_1; <SEQ=101><ACK=301><CTL=FIN,ACK>"},
         {State::kFinWait1, kClosing + "FIN_WAIT_1"},
         {State::kFinWait2, kClosing + "FIN_WAIT_2"},
         {State::kCloseWait, "ok; CLOSE_WAIT -> LAST_ACK; <SEQ=101><ACK=302><CTL=FIN,ACK>"},
         {State::kClosing, kClosing + "CLOSING"},
         {State::kLastAck, kClosing + "LAST_ACK"},
         {State::kTimeWait, kClosing + "TIME_WAIT"}},
        [](Driver& d) { return d.close(); });
}

TEST_CASE("CLOSE in SYN_RCVD waits for the text before it (§3.10.4)") {
  Driver d;
  d.reach(State::kSynRcvd).send("abc");
  CHECK(d.close() == CallResult::kOk);
  CHECK(d.outcome() == "SYN_RCVD");
  d.arrives({"ACK", 301, 101});
  CHECK(d.outcome() ==
        "SYN_RCVD -> FIN_WAIT_1; <SEQ=101><ACK=301><DATA=3><CTL=ACK>; "
        "<SEQ=104><ACK=301><CTL=FIN,ACK>; tell established");
}

TEST_CASE("CLOSE in SYN_RCVD: OPEN still learns that it succeeded") {
  Driver d;
  d.reach(State::kSynRcvd).close();
  d.arrives({"ACK", 301, 101});
  CHECK(d.outcome() == "FIN_WAIT_1; tell established");
}

TEST_CASE("CLOSE in CLOSE_WAIT waits for the text before it: LAST_ACK only with the FIN") {
  Driver d;
  d.reach(State::kEstablished).arrives({"FIN,ACK", 301, 101, "", 2});  // a window of 2 octets
  d.send("ab");
  CHECK(d.outcome() == "CLOSE_WAIT; <SEQ=101><ACK=302><DATA=2><CTL=ACK>");
  d.send("cd");
  d.close();
  CHECK(d.outcome() == "CLOSE_WAIT");
  d.arrives({"ACK", 302, 103, "", 100});
  CHECK(d.outcome() ==
        "CLOSE_WAIT -> LAST_ACK; <SEQ=103><ACK=302><DATA=2><CTL=ACK>; "
        "<SEQ=105><ACK=302><CTL=FIN,ACK>");
}

TEST_CASE("ABORT in every state") {
  const std::string rst = "; <SEQ=101><CTL=RST>";
  const std::string rst_after_fin = "; <SEQ=102><CTL=RST>";
  check({{State::kClosed, "error: no connection; CLOSED"},
         {State::kListen, "ok; LISTEN -> CLOSED"},
         {State::kSynSent, "ok; SYN_SENT -> CLOSED"},
         {State::kSynRcvd, "ok; SYN_RCVD -> CLOSED" + rst},
         {State::kEstablished, "ok; ESTABLISHED -> CLOSED" + rst},
         {State::kFinWait1, "ok; FIN_WAIT_1 -> CLOSED" + rst_after_fin},
         {State::kFinWait2, "ok; FIN_WAIT_2 -> CLOSED" + rst_after_fin},
         {State::kCloseWait, "ok; CLOSE_WAIT -> CLOSED" + rst},
         {State::kClosing, "ok; CLOSING -> CLOSED"},
         {State::kLastAck, "ok; LAST_ACK -> CLOSED"},
         {State::kTimeWait, "ok; TIME_WAIT -> CLOSED"}},
        [](Driver& d) { return d.abort(); });
}

TEST_CASE("close() with unread text resets where a RST can tell of the loss (SHLD-3)") {
  const auto unread_in = [](State state) {
    Driver d;
    d.reach(State::kEstablished);
    if (state != State::kEstablished && state != State::kCloseWait) d.close();
    d.arrives({"ACK", 301, 101, "abc"});
    if (state == State::kFinWait2) d.arrives({"ACK", 304, 102});
    if (state == State::kCloseWait) d.arrives({"FIN,ACK", 304, 101});
    if (state == State::kClosing) d.arrives({"FIN,ACK", 304, 101});
    if (state == State::kTimeWait) d.arrives({"FIN,ACK", 304, 102});
    REQUIRE(tcp::to_text(d.state()) == tcp::to_text(state));
    d.close_both();
    return d.outcome();
  };
  CHECK(unread_in(State::kEstablished) == "ESTABLISHED -> CLOSED; <SEQ=101><CTL=RST>");
  CHECK(unread_in(State::kFinWait1) == "FIN_WAIT_1 -> CLOSED; <SEQ=102><CTL=RST>");
  CHECK(unread_in(State::kFinWait2) == "FIN_WAIT_2 -> CLOSED; <SEQ=102><CTL=RST>");
  CHECK(unread_in(State::kCloseWait) == "CLOSE_WAIT -> CLOSED; <SEQ=101><CTL=RST>");
  // No RST would leave: TIME_WAIT must not be lost for nothing.
  CHECK(unread_in(State::kClosing) == "CLOSING");
  CHECK(unread_in(State::kTimeWait) == "TIME_WAIT");
}

TEST_CASE("text for a socket that gave up reading is answered by a RST (MAY-1, SHLD-3)") {
  Driver d;
  d.reach(State::kEstablished).close_both();
  d.arrives({"ACK", 301, 102, "late"});
  CHECK(d.outcome() == "FIN_WAIT_1 -> CLOSED; <SEQ=102><CTL=RST>; drop text_after_close_resets");
}

TEST_CASE("the RST for text that crosses the FIN has the number that the peer expects by then") {
  const auto answer = [](tcp::Behaviour behaviour) {
    Driver d(behaviour);
    d.reach(State::kEstablished).close_both();
    d.arrives({"ACK", 301, 101, "late"});  // the FIN, 101, is on its way to the peer
    return d.outcome();
  };
  CHECK(answer({}) == "FIN_WAIT_1 -> CLOSED; <SEQ=102><CTL=RST>; drop text_after_close_resets");
  // Linux and BSD answer as if there were no TCB: the number of the FIN, left of the window once
  // the peer has it.
  for (const char* stack : {"linux", "freebsd", "macos"}) {
    INFO(stack);
    CHECK(answer(tcp::find_profile(stack)->behaviour) ==
          "FIN_WAIT_1 -> CLOSED; <SEQ=101><CTL=RST>; drop text_after_close_resets");
  }
}

TEST_CASE("close gives up reading: only text that nobody has read is answered by RST (SHLD-3)") {
  const auto closed = [] {
    Driver d;
    d.reach(State::kEstablished).arrives({"ACK", 301, 101, "abc"});
    REQUIRE(d.receive() == "abc");
    d.close_both();
    return d;
  };
  // Sent again because our ACK was lost, and now with the FIN behind it.
  Driver again = closed();
  again.arrives({"FIN,ACK", 301, 101, "abc"});
  CHECK(again.outcome() ==
        "FIN_WAIT_1 -> CLOSING; <SEQ=102><ACK=305><CTL=ACK>; tell end of stream");
  Driver more = closed();
  more.arrives({"FIN,ACK", 301, 101, "abcd"});
  CHECK(more.outcome() == "FIN_WAIT_1 -> CLOSED; <SEQ=102><CTL=RST>; drop text_after_close_resets");
}

}  // namespace calls_test
