// Wrong answers that students gave at their first try: the idea that is named, and what must not
// be.
#include <algorithm>

#include "exercise/instance.hpp"
#include "exercise/run.hpp"
#include "exercise/verdict.hpp"
#include "sample.hpp"

using namespace tcplab;
using namespace tcplab::test;

namespace first_tries_test {
namespace {

using Names = std::vector<std::string>;

// The misconceptions and the fields that each explains.
Names named(const Json& verdict) {
  Names names;
  for (const Json& each : verdict.at("diagnoses")) {
    names.push_back(each.at("misconception").get<std::string>() + format::dump(each.at("fields")));
  }
  return names;
}

Json states(const char* client, const char* server) {
  return {{"client", client}, {"server", server}};
}

// The run of a build's answer.
exercise::RunPtr played(const Exercise& exercise, std::uint64_t seed, const Json& plan) {
  Json scenario = copy_of(exercise, seed).exercise.at("scenario");
  for (const Json& action : plan) scenario.at("script").push_back(action);
  std::uint64_t budget = exercise::max_events_of_all;
  const auto run = exercise::run_scenario(scenario, seed, {}, budget);
  REQUIRE(run);
  return *run;
}

Json close_at(const char* at, const char* host, const char* socket) {
  return {{"at", at}, {"host", host}, {"do", "close"}, {"socket", socket}};
}

}  // namespace

TEST_CASE("connect() that is thought to open both ends at once") {
  const auto exercise = shipped("01-handshake-states");
  const auto both = states("ESTABLISHED", "ESTABLISHED");
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    CHECK(named(judged(exercise, seed, "connect", both)) ==
          Names{"M56[\"client\",\"server\"]", "M08[\"client\",\"server\"]"});
    // Who has the states right when the SYN arrives does not hold it.
    const auto refuted =
        graded(exercise, seed, {{"connect", both}, {"syn", states("SYN_SENT", "SYN_RCVD")}});
    CHECK(named(refuted.at("questions").at(0)).empty());
  }
}

TEST_CASE("close() that is thought to close both ends at once") {
  const auto exercise = shipped("03-close-states");
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    CHECK(named(judged(exercise, seed, "first-close", states("CLOSED", "CLOSED"))) ==
          Names{"M57[\"client\",\"server\"]", "M58[\"client\",\"server\"]"});
  }
}

TEST_CASE("an ACK that was lost is taken for one that arrived: the event is the loss") {
  const auto exercise = shipped("01-handshake-states");
  int lost = 0;
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    if (copy_of(exercise, seed).params.at("lost_ack") != 1) continue;
    ++lost;
    // Right before it, so that both ends at once are not what is believed.
    const Json answers{{"syn", states("SYN_SENT", "SYN_RCVD")},
                       {"syn-ack", states("ESTABLISHED", "SYN_RCVD")},
                       {"before-data", states("ESTABLISHED", "ESTABLISHED")}};
    const Json verdict = graded(exercise, seed, answers).at("questions").at(2);
    REQUIRE(named(verdict) == Names{"M63[\"server\"]"});
    const auto run = played(exercise, seed, Json::array());
    const Json& event = run->events[verdict.at("diagnoses").at(0).at("event").get<std::size_t>()];
    CHECK(event.at("kind") == "segment.dropped");
    CHECK(event.at("segment").at("flags") == "ACK");
    CHECK(named(judged(exercise, seed, "before-data", states("SYN_SENT", "ESTABLISHED"))).empty());
  }
  CHECK(lost > 0);
}

TEST_CASE("of a segment, flags and numbers are explained each for itself") {
  const auto exercise = shipped("02-third-ack-and-first-data");
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    const Json params = copy_of(exercise, seed).params;
    const auto client = params.at("client_isn").get<std::uint32_t>();
    const auto server = params.at("server_isn").get<std::uint32_t>();
    const auto third = [&](const char* flags, std::uint32_t seq, std::uint32_t ack) {
      const Json answer{{"flags", flags}, {"seq", seq}, {"ack", ack}, {"len", 0}};
      return judged(exercise, seed, "third-ack", answer);
    };
    const auto last_received = third("SYN ACK", client + 1, server);
    CHECK(named(last_received) == Names{"M03[\"ack\"]"});
    REQUIRE(last_received.at("slips").size() == 1);
    CHECK(last_received.at("slips").at(0).at("kind") == "answered");
    CHECK(last_received.at("slips").at(0).at("fields") == Json::array({"flags"}));
    CHECK(named(third("SYN ACK", client, server)) == Names{"M01[\"seq\",\"ack\"]"});
    // One wrong number that the idea does not explain leaves open what the other comes from.
    CHECK(named(third("SYN ACK", client + 7, server)).empty());
  }
}

TEST_CASE("the fields of the segment that arrives are no idea, but a slip") {
  const auto exercise = shipped("02-third-ack-and-first-data");
  const Json params = copy_of(exercise, 1).params;
  const Json arrives{{"flags", "SYN,ACK"},
                     {"seq", params.at("server_isn")},
                     {"ack", params.at("client_isn").get<std::uint32_t>() + 1},
                     {"len", 0}};
  const auto verdict = judged(exercise, 1, "third-ack", arrives);
  CHECK(named(verdict).empty());
  REQUIRE(verdict.at("slips").size() == 1);
  CHECK(verdict.at("slips").at(0).at("kind") == "answered");
  CHECK(verdict.at("slips").at(0).at("fields") == Json::array({"flags", "seq", "ack"}));
}

TEST_CASE("one end closes, or the second too late: the close is thought to be CLOSING") {
  const auto exercise = shipped("05-both-in-closing");
  const Json client = close_at("1s", "client", "socket");
  const Json in_close_wait{{"when", {{"host", "server"}, {"state", "CLOSE_WAIT"}}},
                           {"after", "10ms"},
                           {"host", "server"},
                           {"do", "close"},
                           {"socket", "accepted"}};
  for (const Json& plan : {Json::array({client}), Json::array({client, in_close_wait})}) {
    const Json verdict = judged(exercise, 1, "closing", plan);
    REQUIRE(named(verdict) == Names{"M64[\"1\",\"2\"]"});
    const auto run = played(exercise, 1, plan);
    const Json& event = run->events[verdict.at("diagnoses").at(0).at("event").get<std::size_t>()];
    CHECK(event.at("to") == "FIN_WAIT_2");
  }
  // A call that comes when all is over, or an act of the network, may mean anything; and nothing
  // done means nothing.
  const Json late = close_at("3s", "server", "accepted");
  const Json drop{{"at", "1001ms"}, {"do", "drop"}, {"segment", 4}};
  for (const Json& plan :
       {Json::array({client, late}), Json::array({client, drop}), Json::array()}) {
    CHECK(named(judged(exercise, 1, "closing", plan)).empty());
  }
}

TEST_CASE("the end in LAST_ACK is taken for the sender of the last ACK: its ACK is lost") {
  const auto exercise = shipped("06-explain-time-wait");
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    const Json params = copy_of(exercise, seed).params;
    const auto judged_with = [&](const char* host, const char* state, const char* act,
                                 int segment) {
      const Json plan = Json::array({{{"when", {{"host", params.at(host)}, {"state", state}}},
                                      {"after", "1ms"},
                                      {"do", act},
                                      {"segment", segment}}});
      return judged_part(exercise, seed, "explain", "lost-ack", {{"can", "yes"}, {"plan", plan}});
    };
    CHECK(named(judged_with("other", "CLOSE_WAIT", "drop", 7)) == Names{"M39[\"1\"]"});
    CHECK(named(judged_with("other", "CLOSE_WAIT", "hold", 7)) == Names{"M39[\"1\"]"});
    // A FIN, the first or the second, is no ACK that was taken for the last. Without the second,
    // the end that closed first would have to be gone for a RST to come.
    CHECK(named(judged_with("first", "FIN_WAIT_1", "drop", 6)).empty());
    CHECK(named(judged_with("other", "LAST_ACK", "drop", 8)) == Names{"M68[\"1\"]"});
    CHECK(named(judged_with("other", "LAST_ACK", "hold", 8)) == Names{"M68[\"1\"]"});
    CHECK(judged_with("first", "CLOSED", "drop", 9).at("correct") == true);
  }
}

TEST_CASE("what TIME_WAIT is not for has a name of its own") {
  const auto exercise = shipped("06-explain-time-wait");
  Json claim = copy_of(exercise, 1).exercise.at("witness").at("explain").at("claim");
  for (const char* option : {"peer-closes", "reads"}) {
    claim["last-segment"] = option;
    CHECK(named(judged_part(exercise, 1, "explain", "claim", claim)) ==
          Names{"M65[\"last-segment\"]"});
  }
}

}  // namespace first_tries_test
