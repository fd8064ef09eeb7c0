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

namespace {

// To B, connection 2: "pay", then stale " 100 to" cut in two, then "!"; to C, all in one piece.
std::vector<Json> deliveries() {
  return {
      Json::parse(
          R"({"n": 0, "kind": "deliver", "host": "B", "conn": 2, "bytes": 3, "text": "pay"})"),
      Json::parse(R"({"n": 1, "kind": "deliver", "host": "B", "conn": 2, "bytes": 4, "text": " 100",
                      "stale": true, "stale_octets": [[0, 4]]})"),
      Json::parse(R"({"n": 2, "kind": "deliver", "host": "B", "conn": 2, "bytes": 4, "text": " to!",
                      "stale": true, "stale_octets": [[0, 3]]})"),
      Json::parse(R"({"n": 3, "kind": "deliver", "host": "C", "conn": 3, "bytes": 13,
                      "text": "x pay 100 to!"})"),
      Json::parse(R"({"n": 4, "kind": "state", "host": "B", "conn": 2, "from": "ESTABLISHED",
                      "to": "CLOSE_WAIT", "event": "rcv FIN", "socket": "accepted"})")};
}

std::string of_deliveries(const char* goal) {
  const auto events = deliveries();
  const auto judgement = lab::judge(Json::parse(goal), events);
  const auto near = lab::nearest(Json::parse(goal), events);
  std::string said = judgement.holds ? "holds" : "does not hold";
  if (judgement.n) said += ", " + std::to_string(*judgement.n);
  if (near) said += "; near " + std::to_string(near->n) + " " + near->misses.dump();
  return said;
}

}  // namespace

TEST_CASE("goal: delivered octets count, not how they were cut") {
  CHECK(of_deliveries(R"({"delivered": {"host": "C", "text": "pay 100 to"}})") == "holds, 3");
  CHECK(of_deliveries(R"({"delivered": {"host": "B", "text": "pay 100 to"}})") == "holds, 2");
  CHECK(of_deliveries(R"({"delivered": {"host": "B", "text": "100 to", "stale": true}})") ==
        "holds, 2");
  CHECK(of_deliveries(R"({"delivered": {"host": "B", "text": "pay", "stale": false}})") ==
        "holds, 0");
  CHECK(of_deliveries(R"({"delivered": {"host": "B", "stale": true}})") == "holds, 1");
  CHECK(of_deliveries(R"({"delivered": {"host": "B", "at_least": 7, "stale": true}})") ==
        "holds, 2");
  CHECK(of_deliveries(R"({"delivered": {"host": "B", "socket": "accepted", "text": "pay 100"}})") ==
        "holds, 1");
}

TEST_CASE("goal: one that fails says what came nearest, and what that missed") {
  CHECK(of_deliveries(R"({"delivered": {"host": "C", "text": "pay 100 to", "stale": true}})") ==
        "does not hold; near 3 [{\"field\":\"stale\",\"wanted\":true,\"found\":false}]");
  CHECK(of_deliveries(R"({"delivered": {"host": "B", "text": "pay 100 to Ann"}})") ==
        "does not hold; near 2 "
        "[{\"field\":\"text_octets\",\"wanted\":14,\"found\":10}]");
  // Less than half of it is not that text.
  CHECK(of_deliveries(R"({"delivered": {"host": "B", "text": "pay 700 to Ann"}})") ==
        "does not hold");
  CHECK(of_deliveries(R"({"delivered": {"host": "B", "at_least": 8, "stale": true}})") ==
        "does not hold; near 2 [{\"field\":\"at_least\",\"wanted\":8,\"found\":7}]");
  CHECK(of_deliveries(R"({"delivered": {"host": "B", "socket": "other"}})") == "does not hold");
  CHECK(of_deliveries(R"({"eventually": {"kind": "state", "host": "B", "to": "CLOSED"}})") ==
        "does not hold; near 4 "
        "[{\"field\":\"to\",\"wanted\":\"CLOSED\",\"found\":\"CLOSE_WAIT\"}]");
  CHECK(of_deliveries(R"({"eventually": {"kind": "segment.sent", "flags": "RST"}})") ==
        "does not hold");
  CHECK(of_deliveries(R"({"never": {"kind": "deliver", "host": "C"}})") == "does not hold, 3");
  CHECK(of_deliveries(R"({"count": {"of": {"kind": "deliver", "host": "B"}, "at_most": 1}})") ==
        "does not hold, 1");
  CHECK(of_deliveries(R"({"before": [{"kind": "state", "to": "CLOSING"}, {"kind": "deliver"}]})") ==
        "does not hold, 0");
  CHECK(of_deliveries(R"({"always": {"host": "B", "state": "FIN_WAIT_1"}})") ==
        "does not hold; near 4 "
        "[{\"field\":\"to\",\"wanted\":\"FIN_WAIT_1\",\"found\":\"CLOSE_WAIT\"}]");
}

TEST_CASE("goal: of events that miss as much, the nearest is where the run went another way") {
  const auto change = [](int n, const char* from, const char* to) {
    return Json{{"n", n},    {"kind", "state"}, {"host", "A"},
                {"conn", 1}, {"from", from},    {"to", to}};
  };
  const std::vector<Json> events{
      change(0, "CLOSED", "SYN_SENT"),        change(1, "SYN_SENT", "ESTABLISHED"),
      change(2, "ESTABLISHED", "FIN_WAIT_1"), change(3, "FIN_WAIT_1", "FIN_WAIT_2"),
      change(4, "FIN_WAIT_2", "TIME_WAIT"),   change(5, "TIME_WAIT", "CLOSED")};
  const auto near = lab::nearest(
      Json::parse(R"({"eventually": {"kind": "state", "host": "A", "to": "CLOSING"}})"), events);
  REQUIRE(near);
  CHECK(near->n == 3);
  // What happens at another host is further away than what happens otherwise.
  std::vector<Json> more = events;
  more.push_back({{"n", 6},
                  {"kind", "state"},
                  {"host", "B"},
                  {"conn", 2},
                  {"from", "FIN_WAIT_1"},
                  {"to", "CLOSING"}});
  CHECK(lab::nearest(
            Json::parse(R"({"eventually": {"kind": "state", "host": "A", "to": "CLOSING"}})"), more)
            ->n == 3);
}

namespace {

// A second reading of what a host shows: from its sockets, not from the trace.
std::string shown_by(const host::Host& host) {
  std::string live;
  std::string resting;
  for (const auto& socket : host.sockets()) {
    const auto connection = host.connection(socket.connection);
    const auto state = connection->state();
    const bool listens = state == tcp::State::kListen;
    if (listens ? socket.is_listener : state == tcp::State::kClosed && !socket.is_listener) {
      resting = tcp::to_text(state);
    } else if (!listens && state != tcp::State::kClosed) {
      live = tcp::to_text(state);
    }
  }
  return !live.empty() ? live : !resting.empty() ? resting : "CLOSED";
}

}  // namespace

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
      const std::string state = shown_by(world.hosts()[host]);
      INFO(scenario->source.dump() << "\nhost " << r.names[host] << " in " << state);
      REQUIRE(lab::judge({{"at_end", {{"host", r.names[host]}, {"state", state}}}}, events).holds);
    }
  }
}
