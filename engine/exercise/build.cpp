// Actions of the student, replayed: the answer is what was done, with the times at which it was
// done, and what counts is whether the run that comes of it reaches the goals.
#include <algorithm>

#include "exercise/question.hpp"
#include "format/document.hpp"
#include "format/shape.hpp"
#include "lab/action.hpp"
#include "lab/predicate.hpp"
#include "lab/scenario.hpp"
#include "lab/shortfall.hpp"

namespace tcplab::exercise {

namespace {

using format::say;
using format::Text;

constexpr std::size_t most_actions = 200;

bool contains(const Json& list, const Json& word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

bool is_allowed(const Json& action, const Json& allow) {
  if (!action.contains("host"))
    return contains(allow.value("network", Json::array()), action["do"]);
  const Json calls = allow.value("calls", Json::object());
  const auto host = calls.find(action["host"].get_ref<const std::string&>());
  return host != calls.end() && contains(*host, action["do"]);
}

// A problem as one text, with the place in the answer.
Text placed(const std::string& pointer, const Text& message) {
  if (pointer.empty()) return message;
  return say({"{0}: {1}", "{0}：{1}"}, {pointer, message});
}

// What is wrong with the answer, or nothing.
Text wrong_with(const Json& answer, const Json& allow) {
  static const format::Shape shape =
      format::shapes::array(lab::script_entry_shape(), 0, most_actions);
  const auto problems = format::check(shape, answer, format::Source{});
  if (!problems.empty()) return placed(problems.front().pointer, problems.front().message);
  for (std::size_t i = 0; i < answer.size(); ++i) {
    if (is_allowed(answer[i], allow)) continue;
    const Text what = format::show(answer[i]["do"]);
    return placed(
        format::child("", i),
        answer[i].contains("host")
            ? say({"{0} on {1} is not allowed in this exercise", "这个练习不允许在 {1} 上做 {0}"},
                  {what, format::show(answer[i]["host"])})
            : say({"{0} is not allowed in this exercise", "这个练习不允许做 {0}"}, {what}));
  }
  return {};
}

Json with_actions(Json scenario, const Json& actions) {
  return changed(std::move(scenario), Json{{"script", actions}});
}

// By the goal's number from 1: whether it holds.
Json outcome(const Json& goals, const Run& run) {
  Json holds = Json::object();
  for (std::size_t i = 0; i < goals.size(); ++i) {
    holds[std::to_string(i + 1)] = lab::judge(goals[i], run.events).holds;
  }
  return holds;
}

// What the student must have expected is that every goal holds.
Statement expected(const Json& question, const Json& answer, const RunPtr& run, Bench& bench) {
  const Json played = with_actions(build_scenario(question, bench.runs.scenario()), answer);
  Json reached = outcome(question.at("goals"), *run);
  Json wanted = reached;
  for (auto& [key, holds] : wanted.get_ref<Json::object_t&>()) holds = true;
  const bool is_mutated = played.contains("mutant");
  const auto run_under = [&bench, played, is_mutated](const Json& mutants) -> RunPtr {
    if (is_mutated) return nullptr;
    return bench.runs.of_scenario(lab::with_mutants(played, mutants)).value_or(nullptr);
  };
  // A goal that holds there even if nothing is done says nothing about what was done.
  const auto under = [&question, &bench, run_under,
                      reached](const Json& mutants) -> std::optional<Json> {
    const Json& goals = question.at("goals");
    const RunPtr there = run_under(mutants);
    if (!there) return std::nullopt;
    Json holds = outcome(goals, *there);
    if (holds == reached) return holds;
    const Json idle = reached_idly(question, mutants, bench);
    for (const auto& [goal, is_idle] : idle.get_ref<const Json::object_t&>()) {
      if (is_idle.get<bool>()) holds.erase(goal);
    }
    return holds;
  };
  return {&question, std::move(wanted), std::move(reached), under, run, run_under, false};
}

}  // namespace

Json reached_idly(const Json& question, const Json& mutants, Bench& bench) {
  const Json idle = build_scenario(question, bench.runs.scenario());
  const auto run = bench.runs.of_scenario(lab::with_mutants(idle, mutants));
  return run ? outcome(question.at("goals"), **run) : Json::object();
}

RunResult played(const Json& question, const Json& actions, Runs& runs) {
  return runs.of_scenario(with_actions(build_scenario(question, runs.scenario()), actions));
}

Json judge_build(const Json& question, const Json& answer, Bench& bench) {
  if (auto why = wrong_with(answer, question.at("allow")); !why.empty()) {
    return unreadable(question, why);
  }
  const auto run = played(question, answer, bench.runs);
  if (!run) {
    const auto& problem = run.error().front();
    return unreadable(question, placed(problem.pointer, problem.message));
  }

  const Json& goals = question.at("goals");
  Json told = Json::array();
  std::uint64_t reached = 0;
  for (const Json& goal : goals) {
    const auto judgement = lab::judge(goal, (*run)->events);
    told.push_back({{"holds", judgement.holds},
                    {"n", nullptr},
                    {"why", lab::shortfall(goal, (*run)->events)}});
    if (judgement.n) told.back()["n"] = *judgement.n;
    reached += judgement.holds ? 1 : 0;
  }
  Json verdict = blank_verdict(question);
  verdict["score"] = reached * question.value("weight", std::uint64_t{1});
  verdict["correct"] = reached == goals.size();
  verdict["goals"] = std::move(told);
  bench.attempt.push_back(expected(question, answer, *run, bench));
  return verdict;
}

}  // namespace tcplab::exercise
