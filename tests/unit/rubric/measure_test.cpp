#include "rubric/measure.hpp"

#include "sample.hpp"

using namespace tcplab;
using namespace tcplab::test;
using rubric::Counts;
using rubric::Outcome;

TEST_CASE("kappa is what is alike beyond chance") {
  // 50 pairs: both yes 20, yes and no 5, no and yes 10, both no 15. They agree in .7; by chance
  // in (25 * 30 + 25 * 20) / 2500 = .5; (.7 - .5) / (1 - .5) = .4.
  Counts counts;
  const auto add = [&](Outcome labelled, Outcome told, int times) {
    for (int i = 0; i < times; ++i) counts.add(labelled, told);
  };
  add(Outcome::kFound, Outcome::kFound, 20);
  add(Outcome::kFound, Outcome::kNotFound, 5);
  add(Outcome::kNotFound, Outcome::kFound, 10);
  add(Outcome::kNotFound, Outcome::kNotFound, 15);
  CHECK(counts.all() == 50);
  CHECK(counts.kappa() == Approx(0.4));
  CHECK(counts.precision() == Approx(20.0 / 30));
  CHECK(counts.recall() == Approx(20.0 / 25));
}

TEST_CASE("an outcome that is told as its opposite is neither precise nor recalled") {
  Counts counts;
  counts.add(Outcome::kFound, Outcome::kContradicted);
  counts.add(Outcome::kContradicted, Outcome::kContradicted);
  CHECK(counts.precision() == Approx(0.5));
  CHECK(counts.recall() == Approx(0.5));
}

TEST_CASE("where nothing is to be found there is no precision") {
  Counts counts;
  CHECK(counts.kappa() == -1);
  counts.add(Outcome::kNotFound, Outcome::kNotFound);
  CHECK(counts.precision() == -1);
  CHECK(counts.recall() == -1);
  CHECK(counts.kappa() == 1);
}

namespace {

rubric::Rubric sample() { return *rubric::parse_rubric(format::dump(sample_rubric())); }

format::Json labelled() {
  return format::Json::parse(R"({"format": "tcplab-labelled/1", "rubric": "sample", "answers": [
    {"id": "a", "language": "en", "part": "tuned", "kind": "right", "text": "The ACK is lost.",
     "found": ["lost-ack"]},
    {"id": "b", "language": "en", "part": "held_out", "kind": "metamorphic", "text": "So the ACK is lost!",
     "found": ["lost-ack"], "same_as": "a"},
    {"id": "c", "language": "zh", "part": "held_out", "kind": "wrong", "text": "没有人回答了",
     "found": [], "contradicted": ["lost-ack"]}]})");
}

}  // namespace

TEST_CASE("answers are counted by part, language and kind") {
  const auto rules = sample();
  const auto answers = rubric::parse_labelled(rules, format::dump(labelled()));
  REQUIRE(answers);
  const auto held = rubric::measure(rules, *answers, "held_out", "", "");
  CHECK(held.answers == 2);
  CHECK(held.whole == 1);
  CHECK((held.pairs == 1 && held.alike == 1));
  REQUIRE(held.misses.size() == 1);
  CHECK(held.misses[0].answer == "c");
  CHECK(rubric::measure(rules, *answers, "", "en", "right").answers == 1);
}

TEST_CASE("labels that name nothing are refused, with their place") {
  const auto refused = [](const format::Json& json) {
    const auto read = rubric::parse_labelled(sample(), format::dump(json));
    REQUIRE(!read);
    return read.error().front().pointer;
  };
  auto json = labelled();
  json["answers"][0]["found"][0] = "lost";
  CHECK(refused(json) == "/answers/0/found/0");
  json = labelled();
  json["answers"][1]["id"] = "a";
  CHECK(refused(json) == "/answers/1/id");
  json = labelled();
  json["answers"][1]["same_as"] = "c";
  CHECK(refused(json) == "/answers/1/same_as");
  json = labelled();
  json["rubric"] = "another";
  CHECK(refused(json) == "/rubric");
}
