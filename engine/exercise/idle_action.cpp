#include "exercise/idle_action.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "format/problem.hpp"
#include "format/quantity.hpp"
#include "lab/match.hpp"

namespace tcplab::exercise {

namespace {

using format::say;
using format::Text;

Time time_of(const Json& action, const char* key) {
  const auto written = action.find(key);
  if (written == action.end()) return {};
  return format::parse_duration(written->get_ref<const std::string&>()).value_or(Time{});
}

// The kind of event that an action on a segment causes.
std::string_view done_as(std::string_view verb) {
  constexpr std::pair<std::string_view, std::string_view> kKinds[] = {
      {"drop", "segment.dropped"},         {"delay", "segment.delayed"},
      {"duplicate", "segment.duplicated"}, {"hold", "segment.held"},
      {"release", "segment.released"},     {"corrupt", "segment.corrupted"},
      {"reject", "segment.dropped"}};
  for (const auto& [name, kind] : kKinds) {
    if (name == verb) return kind;
  }
  return {};
}

bool is_of(const Json& action, const Json& event) {
  if (const auto host = action.find("host"); host != action.end()) {
    return event.at("kind") == "call" && event.at("host") == *host &&
           event.at("call") == action.at("do");
  }
  if (event.contains("host")) return false;  // the network's actions happen at no host
  const auto segment = event.find("segment");
  return segment != event.end() && segment->at("id") == action.at("segment") &&
         event.at("kind") == done_as(action.at("do").get_ref<const std::string&>());
}

// The time of the run's last event.
Time end_of(const Run& run) {
  return run.events.empty() ? Time{} : run.events.time(run.events.size() - 1);
}

bool is_seen(const Json& action, Time at, const Run& run) {
  for (std::size_t n = 0; n < run.events.size(); ++n) {
    if (run.events.time(n) == at && is_of(action, run.events[n])) return true;
  }
  return false;
}

}  // namespace

Time time_of(const Json& event) { return Time(event.at("t").get<std::int64_t>()); }

std::optional<Time> due(const Json& action, const Run& run) {
  const auto when = action.find("when");
  if (when == action.end()) return time_of(action, "at");
  const Json match{{"kind", "state"}, {"host", when->at("host")}, {"to", when->at("state")}};
  const Json* reached = run.find(match);
  if (reached == nullptr) return std::nullopt;
  return time_of(*reached) + time_of(action, "after");
}

Text idle(const Json& action, const Run& run) {
  const auto at = due(action, run);
  if (!at) {
    const Json& when = action.at("when");
    return say({"this is never done: {0} does not come to {1}", "这一项从未执行：{0} 没有到达 {1}"},
               {format::show(when.at("host")), format::show(when.at("state"))});
  }
  if (const Time end = end_of(run); *at > end) {
    return say({"this is never done: it is due at {0}, and the run ends at {1}",
                "这一项从未执行：它定在 {0}，而运行在 {1} 结束"},
               {format::to_text(*at), format::to_text(end)});
  }
  if (action.contains("host") || is_seen(action, *at, run)) return {};
  return say({"this changes nothing: segment {0} is not under way at {1}",
              "这一项什么也没有改变：报文段 {0} 在 {1} 不在途中"},
             {format::dump(action.at("segment")), format::to_text(*at)});
}

bool misses(const Json& action, const Run& run) {
  if (!action.contains("segment") || action.contains("host")) return false;
  const auto at = due(action, run);
  return at && !is_seen(action, *at, run);
}

}  // namespace tcplab::exercise
