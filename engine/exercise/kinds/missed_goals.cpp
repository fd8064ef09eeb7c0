// Tells an author in words why goals are not reached.
#include <string>

#include "exercise/faults.hpp"
#include "exercise/kinds/goals.hpp"

namespace tcplab::exercise {

using format::say;
using format::Text;

namespace {

// How the nearest event differs from what the goal asks.
Text misses_text(const Json& misses) {
  Text text;
  for (const Json& miss : misses) {
    const Text field = format::quote(miss.at("field").get_ref<const std::string&>());
    const Text wanted = format::show(miss.at("wanted"));
    const Json& found = miss.at("found");
    text = joined(
        text, found.is_null()
                  ? say({"it has no {0}; wanted: {1}", "它没有 {0}；要求：{1}"}, {field, wanted})
                  : say({"its {0} is {1}; wanted: {2}", "它的 {0} 是 {1}；要求：{2}"},
                        {field, format::show(found), wanted}));
  }
  return text;
}

// "2 events match; at least 3 are wanted"
Text count_text(const Json& goal, const Json& found) {
  Text counted = found == 1 ? say({"1 event matches", "有 1 个事件符合"})
                            : say({"{0} events match", "有 {0} 个事件符合"}, {format::dump(found)});
  const auto count = goal.find("count");
  if (count == goal.end()) return counted;
  const bool too_few = found < count->value("at_least", Json(0));
  const Text limit = format::dump(count->at(too_few ? "at_least" : "at_most"));
  return joined(counted, too_few ? say({"at least {0} are wanted", "要求至少 {0} 个"}, {limit})
                                 : say({"at most {0} are wanted", "要求至多 {0} 个"}, {limit}));
}

Text reason_text(const Json& why, const Json& goal, const Run& run) {
  const auto& reason = why.at("reason").get_ref<const std::string&>();
  const Json& n = why.at("n");
  const Text event = n.is_null() ? Text{} : event_text(run.events[n.get<std::size_t>()]);
  if (reason == "count") return count_text(goal, why.at("found"));
  if (reason == "state") {
    return say({"at the end it is in {0}", "最后处于 {0}"}, {format::show(why.at("found"))});
  }
  if (reason == "order") {
    return say(
        {"the first of the two has not happened before {0}", "在{0}之前，两者中的前一个还没有发生"},
        {event});
  }
  if (reason == "nearest") {
    return say({"nearest is {0}: {1}", "最接近的是{0}：{1}"},
               {event, misses_text(why.at("misses"))});
  }
  if (reason == "unlike") {
    const Text nothing = say({"nothing like it happens in the run", "运行中没有类似的事件"});
    return n.is_null()
               ? nothing
               : joined(nothing,
                        say({"the last change of state there is {0}", "那里最后一次状态变化是{0}"},
                            {event}));
  }
  if (n.is_null()) return say({"what must not hold does", "不得成立的却成立了"});
  return say({"{0} decides it", "由{0}决定"}, {event});
}

Text missed_goal(const Json& verdict, const Json& goal, std::size_t number, const Run& run) {
  const Json& why = verdict.at("why");
  const auto& part = why.at("part").get_ref<const std::string&>();
  Text missed = say({"goal {0} is not reached", "没有达到目标 {0}"}, {std::to_string(number)});
  if (!part.empty()) missed = say({"{0} ({1})", "{0}（{1}）"}, {missed, part});
  if (why.contains("match")) {
    missed = say({"{0}: {1} never happens", "{0}：{1} 从未发生"},
                 {missed, format::dump(why.at("match"))});
  }
  return say({"{0}: {1}", "{0}：{1}"},
             {missed, reason_text(why, goal.at(Json::json_pointer(part)), run)});
}

}  // namespace

Text missed_goals(const Json& verdict, const Json& goals, const RunPtr& run) {
  if (const auto problem = verdict.find("problem"); problem != verdict.end()) {
    return format::read_text(*problem);
  }
  Text text;
  for (std::size_t i = 0; i < goals.size(); ++i) {
    const Json& judged = verdict.at("goals").at(i);
    if (judged.at("holds").get<bool>()) continue;
    text = joined(text, missed_goal(judged, goals[i], i + 1, *run));
  }
  return text;
}

}  // namespace tcplab::exercise
