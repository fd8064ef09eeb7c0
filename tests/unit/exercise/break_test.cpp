// Actions that make a wrong engine give itself away: judged by both runs, counted, diagnosed by
// what they would have shown.
#include <functional>

#include "exercise/answer_key.hpp"
#include "exercise/check.hpp"
#include "exercise/witness.hpp"
#include "format/document.hpp"
#include "sample.hpp"

using namespace tcplab;
using namespace tcplab::test;

namespace break_test {
namespace {

const std::string kFolder = "exercises/lessons/";

// RFC 9293 §3.6.1: after close(), data that arrives is answered with a RST, and after shutdown() of
// the sending direction it is taken. The wrong engine does the same for both.
const std::string& text() {
  static const std::string text =
      read_file(kFolder + "06-four-way-close/exercises/6f-data-after-close.json");
  return text;
}
const std::string& waits() {
  static const std::string text =
      read_file(kFolder + "07-time-wait/exercises/7i-three-wrong-waits.json");
  return text;
}

Exercise with(const std::function<void(Json& exercise)>& change) {
  Json exercise = format::parse(text())->value();
  change(exercise);
  return parse(format::dump(exercise));
}

Json client(const char* at, const char* call) {
  return {{"at", at}, {"host", "client"}, {"do", call}, {"socket", "socket"}};
}
Json server(const char* at, const char* call) {
  return {{"at", at}, {"host", "server"}, {"do", call}, {"socket", "accepted"}};
}
Json with_text(Json action) {
  action["text"] = "late";
  return action;
}
Json said(const Json& can, const Json& plan) { return {{"can", can}, {"plan", plan}}; }

std::string first_error(const Exercise& exercise) {
  const auto variant = exercise::check_variant(exercise, 1);
  REQUIRE(!variant.errors.empty());
  return variant.errors.front().pointer + ": " + variant.errors.front().message.en;
}

}  // namespace

TEST_CASE("a break is right if both runs part, whatever parts them") {
  struct Row {
    const char* about;
    Json plan;
    bool differs;
  };
  const Row rows[] = {
      {"nothing", Json::array(), false},
      {"a plain close", Json::array({client("1s", "close"), server("2s", "close")}), false},
      {"data for who has called shutdown()",
       Json::array({client("1s", "shutdown"), with_text(server("2s", "send"))}), false},
      {"data before close()",
       Json::array({with_text(server("1s", "send")), client("2s", "recv"), client("3s", "close")}),
       false},
      {"data for who has called close()",
       Json::array({client("1s", "close"), with_text(server("2s", "send"))}), true},
      {"the other way round", Json::array({server("1s", "close"), with_text(client("2s", "send"))}),
       true}};
  const auto exercise = parse(text());
  for (const Row& row : rows) {
    const auto verdict = judged(exercise, 1, "close", said("yes", row.plan));
    INFO(row.about);
    CHECK(verdict.at("differs").is_null() == !row.differs);
    CHECK(verdict.at("correct") == row.differs);
    CHECK(verdict.at("score") == (row.differs ? 2 : 1));
    CHECK(verdict.at("max") == 2);
    CHECK(verdict.at("actions") == row.plan.size());
    CHECK(verdict.at("diagnoses").empty());
  }
}

TEST_CASE("where the runs part is told by the numbers of both runs' events") {
  const auto exercise = parse(text());
  const Json plan = Json::array({client("1s", "close"), with_text(server("2s", "send"))});
  const auto verdict = judged(exercise, 1, "close", said("yes", plan));
  const auto copy = copy_of(exercise, 1);
  exercise::Runs runs(copy.exercise.at("scenario"), 1, {});
  const auto run = runs.of({{"script", plan}});
  REQUIRE(run);
  const Json& event = (*run)->events[verdict.at("differs").at("n").get<std::size_t>()];
  // The first that has no like there: the data has arrived, 2 s and one way after the start.
  const auto delay = format::parse_duration(copy.params.at("delay").get<std::string>());
  REQUIRE(delay);
  CHECK(event.at("t") == 2'000'000 + delay->count());
  CHECK(event.at("host") == "client");
}

TEST_CASE("actions are counted, and only those are allowed that the question names") {
  const auto exercise = parse(text());
  const Json send = with_text(server("2s", "send"));
  const auto many = judged(exercise, 1, "close",
                           said("yes", Json::array({client("1s", "close"), send, send, send})));
  CHECK(many.at("problem").at("en") == "these are 4 actions; allowed: 3");
  CHECK(many.at("score") == 0);
  CHECK(judged(exercise, 1, "close", said("yes", Json::array({client("1s", "abort")})))
            .contains("problem"));
  CHECK(judged(exercise, 1, "close", said("yes", Json::array({{{"at", "1s"}, {"do", "hold"}}})))
            .contains("problem"));
  CHECK(judged(exercise, 1, "close", 7).contains("problem"));
}

TEST_CASE("who says that nothing can differ is told the idea that the engine makes true") {
  const auto exercise = parse(text());
  const Json plan = Json::array({client("1s", "close"), with_text(server("2s", "send"))});
  const auto verdict = judged(exercise, 1, "close", said("same", plan));
  CHECK(verdict.at("score") == 1);
  CHECK(verdict.at("correct") == false);
  REQUIRE(verdict.at("diagnoses").size() == 1);
  CHECK(verdict.at("diagnoses").at(0).at("misconception") == "M31");
  CHECK(verdict.at("diagnoses").at(0).at("mutants") == Json::array({"close_is_shutdown"}));
}

TEST_CASE(
    "a plan that parts another engine that the exercise teaches is told to be about that one") {
  const auto exercise = parse(waits());
  // RFC 9293 §3.6.1: a SYN with a smaller number is not taken in TIME_WAIT. It starts no timer
  // anew, so the engine that never restarts it does the same as the real one.
  const Json connect =
      Json::array({{{"at", "3s"}, {"host", "client"}, {"do", "connect"}, {"to", "server:80"}}});
  const auto verdict = judged(exercise, 1, "restart", said("yes", connect));
  CHECK(verdict.at("differs").is_null());
  const Json& others = verdict.at("others");
  const auto names = [&](const char* mutant) {
    return std::any_of(others.begin(), others.end(),
                       [&](const Json& each) { return each.at("mutant") == mutant; });
  };
  CHECK(!names("time_wait_never_restarts"));
  CHECK(names("no_time_wait"));
  REQUIRE(!verdict.at("diagnoses").empty());
  for (const Json& each : verdict.at("diagnoses")) {
    CHECK((each.at("misconception") == "M34" || each.at("misconception") == "M38"));
    CHECK(each.at("fields") == Json::array({"differs"}));
  }
}

TEST_CASE("the student's copy names the engine, and no plan") {
  const auto exercise = parse(text());
  const auto shown = exercise::to_json(exercise, copy_of(exercise, 1));
  REQUIRE(shown);
  const Json& question = shown->at("questions").at(0);
  CHECK(question.at("mutant") == "close_is_shutdown");
  CHECK(question.at("misconception") == "M31");
  CHECK(question.at("most") == 3);
  CHECK(!question.contains("seen_in"));
  CHECK(!shown->contains("witness"));
}

TEST_CASE("every plan of the shipped breaks parts the runs, and nothing at all does not") {
  for (const char* name : {"01-what-a-connection-is/exercises/1g-second-caller",
                           "06-four-way-close/exercises/6f-data-after-close",
                           "07-time-wait/exercises/7d-without-time-wait",
                           "07-time-wait/exercises/7i-three-wrong-waits"}) {
    const auto exercise = parse(read_file(kFolder + name + ".json"));
    const auto findings = exercise::check(exercise, 5);
    INFO(name);
    CHECK(format::to_text("", findings.errors) == "");
    CHECK(format::to_text("", findings.warnings) == "");
    for (const Json& answers : exercise::witnesses(copy_of(exercise, 3).exercise)) {
      CHECK(exercise::passes(graded(exercise, 3, answers)));
    }
  }
}

TEST_CASE("an author is told of a break that is none") {
  CHECK(first_error(with([](Json& exercise) {
          exercise["scenario"]["script"].push_back(
              {{"at", "1s"}, {"host", "client"}, {"do", "close"}, {"socket", "socket"}});
          exercise["scenario"]["script"].push_back({{"at", "2s"},
                                                    {"host", "server"},
                                                    {"do", "send"},
                                                    {"socket", "accepted"},
                                                    {"bytes", 9}});
        })) == "/questions/0/mutant: the runs differ by doing nothing");
  CHECK(first_error(with([](Json& exercise) {
          exercise["teaches"].push_back("M30");
          exercise["questions"][0]["doubts"][0]["mutant"] = "fin_stops_both_directions";
        })) ==
        "/questions/0/doubts/0/mutant: found fin_stops_both_directions; needed: close_is_shutdown, "
        "the question's own mutant: who believes close_is_shutdown takes both runs for the same, "
        "and who believes another one still sees them differ");
  CHECK(first_error(with([](Json& exercise) {
          exercise["questions"][0]["seen_in"] = {{"kind", "segment.sent"}, {"host", "nobody"}};
        })).rfind("/questions/0/seen_in/host: no host is called \"nobody\"", 0) == 0);
  CHECK(first_error(with([](Json& exercise) { exercise["questions"][0]["most"] = 1; })) ==
        "/witness/close/0: plan 1 does not pass: these are 2 actions; allowed: 1");
  CHECK(first_error(with([](Json& exercise) {
          exercise["questions"][0]["seen_in"] = {{"kind", "deliver"}, {"stale", true}};
        })) == "/witness/close/0: plan 1 does not pass: the runs do not differ");
}

}  // namespace break_test
