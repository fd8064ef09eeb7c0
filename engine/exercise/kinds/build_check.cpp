// What an author is told about a build: whether its goals need any action, and whether the plans of
// its witness reach them.
#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "exercise/check_run.hpp"
#include "exercise/check_witness.hpp"
#include "exercise/faults.hpp"
#include "exercise/idle_action.hpp"
#include "exercise/kinds/build.hpp"
#include "exercise/kinds/doubts.hpp"
#include "exercise/kinds/goals.hpp"
#include "exercise/kinds/places.hpp"
#include "exercise/kinds/plan.hpp"
#include "exercise/kinds/plan_check.hpp"
#include "lab/predicate.hpp"
#include "lab/socket_states.hpp"
#include "tcp/behaviour.hpp"

namespace tcplab::exercise {

using format::Reader;
using format::say;
using format::Text;

namespace {

// Whether the goal is a guard: it only forbids something, so it holds before anything is done.
bool only_guards(const Reader& goal) {
  if (goal.has("never") || goal.has("always")) return true;
  if (goal.has("count")) return goal["count"]["at_least"].integer<std::int64_t>(0) == 0;
  if (goal.has("not")) return !only_guards(goal["not"]);
  for (const char* several : {"all", "any"}) {
    const auto goals = goal[several].items();
    if (!goals.empty()) return std::all_of(goals.begin(), goals.end(), only_guards);
  }
  return false;
}

}  // namespace

void warn_of_idle_goals(const Reader& question, Bench& bench) {
  const Json reached = reached_idly(question.json(), nullptr, bench);
  const auto goals = question["goals"].items();
  for (std::size_t i = 0; i < goals.size(); ++i) {
    if (!reached.value(std::to_string(i + 1), false) || only_guards(goals[i])) continue;
    goals[i].problem(say({"this goal is reached by doing nothing, so its points are a gift",
                          "什么也不做就达到了这个目标，等于白送分"}));
  }
}

void warn_of_idle_worlds(const Reader& question, Bench& bench) {
  for (const auto& mutant : tcp::mutants()) {
    const std::string_view names[] = {mutant.misconception, mutant.also};
    const auto taught = std::find_first_of(bench.teaches.begin(), bench.teaches.end(),
                                           std::begin(names), std::end(names));
    if (taught == bench.teaches.end()) continue;
    const Json reached = reached_idly(question.json(), mutant.id, bench);
    const auto holds = [](const Json& goal) { return goal.get<bool>(); };
    if (reached.empty() || !std::all_of(reached.begin(), reached.end(), holds)) continue;
    question["goals"].problem(
        say({"under {0} ({1}) the goals are reached by doing nothing, so no plan shows it",
             "在 {0}（{1}）之下什么也不做就达到了目标，所以没有方案能显示它"},
            {format::quote(mutant.id), format::show(*taught)}));
  }
}

void check_build(const Reader& question, Bench& bench, Matches&) {
  if (const auto own = question["scenario"]) {
    if (!check_run(own, bench.runs.of_scenario(own.json()))) return;
  } else if (!check_change(question["change"], bench.runs)) {
    return;
  }
  check_doubts(question, bench);
  check_injectors(question, scenario_of(question.json(), bench.runs.scenario()));
  const Json nothing = handed_in(question.json(), Json::array());
  const Json idle = judge_build(question.json(), nothing, bench);
  if (const auto told = idle.find("problem"); told != idle.end()) {
    question.problem(format::read_text(*told));
  } else if (idle.at("correct").get<bool>()) {
    question["goals"].problem(
        say({"the goals are reached by doing nothing", "什么也不做就达到了目标"}));
  }
}

namespace {

// Why a goal about a host's state at the end is ambiguous, because it could mean several sockets;
// empty if it is not.
Text doubt(const Json& goal, const Run& run) {
  const auto& [key, value] = *goal.get_ref<const Json::object_t&>().begin();
  if (key == "at_end") return ambiguity(value, lab::state_of(value, run.events));
  if (key == "not") return doubt(value, run);
  if (key != "all" && key != "any") return {};
  for (const Json& each : value) {
    if (Text why = doubt(each, run); !why.empty()) return why;
  }
  return {};
}

// Whether no goal is ambiguous in the run of this plan.
bool check_goals(const Reader& question, const Json& plan, Bench& bench) {
  // Only "at_end" goals can be ambiguous: without one, a second run would be wasted.
  if (format::dump(question["goals"].json()).find("\"at_end\"") == std::string::npos) return true;
  const auto run = played(question.json(), plan, bench.runs);
  if (!run) return true;  // judging the plan says why
  for (const Reader& goal : question["goals"].items()) {
    if (Text why = doubt(goal.json(), **run); !why.empty()) {
      goal.problem(std::move(why));
      return false;
    }
  }
  return true;
}

// When the last goal was reached; none if the run does not reach all of them, or if none of them
// needs an event.
std::optional<Time> decided_at(const Json& goals, const Run& run) {
  std::optional<std::uint32_t> last;
  for (const Json& goal : goals) {
    const auto judgement = lab::judge(goal, run.events);
    if (!judgement.holds) return std::nullopt;
    if (judgement.n) last = std::max(last.value_or(0), *judgement.n);
  }
  return last ? std::optional(time_of(run.events[*last])) : std::nullopt;
}

bool passes_under(const Json& question, const Json& plan, const Json& mutant, Bench& bench) {
  const Json scenario = with_plan(scenario_of(question, bench.runs.scenario()), plan);
  const auto run = bench.runs.of_scenario(scenario, mutant);
  const Json& goals = question.at("goals");
  return run && std::all_of(goals.begin(), goals.end(), [&](const Json& goal) {
           return lab::judge(goal, (*run)->events).holds;
         });
}

}  // namespace

void check_plans(const Reader& question, const Reader& plans, Trial& trial) {
  Bench& bench = trial.bench;
  for (const Reader& plan : plans.items()) {
    if (plan.json().is_array() && !check_goals(question, plan.json(), bench)) return;
  }
  const Json& asked = question.json();
  try_plans(question, plans, trial,
            {[&](const Json& plan, const RunPtr& run) {
               const Json verdict = judge_build(asked, handed_in(asked, plan), bench);
               return verdict.at("correct").get<bool>()
                          ? Text{}
                          : missed_goals(verdict, asked.at("goals"), run);
             },
             [&](const Json&, const Run& run) { return decided_at(asked.at("goals"), run); }});
  check_worlds_of_doubts(question, plans, [&](const Json& plan, const Json& mutant) {
    return passes_under(asked, plan, mutant, bench);
  });
}

}  // namespace tcplab::exercise
