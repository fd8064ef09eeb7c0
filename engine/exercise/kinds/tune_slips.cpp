// What is wrong with a choice that no idea explains: too much, too little, or what does nothing.
#include <algorithm>
#include <functional>
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

std::int64_t times_of(const Json& match, const Run& run) {
  return std::count_if(run.events.begin(), run.events.end(),
                       [&](const Json& event) { return lab::matches(match, event); });
}

// How far a run is from a goal: events that should not be, or that are missing.
std::int64_t distance_to(const Json& goal, const Run& run) {
  if (lab::judge(goal, run.events).holds) return 0;
  if (goal.contains("never")) return times_of(goal.at("never"), run);
  if (!goal.contains("count")) return 1;
  const Json& count = goal.at("count");
  const auto found = times_of(count.at("of"), run);
  return std::max(count.value("at_least", found) - found, found - count.value("at_most", found));
}

std::int64_t distance_to_all(const Json& question, const Run& run) {
  std::int64_t sum = 0;
  for (const Json& goal : question.at("goals")) sum += distance_to(goal, run);
  return sum;
}

// What the charts end with.
Json totals(const Json& question, const Run& run) {
  Json all = Json::array();
  for (const Json& points : plotted(question, run)) {
    all.push_back(points.empty() ? Json(0) : points.back().at(1));
  }
  return all;
}

// The choice with one setting left as it is.
struct Less {
  Text setting;
  RunPtr run;
};

std::vector<Less> with_one_less(const Json& question, const Json& choice, Bench& bench) {
  std::vector<Less> all;
  const Json as_it_is = untouched(question);
  for (const Json& setting : question.at("settings")) {
    const auto& id = setting.at("id").get_ref<const std::string&>();
    if (choice.at(id) == as_it_is.at(id)) continue;
    Json less = choice;
    less[id] = as_it_is.at(id);
    const auto run = run_of_choice(question, less, bench);
    if (run) all.push_back({format::read_text(setting.at("text")), *run});
  }
  return all;
}

// Of the changes those without which it is as said.
Text changes_of(const std::vector<Less>& all, const std::function<bool(const Run&)>& is_so) {
  Text list;
  for (const Less& each : all) {
    if (!is_so(*each.run)) continue;
    list = list.empty() ? each.setting : say({"{0}; {1}", "{0}；{1}"}, {list, each.setting});
  }
  return list;
}

Json of_what_works(const Json& question, const std::vector<Less>& less) {
  const auto unneeded =
      changes_of(less, [&](const Run& run) { return reaches_all(question, run); });
  if (!unneeded.empty()) {
    return slip("unneeded", Json::array(),
                say({"It works, but not all of it is needed. Leave one of these as it was: {0}.",
                     "目标达到了，但改动有多余的。以下任选一项保持原样也行：{0}。"},
                    {unneeded}));
  }
  return slip(
      "dearer", Json::array(),
      say({"It works, and each change is needed for it. But it can be done at a lower cost, "
           "by other changes.",
           "目标达到了，每项改动也都用得上。但换一种改法，代价还能更低。"}));
}

Json of_what_fails(const Json& question, const std::vector<Less>& less, const Run& run,
                   const Run& plain) {
  const Json now = totals(question, run);
  const auto idle = changes_of(less, [&](const Run& without) {
    return totals(question, without) == now &&
           distance_to_all(question, without) == distance_to_all(question, run);
  });
  if (!idle.empty()) {
    return slip("no_effect", Json::array(),
                say({"This change alters nothing of what is counted here: {0}.",
                     "就这里统计的各项而言，这项改动毫无作用：{0}。"},
                    {idle}));
  }
  const auto before = distance_to_all(question, plain);
  const auto after = distance_to_all(question, run);
  if (after < before) {
    return slip("too_little", Json::array(),
                say({"It goes better than before, but the changes are too little.",
                     "比原来好，但改动还不够。"}));
  }
  if (after > before) {
    return slip("worse", Json::array(), say({"It goes worse than before.", "比原来还差。"}));
  }
  return {};
}

}  // namespace

Json slips_of_choice(const Json& question, const Json& choice, const Run& run, Bench& bench) {
  if (choice == untouched(question)) {
    return Json::array(
        {slip("unchanged", Json::array(), say({"Nothing is changed.", "什么也没有改动。"}))});
  }
  const auto less = with_one_less(question, choice, bench);
  Json found = reaches_all(question, run) ? of_what_works(question, less)
                                          : of_what_fails(question, less, run, *bench.plain);
  return found.is_null() ? Json::array() : Json::array({std::move(found)});
}

}  // namespace tcplab::exercise
