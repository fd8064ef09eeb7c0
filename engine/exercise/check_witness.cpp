#include "exercise/check_witness.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "exercise/grade.hpp"
#include "exercise/witness.hpp"
#include "lab/socket_states.hpp"

namespace tcplab::exercise {

namespace {

using format::Reader;
using format::say;
using format::Text;

// The first answer that is not fully right, for the message.
Text first_fault(const Json& questions) {
  for (const Json& question : questions) {
    if (question.at("correct").get<bool>()) continue;
    if (const auto parts = question.find("parts"); parts != question.end()) {
      Text inner = first_fault(*parts);
      if (!inner.empty()) return inner;
    }
    if (const auto problem = question.find("problem"); problem != question.end()) {
      return say({"{0}: {1}", "{0}：{1}"},
                 {format::show(question.at("id")), format::read_text(*problem)});
    }
    Json shown = question;
    for (const char* key : {"evidence", "diagnoses", "kind", "half_points", "slips"})
      shown.erase(key);
    return format::dump(shown).substr(0, 500);
  }
  return say({"an answer is missing", "少了一个答案"});
}

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
  for (const Reader& plan : items) {
    if (!check_goals(question, plan.json(), bench)) return;
    const Json verdict = judge_build(question.json(), plan.json(), bench);
    bench.attempt.clear();
    if (verdict.at("correct").get<bool>()) continue;
    plan.problem(say({"this plan does not pass: {0}", "这个方案没有通过：{0}"},
                     {first_fault(Json::array({verdict}))}));
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
  if (!verdict) {
    witness.problem(verdict.error().front().message);
  } else if (!passes(*verdict)) {
    witness.problem(say({"the witness does not pass: {0}", "样例答案没有通过：{0}"},
                        {first_fault(verdict->at("questions"))}));
  }
}

}  // namespace tcplab::exercise
