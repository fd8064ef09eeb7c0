#include "exercise/kinds/build.hpp"

#include <algorithm>

#include "exercise/check_names.hpp"
#include "exercise/kinds/doubts.hpp"
#include "exercise/kinds/goals.hpp"
#include "exercise/kinds/kind.hpp"
#include "exercise/kinds/plan.hpp"
#include "exercise/refutation.hpp"
#include "exercise/shapes.hpp"
#include "exercise/verdict.hpp"
#include "format/document.hpp"
#include "format/shape.hpp"
#include "lab/predicate.hpp"

namespace tcplab::exercise {

namespace {

using namespace format::shapes;
using format::Reader;

std::vector<format::Field> fields_of_build() {
  return {required("goals", array(lab::goal_shape(), 1, 8),
                   "What the run must reach; each goal is worth the same"),
          allow_field(),
          doubts_field(),
          turn_field(),
          optional("scenario", scenario_shape(), "Instead of the exercise's"),
          optional("change", change_shape(), "What is changed in the scenario")};
}

// The student must have expected that every goal holds.
Statement expected(const Json& question, const Json& plan, const RunPtr& run, Bench& bench) {
  const Json played = with_plan(scenario_of(question, bench.runs.scenario()), plan);
  Json reached = outcome(question.at("goals"), *run);
  Json wanted = reached;
  for (auto& [key, holds] : wanted.get_ref<Json::object_t&>()) holds = true;
  const bool is_mutated = played.contains("mutant");
  const auto run_under = [&bench, played, is_mutated](const Json& mutants) -> RunPtr {
    if (is_mutated) return nullptr;
    return bench.runs.of_scenario(played, mutants).value_or(nullptr);
  };
  // A goal that holds there even if nothing is done says nothing about the plan.
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
  Statement statement{&question, std::move(wanted), std::move(reached), under, run, run_under,
                      false};
  statement.plan = plan;
  return statement;
}

void show_build(const Json& question, const Setting& setting, Json& shown) {
  shown["goals"] = question.at("goals");
  shown["allow"] = allowed(question);
  shown["scenario"] = format::dump(scenario_of(question, setting.runs.scenario()));
  shown["from_start"] = begins_at_once(question);
  show_doubts(question, shown);
}

// Nobody reaches a goal by guessing.
Chance guess_build(const Json& question, Bench&) {
  Chance chance;
  chance.add(0, points_of(1, question));
  return chance;
}

void check_names_of_build(const Reader& question, const Names& names) {
  for (const Reader& one : question["goals"].items()) names.goal(one);
  names.hosts_of(question["allow"]["calls"]);
  names.hosts_of(question["allow"]["inject"]);
  names.script(question["change"]["script"]);
  names.script(question["scenario"]["script"]);
}

}  // namespace

Json reached_idly(const Json& question, const Json& mutants, Bench& bench) {
  const Json idle = scenario_of(question, bench.runs.scenario());
  const auto run = bench.runs.of_scenario(idle, mutants);
  return run ? outcome(question.at("goals"), **run) : Json::object();
}

Json judge_build(const Json& question, const Json& answer, Bench& bench) {
  const auto [can, plan, problem] = said_in(answer, question);
  if (!problem.empty()) return unreadable(question, problem);
  if (auto why = wrong_with(plan, question); !why.empty()) return unreadable(question, why);
  const auto run = played(question, plan, bench.runs);
  if (!run) return unreadable(question, told(run.error()));
  if (bench.on_build) bench.on_build(question, **run);

  const Json& goals = question.at("goals");
  Json judged = Json::array();
  std::uint64_t reached = 0;
  for (const Json& goal : goals) {
    judged.push_back(judge_goal(goal, **run));
    reached += judged.back().at("holds").get<bool>() ? 1 : 0;
  }
  Json verdict = blank_verdict(question);
  const bool said = judge_said(question, can, verdict);
  const auto right = reached + (said ? fields_of_doubts(question) : 0);
  verdict["score"] = points_of(right, question);
  verdict["correct"] = said && reached == goals.size();
  verdict["goals"] = std::move(judged);
  Statement statement = expected(question, plan, *run, bench);
  state_said(question, can, *run, statement.run_under, bench);
  bench.attempt.push_back(std::move(statement));
  return verdict;
}

const Kind& build_kind() {
  static const Kind kind{
      .name = "build",
      .doc = "Actions that bring the run to a goal",
      .fields = fields_of_build,
      .stands_alone = true,
      .is_part = true,
      .check_ids = check_ids_of_doubts,
      .points =
          [](const Json& q) { return points_of(q.at("goals").size() + fields_of_doubts(q), q); },
      .show = show_build,
      .judge = judge_build,
      .right_answer = right_said,
      .guess = guess_build,
      .draws_the_run =
          [](const Json& q) { return !q.contains("scenario") && !q.contains("change"); },
      .refuting_event = refuted_by_parting,
      .check_names = check_names_of_build,
      .check_names_of_answer =
          [](const Reader& plans, const Names& names) {
            for (const Reader& plan : plans.items()) names.script(plan);
          },
      .watch =
          [](const Reader& q, Matches& matches) {
            for (const Reader& goal : q["goals"].items()) watch_goal(q.json(), goal, matches);
          },
      .check = check_build,
      .warn =
          [](const format::Reader& q, Bench& bench) {
            warn_of_idle_goals(q, bench);
            warn_of_idle_worlds(q, bench);
          },
      .check_plans = check_plans,
  };
  return kind;
}

}  // namespace tcplab::exercise
