// "Can it be done?", said before anything is done: judged beside the plan, diagnosed, and not told.
#include <functional>

#include "exercise/answer_key.hpp"
#include "exercise/check.hpp"
#include "exercise/witness.hpp"
#include "format/document.hpp"
#include "sample.hpp"

using namespace tcplab;
using namespace tcplab::test;

namespace doubts_test {
namespace {

// Its third segment is lost. RFC 9293 §3.10.7.4: in SYN-RECEIVED, the server enters ESTABLISHED on
// an acceptable ACK, whatever else the segment carries; so a request completes the handshake.
const std::string& text() {
  static const std::string text =
      read_file("exercises/lessons/02-three-way-handshake/exercises/2e-without-the-third.json");
  return text;
}

Exercise with(const std::function<void(Json& exercise)>& change) {
  Json exercise = format::parse(text())->value();
  change(exercise);
  return parse(format::dump(exercise));
}

Json sent_at(const char* at) {
  return Json::array(
      {{{"at", at}, {"host", "client"}, {"do", "send"}, {"socket", "socket"}, {"text", "GET"}}});
}
// The server repeats its SYN,ACK 1 s after the first, so only the first of these is in time.
const char* const kInTime = "300ms";
const char* const kLate = "2s";

Json said(const Json& can, const Json& plan) { return {{"can", can}, {"plan", plan}}; }

std::string first_error(const Exercise& exercise) {
  const auto variant = exercise::check_variant(exercise, 1);
  REQUIRE(!variant.errors.empty());
  return variant.errors.front().pointer + ": " + variant.errors.front().message.en;
}

}  // namespace

TEST_CASE("what is said before earns a point of its own, and the plan earns its own") {
  struct Row {
    const char* can;
    const char* at;
    int score;
    bool correct;
    const char* named;
  };
  // Two goals: data is delivered, which late data is as well; and no SYN,ACK goes out again.
  const Row rows[] = {{"yes", kInTime, 3, true, ""},
                      {"pure", kInTime, 2, false, "M11"},
                      {"refuses", kInTime, 2, false, "M11"},
                      {"yes", kLate, 2, false, ""},
                      {"pure", kLate, 1, false, "M11"}};
  const auto exercise = parse(text());
  for (const Row& row : rows) {
    const auto verdict = judged(exercise, 1, "up", said(row.can, sent_at(row.at)));
    INFO(row.can << " " << row.at);
    CHECK(verdict.at("max") == 3);
    CHECK(verdict.at("score") == row.score);
    CHECK(verdict.at("correct") == row.correct);
    CHECK(verdict.at("fields").at(0).at("answer") == row.can);
    CHECK(verdict.at("fields").at(0).at("expected") == "yes");
    const Json& diagnoses = verdict.at("diagnoses");
    CHECK(diagnoses.size() == (*row.named == '\0' ? 0U : 1U));
    if (!diagnoses.empty()) CHECK(diagnoses.at(0).at("misconception") == row.named);
  }
}

TEST_CASE("a doubt that a mutant makes true is shown in its world, where the same is done") {
  const auto exercise = parse(text());
  const auto verdict = judged(exercise, 1, "up", said("pure", sent_at(kInTime)));
  const Json& diagnosis = verdict.at("diagnoses").at(0);
  CHECK(diagnosis.at("mutants") == Json::array({"third_segment_is_pure_ack"}));
  CHECK(diagnosis.at("fields") == Json::array({"can"}));
  // The request arrives in both; there it is dropped.
  CHECK(diagnosis.contains("parts"));
  CHECK(diagnosis.contains("event"));
}

TEST_CASE("what cannot be read before the plan is told, and costs the plan nothing") {
  const auto exercise = parse(text());
  for (const Json& can : {Json("maybe"), Json(true), Json(1), Json::object()}) {
    const auto verdict = judged(exercise, 1, "up", said(can, sent_at(kInTime)));
    INFO(format::dump(can));
    CHECK(verdict.at("score") == 2);
    CHECK(verdict.at("fields").at(0).contains("problem"));
    CHECK(!verdict.at("fields").at(0).contains("expected"));
  }
  CHECK(judged(exercise, 1, "up", 4).contains("problem"));
  CHECK(judged(exercise, 1, "up", {{"can", "yes"}, {"plans", Json::array()}}).contains("problem"));
  CHECK(judged(exercise, 1, "up", {{"can", "yes"}, {"plan", "send"}}).contains("problem"));
}

TEST_CASE("a plan alone, or a word alone, is judged as far as it goes") {
  const auto exercise = parse(text());
  const auto plan = judged(exercise, 1, "up", sent_at(kInTime));
  CHECK(plan.at("score") == 2);
  CHECK(plan.at("correct") == false);
  CHECK(plan.at("diagnoses").empty());
  CHECK(judged(exercise, 1, "up", {{"can", "yes"}}).at("fields").at(0).at("correct") == true);
}

TEST_CASE("the student's copy has the doubts, and not what they show") {
  const auto exercise = parse(text());
  const auto shown = exercise::to_json(exercise, copy_of(exercise, 1));
  REQUIRE(shown);
  const Json& question = shown->at("questions").at(0);
  CHECK(question.at("points") == 3);
  REQUIRE(question.at("doubts").size() == 2);
  for (const Json& doubt : question.at("doubts")) CHECK(doubt.size() == 2);  // "id" and "text"
  const auto told = format::dump(*shown);
  CHECK(told.find("third_segment_is_pure_ack") == std::string::npos);
}

TEST_CASE("who believes in a mutant's world says no for its reason") {
  const auto copy = copy_of(parse(text()), 1);
  const auto right = exercise::answer_key(copy);
  const auto wrong = exercise::answer_key(copy, "third_segment_is_pure_ack");
  REQUIRE((right && wrong));
  CHECK(right->at("up") == Json{{"can", "yes"}});
  CHECK(wrong->at("up") == Json{{"can", "pure"}});
  const auto plans = exercise::witnesses(copy.exercise);
  REQUIRE(plans.size() == 3);
  for (const Json& answers : plans) CHECK(answers.at("up").at("can") == "yes");
}

TEST_CASE("an author is told of doubts that are none") {
  CHECK(first_error(with([](Json& exercise) {
          exercise["questions"][0]["doubts"][0]["mutant"] = "keep_alive_by_default";
        })) == "/questions/0/doubts/0: this shows \"M46\", which \"teaches\" does not name");
  CHECK(first_error(with([](Json& exercise) {
          exercise["teaches"].push_back("M46");
          exercise["questions"][0]["doubts"][0]["mutant"] = "keep_alive_by_default";
        })) ==
        "/questions/0/doubts/0/mutant: plan 1 of the witness passes under "
        "keep_alive_by_default, so it can be done there");
  CHECK(first_error(with([](Json& exercise) {
          Json& doubts = exercise["questions"][0]["doubts"];
          doubts[1]["text"]["en"] = doubts[0]["text"]["en"];
        })) == "/questions/0/doubts/1/text/en: the doubts \"pure\" and \"refuses\" read the same");
  for (const auto& [id, problem] :
       {std::pair("yes", "\"yes\" says that it can be done, so no doubt is called so"),
        std::pair("refuses", "two doubts are called \"refuses\"")}) {
    Json exercise = format::parse(text())->value();
    exercise["questions"][0]["doubts"][0]["id"] = id;
    const auto refused = exercise::parse_exercise(format::dump(exercise));
    REQUIRE(!refused);
    CHECK(refused.error().front().message.en == problem);
  }
}

}  // namespace doubts_test
