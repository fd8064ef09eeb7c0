// The rules that are shipped: what they read is there, and the report on them is what they give.
#include <filesystem>

#include "exercise/exercise.hpp"
#include "rubric/measure.hpp"
#include "sample.hpp"

using namespace tcplab;
using namespace tcplab::test;

namespace {

std::vector<std::string> names() {
  std::vector<std::string> names;
  const auto folder = std::filesystem::path(TCPLAB_SOURCE_DIR) / "exercises/rubrics";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    names.push_back(entry.path().stem().string());
  }
  REQUIRE(!names.empty());
  return names;
}

rubric::Rubric rules_of(const std::string& name) {
  const auto rules = rubric::parse_rubric(read_source("exercises/rubrics/" + name + ".json"));
  if (!rules) FAIL(format::to_text(name, rules.error()));
  return *rules;
}

}  // namespace

TEST_CASE("rules read a free text of the exercise whose name they have") {
  for (const auto& name : names()) {
    const auto rules = rules_of(name);
    CHECK(rules.exercise == name);
    const auto exercise = exercise::parse_exercise(read_source("exercises/" + name + ".json"));
    REQUIRE(exercise);
    bool found = false;
    for (const auto& question : exercise->json().at("questions")) {
      for (const auto& part : question.value("parts", format::Json::array())) {
        const auto key =
            question.at("id").get<std::string>() + "/" + part.at("id").get<std::string>();
        found |= key == rules.part && part.at("kind") == "say";
      }
    }
    CHECK(found);
  }
}

TEST_CASE("the report on rules is current (else: tcplab rubric, as tests/rubrics/README.md says)") {
  for (const auto& name : names()) {
    const auto rules = rules_of(name);
    const auto answers =
        rubric::parse_labelled(rules, read_source("tests/rubrics/" + name + ".labelled.json"));
    if (!answers) FAIL(format::to_text(name, answers.error()));
    CHECK(rubric::report(rules, *answers) == read_source("tests/rubrics/" + name + ".md"));
    for (const char* language : {"en", "zh"}) {
      CHECK(rubric::measure(rules, *answers, "", language, "").answers >= 40);
      for (const char* kind : {"right", "wrong", "adversarial", "metamorphic"}) {
        CHECK(rubric::measure(rules, *answers, "held_out", language, kind).answers > 0);
      }
    }
  }
}

TEST_CASE("a model answer has every right idea of its rules, and no wrong one") {
  const auto rules = rules_of("06-explain-time-wait");
  const auto exercise =
      exercise::parse_exercise(read_source("exercises/06-explain-time-wait.json"));
  REQUIRE(exercise);
  const auto& words = exercise->json().at("questions").at(0).at("parts").back();
  for (const char* language : {"en", "zh"}) {
    const auto findings = rubric::match(rules, words.at("model").at(language).get<std::string>());
    REQUIRE(findings);
    for (const auto& finding : *findings) {
      INFO(language << " " << finding.id);
      CHECK(finding.outcome ==
            (finding.wrong ? rubric::Outcome::kNotFound : rubric::Outcome::kFound));
    }
  }
}
