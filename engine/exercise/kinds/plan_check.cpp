#include "exercise/kinds/plan_check.hpp"

#include <algorithm>
#include <map>
#include <string>

#include "exercise/idle_action.hpp"
#include "exercise/kinds/plan.hpp"
#include "exercise/witness.hpp"
#include "format/quantity.hpp"

namespace tcplab::exercise {

namespace {

using format::Reader;
using format::say;
using format::Text;

Json until_decided(const Json& question, const Json& plan, Bench& bench, const PlanJudge& judge) {
  const auto run = played(question, plan, bench.runs);
  const auto end = run ? judge.decided_at(plan, **run) : std::nullopt;
  if (!end) return plan;
  Json done = Json::array();
  for (const Json& action : plan) {
    if (due(action, **run).value_or(Time::max()) <= *end) done.push_back(action);
  }
  return done;
}

void check_differences(const Reader& question, const Reader& plans, Bench& bench,
                       const PlanJudge& judge) {
  std::map<std::string, std::vector<std::string>> kinds;  // the numbers of plans, by essence
  const auto items = plans.items();
  for (std::size_t i = 0; i < items.size(); ++i) {
    kinds[essence(until_decided(question.json(), items[i].json(), bench, judge))].push_back(
        std::to_string(i + 1));
  }
  if (kinds.size() >= fewest_plans) return;
  Text alike;
  for (const auto& [essence, numbers] : kinds) {
    if (numbers.size() < 2) continue;
    alike = Text(alike.en + "; " + format::list(numbers), alike.zh + "；" + format::list(numbers));
  }
  plans.problem(say(
      {"different plans: {0}; a {2} has at least {1}, so that it does not ask for one author's "
       "way. Plans that differ in times, amounts, the order of their actions, or what is done "
       "after all is reached are alike{3}",
       "不同的方案有 {0} 个；{2} 至少要有 {1} 个，这样才不会只认作者自己的做法。只差时间、数量、"
       "动作的先后，或全部达到之后的动作的方案算作相同{3}"},
      {std::to_string(kinds.size()), std::to_string(fewest_plans), question["kind"].text(),
       alike.empty()
           ? Text()
           : say({": here {0}", "：这里是 {0}"}, {Text(alike.en.substr(2), alike.zh.substr(3))})}));
}

// Whether the run was cut off by the limit for runs of exercises. A limit that the author has set
// is an intended end.
bool is_cut_short(const Run& run) {
  return run.end == lab::End::kLimit && run.events.size() >= max_run_events;
}

void try_plan(const Reader& question, const Reader& plan, std::size_t number, Trial& trial,
              const PlanJudge& judge) {
  const auto name = std::to_string(number);
  const auto run = played(question.json(), plan.json(), trial.bench.runs);
  const Text missed = judge.missed(plan.json(), run.value_or(nullptr));
  trial.bench.attempt.clear();
  for (const Reader& action : plan.items()) {
    if (!run) break;  // `missed` says why
    if (Text why = idle(action.json(), **run); !why.empty()) action.problem(std::move(why));
  }
  if (!missed.empty()) {
    return plan.problem(
        say({"plan {0} does not pass: {1}", "方案 {0} 没有通过：{1}"}, {name, missed}));
  }
  if (!is_cut_short(**run)) return;
  trial.warnings.push_back(
      trial.source.problem(plan.pointer(), say({"the run of plan {0} does not end by itself; "
                                                "\"until\" or \"limits\" in the scenario can "
                                                "end it where there is nothing more to see",
                                                "方案 {0} 的运行不会自己结束；场景中的 \"until\" "
                                                "或 \"limits\" 可以让它在看完该看的之后结束"},
                                               {name})));
}

// On the page, students cannot act before their turn, so the witness must not either.
void check_turn(const Reader& question, const Reader& plans, Bench& bench) {
  if (begins_at_once(question.json())) return;
  const auto idle = played(question.json(), Json::array(), bench.runs);
  if (!idle || (*idle)->events.empty()) return;
  const Time turn = (*idle)->events.time((*idle)->events.size() - 1);
  for (const Reader& plan : plans.items()) {
    const auto run = played(question.json(), plan.json(), bench.runs);
    for (const Reader& action : plan.items()) {
      const auto at = run ? due(action.json(), **run) : std::nullopt;
      if (!at || *at >= turn) continue;
      return action.problem(
          say({"this is done at {0}, and the student's turn comes at {1}, when the run waits for "
               "calls; with \"from_start\" it comes at once",
               "这一项在 {0} 执行，而学生要到 {1}、运行在等待调用时才能操作；用 \"from_start\" "
               "可以从一开始就操作"},
              {format::to_text(*at), format::to_text(turn)}));
    }
  }
}

}  // namespace

void check_injectors(const Reader& question, const Json& scenario) {
  for (const auto& [name, fields] : question["allow"]["inject"].members()) {
    for (const Json& host : scenario.at("hosts")) {
      if (host.at("name") != name || host.value("stack", "tcp") == "none") continue;
      fields.key_problem(say({"inject needs a host with \"stack\": \"none\"",
                              "inject 需要一台 \"stack\": \"none\" 的主机"}));
    }
  }
}

void try_plans(const Reader& question, const Reader& plans, Trial& trial, const PlanJudge& judge) {
  const auto is_plan = [](const Reader& plan) { return plan.json().is_array(); };
  const auto items = plans.items();
  if (items.empty() || !std::all_of(items.begin(), items.end(), is_plan)) {
    return plans.problem(say({"the witness of a {0} is a list of plans, each a list of actions",
                              "{0} 的样例答案是方案的列表，每个方案是动作的列表"},
                             {question["kind"].text()}));
  }
  for (std::size_t i = 0; i < items.size(); ++i) {
    try_plan(question, items[i], i + 1, trial, judge);
  }
  check_differences(question, plans, trial.bench, judge);
  check_turn(question, plans, trial.bench);
}

}  // namespace tcplab::exercise
