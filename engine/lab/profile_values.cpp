#include "lab/profile_values.hpp"

#include <optional>
#include <string>
#include <type_traits>

#include "base/enum_name.hpp"
#include "format/quantity.hpp"
#include "tcp/behaviour.hpp"
#include "tcp/behaviour_fields.hpp"
#include "tcp/provenance.hpp"

namespace tcplab::lab {

using format::Json;

namespace {

std::string text_of(Duration duration) { return format::to_text(duration); }
std::string text_of(bool value) { return value ? "yes" : "no"; }
std::string text_of(const tcp::KeepAlive& keep_alive) {
  return text_of(keep_alive.idle) + " + " + std::to_string(keep_alive.probes) + " x " +
         text_of(keep_alive.interval);
}
template <typename Value>
std::string text_of(const Value& value) {
  if constexpr (std::is_enum_v<Value>) {
    return enum_name(value);
  } else {
    return std::to_string(value);
  }
}
template <typename Value>
std::string text_of(const std::optional<Value>& value) {
  return value ? text_of(*value) : "none";
}

Json value_json(const tcp::Profile& profile, const tcp::BehaviourField& field, std::string value) {
  const auto* told = tcp::find_value(profile, field.name);
  const bool is_specification = profile.id.substr(0, 3) == "rfc";
  const auto otherwise = is_specification ? tcp::Provenance::kRead : tcp::Provenance::kAssumed;
  return {{"field", field.name},
          {"value", std::move(value)},
          {"provenance", tcp::to_text(told != nullptr ? told->provenance : otherwise)},
          {"source", told != nullptr ? told->source : field.source}};
}

Json values_of(const tcp::Profile& profile) {
  Json values = Json::array();
  const auto* field = tcp::behaviour_fields().data();
#define TCPLAB_FIELD(type, name, value, allowed, doc, source) \
  values.push_back(value_json(profile, *field++, text_of(profile.behaviour.name)));
#include "tcp/behaviour_fields.def"
#undef TCPLAB_FIELD
  return values;
}

}  // namespace

Json profile_values() {
  Json json = Json::object();
  for (const auto& profile : tcp::profiles()) json[std::string(profile.id)] = values_of(profile);
  return json;
}

}  // namespace tcplab::lab
