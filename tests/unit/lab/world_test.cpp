// Worlds as values: determinism, independent copies, bounds; and that the engine of every profile
// keeps to the transition table.
#include "lab/world.hpp"

#include <algorithm>
#include <set>

#include "catch.hpp"
#include "lab/random_scenario.hpp"
#include "lab/run.hpp"

using namespace tcplab;
using namespace std::chrono_literals;
using test::run;
using test::two_hosts;

namespace {

// A request of 3000 octets and an answer, over links that lose, so that much is always under way.
const std::string kLossy = two_hosts(R"({"isn": 4294967290})", R"({})", R"(
  "network": {"delay": "50ms", "loss": 0.2, "duplicate": 0.2}, "until": "10min", "script": [
  {"at": "0", "host": "B", "do": "listen", "port": 80},
  {"at": "10ms", "host": "A", "do": "connect", "to": "B:80", "as": "a"},
  {"when": {"host": "A", "state": "ESTABLISHED"}, "host": "A", "do": "send", "socket": "a", "bytes": 9000},
  {"when": {"host": "B", "state": "ESTABLISHED"}, "host": "B", "do": "send", "socket": "accepted", "bytes": 9000},
  {"at": "3s", "host": "A", "do": "close", "socket": "a"},
  {"when": {"host": "B", "state": "CLOSE_WAIT"}, "host": "B", "do": "close", "socket": "accepted"}])");

std::string text_of(const lab::Trace& trace) {
  return lab::to_json_lines(trace, {"A", "B", "mallory"});
}

}  // namespace

TEST_CASE("world: the same seed gives the same bytes, another seed other losses") {
  const auto first = run(kLossy, 7).trace_text();
  CHECK(first == run(kLossy, 7).trace_text());
  CHECK(first != run(kLossy, 8).trace_text());
}

TEST_CASE("world: without a trace everything happens just the same") {
  const auto scenario = test::scenario(kLossy);
  lab::World watched(scenario, 7);
  lab::World unwatched(scenario, 7);
  lab::Trace trace;
  while (watched.step(&trace)) {
    REQUIRE(unwatched.step(nullptr));
    REQUIRE(watched.now() == unwatched.now());
    REQUIRE(watched.events() == unwatched.events());
  }
  CHECK_FALSE(unwatched.step(nullptr));
}

TEST_CASE("world: a copy and its original evolve identically and independently, from any step") {
  const auto scenario = test::scenario(kLossy);
  lab::World original(scenario, 7);
  lab::Trace trace;
  std::vector<lab::World> copies{original};
  std::vector<std::size_t> events{0};
  while (original.step(&trace)) {
    copies.push_back(original);
    events.push_back(trace.events.size());
  }
  const std::string whole = text_of(trace);
  for (std::size_t i = 0; i < copies.size(); i += 7) {
    lab::Trace branch;
    branch.events = trace.events;
    branch.events.truncate(events[i]);
    while (copies[i].step(&branch)) continue;
    REQUIRE(text_of(branch) == whole);
  }
  // What is done to a copy is not done to the original.
  lab::World left(scenario, 7);
  for (int i = 0; i < 20; ++i) left.step(nullptr);
  lab::World right = left;
  const lab::World untouched = left;
  lab::Action abort;
  abort.what = lab::verb::Abort{{"a"}};
  right.act(abort, nullptr);
  while (right.step(nullptr)) continue;
  const auto state_of_a = [](const lab::World& world) {
    const auto& host = world.hosts()[0];
    return host.connection(host.socket_named("a")->connection)->state();
  };
  CHECK(state_of_a(right) == tcp::State::kClosed);
  CHECK(state_of_a(left) == state_of_a(untouched));
  CHECK(left.now() == untouched.now());
  CHECK(left.network().flights().size() == untouched.network().flights().size());
}

TEST_CASE("world: random worlds keep every invariant and every profile's edges to the table") {
  net::Random random(1);
  std::set<std::string> edges;
  for (const auto& profile : tcp::profiles()) {
    for (std::uint64_t seed = 0; seed < 150; ++seed) {
      const auto text = test::random_scenario(random, profile.id);
      INFO(text);
      const auto r = run(text, seed);
      for (const auto& event : r.events(lab::EventKind::kState)) {
        INFO(event.dump());
        REQUIRE(event.contains("edge"));
        edges.insert(event["edge"].get<std::string>());
      }
    }
  }
  // What chance alone never brings about would be no test.
  CHECK(edges.size() > 40);
}

TEST_CASE("world: every event but a root has an earlier cause") {
  const auto r = run(kLossy, 7);
  for (const auto& event : r.trace.events) {
    if (event.cause == lab::kNoCause) {
      CHECK(event.kind == lab::EventKind::kCall);
    } else {
      REQUIRE(event.cause < event.n);
    }
  }
}

TEST_CASE("world: random worlds of every mutant end, with their invariants") {
  net::Random random(2);
  for (const auto& mutant : tcp::mutants()) {
    for (std::uint64_t seed = 0; seed < 25; ++seed) {
      const auto text = test::random_scenario(random, "rfc9293", mutant.id);
      INFO(text);
      CHECK(run(text, seed).end != lab::End::kNot);
    }
  }
}

TEST_CASE("world: a transfer across 2^32 arrives whole and in order") {
  // 6 octets before the wrap; 10,000 octets in segments of 1000.
  const auto r = run(two_hosts(R"({"isn": 4294967289})", R"({"mss": 1000})", R"(
      "network": {"loss": 0.1}, "until": "10min", "script": [
      {"at": "0", "host": "B", "do": "listen", "port": 80},
      {"at": "0", "host": "A", "do": "connect", "to": "B:80", "as": "a"},
      {"at": "5s", "host": "A", "do": "send", "socket": "a", "bytes": 10000}])"),
                     3);
  std::string text;
  for (const auto& event : r.events(lab::EventKind::kDeliver)) text += event["text"];
  REQUIRE(text.size() == 10'000);
  for (std::size_t i = 0; i < text.size(); ++i) REQUIRE(text[i] == static_cast<char>('a' + i % 26));
}

TEST_CASE("world: an endless scenario ends at its limit with an event that says so") {
  struct Row {
    std::string limits;
    std::string rest;
    std::string rule;
  };
  // A zero window is probed for as long as the peer answers.
  const std::string probes = R"("script": [
    {"at": "0", "host": "B", "do": "listen", "port": 80},
    {"at": "0", "host": "A", "do": "connect", "to": "B:80", "as": "a"},
    {"at": "1s", "host": "A", "do": "send", "socket": "a", "bytes": 10}])";
  const std::vector<Row> rows{
      {R"({"events": 300})", probes, "limit_events"},
      {R"({"time": "1h"})", probes, "limit_time"},
      {R"({"bytes": 9})", "", "limit_bytes"},
      {R"({"bytes": 15})", probes, "limit_bytes"},
      {R"({"in_flight": 1})", R"("network": {"duplicate": 1}, )" + probes, "limit_in_flight"},
      {R"({"connections": 1})", probes, "limit_connections"}};
  for (const auto& row : rows) {
    if (row.rest.empty()) continue;
    INFO(row.limits);
    const auto r =
        run(two_hosts("{}", R"({"window": 0})", R"("limits": )" + row.limits + ", " + row.rest));
    CHECK(r.end == lab::End::kLimit);
    CHECK(tcplab::to_text(r.trace.events.back().rule) == row.rule);
  }
}

TEST_CASE("world: what one step may send is bounded too") {
  // Segments of one octet into a window of 65,535: all at once without the bound.
  const auto r = run(two_hosts(R"({})", R"({"mss": 1})", R"("script": [
      {"at": "0", "host": "B", "do": "listen", "port": 80},
      {"at": "0", "host": "A", "do": "connect", "to": "B:80", "as": "a"},
      {"at": "1s", "host": "A", "do": "send", "socket": "a", "bytes": 65536}])"));
  CHECK(r.end == lab::End::kLimit);
  CHECK(r.trace.events.size() < 2'000);
}

TEST_CASE("world: triggers fire once, when a state is reached, after their delay") {
  const auto r = run(two_hosts(R"({})", R"({})", R"("until": "3s", "script": [
      {"at": "0", "host": "B", "do": "listen", "port": 80},
      {"at": "100ms", "host": "A", "do": "connect", "to": "B:80", "as": "a"},
      {"at": "1s", "host": "A", "do": "connect", "to": "B:80", "as": "a"},
      {"when": {"host": "A", "state": "ESTABLISHED"}, "after": "7ms", "host": "A", "do": "send", "socket": "a", "text": "x"}])"));
  std::vector<Time> sends;
  for (const auto& event : r.trace.events) {
    if (event.kind != lab::EventKind::kCall) continue;
    if (std::get<Kept<lab::CallMade>>(event.detail)->call == host::Call::kSend)
      sends.push_back(event.t);
  }
  CHECK(sends == std::vector<Time>{100ms + 2 * 50ms + 7ms});
}

TEST_CASE("world: an action for a time that is over happens now") {
  const auto scenario = test::scenario(two_hosts("{}", "{}", R"("script": [])"));
  lab::World world(scenario, 1);
  world.advance_to(5s);
  CHECK(world.now() == 5s);
  world.advance_to(2s);
  CHECK(world.now() == 5s);
  CHECK(world.end() == lab::End::kQuiet);
}

TEST_CASE("world: a held SYN that accept() finds no room for is told without an arrival") {
  const auto r = run(two_hosts("{}", "{}", R"(
      "mutant": ["listener_is_busy", "handshake_on_accept"], "until": "2s", "script": [
      {"at": "0", "host": "B", "do": "listen", "port": 80, "accept": "on_call"},
      {"at": "1ms", "host": "A", "do": "connect", "to": "B:80", "as": "a"},
      {"at": "2ms", "host": "A", "do": "connect", "to": "B:80", "as": "b"},
      {"at": "200ms", "host": "B", "do": "accept", "socket": "listener", "as": "x"},
      {"at": "201ms", "host": "B", "do": "accept", "socket": "listener", "as": "y"}])"));
  const auto dropped = [](const lab::Event& event) {
    return event.kind == lab::EventKind::kNote && event.rule == Rule::mutant_listener_is_busy;
  };
  CHECK(std::count_if(r.trace.events.begin(), r.trace.events.end(), dropped) == 1);
  CHECK_FALSE(r.trace_text().empty());
}
