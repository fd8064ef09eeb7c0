#include "exercise/kinds/tune.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "exercise/check_names.hpp"
#include "exercise/exercise.hpp"
#include "exercise/kinds/choice.hpp"
#include "exercise/kinds/kind.hpp"
#include "exercise/kinds/plan.hpp"
#include "exercise/kinds/plot.hpp"
#include "exercise/refutation.hpp"
#include "exercise/verdict.hpp"
#include "lab/predicate.hpp"

namespace tcplab::exercise {

namespace {

using namespace format::shapes;
using format::Reader;
using format::say;

constexpr const char* kCheapest = "cheapest";

std::vector<format::Field> fields_of_tune() {
  return {
      settings_field(), most_field(),
      required("goals", array(lab::goal_shape(), 1, 4),
               "What the run must reach; each goal is worth the same"),
      optional(kCheapest, boolean(),
               "Whether, for one more point, the cost must be the lowest that reaches the goals",
               false),
      plot_field()};
}

std::uint64_t fields_of(const Json& question) {
  return question.at("goals").size() + (asks_cheapest(question) ? 1 : 0);
}

// The misconceptions that the author declared for the chosen options. `fields` are the wrong ones.
Json declared_by_choice(const Json& question, const Json& choice, const Json& fields) {
  Json declared = Json::array();
  std::set<std::string> known;
  for (const Json& setting : question.at("settings")) {
    const Json& id = choice.at(setting.at("id").get_ref<const std::string&>());
    const Json& option = option_in(setting, id);
    const auto shows = option.find("shows");
    if (shows == option.end() || !known.insert(*shows).second) continue;
    declared.push_back({{"misconception", *shows}, {"fields", fields}});
  }
  return declared;
}

// The student must have expected that every goal holds. The runs are those without the choice,
// because the student saw such a run.
Statement expected(const Json& question, const Json& choice, const Json& reached, Bench& bench) {
  Json wanted = reached;
  for (auto& [key, holds] : wanted.get_ref<Json::object_t&>()) holds = true;
  const bool is_mutated = bench.runs.scenario().contains("mutant");
  const auto run_under = [&bench, is_mutated](const Json& mutants) -> RunPtr {
    if (is_mutated) return nullptr;
    return bench.runs.with_mutants(mutants).value_or(nullptr);
  };
  // A goal that holds there without changes says nothing about the choice.
  const auto under = [&question, &bench, choice, is_mutated,
                      run_under](const Json& mutants) -> std::optional<Json> {
    const RunPtr idle = run_under(mutants);
    const auto there =
        is_mutated ? RunResult(nullptr) : run_of_choice(question, choice, bench, mutants);
    if (!idle || !there || !*there) return std::nullopt;
    const Json& goals = question.at("goals");
    Json holds = outcome(goals, **there);
    const Json before = outcome(goals, *idle);
    for (const auto& [goal, is_idle] : before.get_ref<const Json::object_t&>()) {
      if (is_idle.get<bool>()) holds.erase(goal);
    }
    return holds;
  };
  return {&question, std::move(wanted), reached, under, bench.plain, run_under, false};
}

// The events that show why goals hold or not: the page gets no other part of this run.
Json told_events(const Json& goals, const Run& run) {
  std::set<std::size_t> numbers;
  const auto add = [&](const Json& n) {
    if (n.is_number()) numbers.insert(n.get<std::size_t>());
  };
  for (const Json& goal : goals) {
    add(goal.at("n"));
    if (goal.at("why").is_object()) add(goal.at("why").at("n"));
  }
  Json events = Json::array();
  for (const auto n : numbers) events.push_back(run.events[n]);
  return events;
}

}  // namespace

bool asks_cheapest(const Json& question) { return question.value(kCheapest, false); }

RunResult run_of_choice(const Json& question, const Json& choice, Bench& bench,
                        const Json& mutants) {
  if (choice == untouched(question)) {
    return mutants.is_null() ? bench.runs.plain() : bench.runs.with_mutants(mutants);
  }
  return bench.runs.of_scenario(tuned(question, choice, bench.runs.scenario()), mutants);
}

bool reaches_all(const Json& question, const Run& run) {
  const Json& goals = question.at("goals");
  return std::all_of(goals.begin(), goals.end(),
                     [&](const Json& goal) { return lab::judge(goal, run.events).holds; });
}

std::optional<Json> cheapest(const Json& question, Bench& bench) {
  for (Json& choice : choices_of(question)) {
    const auto run = run_of_choice(question, choice, bench);
    if (run && reaches_all(question, **run)) return std::move(choice);
  }
  return std::nullopt;
}

Json judge_tune(const Json& question, const Json& answer, Bench& bench) {
  const auto choice = read_choice(question, answer);
  if (!choice) return unreadable(question, choice.error());
  const auto run = run_of_choice(question, *choice, bench);
  if (!run) return unreadable(question, told(run.error()));
  if (bench.on_build) bench.on_build(question, **run);

  Json judged = Json::array();
  for (const Json& goal : question.at("goals")) judged.push_back(judge_goal(goal, **run));
  Json reached = outcome(question.at("goals"), **run);
  const auto held = static_cast<std::uint64_t>(std::count_if(
      reached.begin(), reached.end(), [](const Json& holds) { return holds == true; }));
  const bool all = held == reached.size();
  const auto cost = cost_of(question, *choice);
  const auto best = asks_cheapest(question) ? cheapest(question, bench) : std::nullopt;
  const bool is_cheapest = all && best && cost == cost_of(question, *best);

  Json verdict = blank_verdict(question);
  verdict["score"] = points_of(held + (is_cheapest ? 1 : 0), question);
  verdict["correct"] = all && (is_cheapest || !asks_cheapest(question));
  verdict["tuned"] = {{"choice", *choice},
                      {"cost", cost},
                      {"plotted", plotted(question, **run)},
                      {"end", end_of(**run)},
                      {"events", told_events(judged, **run)}};
  if (best) verdict["tuned"]["best"] = {{"choice", *best}, {"cost", cost_of(question, *best)}};
  verdict["goals"] = std::move(judged);
  if (!verdict.at("correct").get<bool>()) {
    verdict["slips"] = slips_of_choice(question, *choice, **run, bench);
  }
  if (all && best) reached[kCheapest] = is_cheapest;
  Json wrong = Json::array();
  for (const auto& [field, holds] : reached.get_ref<const Json::object_t&>()) {
    if (holds == false) wrong.push_back(field);
  }
  Statement statement = expected(question, *choice, reached, bench);
  if (!wrong.empty()) statement.declared = declared_by_choice(question, *choice, wrong);
  bench.attempt.push_back(std::move(statement));
  return verdict;
}

namespace {

void show_tune(const Json& question, const Setting& setting, Json& shown) {
  shown["settings"] = Json::array();
  for (const Json& each : question.at("settings")) {
    Json options = Json::array();
    for (const Json& option : each.at("options")) {
      options.push_back(
          {{"id", option.at("id")}, {"text", option.at("text")}, {"cost", option.at("cost")}});
    }
    shown["settings"].push_back(
        {{"id", each.at("id")}, {"text", each.at("text")}, {"options", std::move(options)}});
  }
  shown["most"] = question.at("most");
  shown["goals"] = question.at("goals");
  shown[kCheapest] = asks_cheapest(question);
  shown["plot"] = Json::array();
  for (const Json& plot : question.at("plot")) {
    shown["plot"].push_back({{"id", plot.at("id")}, {"text", plot.at("text")}});
  }
  // The run without changes shows the problem that has to be solved.
  shown["plotted"] = plotted(question, setting.run);
  shown["end"] = end_of(setting.run);
}

// A guess is a random choice that changes something.
Chance guess_tune(const Json& question, Bench& bench) {
  const auto choices = choices_of(question);
  std::uint64_t right = 0;
  std::uint64_t held = 0;
  std::optional<std::uint64_t> best;
  for (const Json& choice : choices) {
    if (choice == untouched(question)) continue;
    const auto run = run_of_choice(question, choice, bench);
    if (!run) continue;
    for (const Json& holds : outcome(question.at("goals"), **run)) held += holds == true ? 1 : 0;
    if (!reaches_all(question, **run)) continue;
    const auto cost = cost_of(question, choice);
    best = best.value_or(cost);  // the first is the cheapest
    right += !asks_cheapest(question) || cost == *best ? 1 : 0;
  }
  const auto all = static_cast<double>(std::max<std::size_t>(choices.size(), 2) - 1);
  const auto cheap = asks_cheapest(question) ? right : 0;
  Chance chance;
  chance.points = static_cast<double>(points_of(held + cheap, question)) / all;
  chance.all = static_cast<double>(right) / all;
  return chance;
}

void check_names_of_tune(const Reader& question, const Names& names) {
  for (const Reader& goal : question["goals"].items()) names.goal(goal);
  for (const Reader& plot : question["plot"].items()) names.match(plot["of"]);
  for (const Reader& setting : question["settings"].items()) {
    for (const Reader& option : setting["options"].items()) {
      names.hosts_of(option["change"]["tcp"]);
      names.script(option["change"]["script"]);
    }
  }
}

void watch_tune(const Reader& question, Matches& matches) {
  for (const Reader& goal : question["goals"].items()) {
    watch_goal(question.json(), goal, matches);
  }
  for (const Reader& plot : question["plot"].items()) {
    matches.add(question.json(), plot["of"], plot["of"].json());
  }
}

void check_ids_of_tune(const Reader& question) {
  check_ids(question["settings"], say({"settings", "设置"}));
  check_ids(question["plot"], say({"plots", "图表"}));
  for (const Reader& setting : question["settings"].items()) {
    check_ids(setting["options"], say({"options", "选项"}));
  }
}

// A world in which nothing has to be tuned has no answer.
Json right_choice(const Json& question, Bench& bench) {
  if (reaches_all(question, *bench.plain)) return nullptr;
  auto best = cheapest(question, bench);
  return best ? *std::move(best) : Json();
}

}  // namespace

const Kind& tune_kind() {
  static const Kind kind{
      .name = "tune",
      .doc = "Settings with which a workload runs well",
      .fields = fields_of_tune,
      .stands_alone = true,
      .check_ids = check_ids_of_tune,
      .points = [](const Json& q) { return points_of(fields_of(q), q); },
      .show = show_tune,
      .judge = judge_tune,
      .right_answer = right_choice,
      .guess = guess_tune,
      .draws_the_run = [](const Json&) { return true; },
      .refuting_event = refuted_by_parting,
      .check_names = check_names_of_tune,
      .watch = watch_tune,
      .check = check_tune,
      .check_plans = check_choices,
  };
  return kind;
}

}  // namespace tcplab::exercise
