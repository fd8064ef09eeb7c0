#include "exercise/idle_action.hpp"

#include <optional>
#include <string>

#include "format/problem.hpp"
#include "format/quantity.hpp"
#include "lab/match.hpp"

namespace tcplab::exercise {

namespace {

using format::say;
using format::Text;
using Time = std::chrono::microseconds;

Time time_of(const Json& action, const char* key) {
  const auto written = action.find(key);
  if (written == action.end()) return {};
  return format::parse_duration(written->get_ref<const std::string&>()).value_or(Time{});
}

Time time_of(const Json& event) { return Time(event.at("t").get<std::int64_t>()); }

// When it is due; none: its state is never reached.
std::optional<Time> due(const Json& action, const Run& run) {
  const auto when = action.find("when");
  if (when == action.end()) return time_of(action, "at");
  const Json match{{"kind", "state"}, {"host", when->at("host")}, {"to", when->at("state")}};
  const Json* reached = run.find(match);
  if (reached == nullptr) return std::nullopt;
  return time_of(*reached) + time_of(action, "after");
}

bool is_of(const Json& action, const Json& event) {
  if (const auto host = action.find("host"); host != action.end()) {
    return event.at("kind") == "call" && event.at("host") == *host &&
           event.at("call") == action.at("do");
  }
  const auto segment = event.find("segment");
  return segment != event.end() && segment->at("id") == action.at("segment");
}

}  // namespace

Text idle(const Json& action, const Run& run) {
  const auto at = due(action, run);
  if (!at) {
    const Json& when = action.at("when");
    return say({"this is never done: {0} does not come to {1}", "这一项从未执行：{0} 没有到达 {1}"},
               {format::show(when.at("host")), format::show(when.at("state"))});
  }
  const Time end = run.events.empty() ? Time{} : time_of(run.events[run.events.size() - 1]);
  if (*at > end) {
    return say({"this is never done: it is due at {0}, and the run ends at {1}",
                "这一项从未执行：它定在 {0}，而运行在 {1} 结束"},
               {format::to_text(*at), format::to_text(end)});
  }
  for (const Json& event : run.events) {
    if (time_of(event) == *at && is_of(action, event)) return {};
  }
  if (action.contains("host")) return {};
  return say({"this changes nothing: segment {0} is not under way at {1}",
              "这一项什么也没有改变：报文段 {0} 在 {1} 不在途中"},
             {format::dump(action.at("segment")), format::to_text(*at)});
}

}  // namespace tcplab::exercise
