#include "exercise/kinds/goals.hpp"

#include <string>
#include <utility>

#include "exercise/old_data.hpp"
#include "lab/predicate.hpp"
#include "lab/shortfall.hpp"

namespace tcplab::exercise {

using format::Reader;

Json outcome(const Json& goals, const Run& run) {
  Json holds = Json::object();
  for (std::size_t i = 0; i < goals.size(); ++i) {
    holds[std::to_string(i + 1)] = lab::judge(goals[i], run.events).holds;
  }
  return holds;
}

Json judge_goal(const Json& goal, const Run& run) {
  const auto judgement = lab::judge(goal, run.events);
  Json told{{"holds", judgement.holds}, {"n", nullptr}, {"why", lab::shortfall(goal, run.events)}};
  if (!judgement.n) return told;
  told["n"] = *judgement.n;
  if (run.events.kind(*judgement.n) != "deliver") return told;
  if (const auto old = old_data_in(*judgement.n, run)) {
    told["old_data"] = {
        {"n", old->n}, {"seq", old->seq.value()}, {"expected", old->expected.value()}};
  }
  return told;
}

void watch_goal(const Json& question, const Reader& goal, Matches& matches) {
  for (const char* kind : {"eventually", "never"}) {
    matches.add(question, goal[kind], goal[kind].json());
  }
  matches.add(question, goal["count"]["of"], goal["count"]["of"].json());
  for (const Reader& one : goal["before"].items()) matches.add(question, one, one.json());
  if (goal.has("always")) {
    // An "always" needs an event that reaches its state.
    Json entry = goal["always"].json();
    entry["kind"] = "state";
    entry["to"] = entry.at("state");
    entry.erase("state");
    matches.add(question, goal["always"], std::move(entry));
  }
  for (const char* kind : {"all", "any"}) {
    for (const Reader& one : goal[kind].items()) watch_goal(question, one, matches);
  }
  if (goal.has("not")) watch_goal(question, goal["not"], matches);
}

}  // namespace tcplab::exercise
