// The event that a diagnosis tells the student to look at.
#include <algorithm>
#include <set>

#include "exercise/verdict.hpp"
#include "sample.hpp"

using namespace tcplab;
using namespace tcplab::test;

namespace refutation_test {
namespace {

exercise::RunPtr run_of(const Exercise& exercise, std::uint64_t seed) {
  const auto run =
      exercise::Runs(copy_of(exercise, seed).exercise.at("scenario"), seed, {}).plain();
  REQUIRE(run);
  return *run;
}

// The event to which the diagnosis of this name points, or null.
Json event_of(const Exercise& exercise, std::uint64_t seed, const std::string& question,
              const Json& answer, const std::string& misconception) {
  const auto run = run_of(exercise, seed);
  const Json verdict = judged(exercise, seed, question, answer);
  for (const Json& each : verdict.at("diagnoses")) {
    if (each.at("misconception") != misconception || !each.contains("event")) continue;
    return run->events[each.at("event").get<std::size_t>()];
  }
  return nullptr;
}

Json change(const Json& event) {
  if (event.is_null() || event.at("kind") != "state") return nullptr;
  return Json::array({event.at("host"), event.at("from"), event.at("to")});
}

}  // namespace

TEST_CASE("both ends at once: the event is the change of the one that changes at this moment") {
  const auto exercise = shipped("01-handshake-states");
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    const Json server_too{{"client", "SYN_SENT"}, {"server", "SYN_RCVD"}};
    CHECK(change(event_of(exercise, seed, "connect", server_too, "M58")) ==
          Json::array({"client", "CLOSED", "SYN_SENT"}));
    const Json client_too{{"client", "ESTABLISHED"}, {"server", "SYN_RCVD"}};
    CHECK(change(event_of(exercise, seed, "syn", client_too, "M58")) ==
          Json::array({"server", "LISTEN", "SYN_RCVD"}));
    const Json together{{"client", "ESTABLISHED"}, {"server", "ESTABLISHED"}};
    CHECK(change(event_of(exercise, seed, "syn-ack", together, "M08")) ==
          Json::array({"client", "SYN_SENT", "ESTABLISHED"}));
  }
}

TEST_CASE("a call that is thought to have its effect at once: the event is what the call does") {
  const auto exercise = shipped("01-handshake-states");
  const Json at_once{{"client", "ESTABLISHED"}, {"server", "LISTEN"}};
  CHECK(change(event_of(exercise, 1, "connect", at_once, "M56")) ==
        Json::array({"client", "CLOSED", "SYN_SENT"}));
}

TEST_CASE("the first FIN: the event is its sender's, whichever ends are marked wrong") {
  const auto exercise = shipped("03-close-states");
  std::set<std::string> closers;
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const auto params = copy_of(exercise, seed).params;
    const auto first = params.at("first").get<std::string>();
    const auto other = params.at("other").get<std::string>();
    const Json answer{{first, "CLOSE_WAIT"}, {other, "ESTABLISHED"}};
    CHECK(change(event_of(exercise, seed, "first-fin", answer, "M22")) ==
          Json::array({first, "ESTABLISHED", "FIN_WAIT_1"}));
    closers.insert(first);
  }
  CHECK(closers.size() == 2);
}

TEST_CASE("who holds TIME_WAIT: the event is at a host that was left out or named wrongly") {
  const auto exercise = shipped("04-who-holds-time-wait");
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const auto instance = copy_of(exercise, seed);
    const Json& witness = instance.exercise.at("witness");
    const Json& passive = witness.at("close-wait");
    const Json event = event_of(exercise, seed, "time-wait", passive, "M21");
    REQUIRE(!event.is_null());
    CHECK(event.at("to") == "TIME_WAIT");
    const auto names = [](const Json& list, const Json& host) {
      return std::find(list.begin(), list.end(), host) != list.end();
    };
    const Json& host = event.at("host");
    // The proxy may be in both lists: of it, nothing is wrong.
    CHECK(names(passive, host) != names(witness.at("time-wait"), host));
  }
}

TEST_CASE("a number: the event is the segment whose own number is made otherwise") {
  const auto exercise = shipped("02-third-ack-and-first-data");
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    const auto params = copy_of(exercise, seed).params;
    const auto isn = params.at("client_isn").get<std::uint32_t>();
    const auto server_isn = params.at("server_isn").get<std::uint32_t>();
    // The client's own ACK shows that ack is not the last number received; the server's does not.
    const Json last_octet{{"flags", "ACK"}, {"seq", isn + 1}, {"ack", server_isn}, {"len", 0}};
    const Json third = event_of(exercise, seed, "third-ack", last_octet, "M03");
    REQUIRE(!third.is_null());
    CHECK(third.at("kind") == "segment.sent");
    CHECK(third.at("host") == "client");
    CHECK(third.at("segment").at("ack") == server_isn + 1);
    // That a pure ACK takes a number shows in the seq of the data.
    const auto request = params.at("request").get<std::uint32_t>();
    const Json counted{{"seq", server_isn + 1}, {"ack", isn + 2 + request}};
    const Json data = event_of(exercise, seed, "ack-of-request", counted, "M02");
    REQUIRE(!data.is_null());
    CHECK(data.at("segment").at("seq") == isn + 1);
    CHECK(data.at("segment").at("len") == request);
  }
}

TEST_CASE("no event is later than the moment asked about, or of a connection not asked about") {
  std::size_t told = 0;
  for (const char* name : {"01-handshake-states", "03-close-states", "05-both-in-closing"}) {
    const auto exercise = shipped(name);
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
      const auto instance = copy_of(exercise, seed);
      const auto run = run_of(exercise, seed);
      for (const Json& question : instance.exercise.at("questions")) {
        if (question.at("kind") != "state") continue;
        const Json* pause = exercise::pause_event(question, *run);
        REQUIRE(pause != nullptr);
        const Json& right = instance.exercise.at("witness").at(question.at("id"));
        for (const auto& [place, state] : right.items()) {
          for (const auto other : tcp::kStateNames) {
            if (other == state) continue;
            Json answer = right;
            answer[place] = other;
            const Json verdict = judged(exercise, seed, question.at("id"), answer);
            for (const Json& each : verdict.at("diagnoses")) {
              INFO(name << " " << format::dump(each));
              REQUIRE(each.contains("event"));
              const Json& event = run->events[each.at("event").get<std::size_t>()];
              CHECK(event.at("step") <= pause->at("step"));
              CHECK(change(event) != Json::array({"server", "CLOSED", "LISTEN"}));
              ++told;
            }
          }
        }
      }
    }
  }
  CHECK(told > 30);
}

TEST_CASE("what an author's option shows is not named when another answer speaks against it") {
  const auto exercise = shipped("06-explain-time-wait");
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    const auto instance = copy_of(exercise, seed);
    const auto other = instance.params.at("other").get<std::string>();
    Json answer = Json::object();
    answer["evidence"] =
        Json::array({Json{{"kind", "state"}, {"host", other}, {"to", "LAST_ACK"}}});
    const auto named = [&] {
      Json ids = Json::array();
      const Json verdict = judged(exercise, seed, "explain", answer);
      for (const Json& each : verdict.at("parts").back().at("diagnoses")) {
        ids.push_back(each.at("misconception"));
      }
      return ids;
    };
    CHECK(named() == Json::array({"M21"}));
    // Who says that the first to close enters TIME_WAIT does not hold that the other does.
    answer["claim"] = {{"who", instance.params.at("first")}};
    CHECK(named() == Json::array());
    answer["claim"] = {{"who", other}};
    CHECK(named() == Json::array({"M21"}));
  }
}

}  // namespace refutation_test
