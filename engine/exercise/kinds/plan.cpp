#include "exercise/kinds/plan.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "host/call.hpp"
#include "lab/action.hpp"
#include "lab/scenario.hpp"

namespace tcplab::exercise {

namespace {

using namespace format::shapes;
using format::say;
using format::Text;

constexpr std::size_t most_actions = 200;

bool contains(const Json& list, const Json& word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

// The fields of an injected segment that may be allowed, apart from its ends and its SEQ.
constexpr const char* kInjected[] = {"flags", "ack", "win", "text", "urgent", "options"};

// The fields that the host may inject; nullptr if it may inject nothing.
const Json* injected_by(const Json& action, const Json& allow) {
  const auto inject = allow.find("inject");
  if (action["do"] != "inject" || inject == allow.end()) return nullptr;
  const auto fields = inject->find(action.value("host", std::string()));
  return fields == inject->end() ? nullptr : &*fields;
}

// The action's first field that is not allowed; empty if all are. An ICMP error is never allowed.
std::string field_beyond(const Json& action, const Json& fields) {
  if (!action.contains("segment")) return "icmp";
  for (const auto& [field, value] : action["segment"].get_ref<const Json::object_t&>()) {
    const bool is_free = field == "from" || field == "to" || field == "seq";
    if (!is_free && !contains(fields, field)) return field;
  }
  return {};
}

bool is_allowed(const Json& action, const Json& allow) {
  if (!action.contains("host"))
    return contains(allow.value("network", Json::array()), action["do"]);
  if (action["do"] == "inject") return injected_by(action, allow) != nullptr;
  const Json calls = allow.value("calls", Json::object());
  const auto host = calls.find(action["host"].get_ref<const std::string&>());
  return host != calls.end() && contains(*host, action["do"]);
}

Text wrong_injection(const Json& action, const Json& allow) {
  const Json* fields = injected_by(action, allow);
  const std::string field = fields == nullptr ? "" : field_beyond(action, *fields);
  if (field.empty()) return {};
  auto may_say = fields->get<std::vector<std::string>>();
  may_say.insert(may_say.begin(), {"from", "to", "seq"});
  return say({"a segment that is injected may say {0} in this exercise, not {1}",
              "这个练习中注入的报文段可以写 {0}，不能写 {1}"},
             {format::list(may_say), format::quote(field)});
}

// The message of a problem, with its place in the plan.
Text placed(const std::string& pointer, const Text& message) {
  if (pointer.empty()) return message;
  return say({"{0}: {1}", "{0}：{1}"}, {pointer, message});
}

}  // namespace

format::Field allow_field() {
  std::vector<std::string> calls(host::kCallNames.begin(), host::kCallNames.end());
  const format::Shape allow = object(
      {"allowed actions", "允许的动作"},
      {optional("network",
                array(enumeration({"drop", "delay", "duplicate", "hold", "release"}), 0, 5),
                "What the student may do to segments in flight"),
       optional("calls", map(identifier(), array(enumeration(std::move(calls)), 0, 8)),
                "The socket calls that the student may make, by host"),
       optional("inject",
                map(identifier(),
                    array(enumeration({std::begin(kInjected), std::end(kInjected)}), 0, 6)),
                "By host without a stack: what its segments may say beside their ends and their "
                "sequence number")});
  return required("allow", allow, "What the student may do");
}

Json allowed(const Json& question) {
  const Json& allow = question.at("allow");
  return {{"network", allow.value("network", Json::array())},
          {"calls", allow.value("calls", Json::object())},
          {"inject", allow.value("inject", Json::object())}};
}

format::Field turn_field() {
  return optional("from_start", boolean(),
                  "The student acts from the start of the run on; default: where calls are made, "
                  "from when it waits for one",
                  false);
}

bool begins_at_once(const Json& question) {
  const Json allow = allowed(question);
  const auto& calls = allow.at("calls");
  return question.value("from_start", false) ||
         std::all_of(calls.begin(), calls.end(), [](const Json& names) { return names.empty(); });
}

Text wrong_with(const Json& plan, const Json& question) {
  static const format::Shape shape = array(lab::script_entry_shape(), 0, most_actions);
  const auto problems = format::check(shape, plan, format::Source{});
  if (!problems.empty()) return told(problems);
  for (std::size_t i = 0; i < plan.size(); ++i) {
    if (is_allowed(plan[i], question.at("allow"))) {
      if (Text why = wrong_injection(plan[i], question.at("allow")); !why.empty()) {
        return placed(format::child("", i), why);
      }
      continue;
    }
    const Text what = format::show(plan[i]["do"]);
    return placed(
        format::child("", i),
        plan[i].contains("host")
            ? say({"{0} on {1} is not allowed in this exercise", "这个练习不允许在 {1} 上做 {0}"},
                  {what, format::show(plan[i]["host"])})
            : say({"{0} is not allowed in this exercise", "这个练习不允许做 {0}"}, {what}));
  }
  return {};
}

Json scenario_of(const Json& question, const Json& scenario) {
  const auto own = question.find("scenario");
  const auto change = question.find("change");
  return changed(own == question.end() ? scenario : *own,
                 change == question.end() ? Json() : *change);
}

Json with_plan(Json scenario, const Json& plan) {
  return changed(std::move(scenario), Json{{"script", plan}});
}

RunResult played(const Json& question, const Json& plan, Runs& runs) {
  return runs.of_scenario(with_plan(scenario_of(question, runs.scenario()), plan));
}

Text told(const Problems& problems) {
  return placed(problems.front().pointer, problems.front().message);
}

}  // namespace tcplab::exercise
