#include "exercise/grader.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "exercise/grade.hpp"
#include "exercise/run.hpp"

namespace tcplab::exercise {

namespace {

// The first reason why the answers file does not belong to this exercise, revision or seed.
std::optional<format::Problem> wrong_file(const Exercise& exercise, const Json& file,
                                          std::optional<std::uint64_t> seed,
                                          const format::Source& source) {
  const auto differs = [&](const char* key, const Json& here) {
    return source.problem(
        std::string("/") + key,
        format::say({"these answers are for {0} {1}, not {2}", "这份答案的 {0} 是 {1}，不是 {2}"},
                    {std::string(key), format::show(file.at(key)), format::show(here)}));
  };
  if (file.at("exercise") != exercise.json().at("id")) {
    return differs("exercise", exercise.json().at("id"));
  }
  if (file.at("rev") != exercise.json().at("rev")) return differs("rev", exercise.json().at("rev"));
  if (seed && file.at("seed") != *seed) return differs("seed", *seed);
  return std::nullopt;
}

// The steps of an attempt: "question", or "question/part" for an explain.
std::vector<std::string> steps_of(const Json& questions) {
  std::vector<std::string> steps;
  for (const Json& question : questions) {
    const auto& id = question.at("id").get_ref<const std::string&>();
    if (!question.contains("parts")) steps.push_back(id);
    for (const Json& part : question.value("parts", Json::array())) {
      steps.push_back(id + "/" + part.at("id").get<std::string>());
    }
  }
  return steps;
}

// History of a step that the exercise does not have would be ignored silently.
Problems unknown_steps(const Json& file, const Json& questions, const format::Source& source) {
  Problems problems;
  const auto steps = steps_of(questions);
  for (const char* key : {"tries", "earlier", "revealed"}) {
    const auto told = file.find(key);
    if (told == file.end() || !told->is_object()) continue;
    for (const auto& [step, value] : told->get_ref<const Json::object_t&>()) {
      if (std::find(steps.begin(), steps.end(), step) != steps.end()) continue;
      if (problems.size() >= format::max_problems) break;
      problems.push_back(source.key_problem(
          format::child(format::child("", key), step),
          format::say(
              {"nothing to answer is called {0}{1}; allowed: {2}",
               "没有叫 {0} 的作答项{1}；允许：{2}"},
              {format::quote(step), format::suggestion(step, steps), format::list(steps)})));
    }
  }
  return problems;
}

}  // namespace

// Keeps the runs, also those under mutants, for the next student's answers.
struct Grader::Variant {
  Instance instance;
  Runs runs;
  RunPtr plain;
};

Grader::Grader(const Exercise& exercise) : exercise_(exercise) {}
Grader::~Grader() = default;

tl::expected<Grader::Variant*, Problems> Grader::variant(std::uint64_t seed) {
  if (last_ && last_->instance.seed == seed) return last_.get();
  auto instance = instantiate(exercise_, seed);
  if (!instance) return tl::unexpected(std::move(instance.error()));
  Runs runs(instance->exercise.at("scenario"), seed, exercise_.source("/scenario"));
  auto plain = runs.plain();
  if (!plain) return tl::unexpected(std::move(plain.error()));
  last_ = std::make_unique<Variant>(Variant{std::move(*instance), std::move(runs), *plain});
  return last_.get();
}

tl::expected<Json, Problems> Grader::grade(std::string_view text,
                                           std::optional<std::uint64_t> seed) {
  const auto document = format::parse(text);
  if (!document) return tl::unexpected(document.error());
  auto problems = format::check(answers_shape(), *document);
  if (!problems.empty()) return tl::unexpected(std::move(problems));
  const Json& file = document->value();
  if (auto wrong = wrong_file(exercise_, file, seed, {&*document, ""})) {
    return tl::unexpected(Problems{std::move(*wrong)});
  }
  const auto known = variant(file.at("seed").get<std::uint64_t>());
  if (!known) return tl::unexpected(known.error());
  auto& [instance, runs, plain] = **known;
  problems = unknown_steps(file, instance.exercise.at("questions"), {&*document, ""});
  if (!problems.empty()) return tl::unexpected(std::move(problems));
  runs.refill();
  Bench bench{runs, plain, instance.exercise.at("teaches")};
  return exercise::grade(instance, file.at("answers"), bench, {&*document, "/answers"}, file);
}

tl::expected<Json, Problems> grade(const Exercise& exercise, std::string_view answers,
                                   std::optional<std::uint64_t> seed) {
  return Grader(exercise).grade(answers, seed);
}

}  // namespace tcplab::exercise
