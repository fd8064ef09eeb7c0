// The sockets API of a host, in worlds: listeners and their children, what the application is told.
#include <algorithm>

#include "catch.hpp"
#include "host/returns.hpp"

using namespace tcplab;
using test::play;
using test::returns;
using test::run;
using test::two_hosts;
using Lines = std::vector<std::string>;

namespace host_test {
namespace {

Lines queue_lengths(const test::Run& r) {
  Lines lines;
  for (const auto& event : r.events(lab::EventKind::kQueue))
    lines.push_back(event["length"].dump());
  return lines;
}

const std::string kListen = R"({"at": "0", "host": "B", "do": "listen", "port": 80})";
const std::string kListenOnCall =
    R"({"at": "0", "host": "B", "do": "listen", "port": 80, "backlog": 2, "accept": "on_call", "read": "on_call"})";
const std::string kConnect =
    R"(,{"at": "10ms", "host": "A", "do": "connect", "to": "B:80", "as": "a"})";

}  // namespace

TEST_CASE("host: a port or a pair of sockets in use") {
  CHECK(returns(play(kListen + "," + kListen), "B") ==
        Lines{"listen listener", "listen listener-2 EADDRINUSE"});
  const auto r = play(kListen + R"(,
      {"at": "10ms", "host": "A", "do": "connect", "to": "B:80", "port": 4000},
      {"at": "20ms", "host": "A", "do": "connect", "to": "B:80", "port": 4000},
      {"at": "30ms", "host": "A", "do": "connect", "to": "B:80", "port": 4001})");
  CHECK(returns(r, "A") ==
        Lines{"connect socket-2 EADDRINUSE", "connect socket", "connect socket-2"});
}

// Linux 6.18, bind() with SO_REUSEADDR to the port of a live connection, then connect() to its
// other end: "Cannot assign requested address".
TEST_CASE("host: on Linux a pair of sockets that is taken is EADDRNOTAVAIL") {
  const auto r = play(R"({"at": "0", "host": "B", "do": "listen", "port": 80},
      {"at": "10ms", "host": "A", "do": "connect", "to": "B:80", "port": 4000},
      {"at": "20ms", "host": "A", "do": "connect", "to": "B:80", "port": 4000})",
                      R"("profile": "linux",)");
  CHECK(returns(r, "A") == Lines{"connect socket-2 EADDRNOTAVAIL", "connect socket"});
}

TEST_CASE("host: refused, and nobody there") {
  CHECK(returns(play(kConnect.substr(1)), "A") == Lines{"connect a ECONNREFUSED"});
  const auto r =
      play(R"({"at": "0", "host": "A", "do": "connect", "to": "10.9.9.9:80", "as": "a"})",
           R"("until": "10min",)");
  CHECK(returns(r, "A") == Lines{"connect a ETIMEDOUT"});
}

TEST_CASE("host: each SYN makes a child, the listener stays in LISTEN (MUST-41, MUST-42)") {
  const auto r = play(kListen + kConnect +
                      R"(,{"at": "15ms", "host": "A", "do": "connect", "to": "B:80", "as": "b"})");
  CHECK(returns(r, "A") == Lines{"connect a", "connect b"});
  CHECK(returns(r, "B") == Lines{"listen listener", "accept accepted", "accept accepted-2"});
}

TEST_CASE("host: LISTEN on a port from which a connection is being opened (MUST-42)") {
  // Nobody has the address to which A opens; B opens to A in the meantime.
  const auto r =
      play(R"({"at": "0", "host": "A", "do": "connect", "to": "10.9.9.9:80", "port": 4000},
      {"at": "1ms", "host": "A", "do": "listen", "port": 4000},
      {"at": "10ms", "host": "B", "do": "connect", "to": "A:4000", "as": "b"})",
           R"("until": "2s",)");
  CHECK(returns(r, "A") == Lines{"listen listener", "accept accepted"});
  CHECK(returns(r, "B") == Lines{"connect b"});
  // The open goes on undisturbed (MUST-41).
  const auto sent = r.sent();
  CHECK(std::count(sent.begin(), sent.end(), "A <SEQ=100><CTL=SYN>") == 2);
}

TEST_CASE("host: accept takes from the queue, or waits; beyond the backlog SYNs are dropped") {
  const auto r = play(kListenOnCall + R"(,
      {"at": "10ms", "host": "A", "do": "connect", "to": "B:80", "as": "a"},
      {"at": "11ms", "host": "A", "do": "connect", "to": "B:80", "as": "b"},
      {"at": "12ms", "host": "A", "do": "connect", "to": "B:80", "as": "c"},
      {"at": "500ms", "host": "B", "do": "accept", "socket": "listener", "as": "first"})");
  CHECK(queue_lengths(r) == Lines{"1", "2", "1", "2"});  // c's second SYN came to a free place
  CHECK(returns(r, "B") == Lines{"listen listener", "accept first"});
  const auto waits =
      play(R"({"at": "0", "host": "B", "do": "listen", "port": 80, "accept": "on_call"},
      {"at": "5ms", "host": "B", "do": "accept", "socket": "listener", "as": "first"})" +
           kConnect);
  CHECK(returns(waits, "B") == Lines{"listen listener", "accept first"});
}

TEST_CASE("host: a connection reset while it waits in the accept queue leaves it") {
  const auto r = play(kListenOnCall + kConnect + R"(,
      {"at": "500ms", "host": "A", "do": "abort", "socket": "a"},
      {"at": "900ms", "host": "B", "do": "accept", "socket": "listener"})");
  CHECK(queue_lengths(r) == Lines{"1", "0"});
  CHECK(returns(r, "B") == Lines{"listen listener"});  // accept() still waits
}

TEST_CASE("host: a closed listener resets what nobody accepted, and ends a waiting accept") {
  const auto r = play(kListenOnCall + kConnect +
                      R"(,{"at": "500ms", "host": "B", "do": "close", "socket": "listener"})");
  CHECK(returns(r, "A") == Lines{"connect a", "recv a ECONNRESET"});
  CHECK(r.states().back() == "A ESTABLISHED -> CLOSED");
  const auto waiting =
      play(R"({"at": "0", "host": "B", "do": "listen", "port": 80, "accept": "on_call"},
      {"at": "5ms", "host": "B", "do": "accept", "socket": "listener", "as": "first"},
      {"at": "9ms", "host": "B", "do": "close", "socket": "listener"})" +
           kConnect);
  CHECK(returns(waiting, "B") == Lines{"listen listener", "accept first EBADF", "close listener"});
  CHECK(returns(waiting, "A") == Lines{"connect a ECONNREFUSED"});
}

TEST_CASE("host: a listener that turns active listens no more") {
  const auto r = play(kListenOnCall + kConnect + R"(,
      {"at": "500ms", "host": "B", "do": "connect", "socket": "listener", "to": "A:7"},
      {"at": "900ms", "host": "A", "do": "connect", "to": "B:80", "as": "late"})");
  CHECK(returns(r, "B") == Lines{"listen listener", "connect listener ECONNREFUSED"});
  CHECK(returns(r, "A") == Lines{"connect a", "recv a ECONNRESET", "connect late ECONNREFUSED"});
}

TEST_CASE("host: a listener does not turn active on a pair of sockets that is in use (§3.10.1)") {
  const auto second = [](const std::string& call) {
    const auto r = play(kListen + R"(,
      {"at": "10ms", "host": "A", "do": "connect", "to": "B:80", "port": 4000, "as": "a"},
      {"at": "500ms", "host": "B", "socket": "listener", "to": "A:4000", )" +
                        call + R"(},
      {"at": "900ms", "host": "A", "do": "connect", "to": "B:80", "as": "late"},
      {"at": "1s", "host": "A", "do": "send", "socket": "a", "text": "hello"})");
    CHECK(returns(r, "A") == Lines{"connect a", "send a", "connect late"});
    return returns(r, "B");
  };
  CHECK(second(R"("do": "connect")") == Lines{"listen listener", "accept accepted",
                                              "connect listener EADDRINUSE", "accept accepted-2"});
  CHECK(second(R"("do": "send", "bytes": 5)") == Lines{"listen listener", "accept accepted",
                                                       "send listener EADDRINUSE",
                                                       "accept accepted-2"});
}

TEST_CASE("host: shutdown() before the connection is there gives connect() up") {
  const auto r = play(R"({"at": "0", "host": "A", "do": "connect", "to": "B:80", "as": "a"},
      {"at": "10ms", "host": "A", "do": "shutdown", "socket": "a"})");
  CHECK(returns(r, "A") == Lines{"connect a ENOTCONN", "shutdown a"});
}

TEST_CASE("host: the end of the stream is told once, also when everything comes at once") {
  // The third ACK is lost; text and FIN arrive with the segment that opens the connection.
  const auto r = play(kListen + R"(,
      {"at": "10ms", "host": "mallory", "do": "inject", "segment":
        {"from": "A:9", "to": "B:80", "flags": "SYN", "seq": 500}},
      {"at": "200ms", "host": "mallory", "do": "inject", "segment":
        {"from": "A:9", "to": "B:80", "flags": "FIN ACK", "seq": 501, "ack": 301, "text": "all"}})",
                      R"("until": "400ms", "faults": [{"match": {"from": "B"}, "do": "drop"}],)");
  CHECK(returns(r, "B") == Lines{"listen listener", "accept accepted", "recv accepted 0"});
  CHECK(r.events(lab::EventKind::kDeliver).size() == 1);
}

TEST_CASE("host: recv on call takes what there is, waits, and learns of the reset") {
  const auto r = play(R"({"at": "0", "host": "B", "do": "listen", "port": 80, "read": "on_call"})" +
                      kConnect + R"(,
      {"at": "200ms", "host": "A", "do": "send", "socket": "a", "text": "hello"},
      {"at": "300ms", "host": "B", "do": "recv", "socket": "accepted", "bytes": 3},
      {"at": "310ms", "host": "B", "do": "recv", "socket": "accepted"},
      {"at": "320ms", "host": "B", "do": "recv", "socket": "accepted"},
      {"at": "400ms", "host": "A", "do": "abort", "socket": "a"},
      {"at": "600ms", "host": "B", "do": "send", "socket": "accepted", "text": "x"},
      {"at": "700ms", "host": "B", "do": "close", "socket": "accepted"},
      {"at": "800ms", "host": "B", "do": "close", "socket": "accepted"})");
  CHECK(returns(r, "B") == Lines{"listen listener", "accept accepted", "recv accepted 3",
                                 "recv accepted 2", "recv accepted ECONNRESET",
                                 "send accepted EPIPE", "close accepted", "close accepted EBADF"});
}

TEST_CASE(
    "host: a SYN in TIME_WAIT makes a new connection with numbers beyond the old ones (MAY-2)") {
  // The server closes first and holds TIME_WAIT; its second ISN would lie before the first.
  const auto r = run(
      two_hosts(R"({"isn": [100, 5000]})", R"({"isn": [300, 200]})", R"("until": "5s", "script": [
      {"at": "0", "host": "B", "do": "listen", "port": 80},
      {"at": "10ms", "host": "A", "do": "connect", "to": "B:80", "port": 4000, "as": "a"},
      {"at": "500ms", "host": "B", "do": "close", "socket": "accepted"},
      {"at": "600ms", "host": "A", "do": "close", "socket": "a"},
      {"at": "1s", "host": "A", "do": "connect", "to": "B:80", "port": 4000, "as": "a2"}])"));
  const auto states = r.states();
  CHECK(std::count(states.begin(), states.end(), "B TIME_WAIT -> CLOSED") == 1);
  CHECK(returns(r, "A").back() == "connect a2");
  const auto sent = r.sent();
  // SND.NXT of the old connection is 302: 302 + 65,536.
  CHECK(std::count(sent.begin(), sent.end(), "B <SEQ=65838><ACK=5001><CTL=SYN,ACK>") == 1);
}

TEST_CASE("host: without a connection every segment but a RST is answered by a RST (§3.10.7.1)") {
  const auto answer = [](const std::string& segment) {
    const auto r = play(
        R"({"at": "0", "host": "mallory", "do": "inject", "segment": {"from": "10.0.0.66:7", "to": "A:9", )" +
        segment + "}}");
    return r.sent().size() > 1 ? r.sent()[1] : "nothing";
  };
  CHECK(answer(R"("flags": "SYN", "seq": 77)") == "A <SEQ=0><ACK=78><CTL=RST,ACK>");
  CHECK(answer(R"("flags": "SYN FIN", "seq": 4294967295, "text": "abc")") ==
        "A <SEQ=0><ACK=4><CTL=RST,ACK>");
  CHECK(answer(R"("flags": "PSH", "seq": 77, "text": "abc")") == "A <SEQ=0><ACK=80><CTL=RST,ACK>");
  CHECK(answer(R"("flags": "ACK", "seq": 77, "ack": 5)") == "A <SEQ=5><CTL=RST>");
  CHECK(answer(R"("flags": "SYN ACK", "seq": 77, "ack": 5)") == "A <SEQ=5><CTL=RST>");
  CHECK(answer(R"("flags": "RST", "seq": 77)") == "nothing");
  CHECK(answer(R"("flags": "RST ACK", "seq": 77, "ack": 5)") == "nothing");
}

TEST_CASE("host: segments from or to a group are dropped silently (MUST-57, MUST-63)") {
  host::Config config;
  config.address = {0x0a000002};
  host::Host b(config);
  host::ConnectionId last = 0;
  host::Effects effects;
  host::Context context{Time{0}, last, effects};
  b.listen(context, {"listener", 80});
  wire::Segment syn;
  syn.flags = wire::kSyn;
  const auto answers = [&](wire::Address from, wire::Address to) {
    effects = {};
    syn.src = {from, 4000};
    syn.dst = {to, 80};
    b.on_segment(context, syn, 1);
    return std::any_of(effects.begin(), effects.end(), [](const host::Effect& effect) {
      return std::holds_alternative<tcp::SendSegment>(effect.what);
    });
  };
  CHECK(answers({0x0a000001}, {0x0a000002}));
  CHECK_FALSE(answers({0xe0000001}, {0x0a000002}));  // 224.0.0.1
  CHECK_FALSE(answers({0xffffffff}, {0x0a000002}));
  CHECK_FALSE(answers({0}, {0x0a000002}));
  CHECK_FALSE(answers({0x0a000003}, {0xe0000001}));
  CHECK_FALSE(answers({0x0a000003}, {0xffffffff}));
}

TEST_CASE("host: its own address and 127/8 cannot come from the network (RFC 1122 §3.2.1.3)") {
  host::Config config;
  config.address = {0x0a000002};
  host::Host b(config);
  host::ConnectionId last = 0;
  host::Effects effects;
  host::Context context{Time{0}, last, effects};
  b.listen(context, {"listener", 80});
  const auto first_rule = [&](wire::Address from, host::Via via) {
    effects = {};
    wire::Segment syn;
    syn.flags = wire::kSyn;
    syn.src = {from, 4000};
    syn.dst = {config.address, 80};
    b.on_segment(context, syn, 1, via);
    REQUIRE_FALSE(effects.empty());
    return effects.front().rule;
  };
  using enum host::Via;
  CHECK(first_rule(config.address, kNetwork) == Rule::source_is_this_host);
  CHECK(first_rule({0x7f000001}, kNetwork) == Rule::source_is_loopback);
  CHECK(first_rule({0x7fffffff}, kNetwork) == Rule::source_is_loopback);
  CHECK(first_rule({0x80000001}, kNetwork) == Rule::listener_makes_child);
  CHECK(first_rule(config.address, kLoopback) == Rule::listener_makes_child);
  CHECK(last == 3);  // the listener, and the children of the two that were taken
}

TEST_CASE("host: one forged SYN from the listener to itself makes no storm (LAND)") {
  const auto r = play(kListen + R"(,
      {"at": "10ms", "host": "mallory", "do": "inject",
       "segment": {"from": "B:80", "to": "B:80", "flags": "SYN", "seq": 100000000}})");
  CHECK(r.sent().size() == 1);
  const auto dropped = r.events(lab::EventKind::kSegmentDropped);
  REQUIRE(dropped.size() == 1);
  CHECK(dropped[0]["rule"] == "source_is_this_host");
}

TEST_CASE("host: it may talk to itself") {
  const auto r = play(R"({"at": "0", "host": "A", "do": "listen", "port": 80},
      {"at": "10ms", "host": "A", "do": "connect", "to": "A:80", "as": "a"})");
  CHECK(returns(r, "A") == Lines{"listen listener", "connect a", "accept accepted"});
}

TEST_CASE("host: recv() after the end of the stream returns, by whomever the text was read") {
  for (const char* read : {"each", "on_call"}) {
    INFO(read);
    const auto r = play(R"({"at": "0", "host": "B", "do": "listen", "port": 80, "read": ")" +
                        std::string(read) + R"("})" + kConnect + R"(,
        {"at": "300ms", "host": "A", "do": "close", "socket": "a"},
        {"at": "500ms", "host": "B", "do": "recv", "socket": "accepted"},
        {"at": "600ms", "host": "B", "do": "recv", "socket": "accepted"})");
    auto told = returns(r, "B");
    REQUIRE(told.size() >= 4);
    CHECK(told[told.size() - 2] == "recv accepted 0");
    CHECK(told.back() == "recv accepted 0");
  }
}

TEST_CASE("host: recv() that waits returns where the connection is given up before it was open") {
  const auto r = play(R"({"at": "0", "host": "A", "do": "socket", "as": "a", "read": "on_call"},
      {"at": "1ms", "host": "A", "do": "connect", "to": "10.9.9.9:80", "socket": "a"},
      {"at": "2ms", "host": "A", "do": "recv", "socket": "a"},
      {"at": "3ms", "host": "A", "do": "shutdown", "socket": "a"})");
  const auto told = returns(r, "A");
  CHECK(std::count(told.begin(), told.end(), "recv a ENOTCONN") == 1);
}

TEST_CASE("host: an ICMP error reaches the connection that it quotes, and no other (MUST-54)") {
  host::Config config;
  config.address = {0x0a000001};
  config.isns = {100, 200};
  host::Host a(config);
  host::ConnectionId last = 0;
  host::Effects effects;
  host::Context context{Time{0}, last, effects};
  const wire::Endpoint server{{0x0a000002}, 80};
  a.connect(context, {"first", server, 4000});
  a.connect(context, {"second", server, 4001});
  wire::IcmpError error{wire::Icmp::kPortUnreachable, {{0x0a000001}, 4001}, server, wire::Seq(200)};
  a.on_icmp(context, error);
  CHECK(a.connection(a.socket_named("first")->connection)->state() == tcp::State::kSynSent);
  CHECK(a.connection(a.socket_named("second")->connection)->state() == tcp::State::kClosed);
  effects = {};
  error.src.port = 4002;
  a.on_icmp(context, error);
  REQUIRE(effects.size() == 1);
  CHECK(effects[0].rule == Rule::icmp_no_connection);
}

}  // namespace host_test
