// Sessions: whatever is done, forked and undone, the exported scenario replays to the same trace.
#include "lab/session.hpp"

#include "catch.hpp"
#include "lab/random_scenario.hpp"
#include "lab/run.hpp"

using namespace tcplab;
using namespace std::chrono_literals;
using format::Json;
using lab::Session;

namespace {

constexpr std::uint64_t kSeed = 11;

Session open(const std::string& scenario) { return Session(test::scenario(scenario), kSeed); }

std::string trace_of(const Session& session) {
  return lab::to_json_lines(session.trace(), session.host_names());
}

// The clock may stand anywhere between two steps, and the recorded actions may be the scenario's.
Json status_of(const Session& session) {
  Json status = session.status();
  for (const auto* key : {"now", "actions", "ended", "end_reason", "next"}) status.erase(key);
  return status;
}

Session replay(const Session& session) {
  Session again = open(session.exported().dump());
  again.step(session.world().steps());
  return again;
}

void check_replay(const Session& session) {
  const Session again = replay(session);
  INFO(session.exported().dump());
  REQUIRE(trace_of(again) == trace_of(session));
  REQUIRE(status_of(again) == status_of(session));
}

// Does one thing of chance to the session; checks what must hold of that thing alone.
void do_something(net::Random& random, Session& session) {
  switch (random.below(8)) {
    case 0:
    case 1:
      session.step(static_cast<std::uint32_t>(random.below(12)));
      return;
    case 2:
      session.run_until(session.world().now() + 10ms * random.below(60), 50);
      return;
    case 3: {
      const auto step = static_cast<std::uint32_t>(random.below(session.world().steps() + 1));
      const Session fork = session.fork(step);
      REQUIRE(fork.world().steps() == step);
      REQUIRE(trace_of(session).find(trace_of(fork)) == 0);
      if (random.below(3) == 0) session = fork;
      return;
    }
    case 4:
      session.undo();
      return;
    default: {
      const Json action = test::random_action(random, session);
      if (action.is_null()) return;
      // Now, at the moment of the next step, or in between.
      Time t = session.world().now();
      if (const auto next = session.world().next()) {
        if (random.below(2) == 0) t = random.below(2) == 0 ? *next : (t + *next) / 2;
      }
      session.run_until(t, 0);
      const std::string before = trace_of(session);
      const Json status = status_of(session);
      if (!session.act(action, t)) return;
      Session undone = session;
      REQUIRE(undone.undo());
      REQUIRE(trace_of(undone) == before);
      REQUIRE(status_of(undone) == status);
      return;
    }
  }
}

const std::string kScenario = test::two_hosts(R"({"isn": 1000})", R"({"isn": 2000})", R"("script": [
  {"at": "0", "host": "B", "do": "listen", "port": 80},
  {"at": "10ms", "host": "A", "do": "connect", "to": "B:80", "as": "a"}])");

}  // namespace

TEST_CASE("session: random actions, forks and undoings always replay, and replay again") {
  net::Random random(5);
  for (int i = 0; i < 60; ++i) {
    Session session = open(test::random_scenario(random, i % 2 == 0 ? "rfc9293" : "rfc9293+5961"));
    for (int j = 0; j < 12; ++j) do_something(random, session);
    check_replay(session);
    // The exported scenario, opened as anyone would, and acted on again.
    Session second = open(session.exported().dump());
    for (int j = 0; j < 12; ++j) do_something(random, second);
    check_replay(second);
    Session third = open(second.exported().dump());
    for (int j = 0; j < 12; ++j) do_something(random, third);
    check_replay(third);
  }
}

TEST_CASE("session: an action before a recorded one of the same moment stays before it") {
  Session session = open(kScenario);
  session.run_until(20ms, 100);
  REQUIRE(session.act({{"do", "duplicate"}, {"segment", 1}}, 60ms));  // when the SYN arrives
  Session second = open(session.exported().dump());
  second.run_until(59ms, 100);
  REQUIRE(second.act({{"do", "hold"}, {"segment", 1}}, 60ms));
  REQUIRE(second.act({{"do", "release"}, {"segment", 1}}, 60ms));
  second.run_until(1s, 100);
  check_replay(second);
}

TEST_CASE("session: undo takes back the last action and what followed from it") {
  Session session = open(kScenario);
  session.run_until(30ms, 100);
  const std::string before = trace_of(session);
  REQUIRE(session.act({{"do", "drop"}, {"segment", 1}}, 40ms));
  session.run_until(5s, 100);
  REQUIRE(session.undo());
  CHECK(trace_of(session) == before);
  CHECK(session.world().now() == 40ms);
  CHECK(session.actions() == 0);
  CHECK_FALSE(session.undo());
}

TEST_CASE("session: a fork goes its own way") {
  Session session = open(kScenario);
  session.run_until(1s, 100);
  const std::string whole = trace_of(session);
  Session fork = session.fork(2);
  REQUIRE(fork.act({{"do", "drop"}, {"segment", 1}}, 20ms));
  fork.run_until(3s, 100);
  CHECK(trace_of(session) == whole);
  CHECK(trace_of(fork) != whole);
  check_replay(fork);
}

TEST_CASE("session: long runs go back too, through few checkpoints") {
  Session session = open(test::two_hosts("{}", "{}", R"("limits": {"events": 50000}, "script": [
      {"at": "0", "host": "B", "do": "listen", "port": 80},
      {"at": "0", "host": "A", "do": "connect", "to": "B:80", "as": "a"},
      {"at": "1s", "host": "A", "do": "send", "socket": "a", "bytes": 65536},
      {"at": "2s", "host": "A", "do": "send", "socket": "a", "bytes": 65536},
      {"at": "3s", "host": "A", "do": "send", "socket": "a", "bytes": 65536},
      {"at": "4s", "host": "A", "do": "send", "socket": "a", "bytes": 65536}])"));
  for (int i = 0; i < 40; ++i) session.step(100);
  const auto steps = session.world().steps();
  const std::string whole = trace_of(session);
  for (const std::uint32_t step : {0u, 1u, 63u, 64u, 65u, steps / 2, steps - 1, steps}) {
    const Session fork = session.fork(step);
    REQUIRE(fork.world().steps() == step);
    REQUIRE(whole.find(trace_of(fork)) == 0);
  }
}

// Its checkpoints share the connections with one another and with the session that goes on.
TEST_CASE("session: a fork of a run with many connections goes on as the run did") {
  std::string script = R"("script": [{"at": "0", "host": "B", "do": "listen", "port": 80})";
  for (int i = 0; i < 150; ++i) {
    const auto number = std::to_string(i);
    const auto name = "a" + number;
    script += R"(, {"at": ")" + std::to_string(7 * i) +
              R"(ms", "host": "A", "do": "connect", "to": "B:80", "as": ")" + name + R"("})";
    script += R"(, {"at": ")" + std::to_string(300 + 11 * i) +
              R"(ms", "host": "A", "do": "send", "socket": ")" + name + R"(", "bytes": 300})";
    script += R"(, {"at": ")" + std::to_string(900 + 13 * i) +
              R"(ms", "host": "A", "do": "close", "socket": ")" + name + R"("})";
  }
  Session session = open(test::two_hosts("{}", "{}", script + "]"));
  session.step(1'000'000);
  const auto steps = session.world().steps();
  const std::string whole = trace_of(session);
  const std::string status = session.status_text();
  for (const std::uint32_t step : {1u, 700u, steps / 3, steps / 2, steps - 200}) {
    Session fork = session.fork(step);
    REQUIRE(fork.world().steps() == step);
    REQUIRE(whole.find(trace_of(fork)) == 0);
    const auto n = static_cast<std::uint32_t>(fork.trace().events.size() - 1);
    REQUIRE(fork.variables(n) == session.variables(n));
    fork.step(1'000'000);
    REQUIRE(trace_of(fork) == whole);
    REQUIRE(fork.status_text() == status);
    REQUIRE(trace_of(session) == whole);
  }
}

TEST_CASE("session: going back repeats a bounded part of a run, however long it was") {
  std::string script = R"("script": [{"at": "0", "host": "B", "do": "listen", "port": 80},
      {"at": "0", "host": "A", "do": "connect", "to": "B:80", "as": "a"})";
  for (int i = 1; i <= 100; ++i) {
    script += R"(, {"at": ")" + std::to_string(i) +
              R"(s", "host": "A", "do": "send", "socket": "a", "bytes": 65536})";
  }
  Session session = open(test::two_hosts("{}", "{}", script + "]"));
  session.step(1'000'000);
  const auto& events = session.trace().events;
  REQUIRE(events.size() > 20'000);
  // What both have in common was not made again.
  const Session fork = session.fork(session.world().steps());
  std::size_t common = 0;
  for (const auto& event : events) common += &fork.trace().events[event.n] == &event ? 1u : 0u;
  CHECK(events.size() - common < 8'000);
}

TEST_CASE("session: the status as text is the status") {
  Session session = open(kScenario);
  for (int i = 0; i < 20; ++i) {
    CHECK(session.status_text() == format::dump(session.status()));
    session.step(1);
  }
}

TEST_CASE("session: a bad action is refused with its problem and changes nothing") {
  Session session = open(kScenario);
  session.run_until(20ms, 100);
  const std::string before = trace_of(session);
  const auto done =
      session.act({{"do", "send"}, {"host", "nobody"}, {"socket", "a"}, {"bytes", 1}}, 1s);
  REQUIRE_FALSE(done);
  CHECK(done.error().front().pointer == "/host");
  CHECK(trace_of(session) == before);
  CHECK(session.actions() == 0);
  CHECK(session.world().now() == 20ms);
}

TEST_CASE("session: what is injected by hand takes numbers from what was sent before") {
  // The ISNs come from the clock, and the second action refers to the first.
  Session session = open(test::two_hosts("{}", "{}", R"("script": [
    {"at": "0", "host": "B", "do": "listen", "port": 80}])"));
  session.run_until(10ms, 100);
  REQUIRE(session.act(Json::parse(R"({"host": "mallory", "do": "inject", "label": "syn",
      "segment": {"from": "mallory:7", "to": "B:80", "flags": "SYN", "seq": 7}})"),
                      10ms));
  session.run_until(200ms, 100);
  const auto ack = Json::parse(R"({"host": "mallory", "do": "inject",
      "segment": {"from": "mallory:7", "to": "B:80", "flags": "ACK",
                  "seq": {"of": "syn", "plus": 1},
                  "ack": {"of": {"from": "B", "flags": "SYN ACK"}, "plus": 1}}})");
  REQUIRE(session.act(ack, 200ms));
  session.run_until(400ms, 100);
  CHECK(trace_of(session).find(R"("to":"ESTABLISHED")") != std::string::npos);
  check_replay(session);

  // Taken back, it takes the same numbers again.
  const std::string once = trace_of(session);
  REQUIRE(session.undo());
  REQUIRE(session.act(ack, 200ms));
  session.run_until(400ms, 100);
  CHECK(trace_of(session) == once);
}

TEST_CASE("session: an injection by hand needs a label of its own, and one that is there") {
  struct Row {
    const char* action;
    const char* pointer;  // of its problem; empty: it is done
  };
  const Row row = GENERATE(
      Row{R"({"label": "first", "segment": {"from": "mallory:7", "to": "B:80", "seq": 1}})",
          "/label"},
      Row{R"({"segment": {"from": "mallory:7", "to": "B:80", "seq": {"of": "frist"}}})",
          "/segment/seq/of"},
      Row{R"({"segment": {"from": "mallory:7", "to": "B:80", "seq": {"of": "first"}}})", ""},
      Row{R"({"segment": {"from": "mallory:7", "to": "B:80", "seq": {"of": {"from": "A"}}}})", ""});
  INFO(row.action);
  // Nothing was sent yet: what can be read sends nothing, and says so.
  Session session = open(test::two_hosts("{}", "{}", R"("script": [
    {"at": "1s", "host": "mallory", "do": "inject", "label": "first",
     "segment": {"from": "mallory:7", "to": "B:80", "seq": 9}}])"));
  Json action = Json::parse(row.action);
  action["host"] = "mallory";
  action["do"] = "inject";
  const auto done = session.act(action, 10ms);
  if (*row.pointer != 0) {
    REQUIRE_FALSE(done);
    CHECK(done.error().front().pointer == row.pointer);
    return;
  }
  REQUIRE(done);
  CHECK(session.trace().events.back().rule == Rule::inject_misses);
  check_replay(session);
}

TEST_CASE("session: variables before and after a step") {
  Session session = open(kScenario);
  session.run_until(1s, 100);
  for (const auto& event : session.trace().events) {
    if (event.kind != lab::EventKind::kState) continue;
    const auto& state = std::get<lab::StateEvent>(event.detail);
    if (state.from != tcp::State::kSynSent) continue;
    const Json v = session.variables(event.n);
    CHECK(v["before"]["snd.una"] == 1000);
    CHECK(v["before"]["state"] == "SYN_SENT");
    CHECK_FALSE(v["before"].contains("rcv.nxt"));
    CHECK(v["after"]["snd.una"] == 1001);
    CHECK(v["after"]["rcv.nxt"] == 2001);
    return;
  }
  FAIL("A never left SYN_SENT");
}

TEST_CASE("the status tells what a socket has: nothing, a port, and after a crash no host") {
  Session session = open(test::two_hosts(R"({"isn": 100})", R"({"isn": 300})", R"("script": [
    {"at": "0", "host": "A", "do": "socket", "as": "fresh"},
    {"at": "0", "host": "B", "do": "socket", "as": "bound"},
    {"at": "0", "host": "B", "do": "bind", "socket": "bound", "port": 80},
    {"at": "1s", "host": "B", "do": "crash"}])"));
  session.step(3);
  const auto at_first = session.status()["hosts"];
  CHECK(at_first[0]["sockets"][0]["local"] == nullptr);
  CHECK(at_first[1]["sockets"][0]["local"] == "10.0.0.2:80");
  CHECK(at_first[1]["down"] == false);
  session.step(1);
  const auto crashed = session.status()["hosts"][1];
  CHECK(crashed["down"] == true);
  CHECK(crashed["sockets"][0]["calls"].empty());
}

// §3.10.7.4, second check: after a passive OPEN, a RST in SYN_RCVD returns the connection to
// LISTEN.
TEST_CASE("the status lists one listener when a RST has ended its child in SYN_RCVD") {
  Session session = open(R"({
    "format": "tcplab-scenario/1",
    "hosts": [{"name": "A", "address": "10.0.0.1"}, {"name": "B", "address": "10.0.0.2"},
              {"name": "ghost", "address": "10.0.0.9", "stack": "none"}],
    "script": [
      {"at": "0ms", "host": "B", "do": "listen", "port": 80},
      {"at": "0ms", "host": "ghost", "do": "inject",
       "segment": {"from": "A:1000", "to": "B:80", "flags": "SYN", "seq": 90}}
    ]
  })");
  const auto states = [&] {
    std::vector<std::string> found;
    const Json status = session.status();
    for (const auto& socket : status["hosts"][1]["sockets"]) {
      found.push_back(socket["state"].get<std::string>());
    }
    return found;
  };
  for (int steps = 0; steps < 20 && states().size() < 2; ++steps) session.step(1);
  REQUIRE(states() == std::vector<std::string>{"LISTEN", "SYN_RCVD"});
  // A has no connection of its own there: it answers the SYN,ACK by RST.
  session.step(20);
  REQUIRE(states() == std::vector<std::string>{"LISTEN"});
}
