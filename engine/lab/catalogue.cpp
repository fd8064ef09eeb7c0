#include "lab/catalogue.hpp"

#include "base/rule.hpp"
#include "host/call.hpp"
#include "lab/names.hpp"
#include "lab/profile_values.hpp"
#include "lab/trace.hpp"
#include "lab/verbs/verb.hpp"
#include "tcp/behaviour.hpp"
#include "tcp/transition.hpp"

namespace tcplab::lab {

using format::Json;

namespace {

Json transition_json(const tcp::Transition& transition) {
  return {{"id", transition.id},
          {"from", tcp::to_text(transition.from)},
          {"event", tcp::to_text(transition.trigger)},
          {"action", transition.action},
          {"to", tcp::to_text(transition.to)},
          {"origin", tcp::to_text(transition.origin)}};
}

template <typename Table, typename ToJson>
Json list(const Table& table, ToJson to_json) {
  Json json = Json::array();
  for (const auto& entry : table) json.push_back(to_json(entry));
  return json;
}

const auto as_it_is = [](const auto& name) { return Json(name); };

}  // namespace

Json catalogue() {
  Json json;
  json["version"] = TCPLAB_VERSION;
  json["states"] = list(tcp::kStateNames, as_it_is);
  json["transitions"] = list(tcp::transitions(), transition_json);
  json["profiles"] = list(tcp::profiles(), [](const auto& p) { return Json(p.id); });
  json["profile_values"] = profile_values();
  json["mutants"] = list(tcp::mutants(), [](const auto& m) {
    return Json{{"id", m.id}, {"misconception", m.misconception}};
  });
  json["calls"] = list(host::kCallNames, as_it_is);
  json["faults"] = Json::array();
  for (const auto& verb : verbs()) {
    const bool is_fault = !verb.call && verb.title != nullptr;
    if (is_fault) json["faults"].push_back(verb.name);
  }
  json["errnos"] = Json::array();
  for (const auto name : host::kErrnoNames) {
    if (!name.empty()) json["errnos"].push_back(name);
  }
  json["event_kinds"] = event_kind_names();
  json["timers"] = list(tcp::kTimerNames, as_it_is);
  json["rules"] = list(kRuleIds, as_it_is);
  json["names"] = names();
  json["time_variables"] = time_variables();
  json["options"] = socket_options();
  json["header"] = header_layout();
  return json;
}

}  // namespace tcplab::lab
