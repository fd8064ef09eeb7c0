// What is wrong with a choice that no misconception explains: it changes too much or too little, or
// something without effect.
#include <algorithm>
#include <utility>

#include "exercise/kinds/choice.hpp"
#include "exercise/kinds/plot.hpp"
#include "exercise/kinds/tune.hpp"
#include "exercise/slip.hpp"
#include "lab/match.hpp"
#include "lab/predicate.hpp"

namespace tcplab::exercise {

namespace {

using format::say;
using format::Text;

std::int64_t occurrences_of(const Json& match, const Run& run) {
  return std::count_if(run.events.begin(), run.events.end(),
                       [&](const Json& event) { return lab::matches(match, event); });
}

// How far a run is from a goal: the number of events that are too many or missing.
std::int64_t distance_to(const Json& goal, const Run& run) {
  if (lab::judge(goal, run.events).holds) return 0;
  if (goal.contains("never")) return occurrences_of(goal.at("never"), run);
  if (!goal.contains("count")) return 1;
  const Json& count = goal.at("count");
  const auto found = occurrences_of(count.at("of"), run);
  return std::max(count.value("at_least", found) - found, found - count.value("at_most", found));
}

std::int64_t distance_to_all(const Json& question, const Run& run) {
  std::int64_t sum = 0;
  for (const Json& goal : question.at("goals")) sum += distance_to(goal, run);
  return sum;
}

// The last values of the charts.
Json totals(const Json& question, const Run& run) {
  Json all = Json::array();
  for (const Json& points : plotted(question, run)) {
    all.push_back(points.empty() ? Json(0) : points.back().at(1));
  }
  return all;
}

// Lists the changes without effect: without such a change, the run is as near to the goals and,
// unless it reaches them, has the same charts' totals.
Text idle_changes(const Json& question, const Json& choice, const Run& run, Bench& bench) {
  const Json as_it_is = untouched(question);
  const Json counted = totals(question, run);
  const auto distance = distance_to_all(question, run);
  Text list;
  for (const Json& setting : question.at("settings")) {
    const auto& id = setting.at("id").get_ref<const std::string&>();
    if (choice.at(id) == as_it_is.at(id)) continue;
    Json less = choice;
    less[id] = as_it_is.at(id);
    const auto without = run_of_choice(question, less, bench);
    if (!without || distance_to_all(question, **without) != distance) continue;
    if (distance > 0 && totals(question, **without) != counted) continue;
    const auto text = format::read_text(setting.at("text"));
    list = list.empty() ? text : say({"{0}; {1}", "{0}；{1}"}, {list, text});
  }
  return list;
}

// What is told; nothing if the kind is "".
struct Told {
  const char* kind;
  format::Sentence text;
};

Told told_of(std::int64_t distance, std::int64_t before, bool any_idle) {
  if (distance == 0 && any_idle) {
    return {"unneeded",
            {"It works, but not all of it is needed. Leave one of these as it was: {0}.",
             "目标达到了，但改动有多余的。以下任选一项保持原样也行：{0}。"}};
  }
  if (distance == 0) {
    return {"dearer",
            {"It works, and each change is needed for it. But it can be done at a lower "
             "cost, by other changes.",
             "目标达到了，每项改动也都用得上。但换一种改法，代价还能更低。"}};
  }
  if (any_idle) {
    return {"no_effect",
            {"This change alters nothing of what is counted here: {0}.",
             "就这里统计的各项而言，这项改动毫无作用：{0}。"}};
  }
  return {
      distance < before ? "too_little" : "",
      {"It goes better than before, but the changes are too little.", "比原来好，但改动还不够。"}};
}

}  // namespace

Json slips_of_choice(const Json& question, const Json& choice, const Run& run, Bench& bench) {
  Told told{"unchanged", {"Nothing is changed.", "什么也没有改动。"}};
  Text idle;
  if (choice != untouched(question)) {
    idle = idle_changes(question, choice, run, bench);
    told = told_of(distance_to_all(question, run), distance_to_all(question, *bench.plain),
                   !idle.empty());
  }
  Json slips = Json::array();
  if (*told.kind != 0) slips.push_back(slip(told.kind, Json::array(), say(told.text, {idle})));
  return slips;
}

}  // namespace tcplab::exercise
