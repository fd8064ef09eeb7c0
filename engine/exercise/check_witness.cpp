#include "exercise/check_witness.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "exercise/faults.hpp"
#include "exercise/grade.hpp"
#include "exercise/idle_action.hpp"
#include "exercise/witness.hpp"
#include "lab/socket_states.hpp"

namespace tcplab::exercise {

namespace {

using format::Reader;
using format::say;
using format::Text;

// Where a goal speaks of a host's state at the end and several sockets could be meant, or nothing.
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

// Whether every goal is certain in the run of this plan.
bool check_goals(const Reader& question, const Json& plan, Bench& bench) {
  // No other goal speaks of a state at a moment: then the run is not made a second time.
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

void check_plans(const Reader& question, const Reader& plans, Bench& bench) {
  const auto is_plan = [](const Reader& plan) { return plan.json().is_array(); };
  const auto items = plans.items();
  if (items.empty() || !std::all_of(items.begin(), items.end(), is_plan)) {
    return plans.problem(say({"the witness of a build is a list of plans, each a list of actions",
                              "build 的样例答案是方案的列表，每个方案是动作的列表"}));
  }
  for (std::size_t i = 0; i < items.size(); ++i) {
    const Json& plan = items[i].json();
    if (!check_goals(question, plan, bench)) return;
    const Json verdict = judge_build(question.json(), plan, bench);
    bench.attempt.clear();
    const auto run = played(question.json(), plan, bench.runs);
    for (const Reader& action : items[i].items()) {
      if (!run) break;  // the verdict says why
      if (Text why = idle(action.json(), **run); !why.empty()) action.problem(std::move(why));
    }
    if (verdict.at("correct").get<bool>()) continue;
    items[i].problem(say({"plan {0} does not pass: {1}", "方案 {0} 没有通过：{1}"},
                         {std::to_string(i + 1),
                          missed_goals(verdict, question["goals"].json(), run.value_or(nullptr))}));
  }
  std::vector<std::string> kinds;
  for (const Reader& plan : items) kinds.push_back(essence(plan.json()));
  std::sort(kinds.begin(), kinds.end());
  const auto different =
      static_cast<std::size_t>(std::unique(kinds.begin(), kinds.end()) - kinds.begin());
  if (different >= fewest_plans) return;
  plans.problem(
      say({"{0} of these plans are essentially different (in more than times and amounts); "
           "a build has at least {1}, so that its goals do not ask for one author's way",
           "这些方案中本质上不同的有 {0} 个（只差时间和数量的不算）；build 至少要有 {1} "
           "个，这样目标才不会只认作者自己的做法"},
          {std::to_string(different), std::to_string(fewest_plans)}));
}

void check_builds(const Reader& questions, const Reader& answers, Bench& bench) {
  for (const Reader& question : questions.items()) {
    const Reader answer = answers[question["id"].text()];
    if (!answer) continue;
    if (question["kind"].text() == "build") check_plans(question, answer, bench);
    check_builds(question["parts"], answer, bench);
  }
}

}  // namespace

void check_witness(const Reader& root, const Instance& instance, Bench& bench) {
  const Reader witness = root["witness"];
  check_builds(root["questions"], witness, bench);
  if (root.has_problems()) return;
  const auto verdict = grade(instance, witnesses(instance.exercise).front(), bench);
  if (!verdict) return witness.problem(verdict.error().front().message);
  for (const Reader& question : root["questions"].items()) {
    for (const Json& judged : verdict->at("questions")) {
      if (judged.at("id") != question["id"].json()) continue;
      tell_faults(judged, question.json(), witness[question["id"].text()], *bench.plain);
    }
  }
  if (passes(*verdict) || root.has_problems()) return;
  witness.problem(
      say({"the witness does not pass: an answer is missing", "样例答案没有通过：少了一个答案"}));
}

}  // namespace tcplab::exercise
