// Processes that die, hosts that crash: RFC 9293 §3.5.1, figures 9 to 11.
#include "catch.hpp"
#include "host/returns.hpp"

using namespace tcplab;
using test::play;
using test::returns;
using Lines = std::vector<std::string>;

namespace {

const std::string kOpen = R"(
    {"at": "0", "host": "B", "do": "listen", "port": 80, "read": "on_call"},
    {"at": "10ms", "host": "A", "do": "connect", "to": "B:80", "as": "a"})";

std::string last(const test::Run& r) { return r.sent().back(); }

}  // namespace

TEST_CASE("a process that dies: FIN, or RST where text was left unread") {
  CHECK(last(play(kOpen + R"(,{"at": "1s", "host": "B", "do": "kill"})", R"("until": "1.01s",)")) ==
        "B <SEQ=301><ACK=101><CTL=FIN,ACK>");
  CHECK(last(play(kOpen + R"(,
      {"at": "500ms", "host": "A", "do": "send", "socket": "a", "bytes": 5},
      {"at": "1s", "host": "B", "do": "kill"})")) == "B <SEQ=301><CTL=RST>");
}

TEST_CASE("a host that crashes says nothing, and while it is down nobody answers") {
  const auto r = play(kOpen + R"(,
      {"at": "1s", "host": "B", "do": "crash"},
      {"at": "1.1s", "host": "A", "do": "send", "socket": "a", "bytes": 5},
      {"at": "1.2s", "host": "B", "do": "listen", "port": 80})",
                      R"("until": "1.5s",)");
  CHECK(last(r) == "A <SEQ=101><ACK=301><DATA=5><CTL=ACK>");
  CHECK(returns(r, "B").back() == "listen listener-2 ENETDOWN");
  CHECK(r.states().back() == "B ESTABLISHED -> CLOSED");
}

TEST_CASE("after a reboot the old peer's text is answered by RST (figure 10)") {
  const auto r = play(kOpen + R"(,
      {"at": "1s", "host": "B", "do": "reboot"},
      {"at": "1.1s", "host": "A", "do": "send", "socket": "a", "bytes": 5})");
  CHECK(last(r) == "B <SEQ=301><CTL=RST>");
  CHECK(returns(r, "A").back() == "recv a ECONNRESET");
}

TEST_CASE("after a reboot the same SYN finds the peer's half-open connection (figure 9)") {
  const auto r = test::run(test::two_hosts(R"({"isn": [100, 400]})", R"({"isn": 300})",
                                           R"("profile": "rfc9293+5961", "until": "3s", "script": [
      {"at": "0", "host": "B", "do": "listen", "port": 80},
      {"at": "10ms", "host": "A", "do": "connect", "to": "B:80", "port": 4000, "as": "a"},
      {"at": "1s", "host": "A", "do": "reboot"},
      {"at": "1s", "host": "A", "do": "connect", "to": "B:80", "port": 4000, "as": "b"}])"));
  const auto sent = r.sent();
  // "(!!) SYN-SENT ... <SEQ=400><CTL=SYN>", "ACK 300,100", "<SEQ=100><CTL=RST>"
  REQUIRE(sent.size() >= 6);
  CHECK(sent[3] == "A <SEQ=400><CTL=SYN>");
  CHECK(sent[4] == "B <SEQ=301><ACK=101><CTL=ACK>");
  CHECK(sent[5] == "A <SEQ=101><CTL=RST>");
  // The SYN is sent again a second later, and now it opens.
  CHECK(returns(r, "A").back() == "connect b");
}
