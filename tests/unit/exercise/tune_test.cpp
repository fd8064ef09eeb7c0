// Settings that are chosen: what comes of them in the run, what they cost, what their author is
// told.
#include <functional>

#include "exercise/answer_key.hpp"
#include "exercise/check.hpp"
#include "exercise/kinds/kind.hpp"
#include "exercise/notation.hpp"
#include "exercise/question.hpp"
#include "exercise/witness.hpp"
#include "format/document.hpp"
#include "sample.hpp"

using namespace tcplab;
using namespace tcplab::test;

namespace tune_test {
namespace {

// Two ports, and a connect() at 10 ms, 10.01 s, 20.01 s and 30.01 s to one place; nobody closes. A
// four-tuple each (RFC 9293 section 3.3.1): the third and the fourth find no free port.
const std::string& text() {
  static const std::string text = read_file("tests/unit/exercise/four-callers.json");
  return text;
}

Exercise with(const std::function<void(Json& question)>& change) {
  Json exercise = format::parse(text())->value();
  change(exercise["questions"][0]);
  return parse(format::dump(exercise));
}

Json judged_as(const Json& answer) { return judged(parse(text()), 1, "ports", answer); }

std::string first_error(const Exercise& exercise) {
  const auto variant = exercise::check_variant(exercise, 1);
  if (variant.errors.empty()) return "";
  return variant.errors.front().pointer + ": " + variant.errors.front().message.en;
}

}  // namespace

TEST_CASE("a choice is judged by the run that comes of it, and by its cost") {
  // 2 ports for each of 2 places: 4 four-tuples.
  const Json both = judged_as({{"to", "both"}});
  CHECK(both.at("score") == 3);
  CHECK(both.at("correct") == true);
  CHECK(both.at("tuned").at("cost") == 2);
  CHECK(both.at("tuned").at("plotted") == Json::parse("[[]]"));

  // 4 ports do as well, but cost 3.
  const Json four = judged_as({{"ports", "four"}, {"to", "one"}});
  CHECK(four.at("score") == 2);
  CHECK(four.at("correct") == false);
  CHECK(four.at("tuned").at("best").at("cost") == 2);

  // With 3 ports, 3 of the 4 connect, and the last does not.
  const Json three = judged_as({{"ports", "three"}});
  CHECK(three.at("score") == 1);
  CHECK(three.at("goals").at(0).at("holds") == false);
  CHECK(three.at("goals").at(1).at("holds") == true);
  CHECK(three.at("tuned").at("plotted") == Json::parse("[[[30010000, 1]]]"));
  const Json& events = three.at("tuned").at("events");
  REQUIRE(!events.empty());
  const Json& n = three.at("goals").at(0).at("why").at("n");
  CHECK(std::any_of(events.begin(), events.end(), [&](const Json& e) { return e.at("n") == n; }));
}

TEST_CASE("what is shown of a tune is the run as it is, and nothing of the others") {
  const auto exercise = parse(text());
  const auto copy = copy_of(exercise, 1);
  exercise::Runs runs(copy.exercise.at("scenario"), 1, exercise.source("/scenario"));
  const Json& question = copy.exercise.at("questions").at(0);
  const Json shown = exercise::shown(question, question.at("hints"),
                                     {runs, **runs.plain(), exercise::Notations("", 1)});
  CHECK(shown.at("plotted") == Json::parse("[[[20010000, 1], [30010000, 2]]]"));
  for (const char* secret : {"shows", "change"}) {
    CHECK(shown.at("settings").dump().find(secret) == std::string::npos);
  }
}

TEST_CASE("an option that shows an idea names it where the answer is wrong, and only there") {
  const Json moved = judged_as({{"to", "moved"}});
  REQUIRE(!moved.at("diagnoses").empty());
  CHECK(moved.at("diagnoses").at(0).at("misconception") == "M36");
  CHECK(judged_as({{"ports", "three"}}).value("diagnoses", Json::array()).empty());
}

TEST_CASE("slips of a choice are told as what they are") {
  const struct {
    Json answer;
    const char* kind;
    const char* told;
  } rows[] = {
      {Json::object(), "unchanged", "Nothing is changed."},
      // 3 of 4 connect, where 2 did.
      {{{"ports", "three"}}, "too_little", "better than before"},
      // The four-tuples stay as few, however fast they are wanted.
      {{{"late", "nine"}}, "no_effect", "counted here: Calls."},
      {{{"ports", "three"}, {"late", "nine"}}, "no_effect", "counted here: Calls."},
      // 4 ports cost 3, and another choice costs 2.
      {{{"ports", "four"}}, "dearer", "at a lower cost"},
      {{{"late", "nine"}, {"to", "both"}}, "unneeded", "as it was: Calls."},
      {{{"ports", "four"}, {"to", "both"}}, "unneeded", "as it was: Ports; The server’s port."},
  };
  for (const auto& row : rows) {
    INFO(row.answer.dump());
    const Json verdict = judged_as(row.answer);
    CHECK(verdict.at("diagnoses").empty());
    REQUIRE(verdict.at("slips").size() == 1);
    CHECK(verdict.at("slips").at(0).at("kind") == row.kind);
    const auto text = verdict.at("slips").at(0).at("text").at("en").get<std::string>();
    CHECK(text.find(row.told) != std::string::npos);
  }
  CHECK(judged_as({{"to", "both"}}).value("slips", Json::array()).empty());
  // An idea explains all that was chosen.
  CHECK(judged_as({{"to", "moved"}}).at("slips").empty());
}

TEST_CASE("a choice that cannot be read is told so in words") {
  const auto told = [](const Json& answer) {
    return judged_as(answer).at("problem").at("en").get<std::string>();
  };
  CHECK(told(Json::array()).find("an option for each setting") != std::string::npos);
  CHECK(told({{"port", "four"}}).find("did you mean \"ports\"") != std::string::npos);
  CHECK(told({{"ports", "five"}}).find("allowed: \"two\", \"three\", \"four\"") !=
        std::string::npos);
  CHECK(told({{"ports", "four"}, {"to", "both"}, {"late", "nine"}}) ==
        "3 settings are changed; allowed: 2");
}

TEST_CASE("the right answer of a tune is the cheapest, and none where nothing has to be tuned") {
  const auto exercise = parse(text());
  const auto key = exercise::answer_key(copy_of(exercise, 1));
  REQUIRE(key);
  CHECK(key->at("ports") == Json{{"ports", "two"}, {"to", "both"}, {"late", "ten"}});
}

TEST_CASE("an author is told of a tune that asks for nothing, or cannot be right") {
  CHECK(first_error(parse(text())) == "");
  CHECK(first_error(with([](Json& q) {
          q["goals"].erase(0);
          q["goals"][0]["count"]["at_least"] = 2;
        })) == "/questions/0/goals: the goals are reached without any change");
  CHECK(first_error(with([](Json& q) { q["goals"][1]["count"]["at_least"] = 5; })) ==
        "/questions/0/goals: no choice reaches all goals");
  CHECK(first_error(with([](Json& q) { q["settings"][0]["options"][0]["cost"] = 1; })) ==
        "/questions/0/settings/0/options/0: the first option leaves all as it is: it has no "
        "change, costs 0 and shows nothing");
  CHECK(first_error(with([](Json& q) {
          q["settings"][0]["options"][1]["change"]["tcp"]["client"]["last_port"] = "${last}";
        })) == "/questions/0/settings/0/options/1: this option changes nothing");
  CHECK(first_error(with([](Json& q) {
          q["settings"][0]["options"][2]["change"] = q["settings"][0]["options"][1]["change"];
        })) ==
        "/questions/0/settings/0/options/2: the options \"three\" and \"four\" are the same");
  CHECK(first_error(with([](Json& q) { q["most"] = 4; })) ==
        "/questions/0/most: there are only 3 settings");
  CHECK(first_error(with([](Json& q) {
          q["settings"][0]["options"][1]["change"] = {{"workload", {{"connect", {{"times", 0}}}}}};
        })).find("/questions/0/settings/0/options/1") == 0);
}

TEST_CASE("what a seed makes of a workload and of an option is checked as well") {
  Json exercise = format::parse(text())->value();
  exercise["params"]["word"] = {{"choice", {"many"}}};
  Json times = exercise;
  times["scenario"]["workload"]["connect"]["times"] = "${word}";
  CHECK(first_error(parse(times.dump())).find("/times") != std::string::npos);
  Json tcp = exercise;
  tcp["questions"][0]["settings"][0]["options"][1]["change"]["tcp"]["client"] = "${word}";
  CHECK(first_error(parse(tcp.dump())) != "");
  Json list = exercise;
  list["questions"][0]["settings"][0]["options"][1]["change"]["workload"] = "${word}";
  CHECK(first_error(parse(list.dump())) != "");
}

TEST_CASE("more choices than can be tried are refused") {
  const auto many = with([](Json& q) {
    Json options = q["settings"][2]["options"];
    for (int i = 0; i < 5; ++i) {
      q["settings"].push_back({{"id", "more-" + std::to_string(i)},
                               {"text", q["settings"][2]["text"]},
                               {"options", options}});
    }
    q["most"] = 8;
  });
  CHECK(first_error(many) ==
        "/questions/0/settings: there are more than 128 choices, which cannot all be tried");
}

}  // namespace tune_test
