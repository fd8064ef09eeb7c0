// Goals: temporal predicates over a trace.
#include "lab/predicate.hpp"

#include "catch.hpp"
#include "lab/random_scenario.hpp"
#include "lab/run.hpp"

using namespace tcplab;
using format::Json;

namespace {

std::vector<Json> events_of(const test::Run& r) {
  std::vector<Json> events;
  for (const auto& event : r.trace.events) events.push_back(lab::to_json(event, r.names));
  return events;
}

// A hand-written trace: A opens (0, 1), a segment is lost (2), A is reset (3), B hears (4).
const std::vector<Json> kEvents{
    Json::parse(
        R"({"n": 0, "kind": "state", "host": "A", "conn": 1, "from": "CLOSED", "to": "SYN_SENT"})"),
    Json::parse(
        R"({"n": 1, "kind": "state", "host": "A", "conn": 1, "from": "SYN_SENT", "to": "ESTABLISHED"})"),
    Json::parse(R"({"n": 2, "kind": "segment.dropped", "where": "network", "segment":
                   {"id": 7, "flags": "FIN PSH ACK", "len": 5, "seq": 9}})"),
    Json::parse(
        R"({"n": 3, "kind": "state", "host": "A", "conn": 1, "from": "ESTABLISHED", "to": "CLOSED"})"),
    Json::parse(
        R"({"n": 4, "kind": "deliver", "host": "B", "conn": 2, "bytes": 5, "stale": true})")};

std::string judged(const char* goal) {
  const auto judgement = lab::judge(Json::parse(goal), kEvents);
  return std::string(judgement.holds ? "holds" : "does not hold") +
         (judgement.n ? ", " + std::to_string(*judgement.n) : "");
}

}  // namespace

TEST_CASE("goal: a match compares every field it names") {
  const auto matching = [](const char* match) {
    return lab::find_matches(Json::parse(match), kEvents);
  };
  using Numbers = std::vector<std::uint32_t>;
  CHECK(matching(R"({"kind": "state"})") == Numbers{0, 1, 3});
  CHECK(matching(R"({"kind": "state", "to": "CLOSED"})") == Numbers{3});
  CHECK(matching(R"({"flags": "ACK FIN"})") == Numbers{2});  // in any order, without PSH
  CHECK(matching(R"({"flags": "FIN"})").empty());
  CHECK(matching(R"({"len": 5})") == Numbers{2});
  CHECK(matching(R"({"len_min": 5})") == Numbers{2});
  CHECK(matching(R"({"len_min": 6})").empty());
  CHECK(matching(R"({"id": 7, "seq": 9, "where": "network"})") == Numbers{2});
  CHECK(matching(R"({"stale": true})") == Numbers{4});
  CHECK(matching(R"({"kind": "state", "stale": false})") == Numbers{0, 1, 3});  // left out is false
  CHECK(matching(R"({"host": "C"})").empty());
}

TEST_CASE("goal: each kind of predicate, with the event that decided") {
  CHECK(judged(R"({"eventually": {"to": "ESTABLISHED"}})") == "holds, 1");
  CHECK(judged(R"({"eventually": {"to": "LISTEN"}})") == "does not hold");
  CHECK(judged(R"({"never": {"to": "ESTABLISHED"}})") == "does not hold, 1");
  CHECK(judged(R"({"never": {"to": "LISTEN"}})") == "holds");
  CHECK(judged(R"({"count": {"of": {"kind": "state"}, "at_least": 3}})") == "holds, 3");
  CHECK(judged(R"({"count": {"of": {"kind": "state"}, "at_most": 2}})") == "does not hold, 3");
  CHECK(judged(R"({"before": [{"to": "ESTABLISHED"}, {"kind": "deliver"}]})") == "holds, 4");
  CHECK(judged(R"({"before": [{"kind": "deliver"}, {"to": "ESTABLISHED"}]})") ==
        "does not hold, 1");
  CHECK(judged(R"({"before": [{"to": "ESTABLISHED"}, {"to": "LISTEN"}]})") == "does not hold");
  CHECK(judged(R"({"at_end": {"host": "A", "state": "CLOSED"}})") == "holds, 3");
  CHECK(judged(R"({"at_end": {"host": "A", "state": "ESTABLISHED"}})") == "does not hold, 3");
  CHECK(judged(R"({"at_end": {"host": "B", "state": "CLOSED"}})") == "holds");
  CHECK(judged(R"({"always": {"host": "A", "state": "CLOSED"}})") == "holds");
  CHECK(judged(R"({"always": {"host": "A", "state": "ESTABLISHED"}})") == "does not hold, 3");
  CHECK(judged(R"({"always": {"host": "A", "state": "LISTEN"}})") == "does not hold");
  CHECK(judged(R"({"not": {"never": {"to": "ESTABLISHED"}}})") == "holds, 1");
  CHECK(
      judged(
          R"({"all": [{"eventually": {"to": "ESTABLISHED"}}, {"eventually": {"kind": "deliver"}}]})") ==
      "holds, 4");
  CHECK(
      judged(
          R"({"all": [{"eventually": {"to": "LISTEN"}}, {"eventually": {"kind": "deliver"}}]})") ==
      "does not hold");
  CHECK(
      judged(
          R"({"any": [{"eventually": {"to": "LISTEN"}}, {"eventually": {"kind": "deliver"}}]})") ==
      "holds, 4");
}

TEST_CASE("goal: at_end says what the world shows, for random worlds") {
  net::Random random(3);
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    const auto scenario = test::scenario(test::random_scenario(random, "rfc9293"));
    lab::World world(scenario, seed);
    test::Run r;
    r.names = {"A", "B", "mallory"};
    while (world.step(&r.trace)) continue;
    const auto events = events_of(r);
    for (const net::HostIndex host : {net::HostIndex{0}, net::HostIndex{1}}) {
      const std::string state(tcp::to_text(world.state_of(host)));
      INFO(scenario->source.dump() << "\nhost " << r.names[host] << " in " << state);
      REQUIRE(lab::judge({{"at_end", {{"host", r.names[host]}, {"state", state}}}}, events).holds);
    }
  }
}
