// Numbers of events: counted in the run, between moments, and in the worlds of mutants.
#include <functional>
#include <set>

#include "exercise/answer_key.hpp"
#include "exercise/check.hpp"
#include "exercise/witness.hpp"
#include "format/document.hpp"
#include "sample.hpp"

using namespace tcplab;
using namespace tcplab::test;

namespace number_test {
namespace {

// A client whose SYNs nobody answers, from 10 ms on. RFC 6298 (2.1) and (5.5): the first RTO is 1
// s, and it is doubled each time, so SYNs leave 0, 1, 3, 7, 15 and 31 s later.
const std::string& text() {
  static const std::string text = read_file("tests/unit/exercise/how-many.json");
  return text;
}

// Its question is the one that `change` has made of it.
Exercise with(const std::function<void(Json& question)>& change) {
  Json exercise = format::parse(text())->value();
  change(exercise["questions"][0]);
  return parse(format::dump(exercise));
}

std::uint64_t doubled(const Instance& copy) {
  const auto wait = copy.params.at("wait").get<std::string>();
  return wait == "10s" ? 3 : wait == "20s" ? 4 : 5;
}

const Json& field_of(const Json& verdict, std::size_t n) { return verdict.at("fields").at(n); }

Json counts(const Json& list) { return {{"so-far", list.at(0)}, {"again", list.at(1)}}; }

std::string first_error(const Exercise& exercise) {
  const auto variant = exercise::check_variant(exercise, 1);
  REQUIRE(!variant.errors.empty());
  return variant.errors.front().pointer + ": " + variant.errors.front().message.en;
}

}  // namespace

TEST_CASE("a number is right if the run has as many events, however it is written") {
  const auto exercise = parse(text());
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    const auto right = doubled(copy_of(exercise, seed));
    for (const Json& written :
         {Json(right), Json(std::to_string(right)), Json("0,00" + std::to_string(right)),
          Json("\xef\xbc\x90\xef\xbc" + std::string(1, static_cast<char>(0x90 + right)))}) {
      const auto verdict = judged(exercise, seed, "syns", counts({1, written}));
      INFO(format::dump(written));
      CHECK(verdict.at("score") == 2);
      CHECK(verdict.at("correct") == true);
    }
    const auto verdict = judged(exercise, seed, "syns", counts({1, right + 1}));
    CHECK(verdict.at("score") == 1);
    CHECK(field_of(verdict, 1).at("expected") == right);
  }
}

TEST_CASE("the evidence of a number are the events that count") {
  const auto exercise = parse(text());
  const auto verdict = judged(exercise, 1, "syns", counts({2, 77}));
  CHECK(field_of(verdict, 0).at("evidence").size() == 1);
  CHECK(field_of(verdict, 1).at("evidence").size() == doubled(copy_of(exercise, 1)));
  std::set<Json> all;
  for (const Json& field : verdict.at("fields")) {
    for (const Json& n : field.at("evidence")) all.insert(n);
  }
  CHECK(std::set<Json>(verdict.at("evidence").begin(), verdict.at("evidence").end()) == all);
}

TEST_CASE("what is no number costs no other, and is not told what was expected") {
  const auto exercise = parse(text());
  for (const Json& bad : {Json("many"), Json(-1), Json(1.5), Json(""), Json(true)}) {
    const auto verdict = judged(exercise, 1, "syns", counts({1, bad}));
    INFO(format::dump(bad));
    CHECK(verdict.at("score") == 1);
    CHECK(field_of(verdict, 1).contains("problem"));
    CHECK(!field_of(verdict, 1).contains("expected"));
    CHECK(!field_of(verdict, 1).contains("evidence"));
  }
  CHECK(judged(exercise, 1, "syns", 4).contains("problem"));
  CHECK(judged(exercise, 1, "syns", {{"so-far", 1}, {"later", 2}}).contains("problem"));
}

// The SYN goes out again each second, up to the end of the run.
TEST_CASE("a number that a mutant's run has is diagnosed, and refuted by an event that it lacks") {
  const auto exercise = parse(text());
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    const auto constant = copy_of(exercise, seed).params.at("constant").get<std::uint64_t>();
    const auto verdict = judged(exercise, seed, "syns", counts({1, constant}));
    REQUIRE(verdict.at("diagnoses").size() == 1);
    CHECK(verdict.at("diagnoses").at(0).at("misconception") == "M20");
    CHECK(verdict.at("diagnoses").at(0).at("fields") == Json::array({"again"}));
    CHECK(verdict.at("diagnoses").at(0).contains("event"));
  }
  CHECK(judged(exercise, 1, "syns", counts({1, 7})).at("diagnoses").empty());
}

TEST_CASE("the right numbers, and those of a mutant, are told to authors only") {
  const auto exercise = parse(text());
  const auto copy = copy_of(exercise, 1);
  const auto right = exercise::answer_key(copy);
  const auto wrong = exercise::answer_key(copy, "rto_is_constant");
  REQUIRE((right && wrong));
  CHECK(right->at("syns") == counts({1, doubled(copy)}));
  CHECK(wrong->at("syns") == counts({1, copy.params.at("constant")}));
  const auto shown = exercise::to_json(exercise, copy);
  REQUIRE(shown);
  const Json& question = shown->at("questions").at(0);
  CHECK(question.at("hosts") == Json::array({"client"}));
  CHECK(question.at("points") == 2);
  for (const Json& count : question.at("counts")) CHECK(count.size() == 2);  // "id" and "text"
}

TEST_CASE("an exercise of numbers has nothing wrong, and its witness passes") {
  const auto exercise = parse(text());
  const auto findings = exercise::check(exercise, 20);
  CHECK(format::to_text("", findings.errors) == "");
  CHECK(format::to_text("", findings.warnings) == "");
  const auto copy = copy_of(exercise, 1);
  CHECK(exercise::passes(graded(exercise, 1, exercise::witnesses(copy.exercise).front())));
}

TEST_CASE("moments bound what is counted: the first belongs to it, the last does not") {
  const Json syn{{"kind", "segment.sent"}, {"flags", "SYN"}};
  const Json again{{"kind", "segment.sent"}, {"retransmission", true}};
  const auto counted = [&](const Json& from, const Json& until) {
    const auto exercise = with([&](Json& question) {
      Json& count = question["counts"][1];
      count["of"] = syn;
      count.erase("from");
      if (!from.is_null()) count["from"] = from;
      if (!until.is_null()) count["until"] = until;
    });
    const auto key = exercise::answer_key(copy_of(exercise, 1));
    REQUIRE(key);
    return key->at("syns").at("again").get<std::uint64_t>();
  };
  const auto all = doubled(copy_of(parse(text()), 1)) + 1;
  CHECK(counted(nullptr, nullptr) == all);
  CHECK(counted(syn, nullptr) == all);
  CHECK(counted(again, nullptr) == all - 1);
  CHECK(counted(nullptr, again) == 1);
  CHECK(counted(nullptr, syn) == 0);
  CHECK(counted(again, again) == 0);
  CHECK(counted("pause", nullptr) == all - 1);
  CHECK(counted(nullptr, "pause") == 1);
}

TEST_CASE("a number whose moment does not come cannot be asked") {
  CHECK(first_error(with([](Json& question) {
          question["counts"][1]["from"] = {{"kind", "state"}, {"to", "ESTABLISHED"}};
        })) == "/questions/0/counts/1: the run never comes to \"from\", so nothing can be counted");
  CHECK(first_error(with([](Json& question) { question.erase("pause"); })) ==
        "/questions/0/counts/0: the run never comes to \"until\", so nothing can be counted");
}

TEST_CASE("names in a number are checked, and two of one id are refused") {
  CHECK(first_error(with([](Json& question) {
          question["counts"][1]["of"]["host"] = "nobody";
        })).rfind("/questions/0/counts/1/of/host: no host is called \"nobody\"", 0) == 0);
  Json twice = format::parse(text())->value();
  twice["questions"][0]["counts"][1]["id"] = "so-far";
  const auto refused = exercise::parse_exercise(format::dump(twice));
  REQUIRE(!refused);
  CHECK(refused.error().front().message.en == "two counts are called \"so-far\"");
}

TEST_CASE("a number that is 0 in every variant is warned of") {
  Json none = format::parse(text())->value();
  none["questions"][0]["counts"][0]["of"]["flags"] = "RST";
  none["witness"]["syns"]["so-far"] = 0;
  none["chaffs"][0]["answers"]["syns"]["so-far"] = 0;
  const auto findings = exercise::check(parse(format::dump(none)), 3);
  CHECK(format::to_text("", findings.errors) == "");
  REQUIRE(findings.warnings.size() == 1);
  CHECK(findings.warnings.front().pointer == "/questions/0/counts/0/of");
}

}  // namespace number_test
