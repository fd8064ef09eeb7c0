#include "exercise/grade.hpp"

#include <algorithm>
#include <string>

#include "exercise/points.hpp"
#include "exercise/question.hpp"
#include "exercise/run.hpp"
#include "exercise/verdict.hpp"

namespace tcplab::exercise {

namespace {

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

bool passes(const Json& verdict) { return verdict.at("score") == verdict.at("max"); }

}  // namespace tcplab::exercise
