#include "exercise/grade.hpp"

#include <algorithm>
#include <string>

#include "exercise/points.hpp"
#include "exercise/run.hpp"

namespace tcplab::exercise {

namespace {

// The answers file belongs to this exercise; the first thing that speaks against it.
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

Problems unknown_questions(const Json& answers, const Json& questions,
                           const format::Source& source) {
  Problems problems;
  std::vector<std::string> ids;
  for (const Json& question : questions) ids.push_back(question.at("id"));
  for (const auto& [key, value] : answers.get_ref<const Json::object_t&>()) {
    if (std::find(ids.begin(), ids.end(), key) != ids.end()) continue;
    if (problems.size() >= format::max_problems) break;
    problems.push_back(source.key_problem(
        format::child("", key),
        format::say(
            {"no question is called {0}{1}; questions: {2}", "没有叫 {0} 的问题{1}；问题有：{2}"},
            {format::quote(key), format::suggestion(key, ids), format::list(ids)})));
  }
  return problems;
}

// What can be answered in one go: "question", or "question/part" of an explain.
std::vector<std::string> steps_of(const Json& questions) {
  std::vector<std::string> steps;
  for (const Json& question : questions) {
    const auto& id = question.at("id").get_ref<const std::string&>();
    if (question.at("kind") != "explain") steps.push_back(id);
    for (const Json& part : question.value("parts", Json::array())) {
      steps.push_back(id + "/" + part.at("id").get<std::string>());
    }
  }
  return steps;
}

// How the answers came about, told of something that is not in the exercise, would count for
// nothing.
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

tl::expected<Json, Problems> grade(const Instance& instance, const Json& answers, Bench& bench,
                                   const format::Source& source, const Json& history) {
  const Json& e = instance.exercise;
  if (!answers.is_object()) {
    return tl::unexpected(Problems{
        source.problem("", format::say({"found {0}; allowed: an object of answers by question",
                                        "发现 {0}；允许：一个对象，按问题列出答案"},
                                       {format::show(answers)}))});
  }
  auto problems = unknown_questions(answers, e.at("questions"), source);
  if (!problems.empty()) return tl::unexpected(std::move(problems));

  Json questions = Json::array();
  std::uint64_t score = 0;
  std::uint64_t max = 0;
  bench.attempt.clear();
  for (const Json& question : e.at("questions")) {
    max += points(question);
    const auto answer = answers.find(question.at("id").get_ref<const std::string&>());
    if (answer == answers.end()) continue;
    questions.push_back(judge(question, *answer, bench));
    score += questions.back().at("score").get<std::uint64_t>();
  }
  explain_verdicts(questions, e.at("questions"), bench);
  Json verdict{{"exercise", e.at("id")},           {"rev", e.at("rev")}, {"seed", instance.seed},
               {"engine", TCPLAB_VERSION},         {"score", score},     {"max", max},
               {"questions", std::move(questions)}};
  award(verdict, e.at("questions"), history, bench);
  return verdict;
}

tl::expected<Json, Problems> grade(const Exercise& exercise, const Instance& instance,
                                   const Json& answers, const format::Source& source,
                                   const Json& history) {
  const Json& e = instance.exercise;
  Runs runs(e.at("scenario"), instance.seed, exercise.source("/scenario"));
  const auto plain = runs.plain();
  if (!plain) return tl::unexpected(plain.error());
  Bench bench{runs, *plain, e.at("teaches")};
  return grade(instance, answers, bench, source, history);
}

tl::expected<Json, Problems> grade(const Exercise& exercise, std::string_view text,
                                   std::optional<std::uint64_t> seed) {
  const auto document = format::parse(text);
  if (!document) return tl::unexpected(document.error());
  auto problems = format::check(answers_shape(), *document);
  if (!problems.empty()) return tl::unexpected(std::move(problems));
  const Json& file = document->value();
  if (auto wrong = wrong_file(exercise, file, seed, {&*document, ""})) {
    return tl::unexpected(Problems{std::move(*wrong)});
  }
  const auto instance = instantiate(exercise, file.at("seed").get<std::uint64_t>());
  if (!instance) return tl::unexpected(instance.error());
  problems = unknown_steps(file, instance->exercise.at("questions"), {&*document, ""});
  if (!problems.empty()) return tl::unexpected(std::move(problems));
  return grade(exercise, *instance, file.at("answers"), {&*document, "/answers"}, file);
}

bool passes(const Json& verdict) { return verdict.at("score") == verdict.at("max"); }

}  // namespace tcplab::exercise
