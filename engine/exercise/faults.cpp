#include "exercise/faults.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "format/quantity.hpp"
#include "lab/match.hpp"

namespace tcplab::exercise {

namespace {

using format::Reader;
using format::say;
using format::Text;

Text joined(const Text& before, const Text& more) {
  return before.empty() ? more : say({"{0}; {1}", "{0}；{1}"}, {before, more});
}

// "event 12 ("state" of "client" at 1.2s)"
Text event_text(const Json& event) {
  const std::string n = std::to_string(event.at("n").get<std::uint64_t>());
  const std::string when =
      format::to_text(std::chrono::microseconds(event.at("t").get<std::int64_t>()));
  const Text kind = format::show(event.at("kind"));
  const auto host = event.find("host");
  if (host == event.end()) {
    return say({"event {0} ({1} at {2})", "事件 {0}（{2} 的 {1}）"}, {n, kind, when});
  }
  return say({"event {0} ({1} of {2} at {3})", "事件 {0}（{3} 时 {2} 的 {1}）"},
             {n, kind, format::show(*host), when});
}

// What the nearest event has otherwise than the goal asks.
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
  const Text counted = found == 1
                           ? say({"1 event matches", "有 1 个事件符合"})
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
    return say({"nothing like it happens in the run", "运行中没有类似的事件"});
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

void tell_field(const Json& field, const Reader& answer) {
  const auto& name = field.at("name").get_ref<const std::string&>();
  const Reader at = answer.json().is_object() && answer.has(name) ? answer[name] : answer;
  const Json& expected = field.at("expected");
  const Text found = format::show(field.at("answer"));
  at.problem(expected.is_null()
                 ? say({"{0} is {1}, which is wrong; no option holds in the run",
                        "{0} 是 {1}，不对；运行中没有一个选项成立"},
                       {format::quote(name), found})
                 : say({"{0} is {1}; the run says {2}", "{0} 是 {1}；运行给出的是 {2}"},
                       {format::quote(name), found,
                        expected.is_string() ? format::show(expected) : format::dump(expected)}));
}

// Picked events that are not asked for, needs that none meets, vetoes that strike.
void tell_picks(const Json& verdict, const Json& question, const Reader& answer, const Run& run) {
  Text text;
  std::vector<const Json*> picks;
  for (const Json& pick : verdict.at("fields")) {
    picks.push_back(&run.events[pick.at("answer").get<std::size_t>()]);
    if (pick.at("correct").get<bool>()) continue;
    text = joined(text, say({"{0} is not needed", "不需要{0}"}, {event_text(*picks.back())}));
  }
  const auto meets = [](const Json& need, const Json& event) {
    return std::any_of(need.begin(), need.end(),
                       [&](const Json& match) { return lab::matches(match, event); });
  };
  const Json& needs = question.at("need");
  for (std::size_t i = 0; i < needs.size(); ++i) {
    if (std::any_of(picks.begin(), picks.end(),
                    [&](const Json* event) { return meets(needs[i], *event); })) {
      continue;
    }
    text = joined(text, say({"no pick meets need {0}", "没有选中的事件满足第 {0} 项 need"},
                            {std::to_string(i + 1)}));
  }
  const Json vetoes = question.value("veto", Json::array());
  for (std::size_t i = 0; i < vetoes.size(); ++i) {
    for (const Json* event : picks) {
      if (!lab::matches(vetoes[i].at("match"), *event)) continue;
      text = joined(text, say({"veto {0} strikes {1}", "第 {0} 项 veto 否决了{1}"},
                              {std::to_string(i + 1), event_text(*event)}));
    }
  }
  answer.problem(std::move(text));
}

const Json& part_of(const Json& question, const Json& id) {
  const Json& parts = question.at("parts");
  return *std::find_if(parts.begin(), parts.end(),
                       [&](const Json& part) { return part.at("id") == id; });
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

void tell_faults(const Json& verdict, const Json& question, const Reader& answer, const Run& run) {
  if (verdict.at("correct").get<bool>()) return;
  if (const auto problem = verdict.find("problem"); problem != verdict.end()) {
    return answer.problem(
        say({"cannot be read: {0}", "无法读取：{0}"}, {format::read_text(*problem)}));
  }
  if (const auto parts = verdict.find("parts"); parts != verdict.end()) {
    for (const Json& part : *parts) {
      const Json& id = part.at("id");
      tell_faults(part, part_of(question, id), answer[id.get_ref<const std::string&>()], run);
    }
    return;
  }
  if (verdict.at("kind") == "pick") return tell_picks(verdict, question, answer, run);
  for (const Json& field : verdict.value("fields", Json::array())) {
    if (!field.at("correct").get<bool>()) tell_field(field, answer);
  }
}

}  // namespace tcplab::exercise
