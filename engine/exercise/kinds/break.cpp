// Questions that ask for actions that reveal a wrong engine: the answer is a plan, which is run in
// the real world and in the mutant's, and what counts is whether the two runs differ.
#include <algorithm>
#include <string>

#include "exercise/check_names.hpp"
#include "exercise/check_run.hpp"
#include "exercise/diagnosis.hpp"
#include "exercise/idle_action.hpp"
#include "exercise/kinds/doubts.hpp"
#include "exercise/kinds/kind.hpp"
#include "exercise/kinds/plan.hpp"
#include "exercise/kinds/plan_check.hpp"
#include "exercise/kinds/random_plan.hpp"
#include "exercise/parts.hpp"
#include "exercise/refutation.hpp"
#include "exercise/verdict.hpp"
#include "lab/match.hpp"
#include "tcp/behaviour.hpp"

namespace tcplab::exercise {

namespace {

using namespace format::shapes;
using format::Reader;
using format::say;
using format::Text;

constexpr const char* kDiffers = "differs";

std::vector<format::Field> fields_of_break() {
  std::vector<std::string> mutants;
  for (const auto& each : tcp::mutants()) mutants.emplace_back(each.id);
  return {required("mutant", enumeration(std::move(mutants)), "The wrong behaviour of every host"),
          required("most", integer(1, 20), "So many actions may be taken"),
          optional("seen_in", lab::match_shape(),
                   "The runs differ only where events do that match; default: in any"),
          allow_field(),
          doubts_field(),
          turn_field()};
}

using Parting = std::optional<std::pair<std::uint32_t, std::uint32_t>>;

Parting parting(const Json& question, const RunPtr& real, const RunPtr& other) {
  if (!real || !other || real == other) return std::nullopt;
  const auto seen = [](const Run& run) { return Seen{run.events, run.end != lab::End::kLimit}; };
  return where_these_part(seen(*real), seen(*other), question.value("seen_in", Json::object()));
}

// The run of the plan under mutants.
RunPtr run_under(const Json& question, const Json& plan, const Json& mutants, Bench& bench) {
  const Json scenario = with_plan(scenario_of(question, bench.runs.scenario()), plan);
  return bench.runs.of_scenario(scenario, mutants).value_or(nullptr);
}

Text too_many(const Json& plan, const Json& question) {
  if (plan.size() <= question.at("most").get<std::size_t>()) return {};
  return say({"these are {0} actions; allowed: {1}", "这里有 {0} 个动作；最多允许 {1} 个"},
             {std::to_string(plan.size()), format::dump(question.at("most"))});
}

// Other mutants whose runs of the plan differ from the real one.
Json told_apart(const Json& question, const Json& plan, const RunPtr& real, Bench& bench) {
  Json others = Json::array();
  for (const tcp::Mutant& mutant : tcp::mutants()) {
    const auto there = run_under(question, plan, mutant.id, bench);
    if (!parting(question, real, there)) continue;
    others.push_back(
        {{"mutant", mutant.id}, {"misconception", names_of(mutant, bench.teaches).front()}});
  }
  return others;
}

// The student must have expected that the runs differ. If they do not, but do differ under another
// mutant, the plan is about that mutant.
Statement expected(const Json& question, const Json& plan, const RunPtr& real, bool differs,
                   Bench& bench) {
  const auto there = [&question, &bench, plan](const Json& mutants) {
    return run_under(question, plan, mutants, bench);
  };
  const auto under = [&question, there, real](const Json& mutants) {
    return std::optional(Json{{kDiffers, parting(question, real, there(mutants)).has_value()}});
  };
  Statement statement{&question, {{kDiffers, true}}, {{kDiffers, differs}}, under, real, there,
                      false};
  statement.plan = plan;
  return statement;
}

Json judge_break(const Json& question, const Json& answer, Bench& bench) {
  const auto [can, plan, problem] = said_in(answer, question);
  if (!problem.empty()) return unreadable(question, problem);
  if (auto why = wrong_with(plan, question); !why.empty()) return unreadable(question, why);
  if (auto why = too_many(plan, question); !why.empty()) return unreadable(question, why);
  const auto real = played(question, plan, bench.runs);
  if (!real) return unreadable(question, told(real.error()));
  if (bench.on_build) bench.on_build(question, **real);

  const auto where =
      parting(question, *real, run_under(question, plan, question.at("mutant"), bench));
  Json verdict = blank_verdict(question);
  const bool said = judge_said(question, can, verdict);
  verdict["score"] = points_of((where ? 1 : 0) + (said ? fields_of_doubts(question) : 0), question);
  verdict["correct"] = said && where;
  verdict["actions"] = plan.size();
  verdict["differs"] = nullptr;
  if (where) {
    verdict["differs"] = {{"n", where->first}, {"other", where->second}};
  } else {
    verdict["others"] = told_apart(question, plan, *real, bench);
  }
  Statement statement = expected(question, plan, *real, where.has_value(), bench);
  state_said(question, can, *real, statement.run_under, bench);
  bench.attempt.push_back(std::move(statement));
  return verdict;
}

void show_break(const Json& question, const Setting& setting, Json& shown) {
  const auto& mutant = question.at("mutant").get_ref<const std::string&>();
  shown["mutant"] = mutant;
  shown["misconception"] = tcp::find_mutant(mutant)->misconception;
  shown["most"] = question.at("most");
  shown["allow"] = allowed(question);
  shown["scenario"] = format::dump(scenario_of(question, setting.runs.scenario()));
  shown["from_start"] = begins_at_once(question);
  show_doubts(question, shown);
}

// The fraction of random plans with which the runs differ.
double share_by_chance(const Json& question, Bench& bench) {
  constexpr std::uint64_t kPlans = 40;
  net::Random random(1);
  const Json scenario = scenario_of(question, bench.runs.scenario());
  std::uint64_t parted = 0;
  for (std::uint64_t i = 0; i < kPlans; ++i) {
    const Json plan = random_plan(question, scenario, *bench.plain,
                                  question.at("most").get<std::size_t>(), random);
    if (!wrong_with(plan, question).empty()) continue;
    const auto real = played(question, plan, bench.runs);
    if (!real) continue;
    parted +=
        parting(question, *real, run_under(question, plan, question.at("mutant"), bench)) ? 1 : 0;
  }
  return static_cast<double>(parted) / static_cast<double>(kPlans);
}

Chance guess_break(const Json& question, Bench& bench) {
  Chance chance;
  chance.add(share_by_chance(question, bench), points_of(1, question));
  if (const auto doubts = question.find("doubts"); doubts != question.end()) {
    chance.add(1.0 / static_cast<double>(1 + doubts->size()), points_of(1, question));
  }
  return chance;
}

void check_names_of_break(const Reader& question, const Names& names) {
  names.hosts_of(question["allow"]["calls"]);
  names.hosts_of(question["allow"]["inject"]);
  if (question.has("seen_in")) names.match(question["seen_in"]);
}

void check_break(const Reader& question, Bench& bench, Matches&) {
  check_doubts(question, bench);
  check_injectors(question, scenario_of(question.json(), bench.runs.scenario()));
  for (const Reader& doubt : question["doubts"].items()) {
    if (!doubt.has("mutant") || doubt["mutant"].json() == question["mutant"].json()) continue;
    doubt["mutant"].problem(
        say({"found {0}; needed: {1}, the question's own mutant: who believes {1} takes both runs "
             "for the same, and who believes another one still sees them differ",
             "发现 {0}；需要：{1}，即这道题自己的变异体：相信 {1} 的人才会以为两次运行相同，"
             "相信别的变异体的人仍会看到差别"},
            {doubt["mutant"].text(), question["mutant"].text()}));
  }
  const Json nothing = handed_in(question.json(), Json::array());
  const Json idle = judge_break(question.json(), nothing, bench);
  if (idle.contains("problem")) return question.problem(format::read_text(idle.at("problem")));
  if (!idle.at(kDiffers).is_null()) {
    question["mutant"].problem(
        say({"the runs differ by doing nothing", "什么也不做，两次运行就已经不同"}));
  }
}

Text missed(const Json& verdict) {
  if (verdict.contains("problem")) return format::read_text(verdict.at("problem"));
  if (verdict.at("correct").get<bool>()) return {};
  return say({"the runs do not differ", "两次运行没有不同"});
}

void check_plans_of(const Reader& question, const Reader& plans, Trial& trial) {
  const Json& asked = question.json();
  Bench& bench = trial.bench;
  const auto judged = [&](const Json& plan) {
    return judge_break(asked, handed_in(asked, plan), bench);
  };
  try_plans(question, plans, trial,
            {[&](const Json& plan, const RunPtr&) { return missed(judged(plan)); },
             [&](const Json& plan, const Run& run) -> std::optional<Time> {
               const Json verdict = judged(plan);
               const auto where = verdict.find(kDiffers);
               if (where == verdict.end() || where->is_null()) return std::nullopt;
               return time_of(run.events[where->at("n").get<std::size_t>()]);
             }});
}

}  // namespace

const Kind& break_kind() {
  static const Kind kind{
      .name = "break",
      .doc = "Actions that make a wrong engine differ from the real one",
      .fields = fields_of_break,
      .stands_alone = true,
      .is_part = true,
      .check_ids = check_ids_of_doubts,
      .points = [](const Json& q) { return points_of(1 + fields_of_doubts(q), q); },
      .show = show_break,
      .judge = judge_break,
      .right_answer = right_said,
      .guess = guess_break,
      .draws_the_run = [](const Json&) { return true; },
      .refuting_event = refuted_by_parting,
      .check_names = check_names_of_break,
      .check_names_of_answer =
          [](const Reader& plans, const Names& names) {
            for (const Reader& plan : plans.items()) names.script(plan);
          },
      .check = check_break,
      .check_plans = check_plans_of,
  };
  return kind;
}

}  // namespace tcplab::exercise
