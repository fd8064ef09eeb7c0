#include "exercise/faults.hpp"

#include <string>

#include "format/quantity.hpp"

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

Text missed_goal(const Json& goal, std::size_t number, const Run& run) {
  const Text missed =
      say({"goal {0} is not reached", "没有达到目标 {0}"}, {std::to_string(number)});
  const auto event = [&](const Json& n) { return event_text(run.events.at(n.get<std::size_t>())); };
  if (const Json& near = goal.at("nearest"); !near.is_null()) {
    return say({"{0}: nearest is {1}: {2}", "{0}：最接近的是{1}：{2}"},
               {missed, event(near.at("n")), misses_text(near.at("misses"))});
  }
  if (const Json& n = goal.at("n"); !n.is_null()) {
    return say({"{0}: {1} decides it", "{0}：由{1}决定"}, {missed, event(n)});
  }
  return say({"{0}: nothing like it happens in the run", "{0}：运行中没有类似的事件"}, {missed});
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

// A picked event that is not asked for, or else a need or a veto.
void tell_picks(const Json& verdict, const Reader& answer, const Run& run) {
  Text text;
  for (const Json& pick : verdict.at("fields")) {
    if (pick.at("correct").get<bool>()) continue;
    text = joined(text, say({"{0} is not needed", "不需要{0}"},
                            {event_text(run.events.at(pick.at("answer").get<std::size_t>()))}));
  }
  if (text.empty()) {
    text = say({"a need is not met by any pick, or a veto strikes one",
                "有一项 need 没有被选中的事件满足，或者选中的事件被 veto 否决"});
  }
  answer.problem(std::move(text));
}

}  // namespace

Text missed_goals(const Json& verdict, const RunPtr& run) {
  if (const auto problem = verdict.find("problem"); problem != verdict.end()) {
    return format::read_text(*problem);
  }
  Text text;
  std::size_t number = 0;
  for (const Json& goal : verdict.at("goals")) {
    ++number;
    if (!goal.at("holds").get<bool>()) text = joined(text, missed_goal(goal, number, *run));
  }
  return text;
}

void tell_faults(const Json& verdict, const Reader& answer, const Run& run) {
  if (verdict.at("correct").get<bool>()) return;
  if (const auto problem = verdict.find("problem"); problem != verdict.end()) {
    return answer.problem(
        say({"cannot be read: {0}", "无法读取：{0}"}, {format::read_text(*problem)}));
  }
  if (const auto parts = verdict.find("parts"); parts != verdict.end()) {
    for (const Json& part : *parts) {
      tell_faults(part, answer[part.at("id").get_ref<const std::string&>()], run);
    }
    return;
  }
  if (verdict.at("kind") == "pick") return tell_picks(verdict, answer, run);
  for (const Json& field : verdict.value("fields", Json::array())) {
    if (!field.at("correct").get<bool>()) tell_field(field, answer);
  }
}

}  // namespace tcplab::exercise
