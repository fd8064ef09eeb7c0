// tcplab names: prints the names that a scenario or an exercise may use, from the engine's own
// tables.
#include <array>
#include <cstdint>
#include <iterator>
#include <string>
#include <vector>

#include "commands.hpp"
#include "exercise/notation.hpp"
#include "format/quantity.hpp"
#include "lab/catalogue.hpp"
#include "lab/tcp_settings.hpp"
#include "shipped.hpp"
#include "tcp/behaviour_fields.hpp"

namespace tcplab::cli {

namespace {

struct Kind {
  const char* name;
  const char* key;  // in the catalogue
};
constexpr std::array kKinds{
    Kind{"mutants", "mutants"},    Kind{"profiles", "profiles"}, Kind{"rules", "rules"},
    Kind{"events", "event_kinds"}, Kind{"states", "states"},     Kind{"calls", "calls"},
    Kind{"faults", "faults"},      Kind{"timers", "timers"},     Kind{"errnos", "errnos"},
};
constexpr const char* kSettings = "settings";
constexpr const char* kNotations = "notations";
constexpr const char* kMisconceptions = "misconceptions";
constexpr const char* kCards = "terms";

// "1 to 65495 octets", "1us to 24h"; empty if the values are names.
std::string range_of(const tcp::Allowed& allowed) {
  if (allowed.unit.empty()) return {};
  const bool is_time = allowed.unit == "time";
  const auto text = [&](std::int64_t bound) {
    return is_time ? format::to_text(Duration(bound)) : std::to_string(bound);
  };
  return text(allowed.least) + " to " + text(allowed.most) +
         (is_time ? "" : " " + std::string(allowed.unit));
}

// The settings in a host's "tcp", each with its name, range and doc.
std::string settings_text() {
  std::string text;
  auto setting = lab::tcp_setting_fields();
  auto next = setting.begin();
  for (const auto& field : tcp::behaviour_fields()) {
    if (!field.allowed.by_scenarios) continue;
    const std::string range = range_of(field.allowed);
    text += std::string(field.setting()) + "  " + (range.empty() ? "" : range + "  ") +
            std::string(next++->doc.text()) + '\n';
  }
  return text;
}

// The notations in which a question may be shown.
std::string notations_text() {
  std::string text;
  for (const auto& notation : exercise::notations()) {
    text += std::string(notation.name) + "  " + std::string(notation.doc) + '\n';
  }
  return text;
}

// The terms whose cards the page has.
std::string terms_text() {
  std::string text;
  for (const auto& id : page_terms()) text += id + '\n';
  return text;
}

std::string misconceptions_text() {
  std::string text;
  for (const auto& [id, name] : misconceptions()) {
    text += id + "  " + name.en + "  " + name.zh + '\n';
  }
  return text;
}

}  // namespace

std::vector<std::string> kinds_of_names() {
  std::vector<std::string> names;
  names.reserve(std::size(kKinds) + 4);
  for (const auto& kind : kKinds) names.emplace_back(kind.name);
  names.emplace_back(kSettings);
  names.emplace_back(kNotations);
  names.emplace_back(kMisconceptions);
  names.emplace_back(kCards);
  return names;
}

ExitCode names(const std::string& kind) {
  const auto catalogue = lab::catalogue();
  std::string text = kind == kSettings         ? settings_text()
                     : kind == kNotations      ? notations_text()
                     : kind == kMisconceptions ? misconceptions_text()
                     : kind == kCards          ? terms_text()
                                               : "";
  for (const auto& [name, key] : kKinds) {
    if (name != kind) continue;
    for (const auto& each : catalogue.at(key)) {
      if (each.is_string()) text += each.get<std::string>();
      // A mutant, and the misconception that it makes true.
      if (each.is_object()) {
        text +=
            each.at("id").get<std::string>() + "  " + each.at("misconception").get<std::string>();
      }
      text += '\n';
    }
  }
  const auto failure = write_text("-", text);
  return failure ? fail(*failure) : ExitCode::kDone;
}

}  // namespace tcplab::cli
