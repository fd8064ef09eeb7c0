// Questions about times: judged from the run within a tolerance, diagnosed, refused.
//
// connect() is called at 10 ms. With a way of T there and B back, the SYN arrives T later, the
// SYN,ACK another B later, and the third segment another T later (RFC 9293 §3.5, figure 6).
#include <functional>

#include "exercise/answer_key.hpp"
#include "exercise/check.hpp"
#include "exercise/witness.hpp"
#include "format/document.hpp"
#include "format/quantity.hpp"
#include "sample.hpp"

using namespace tcplab;
using namespace tcplab::test;

namespace time_test {
namespace {

using Time = std::chrono::microseconds;

const std::string& text() {
  static const std::string text = read_file("tests/unit/exercise/when-each-is-up.json");
  return text;
}

// Its question is the one that `change` has made of it.
Exercise with(const std::function<void(Json& question)>& change) {
  Json exercise = format::parse(text())->value();
  change(exercise["questions"][0]);
  return parse(format::dump(exercise));
}

struct World {
  Exercise exercise;
  Time there;
  Time back;

  Time client() const { return std::chrono::milliseconds(10) + there + back; }
  Time server() const { return client() + there; }
  Json right() const {
    return {{"client", format::to_text(client())},
            {"server", format::to_text(server())},
            {"trip", format::to_text(there + back)},
            {"again", "never"},
            {"why", "ack"}};
  }
  Json judged(Json changes) const {
    Json answer = right();
    answer.update(changes);
    return test::judged(exercise, 1, "when", answer);
  }
};

World world(Exercise exercise = parse(text())) {
  const Json params = copy_of(exercise, 1).params;
  const auto time = [&](const char* name) {
    return *format::parse_duration(params.at(name).get<std::string>());
  };
  return {std::move(exercise), time("there"), time("back")};
}

const Json& field(const Json& verdict, const std::string& name) {
  const Json& fields = verdict.at("fields");
  return *std::find_if(fields.begin(), fields.end(),
                       [&](const Json& each) { return each.at("name") == name; });
}

std::string ms(Time time) { return std::to_string(time.count() / 1000) + " ms"; }

std::string first_error(const Exercise& exercise) {
  const auto variant = exercise::check_variant(exercise, 1);
  REQUIRE(!variant.errors.empty());
  return variant.errors.front().pointer + ": " + variant.errors.front().message.en;
}

std::vector<std::string> slips_of(const Json& verdict) {
  std::vector<std::string> kinds;
  for (const Json& slip : verdict.at("slips")) kinds.push_back(slip.at("kind"));
  return kinds;
}

}  // namespace

TEST_CASE("a time is right in any unit, and as far off as the tolerance says") {
  const World w = world();
  const auto us = w.server().count();
  for (const auto& [typed, right] : {std::pair<std::string, bool>{ms(w.server()), true},
                                     {std::to_string(us) + " us", true},
                                     {"0 s " + ms(w.server()), true},
                                     {std::to_string(us + 1000) + " us", true},
                                     {std::to_string(us - 1000) + " us", true},
                                     {std::to_string(us + 1001) + " us", false},
                                     {std::to_string(us - 1001) + " us", false},
                                     {"never", false}}) {
    const auto verdict = w.judged({{"server", typed}});
    INFO(typed);
    CHECK(field(verdict, "server").at("correct") == right);
    CHECK(verdict.at("score") == (right ? 5 : 4));
  }
  const World loose = world(with([](Json& question) { question["tolerance"] = "5ms"; }));
  const auto off = std::to_string(us + 5000) + " us";
  CHECK(field(loose.judged({{"server", off}}), "server").at("correct") == true);
  CHECK(field(w.judged({{"server", off}}), "server").at("correct") == false);
}

TEST_CASE("the right time is told in the unit of the answer, with the events that decide it") {
  const World w = world();
  CHECK(field(w.judged({{"server", "7 ms"}}), "server").at("expected") ==
        std::to_string(w.server().count() / 1000) + "ms");
  CHECK(field(w.judged({{"server", "7 us"}}), "server").at("expected") ==
        std::to_string(w.server().count()) + "us");
  CHECK(field(w.judged({{"server", "7 ms"}}), "server").at("evidence").size() == 1);
  CHECK(field(w.judged({{"trip", "7 ms"}}), "trip").at("evidence").size() == 2);
  CHECK(field(w.judged({{"again", "7 ms"}}), "again").at("expected") == "never");
}

TEST_CASE("what does not happen is never, and what is no time costs no other") {
  const World w = world();
  CHECK(w.judged(Json::object()).at("correct") == true);
  CHECK(w.judged({{"again", "从不"}}).at("correct") == true);
  CHECK(field(w.judged({{"again", "2 s"}}), "again").at("correct") == false);
  for (const Json& bad : {Json("soon"), Json("60"), Json(60), Json(true), Json("")}) {
    const auto verdict = w.judged({{"server", bad}});
    INFO(format::dump(bad));
    CHECK(verdict.at("score") == 4);
    CHECK(field(verdict, "server").contains("problem"));
    CHECK(!field(verdict, "server").contains("expected"));
  }
  CHECK(field(w.judged({{"why", "magic"}}), "why").contains("problem"));
  CHECK(judged(w.exercise, 1, "when", Json::array()).contains("problem"));
  CHECK(w.judged({{"later", "1 s"}}).contains("problem"));
}

TEST_CASE("the first option that matches, from the event back along its causes, is its cause") {
  const World w = world();
  CHECK(field(w.judged({{"why", "syn"}}), "why").at("expected") == "ack");
  const auto of_again = world(with([](Json& question) { question["causes"][0]["of"] = "again"; }));
  CHECK(field(of_again.judged({{"why", "ack"}}), "why").at("expected") == "nothing");
  const auto of_client =
      world(with([](Json& question) { question["causes"][0]["of"] = "client"; }));
  // A SYN,ACK is no ACK: the cause of the segment that made the client ESTABLISHED is the SYN.
  CHECK(field(of_client.judged({{"why", "ack"}}), "why").at("expected") == "syn");
}

TEST_CASE("times that a belief or a mutant has are diagnosed, in any unit") {
  const World w = world();
  const auto named = [&](const Json& changes) {
    const auto verdict = w.judged(changes);
    const Json& diagnoses = verdict.at("diagnoses");
    REQUIRE(diagnoses.size() == 1);
    CHECK(diagnoses.at(0).contains("event"));
    return diagnoses.at(0).at("misconception").get<std::string>();
  };
  // Both with the first, both with the second.
  CHECK(named({{"server", ms(w.client())}}) == "M08");
  CHECK(named({{"client", std::to_string(w.server().count() + 900) + " us"}}) == "M08");
  // The SYN alone: one way after connect().
  CHECK(named({{"server", ms(std::chrono::milliseconds(10) + w.there)}, {"why", "syn"}}) == "M13");
  CHECK(w.judged({{"server", "9 s"}}).at("diagnoses").empty());
}

TEST_CASE("slips of times are told as what they are") {
  const World w = world();
  const auto trip = w.there + w.back;
  const auto start = std::chrono::milliseconds(10);
  CHECK(slips_of(w.judged({{"client", ms(w.server())}, {"server", ms(w.client())}})) ==
        std::vector<std::string>{"swapped"});
  CHECK(slips_of(w.judged({{"client", std::to_string(w.client().count() / 1000) + " s"}})) ==
        std::vector<std::string>{"unit"});
  CHECK(slips_of(w.judged({{"trip", ms(start + trip)}})) == std::vector<std::string>{"moment"});
  CHECK(slips_of(w.judged({{"client", ms(w.client() - w.back)}})) ==
        std::vector<std::string>{"one_way"});
  CHECK(slips_of(w.judged({{"client", ms(w.client() + trip)}})) ==
        std::vector<std::string>{"round_trip"});
  // Half of the round trip in place of the way to the server.
  const auto halved = w.client() + trip / 2;
  CHECK(slips_of(w.judged({{"server", std::to_string(halved.count()) + " us"}})) ==
        std::vector<std::string>{"round_trip"});
  CHECK(slips_of(w.judged({{"server", "9 s"}})).empty());
  // The page tells each kind once.
  const auto both =
      w.judged({{"client", ms(w.client() - w.back)}, {"server", ms(w.server() - w.back)}});
  CHECK(slips_of(both) == std::vector<std::string>{"one_way"});
  CHECK(both.at("slips").at(0).at("fields") == Json::array({"client", "server"}));
  const auto moment = w.judged({{"trip", ms(start + trip)}});
  for (const Json& slip : moment.at("slips")) {
    CHECK(
        slip.at("text").at("en") ==
        "This is the moment, and how long it takes is asked: how long the client is in SYN_SENT.");
  }
}

TEST_CASE("the question is shown without its answer") {
  const auto exercise = parse(text());
  const auto shown = exercise::to_json(exercise, copy_of(exercise, 1));
  REQUIRE(shown);
  const Json& question = shown->at("questions").at(0);
  CHECK(question.at("points") == 5);
  CHECK(question.at("tolerance") == 1000);
  CHECK(question.at("hosts") == Json::array({"client", "server"}));
  for (const Json& time : question.at("times")) CHECK(time.size() == 3);
  for (const Json& option : question.at("causes").at(0).at("options")) CHECK(option.size() == 2);
}

TEST_CASE("an exercise of times has nothing wrong, and its witness passes") {
  const auto exercise = parse(text());
  const auto findings = exercise::check(exercise, 6);
  CHECK(format::to_text("", findings.errors) == "");
  CHECK(format::to_text("", findings.warnings) == "");
  const auto copy = copy_of(exercise, 1);
  CHECK(exercise::passes(graded(exercise, 1, exercise::witnesses(copy.exercise).front())));
  CHECK(exercise::answer_key(copy)->at("when") == world().right());
}

TEST_CASE("authors are told of times that cannot be asked") {
  CHECK(first_error(with([](Json& question) { question["times"][3].erase("or_never"); })) ==
        "/questions/0/times/3/of: it never happens in the run; if that is meant, say "
        "\"or_never\": true");
  CHECK(first_error(with([](Json& question) {
          question["times"][0]["from"] = {{"kind", "state"}, {"to", "CLOSING"}};
        })) ==
        "/questions/0/times/0: the run never comes to \"from\", so there is no time to ask for");
  CHECK(first_error(with([](Json& question) {
          question["pause"] = {
              {"before", {{"kind", "segment.received"}, {"host", "server"}, {"flags", "ACK"}}}};
        })) ==
        "/questions/0/times/0/of: it happens before the run stops, so that it is seen before it is "
        "asked");
  CHECK(first_error(with([](Json& question) {
          question["tolerance"] = "25ms";
        })).find("that is within twice the tolerance") != std::string::npos);
  CHECK(first_error(with([](Json& question) {
          question["causes"][0]["options"].erase(0);
          question["causes"][0]["options"][0]["by"]["host"] = "client";
        })) ==
        "/questions/0/causes/0/options: no option matches the event, or what led to it, so that "
        "none is right");
  CHECK(first_error(with([](Json& question) {
          question["times"][0]["of"]["host"] = "nobody";
        })).rfind("/questions/0/times/0/of/host: no host is called \"nobody\"", 0) == 0);
}

TEST_CASE("a hint that tells a time is refused, unless the task tells it too") {
  const World w = world();
  const auto hinted = [&](const std::string& told) {
    return exercise::check_variant(
        with([&](Json& question) {
          question["hints"] = {{"en", {"It is at " + told + "."}}, {"zh", {"是 " + told + "。"}}};
        }),
        1);
  };
  const auto errors = hinted(ms(w.server())).errors;
  REQUIRE(errors.size() == 2);  // in both languages
  CHECK(errors.front().pointer == "/questions/0/hints/en/0");
  CHECK(hinted("10 ms").errors.empty());
}

TEST_CASE("a question about times is refused where it could not be judged") {
  const auto refused = [](const std::function<void(Json & question)>& change) {
    Json exercise = format::parse(text())->value();
    change(exercise["questions"][0]);
    const auto result = exercise::parse_exercise(format::dump(exercise));
    REQUIRE(!result);
    return result.error().front().message.en;
  };
  CHECK(refused([](Json& question) { question["times"][0]["id"] = "server"; }) ==
        "two times are called \"server\"");
  CHECK(refused([](Json& question) { question["causes"][0]["id"] = "client"; }) ==
        "a time is called \"client\" too");
  CHECK(refused([](Json& question) { question["causes"][0]["of"] = "nothing"; }) ==
        "no time is called \"nothing\"");
  CHECK(refused([](Json& question) {
          question["times"] = Json::array({question["times"][0]});
          question.erase("causes");
        }) == "one time alone is guessed too easily; ask for two, or for its cause");
  CHECK(refused([](Json& question) { question["tolerance"] = "1h"; }).find("1h") !=
        std::string::npos);
}

}  // namespace time_test
