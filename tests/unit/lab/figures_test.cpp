// The exchanges of RFC 9293 figures 6 to 13, segment by segment and state by state. Expected values
// are the figures'.
#include <algorithm>

#include "catch.hpp"
#include "lab/run.hpp"

using namespace tcplab;
using test::run;
using test::two_hosts;
using Lines = std::vector<std::string>;

namespace {

const std::string kListenAndConnect = R"(
  {"at": "0", "host": "B", "do": "listen", "port": 80},
  {"at": "10ms", "host": "A", "do": "connect", "to": "B:80", "as": "a"})";

// Mallory opens a connection to B in A's name, so that B is ESTABLISHED and A knows nothing: what
// figures 9 and 10 call a crash. B's SYN,ACK to A is lost.
const std::string kHalfOpen =
    R"("faults": [{"match": {"from": "B", "flags": "SYN ACK", "nth": 1}, "do": "drop"}],
  "script": [
  {"at": "0", "host": "B", "do": "listen", "port": 80},
  {"at": "0", "host": "mallory", "do": "inject",
   "segment": {"from": "A:4000", "to": "B:80", "flags": "SYN", "seq": 99}},
  {"at": "100ms", "host": "mallory", "do": "inject",
   "segment": {"from": "A:4000", "to": "B:80", "flags": "ACK", "seq": 100, "ack": 300}})";

}  // namespace

TEST_CASE("Figure 6: basic three-way handshake for connection synchronization") {
  const auto r = run(two_hosts(R"({"isn": 100})", R"({"isn": 300})",
                               R"("until": "1s", "script": [)" + kListenAndConnect + R"(,
      {"when": {"host": "B", "state": "ESTABLISHED"}, "host": "A", "do": "send", "socket": "a", "bytes": 5}])"));
  const auto sent = r.sent();
  CHECK(Lines(sent.begin(), sent.begin() + 4) ==
        Lines{"A <SEQ=100><CTL=SYN>", "B <SEQ=300><ACK=101><CTL=SYN,ACK>",
              "A <SEQ=101><ACK=301><CTL=ACK>", "A <SEQ=101><ACK=301><DATA=5><CTL=ACK>"});
  CHECK(r.states() == Lines{"B CLOSED -> LISTEN", "A CLOSED -> SYN_SENT", "B LISTEN -> SYN_RCVD",
                            "A SYN_SENT -> ESTABLISHED", "B SYN_RCVD -> ESTABLISHED"});
}

TEST_CASE("Figure 7: simultaneous connection synchronization") {
  const auto r = run(two_hosts(R"({"isn": 100})", R"({"isn": 300})", R"("until": "1s", "script": [
      {"at": "0", "host": "A", "do": "connect", "port": 5000, "to": "B:6000"},
      {"at": "10ms", "host": "B", "do": "connect", "port": 6000, "to": "A:5000"}])"));
  CHECK(r.sent() == Lines{"A <SEQ=100><CTL=SYN>", "B <SEQ=300><CTL=SYN>",
                          "B <SEQ=300><ACK=101><CTL=SYN,ACK>",
                          "A <SEQ=100><ACK=301><CTL=SYN,ACK>"});
  CHECK(r.states() == Lines{"A CLOSED -> SYN_SENT", "B CLOSED -> SYN_SENT",
                            "B SYN_SENT -> SYN_RCVD", "A SYN_SENT -> SYN_RCVD",
                            "A SYN_RCVD -> ESTABLISHED", "B SYN_RCVD -> ESTABLISHED"});
}

TEST_CASE("Figure 8: recovery from old duplicate SYN") {
  const auto r = run(two_hosts(
      R"({"isn": 100})", R"({"isn": [300, 400]})",
      R"("until": "900ms", "network": {"delay": "50ms", "links": [{"from": "A", "to": "B", "delay": "50ms"}]},
      "faults": [{"match": {"from": "A", "flags": "SYN"}, "do": "delay", "by": "300ms"}],
      "script": [
      {"at": "0", "host": "B", "do": "listen", "port": 80},
      {"at": "10ms", "host": "A", "do": "connect", "to": "B:80", "port": 4000},
      {"at": "20ms", "host": "mallory", "do": "inject",
       "segment": {"from": "A:4000", "to": "B:80", "flags": "SYN", "seq": 90}}])"));
  CHECK(r.sent() == Lines{"A <SEQ=100><CTL=SYN>", "mallory <SEQ=90><CTL=SYN>",
                          "B <SEQ=300><ACK=91><CTL=SYN,ACK>", "A <SEQ=91><CTL=RST>",
                          "B <SEQ=400><ACK=101><CTL=SYN,ACK>", "A <SEQ=101><ACK=401><CTL=ACK>"});
  CHECK(r.states() == Lines{"B CLOSED -> LISTEN", "A CLOSED -> SYN_SENT", "B LISTEN -> SYN_RCVD",
                            "B SYN_RCVD -> LISTEN", "B LISTEN -> SYN_RCVD",
                            "A SYN_SENT -> ESTABLISHED", "B SYN_RCVD -> ESTABLISHED"});
}

TEST_CASE("Figure 9: half-open connection discovery") {
  // B's window ends at 300, so that the SYN with 400 is outside, as the figure's text has it.
  const auto r = run(two_hosts(R"({"isn": 400})", R"({"isn": 299, "window": 200})",
                               R"("until": "1.3s", )" + kHalfOpen + R"(,
      {"at": "200ms", "host": "A", "do": "connect", "to": "B:80", "port": 4000}])"));
  const auto sent = r.sent();
  CHECK(Lines(sent.begin() + 3, sent.begin() + 7) ==
        Lines{"A <SEQ=400><CTL=SYN>", "B <SEQ=300><ACK=100><CTL=ACK>", "A <SEQ=100><CTL=RST>",
              "A <SEQ=400><CTL=SYN>"});
  const auto states = r.states();
  CHECK(Lines(states.begin() + 3, states.begin() + 5) ==
        Lines{"A CLOSED -> SYN_SENT", "B ESTABLISHED -> CLOSED"});
  const auto returns = r.events(lab::EventKind::kReturn);
  const auto reset = std::find_if(returns.begin(), returns.end(), [](const auto& event) {
    return event["host"] == "B" && event.value("error", "") == "ECONNRESET";
  });
  CHECK(reset != returns.end());
}

TEST_CASE("Figure 10: active side causes half-open connection discovery") {
  const auto r = run(two_hosts(R"({})", R"({"isn": 299})", R"("until": "1s", )" + kHalfOpen + R"(,
      {"at": "200ms", "host": "B", "do": "send", "socket": "accepted", "bytes": 10}])"));
  const auto sent = r.sent();
  CHECK(Lines(sent.begin() + 3, sent.end()) ==
        Lines{"B <SEQ=300><ACK=100><DATA=10><CTL=ACK>", "A <SEQ=100><CTL=RST>"});
  CHECK(r.states().back() == "B ESTABLISHED -> CLOSED");
}

TEST_CASE("Figure 11: old duplicate SYN initiates a reset on two passive sockets") {
  // Z = 90, X = 300.
  const auto r = run(two_hosts(R"({})", R"({"isn": 300})", R"("until": "1s", "script": [
      {"at": "0", "host": "A", "do": "listen", "port": 4000},
      {"at": "0", "host": "B", "do": "listen", "port": 80},
      {"at": "10ms", "host": "mallory", "do": "inject",
       "segment": {"from": "A:4000", "to": "B:80", "flags": "SYN", "seq": 90}}])"));
  CHECK(r.sent() == Lines{"mallory <SEQ=90><CTL=SYN>", "B <SEQ=300><ACK=91><CTL=SYN,ACK>",
                          "A <SEQ=91><CTL=RST>"});
  CHECK(r.states() == Lines{"A CLOSED -> LISTEN", "B CLOSED -> LISTEN", "B LISTEN -> SYN_RCVD",
                            "B SYN_RCVD -> LISTEN"});
}

TEST_CASE("Figure 12: normal close sequence") {
  const auto r =
      run(two_hosts(R"({"isn": 99})", R"({"isn": 299})", R"("script": [)" + kListenAndConnect + R"(,
      {"at": "500ms", "host": "A", "do": "close", "socket": "a"},
      {"when": {"host": "B", "state": "CLOSE_WAIT"}, "after": "60ms", "host": "B", "do": "close", "socket": "accepted"}])"));
  const auto sent = r.sent();
  CHECK(Lines(sent.begin() + 3, sent.end()) ==
        Lines{"A <SEQ=100><ACK=300><CTL=FIN,ACK>", "B <SEQ=300><ACK=101><CTL=ACK>",
              "B <SEQ=300><ACK=101><CTL=FIN,ACK>", "A <SEQ=101><ACK=301><CTL=ACK>"});
  const auto states = r.states();
  CHECK(Lines(states.begin() + 5, states.end()) ==
        Lines{"A ESTABLISHED -> FIN_WAIT_1", "B ESTABLISHED -> CLOSE_WAIT",
              "A FIN_WAIT_1 -> FIN_WAIT_2", "B CLOSE_WAIT -> LAST_ACK", "A FIN_WAIT_2 -> TIME_WAIT",
              "B LAST_ACK -> CLOSED", "A TIME_WAIT -> CLOSED"});
  // 500 ms, 50 ms to B, 60 ms in its application, 50 ms back; then 2 MSL = 240 s.
  CHECK(r.trace.events.back().t == std::chrono::milliseconds(500 + 50 + 60 + 50 + 240'000));
  CHECK(r.end == lab::End::kQuiet);
}

TEST_CASE("Figure 13: simultaneous close sequence") {
  const auto r =
      run(two_hosts(R"({"isn": 99})", R"({"isn": 299})", R"("script": [)" + kListenAndConnect + R"(,
      {"at": "500ms", "host": "A", "do": "close", "socket": "a"},
      {"at": "500ms", "host": "B", "do": "close", "socket": "accepted"}])"));
  const auto sent = r.sent();
  CHECK(Lines(sent.begin() + 3, sent.end()) ==
        Lines{"A <SEQ=100><ACK=300><CTL=FIN,ACK>", "B <SEQ=300><ACK=100><CTL=FIN,ACK>",
              "B <SEQ=301><ACK=101><CTL=ACK>", "A <SEQ=101><ACK=301><CTL=ACK>"});
  const auto states = r.states();
  CHECK(Lines(states.begin() + 5, states.end()) ==
        Lines{"A ESTABLISHED -> FIN_WAIT_1", "B ESTABLISHED -> FIN_WAIT_1",
              "B FIN_WAIT_1 -> CLOSING", "A FIN_WAIT_1 -> CLOSING", "A CLOSING -> TIME_WAIT",
              "B CLOSING -> TIME_WAIT", "A TIME_WAIT -> CLOSED", "B TIME_WAIT -> CLOSED"});
}
