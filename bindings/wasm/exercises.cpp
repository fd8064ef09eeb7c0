// Exercises for the page and for Node.js: reading, asking, checking and grading.
#include <emscripten/bind.h>

#include <algorithm>
#include <string>

#include "answer.hpp"
#include "exercise/check.hpp"
#include "exercise/exercise.hpp"
#include "exercise/grade.hpp"
#include "exercise/instance.hpp"
#include "format/document.hpp"
#include "lab/scenario.hpp"

namespace {

using tcplab::exercise::Exercise;
using tcplab::format::dump;
using tcplab::format::Json;
using tcplab::format::Problems;
using tcplab::wasm::problems;
using tcplab::wasm::seed_of;

template <typename Use>
std::string with_exercise(const std::string& text, Use use) {
  const auto exercise = tcplab::exercise::parse_exercise(text);
  if (!exercise) return problems(exercise.error());
  const tl::expected<Json, tcplab::format::Problems> answer = use(*exercise);
  return answer ? dump(*answer) : problems(answer.error());
}

// {"exercise": ...}, with what the page needs to ask the questions.
std::string exercise(const std::string& text, double seed) {
  return with_exercise(text, [&](const Exercise& read) {
    return tcplab::exercise::instantiate(read, seed_of(seed)).and_then([&](const auto& instance) {
      return tcplab::exercise::to_json(read, instance).map([](Json json) {
        return Json{{"exercise", std::move(json)}};
      });
    });
  });
}

// The verdict on answers to any of the questions, by question id.
std::string grade(const std::string& text, double seed, const std::string& answers) {
  return with_exercise(text, [&](const Exercise& read) {
    return tcplab::format::parse(answers).and_then([&](const auto& document) {
      return tcplab::exercise::instantiate(read, seed_of(seed)).and_then([&](const auto& instance) {
        return tcplab::exercise::grade(read, instance, document.value(), {&document, ""});
      });
    });
  });
}

// The verdict on an answers file, with the points that the attempt earns.
std::string grade_file(const std::string& text, const std::string& file) {
  return with_exercise(text,
                       [&](const Exercise& read) { return tcplab::exercise::grade(read, file); });
}

Json findings(const Problems& errors, const Problems& warnings) {
  Json found = tcplab::format::to_json(errors);
  found["warnings"] = tcplab::format::to_json(warnings)["problems"];
  return found;
}

// {"problems": [...], "warnings": [...]}, both empty if the author has nothing to fix. Tries at
// most `seeds` variants.
std::string check(const std::string& text, unsigned seeds) {
  const auto read = tcplab::exercise::parse_exercise(text);
  const auto tried = read ? std::min<std::uint64_t>(seeds, read->variants()) : 0;
  const auto [errors, warnings] = read ? tcplab::exercise::check_handed_out(*read, tried)
                                       : tcplab::exercise::Findings{read.error(), {}};
  return dump(findings(errors, warnings));
}

// The same for a scenario. Tries one run.
std::string check_scenario(const std::string& text) {
  const auto document = tcplab::format::parse(text);
  if (!document) return dump(findings(document.error(), {}));
  const tcplab::format::Source source{&*document, ""};
  const auto scenario = tcplab::lab::read_scenario(document->value(), source);
  if (!scenario) return dump(findings(scenario.error(), {}));
  return dump(findings({}, tcplab::exercise::warn_of_scenario(document->value(), source)));
}

}  // namespace

EMSCRIPTEN_BINDINGS(tcplab_exercises) {
  using emscripten::function;
  function("exercise", &exercise);
  function("grade", &grade);
  function("grade_file", &grade_file);
  function("check", &check);
  function("check_scenario", &check_scenario);
}
