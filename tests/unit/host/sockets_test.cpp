// The sockets API as a programmer knows it: POSIX.1-2017, and Linux's manual pages where it leaves
// a choice.
#include <algorithm>

#include "catch.hpp"
#include "host/returns.hpp"

using namespace tcplab;
using test::play;
using test::returns;
using Lines = std::vector<std::string>;

namespace sockets_test {
namespace {

std::string call(const std::string& at, const std::string& host, const std::string& what,
                 const std::string& more = "") {
  return R"({"at": ")" + at + R"(", "host": ")" + host + R"(", "do": ")" + what + R"(")" +
         (more.empty() ? "" : ", " + more) + "}";
}

// Joins script entries.
std::string script(const Lines& entries) {
  std::string text;
  for (const auto& entry : entries) text += (text.empty() ? "" : ",") + entry;
  return text;
}

std::string set(const std::string& at, const std::string& host, const std::string& socket,
                const std::string& option, const std::string& value) {
  return call(at, host, "setsockopt",
              R"("socket": ")" + socket + R"(", "option": ")" + option + R"(", "value": )" + value);
}

std::string get(const std::string& at, const std::string& host, const std::string& socket,
                const std::string& option) {
  return call(at, host, "getsockopt",
              R"("socket": ")" + socket + R"(", "option": ")" + option + R"(")");
}

const std::string kListen = call("0", "B", "listen", R"("port": 80, "read": "on_call")");
const std::string kConnect = call("10ms", "A", "connect", R"("to": "B:80", "as": "a")");

}  // namespace

TEST_CASE("sockets: socket, bind, listen, accept, and the client's end") {
  const auto r = play(script({
      call("0", "B", "socket", R"("as": "s")"),
      call("0", "B", "bind", R"("socket": "s", "port": 80, "address": "10.0.0.2")"),
      call("0", "B", "listen", R"("socket": "s", "backlog": 5)"),
      call("10ms", "A", "socket", R"("as": "a")"),
      call("10ms", "A", "bind", R"("socket": "a", "port": 4000)"),
      call("10ms", "A", "connect", R"("socket": "a", "to": "B:80")"),
  }));
  CHECK(returns(r, "B") == Lines{"socket s", "bind s", "listen s", "accept accepted"});
  CHECK(returns(r, "A") == Lines{"socket a", "bind a", "connect a"});
  CHECK(r.sent().front() == "A <SEQ=100><CTL=SYN>");
}

TEST_CASE(
    "sockets: a local address that nobody gave is the host's, to the end (MUST-44, MUST-45)") {
  const auto r = play(script({
                          call("0", "B", "listen", R"("port": 80)"),
                          call("10ms", "A", "connect", R"("to": "B:80", "as": "a")"),
                          call("300ms", "A", "send", R"("socket": "a", "bytes": 10)"),
                          call("500ms", "A", "close", R"("socket": "a")"),
                          call("700ms", "B", "close", R"("socket": "accepted")"),
                      }),
                      R"("until": "10min",)");
  std::size_t of_a = 0;
  for (const auto& event : r.events(lab::EventKind::kSegmentSent)) {
    const bool from_a = event["host"] == "A";
    of_a += from_a ? 1 : 0;
    CHECK(event["segment"][from_a ? "src" : "dst"] == "10.0.0.1:40000");
    CHECK(event["segment"][from_a ? "dst" : "src"] == "10.0.0.2:80");
  }
  CHECK(of_a == 5);  // SYN, ACK, text, FIN, the last ACK
}

TEST_CASE("sockets: calls that do not fit") {
  const auto r = play(script({
      call("0", "B", "socket", R"("as": "s")"),
      call("0", "B", "listen", R"("socket": "s")"),
      call("0", "B", "bind", R"("socket": "s", "port": 80, "address": "10.0.0.9")"),
      call("0", "B", "bind", R"("socket": "s", "port": 80)"),
      call("0", "B", "bind", R"("socket": "s", "port": 81)"),
      call("0", "B", "listen", R"("socket": "s")"),
      call("0", "B", "listen", R"("socket": "s")"),
      call("0", "B", "recv", R"("socket": "s")"),
      call("0", "B", "bind", R"("socket": "nobody", "port": 80)"),
      call("10ms", "A", "connect", R"("as": "a", "to": "224.0.0.1:80")"),
      call("10ms", "A", "connect", R"("as": "a", "to": "B:80")"),
      call("500ms", "A", "connect", R"("socket": "a", "to": "B:80")"),
      call("500ms", "A", "accept", R"("socket": "a")"),
  }));
  CHECK(returns(r, "B") == Lines{"socket s", "listen s EDESTADDRREQ", "bind s EADDRNOTAVAIL",
                                 "bind s", "bind s EINVAL", "listen s", "listen s",
                                 "recv s ENOTCONN", "bind nobody EBADF", "accept accepted"});
  CHECK(returns(r, "A") ==
        Lines{"connect a ENETUNREACH", "connect a", "connect a EISCONN", "accept a EINVAL"});
}

TEST_CASE("sockets: nobody opens to a group or to everybody (MUST-46)") {
  for (const std::string to : {"224.0.0.1:80", "255.255.255.255:80"}) {
    const auto r = play(script({
        call("0", "A", "connect", R"("to": ")" + to + R"(")"),
        call("0", "A", "listen", R"("port": 80)"),
        call("1ms", "A", "send", R"("socket": "listener", "text": "x", "to": ")" + to + R"(")"),
    }));
    CHECK(returns(r, "A") ==
          Lines{"connect socket ENETUNREACH", "listen listener", "send listener ENETUNREACH"});
    CHECK(r.sent().empty());
  }
}

TEST_CASE("sockets: a port that TIME-WAIT holds can be bound with SO_REUSEADDR only") {
  const auto restart = [](bool reuse) {
    Lines entries{
        call("0", "B", "socket", R"("as": "s")"),
        set("0", "B", "s", "SO_REUSEADDR", reuse ? "true" : "false"),
        call("0", "B", "bind", R"("socket": "s", "port": 80)"),
        call("0", "B", "listen", R"("socket": "s")"),
        kConnect,
        call("500ms", "B", "close", R"("socket": "accepted")"),
        call("800ms", "A", "close", R"("socket": "a")"),
        call("900ms", "B", "close", R"("socket": "s")"),
        call("1s", "B", "socket", R"("as": "again")"),
        set("1s", "B", "again", "SO_REUSEADDR", reuse ? "true" : "false"),
        call("1s", "B", "bind", R"("socket": "again", "port": 80)"),
    };
    return returns(play(script(entries)), "B").back();
  };
  CHECK(restart(true) == "bind again");
  CHECK(restart(false) == "bind again EADDRINUSE");
}

TEST_CASE("sockets: a listening port can be shared by nobody") {
  const auto r = play(script({
      kListen,
      call("0", "B", "socket", R"("as": "s")"),
      set("0", "B", "s", "SO_REUSEADDR", "true"),
      call("0", "B", "bind", R"("socket": "s", "port": 80)"),
  }));
  CHECK(returns(r, "B").back() == "bind s EADDRINUSE");
}

TEST_CASE("sockets: non-blocking calls return at once") {
  const auto r = play(script({
      kListen,
      call("10ms", "A", "socket", R"("as": "a", "nonblocking": true, "read": "on_call")"),
      call("10ms", "A", "connect", R"("socket": "a", "to": "B:80")"),
      call("20ms", "A", "connect", R"("socket": "a", "to": "B:80")"),
      get("500ms", "A", "a", "SO_ERROR"),
      call("500ms", "A", "recv", R"("socket": "a")"),
      call("500ms", "A", "connect", R"("socket": "a", "to": "B:80")"),
      call("600ms", "A", "socket", R"("as": "b", "nonblocking": true)"),
      call("600ms", "A", "connect", R"("socket": "b", "to": "B:81")"),
      get("1s", "A", "b", "SO_ERROR"),
      get("1s", "A", "b", "SO_ERROR"),
  }));
  CHECK(returns(r, "A") == Lines{"socket a", "connect a EINPROGRESS", "connect a EALREADY",
                                 R"(getsockopt a = "")", "recv a EAGAIN", "connect a EISCONN",
                                 "socket b", "connect b EINPROGRESS",
                                 R"(getsockopt b = "ECONNREFUSED")", R"(getsockopt b = "")"});
}

TEST_CASE("sockets: ephemeral ports run out towards one destination only") {
  const auto r = test::run(
      test::two_hosts(R"({"isn": 100, "first_port": 50000, "last_port": 50001})", R"({"isn": 300})",
                      R"("until": "2s", "script": [)" +
                          script({kListen, call("0", "B", "listen", R"("port": 81)"),
                                  call("10ms", "A", "connect", R"("to": "B:80", "as": "a")"),
                                  call("10ms", "A", "connect", R"("to": "B:80", "as": "b")"),
                                  call("10ms", "A", "connect", R"("to": "B:80", "as": "c")"),
                                  call("10ms", "A", "connect", R"("to": "B:81", "as": "d")")}) +
                          "]"));
  CHECK(returns(r, "A") == Lines{"connect c EADDRNOTAVAIL", "connect a", "connect b", "connect d"});
}

TEST_CASE("sockets: options are told as they were set") {
  const auto r = play(script({
      call("0", "A", "socket", R"("as": "a")"),
      get("0", "A", "a", "SO_LINGER"),
      set("0", "A", "a", "SO_LINGER", R"("5s")"),
      get("0", "A", "a", "SO_LINGER"),
      set("0", "A", "a", "SO_LINGER", "false"),
      get("0", "A", "a", "SO_LINGER"),
      set("0", "A", "a", "TCP_NODELAY", "true"),
      get("0", "A", "a", "TCP_NODELAY"),
      set("0", "A", "a", "TCP_KEEPCNT", "3"),
      get("0", "A", "a", "TCP_KEEPCNT"),
      set("0", "A", "a", "TCP_KEEPCNT", "128"),
      set("0", "A", "a", "TCP_KEEPCNT", "true"),
      set("0", "A", "a", "TCP_MAXSEG", "500"),
      get("0", "A", "a", "TCP_MAXSEG"),
      set("0", "A", "a", "SO_ERROR", "1"),
      set("0", "A", "a", "TCP_KEEPIDLE", R"("10s")"),
      get("0", "A", "a", "TCP_KEEPIDLE"),
  }));
  CHECK(returns(r, "A") ==
        Lines{"socket a", "getsockopt a = -1000000", "setsockopt a", "getsockopt a = 5000000",
              "setsockopt a", "getsockopt a = -1000000", "setsockopt a", "getsockopt a = true",
              "setsockopt a", "getsockopt a = 3", "setsockopt a EINVAL", "setsockopt a EINVAL",
              "setsockopt a", "getsockopt a = 500", "setsockopt a ENOPROTOOPT", "setsockopt a",
              "getsockopt a = 10000000"});
}

TEST_CASE("sockets: TCP_MAXSEG is what the SYN offers, and TCP_INFO tells what came of it") {
  const auto r = play(script({
      kListen,
      call("10ms", "A", "socket", R"("as": "a")"),
      set("10ms", "A", "a", "TCP_MAXSEG", "500"),
      call("10ms", "A", "connect", R"("socket": "a", "to": "B:80")"),
      get("500ms", "B", "accepted", "TCP_INFO"),
  }));
  const auto info = r.events(lab::EventKind::kReturn).back()["value"];
  CHECK(info["state"] == "ESTABLISHED");
  CHECK(info["snd_mss"] == 500);
  CHECK(info["rtt"] == 100'000);  // 50 ms each way
}

TEST_CASE("sockets: STATUS tells each state of figure 5 (§3.10.6)") {
  // A closes first, each way takes 50 ms: where both ends stand at which moment.
  struct Row {
    const char* at;
    const char* a;
    const char* b;
  };
  const std::vector<Row> rows{{"20ms", "SYN_SENT", ""},
                              {"120ms", "ESTABLISHED", ""},
                              {"170ms", "ESTABLISHED", "ESTABLISHED"},
                              {"510ms", "FIN_WAIT_1", "ESTABLISHED"},
                              {"560ms", "FIN_WAIT_1", "CLOSE_WAIT"},
                              {"610ms", "FIN_WAIT_2", "CLOSE_WAIT"},
                              {"710ms", "FIN_WAIT_2", "LAST_ACK"}};
  Lines entries{kListen, kConnect, call("500ms", "A", "shutdown", R"("socket": "a")"),
                call("700ms", "B", "shutdown", R"("socket": "accepted")")};
  Lines expected;
  for (const auto& row : rows) {
    entries.push_back(get(row.at, "A", "a", "TCP_INFO"));
    expected.push_back("A " + std::string(row.a));
    if (*row.b == '\0') continue;
    entries.push_back(get(row.at, "B", "accepted", "TCP_INFO"));
    expected.push_back("B " + std::string(row.b));
  }
  entries.push_back(get("1s", "A", "a", "TCP_INFO"));
  expected.push_back("A TIME_WAIT");
  entries.push_back(get("1s", "B", "accepted", "TCP_INFO"));
  expected.push_back("B CLOSED");
  entries.push_back(get("1s", "B", "listener", "TCP_INFO"));
  expected.push_back("B LISTEN");
  Lines told;
  for (const auto& event : play(script(entries)).events(lab::EventKind::kReturn)) {
    if (event["call"] != "getsockopt") continue;
    told.push_back(event["host"].get<std::string>() + " " +
                   event["value"]["state"].get<std::string>());
  }
  CHECK(told == expected);
}

TEST_CASE("sockets: TCP_INFO's send MSS is less by the timestamps, as Linux tells it") {
  const auto r = play(script({kListen, kConnect, get("500ms", "A", "a", "TCP_INFO")}),
                      R"("profile": "linux", "until": "2s",)");
  CHECK(r.events(lab::EventKind::kReturn).back()["value"]["snd_mss"] == 1460 - 12);
}

TEST_CASE("sockets: shutdown() of reading tells the peer nothing, and recv() the end") {
  const auto r = play(script({
      kListen,
      kConnect,
      call("400ms", "B", "shutdown", R"("socket": "accepted", "how": "read")"),
      call("450ms", "B", "recv", R"("socket": "accepted")"),
      call("500ms", "A", "send", R"("socket": "a", "bytes": 5)"),
      call("800ms", "B", "close", R"("socket": "accepted")"),
  }));
  const auto sent = r.sent();
  REQUIRE(sent.size() >= 6);
  CHECK(sent[4] == "B <SEQ=301><ACK=106><CTL=ACK>");
  // The text was never read (SHLD-3).
  CHECK(sent[5] == "B <SEQ=301><CTL=RST>");
  CHECK(returns(r, "B") == Lines{"listen listener", "accept accepted", "shutdown accepted",
                                 "recv accepted 0", "close accepted"});
}

TEST_CASE("sockets: shutdown() of reading withholds no text that is there") {
  const auto r = play(script({
      R"({"at": "0", "host": "B", "do": "listen", "port": 80, "read": "on_call"})",
      kConnect,
      call("300ms", "A", "send", R"("socket": "a", "bytes": 5)"),
      call("400ms", "B", "shutdown", R"("socket": "accepted", "how": "read")"),
      call("500ms", "B", "recv", R"("socket": "accepted", "bytes": 3)"),
      call("600ms", "B", "recv", R"("socket": "accepted")"),
      call("700ms", "B", "recv", R"("socket": "accepted")"),
      call("750ms", "A", "send", R"("socket": "a", "bytes": 2)"),
      call("900ms", "B", "recv", R"("socket": "accepted")"),
  }));
  CHECK(returns(r, "B") == Lines{"listen listener", "accept accepted", "shutdown accepted",
                                 "recv accepted 3", "recv accepted 2", "recv accepted 0",
                                 "recv accepted 2"});
}

TEST_CASE("sockets: shutdown() of both sides sends a FIN") {
  const auto r = play(script(
      {kListen, kConnect, call("400ms", "A", "shutdown", R"("socket": "a", "how": "both")")}));
  CHECK(r.sent()[3] == "A <SEQ=101><ACK=301><CTL=FIN,ACK>");
}

TEST_CASE("sockets: SO_LINGER of 0 closes by RST, and nobody holds TIME-WAIT") {
  const auto r = play(script({kListen, kConnect, set("500ms", "A", "a", "SO_LINGER", R"("0")"),
                              call("500ms", "A", "close", R"("socket": "a")")}));
  CHECK(r.sent().back() == "A <SEQ=101><CTL=RST>");
  for (const auto& state : r.states()) CHECK(state.find("TIME_WAIT") == std::string::npos);
}

TEST_CASE("sockets: SO_LINGER with a time lets close() wait for the FIN's ACK, or that long") {
  const auto closed_at = [](const std::string& rest) {
    const auto r = play(script({kListen, kConnect, set("500ms", "A", "a", "SO_LINGER", R"("3s")"),
                                call("500ms", "A", "close", R"("socket": "a")")}),
                        R"("until": "10s",)" + rest);
    for (const auto& event : r.events(lab::EventKind::kReturn)) {
      if (event["call"] == "close") return event["t"].get<std::int64_t>();
    }
    return std::int64_t{-1};
  };
  // The FIN takes 50 ms there, its ACK 50 ms back.
  CHECK(closed_at("") == 600'000);
  CHECK(closed_at(R"("faults": [{"match": {"flags": "FIN ACK"}, "do": "drop"}],)") == 3'500'000);
}

TEST_CASE("sockets: TCP_DEFER_ACCEPT wakes the application for text only") {
  const auto r = play(script({
      call("0", "B", "socket", R"("as": "s")"),
      call("0", "B", "bind", R"("socket": "s", "port": 80)"),
      set("0", "B", "s", "TCP_DEFER_ACCEPT", R"("30s")"),
      call("0", "B", "listen", R"("socket": "s")"),
      kConnect,
      call("500ms", "A", "send", R"("socket": "a", "bytes": 3)"),
  }));
  const auto accepts = r.events(lab::EventKind::kReturn);
  REQUIRE(accepts.back()["call"] == "accept");
  CHECK(accepts.back()["t"] == 550'000);
}

TEST_CASE("sockets: SO_KEEPALIVE finds out that the peer's host is gone") {
  const auto r = play(script({
                          kListen,
                          kConnect,
                          set("500ms", "A", "a", "TCP_KEEPIDLE", R"("10s")"),
                          set("500ms", "A", "a", "TCP_KEEPINTVL", R"("2s")"),
                          set("500ms", "A", "a", "TCP_KEEPCNT", "3"),
                          set("500ms", "A", "a", "SO_KEEPALIVE", "true"),
                          call("1s", "B", "crash"),
                      }),
                      R"("until": "1h",)");
  CHECK(returns(r, "A").back() == "recv a ETIMEDOUT");
  // 10 s idle, three probes 2 s apart, and 2 s for the last one.
  CHECK(r.events(lab::EventKind::kReturn).back()["t"] == 16'500'000);
}

TEST_CASE("sockets: a reset is told once; then send() says EPIPE, and recv() the end") {
  const auto r = play(script({
      kListen,
      call("10ms", "A", "connect", R"("to": "B:80", "as": "a", "read": "on_call")"),
      call("500ms", "B", "abort", R"("socket": "accepted")"),
      call("700ms", "A", "recv", R"("socket": "a")"),
      call("700ms", "A", "send", R"("socket": "a", "bytes": 1)"),
      call("700ms", "A", "recv", R"("socket": "a")"),
      call("700ms", "A", "connect", R"("socket": "a", "to": "B:80")"),
  }));
  CHECK(returns(r, "A") ==
        Lines{"connect a", "recv a ECONNRESET", "send a EPIPE", "recv a 0", "connect a EISCONN"});
}

TEST_CASE("sockets: a socket that never was connected has nothing to send on, and no end") {
  const auto r = play(script({
      call("0", "A", "socket", R"("as": "a")"),
      call("0", "A", "send", R"("socket": "a", "bytes": 1)"),
      call("0", "A", "recv", R"("socket": "a")"),
      call("0", "A", "shutdown", R"("socket": "a")"),
  }));
  CHECK(returns(r, "A") ==
        Lines{"socket a", "send a ENOTCONN", "recv a ENOTCONN", "shutdown a ENOTCONN"});
}

TEST_CASE("sockets: connect() can be tried again where it failed, but not on what was closed") {
  const auto r = play(script({
      call("10ms", "A", "socket", R"("as": "a")"),
      set("10ms", "A", "a", "TCP_MAXSEG", "500"),
      call("10ms", "A", "connect", R"("socket": "a", "to": "B:80")"),
      call("200ms", "B", "listen", R"("port": 80)"),
      call("300ms", "A", "connect", R"("socket": "a", "to": "B:80")"),
      call("600ms", "A", "send", R"("socket": "a", "bytes": 501)"),
      call("900ms", "A", "close", R"("socket": "a")"),
      call("950ms", "A", "connect", R"("socket": "a", "to": "B:80")"),
  }));
  CHECK(returns(r, "A") == Lines{"socket a", "setsockopt a", "connect a ECONNREFUSED", "connect a",
                                 "send a", "close a", "connect a EBADF"});
  // The options outlive the attempt.
  CHECK(r.sent()[5].find("<DATA=500>") != std::string::npos);
}

TEST_CASE("sockets: connect() that does not wait tells its error to the next connect(), too") {
  const auto r = play(script({
      call("10ms", "A", "socket", R"("as": "a", "nonblocking": true)"),
      call("10ms", "A", "connect", R"("socket": "a", "to": "B:80")"),
      call("20ms", "A", "send", R"("socket": "a", "bytes": 1)"),
      call("500ms", "A", "connect", R"("socket": "a", "to": "B:80")"),
      call("500ms", "A", "connect", R"("socket": "a", "to": "B:80")"),
  }));
  CHECK(returns(r, "A") == Lines{"socket a", "connect a EINPROGRESS", "send a EAGAIN",
                                 "connect a ECONNREFUSED", "connect a EINPROGRESS"});
}

TEST_CASE("sockets: recv() after the error of a failed open, which no connect() told") {
  const auto after = [](const char* profile, const std::string& teller) {
    const auto r = play(
        script({
            call("10ms", "A", "socket", R"("as": "a", "nonblocking": true)"),
            call("10ms", "A", "connect", R"("socket": "a", "to": "B:80")"),
            call("500ms", "A", teller,
                 R"("socket": "a")" + std::string(teller == "connect" ? R"(, "to": "B:80")" : "")),
            call("510ms", "A", "recv", R"("socket": "a")"),
        }),
        R"("profile": ")" + std::string(profile) + R"(", "until": "2s",)");
    return returns(r, "A").back();
  };
  CHECK(after("linux", "recv") == "recv a 0");
  CHECK(after("linux", "connect") == "recv a ENOTCONN");
  CHECK(after("rfc9293", "recv") == "recv a ENOTCONN");
}

TEST_CASE("sockets: what is shut can be shut again, until the connection is gone") {
  const auto r = play(script({
      kListen,
      kConnect,
      call("300ms", "A", "shutdown", R"("socket": "a")"),
      call("350ms", "A", "shutdown", R"("socket": "a")"),
      call("600ms", "A", "shutdown", R"("socket": "a")"),
      call("700ms", "B", "close", R"("socket": "accepted")"),
      call("900ms", "A", "shutdown", R"("socket": "a")"),
  }));
  // FIN_WAIT_1, FIN_WAIT_2, and TIME_WAIT.
  CHECK(returns(r, "A") == Lines{"connect a", "shutdown a", "shutdown a", "shutdown a", "recv a 0",
                                 "shutdown a ENOTCONN"});
  CHECK(r.sent().size() == 7);  // three to open, and two FINs with their ACKs
}

TEST_CASE("sockets: listen() on a listener changes its backlog") {
  const auto r = play(script({
      call("0", "B", "listen", R"("port": 80, "backlog": 1, "accept": "on_call")"),
      call("0", "B", "listen", R"("socket": "listener", "backlog": 2)"),
      kConnect,
      call("20ms", "A", "connect", R"("to": "B:80", "as": "b")"),
  }));
  CHECK(returns(r, "A") == Lines{"connect a", "connect b"});
}

TEST_CASE("sockets: TCP_MAXSEG of a connection is what its segments hold") {
  const auto r = play(script({kListen, kConnect, get("500ms", "A", "a", "TCP_MAXSEG")}),
                      R"("profile": "linux", "until": "2s",)");
  CHECK(returns(r, "A").back() == "getsockopt a = 1448");
}

TEST_CASE("sockets: TCP_SYNCNT bounds an open, TCP_LINGER2 FIN_WAIT_2 after close()") {
  const auto given_up =
      play(script({
               call("0", "A", "socket", R"("as": "a")"),
               set("1ms", "A", "a", "TCP_SYNCNT", "2"),
               call("10ms", "A", "connect", R"("to": "10.9.9.9:80", "socket": "a")"),
           }),
           R"("profile": "freebsd", "until": "1h",)");
  // At 0, 1 and 3 s; the third timeout, at 7 s, finds two sent again.
  const auto returned = given_up.events(lab::EventKind::kReturn).back();
  CHECK(returned["error"] == "ETIMEDOUT");
  CHECK(returned["t"] == 7'010'000);

  const auto ends = play(script({
                             kListen,
                             kConnect,
                             set("300ms", "A", "a", "TCP_LINGER2", R"("2s")"),
                             call("400ms", "A", "close", R"("socket": "a")"),
                         }),
                         R"("until": "1h",)");
  const auto states = ends.events(lab::EventKind::kState);
  CHECK(states.back()["host"] == "A");
  CHECK(states.back()["edge"] == "fin_wait_2-closed-orphan");
  // FIN_WAIT_2 begins with the FIN's ACK, one round trip after close().
  CHECK(states.back()["t"] == 400'000 + 100'000 + 2'000'000);
}

// ../shared/facts/networks.md, E23: "refused at 0.9 s, taken at 1.1 s, ISS = old SND.NXT + 65537".
TEST_CASE(
    "sockets: connect() over TIME-WAIT once its last timestamp is a second old (tcp_tw_reuse)") {
  const auto again = [](const std::string& at, const char* timestamps) {
    const std::string tcp = std::string(R"({"timestamps": )") + timestamps;
    return test::run(test::two_hosts(
        tcp + R"(, "isn": [100], "connect_over_time_wait": true})", tcp + R"(, "isn": [300, 400]})",
        R"("until": "3s", "script": [)" +
            script({kListen,
                    call("10ms", "A", "connect", R"("to": "B:80", "port": 4000, "as": "a")"),
                    call("200ms", "A", "close", R"("socket": "a")"),
                    call("300ms", "B", "close", R"("socket": "accepted")"),
                    call(at, "A", "connect", R"("to": "B:80", "port": 4000, "as": "again")")}) +
            "]"));
  };
  const auto result = [](const test::Run& r) {
    for (const auto& line : returns(r, "A")) {
      if (line.rfind("connect again", 0) == 0) return line;
    }
    return std::string("nothing");
  };
  // B's FIN, with its last timestamp, reaches A at 350 ms.
  CHECK(result(again("1250ms", "true")) == "connect again EADDRINUSE");
  const auto taken = again("1450ms", "true");
  CHECK(result(taken) == "connect again");
  const auto sent = taken.sent();
  // ISS 100, SYN and FIN: SND.NXT was 102.
  CHECK(std::count(sent.begin(), sent.end(), "A <SEQ=65639><CTL=SYN>") == 1);
  CHECK(result(again("1450ms", "false")) == "connect again EADDRINUSE");
}

TEST_CASE("sockets: each is found by its name, however many there are, and when it got it") {
  Lines entries{call("0", "B", "listen", R"("port": 80, "accept": "on_call")")};
  Lines expected{"listen listener"};
  for (int i = 1; i <= 5; ++i) {
    entries.push_back(call("10ms", "A", "connect", R"("to": "B:80")"));
    // Nobody has a name for the first connections until all of them are there.
    entries.push_back(call("500ms", "B", "accept", R"("socket": "listener", "as": "x")"));
  }
  for (const std::string name : {"x", "x-2", "x-3", "x-4", "x-5"}) {
    entries.push_back(call("600ms", "B", "close", R"("socket": ")" + name + R"(")"));
    expected.push_back("accept " + name);
  }
  for (const std::string name : {"x", "x-2", "x-3", "x-4", "x-5"}) {
    expected.push_back("close " + name);
  }
  CHECK(returns(play(script(entries)), "B") == expected);
}

}  // namespace sockets_test
