// tcplab names: what a scenario or an exercise may name, as the engine knows it.
#include <array>
#include <string>
#include <vector>

#include "commands.hpp"
#include "lab/catalogue.hpp"

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

}  // namespace

std::vector<std::string> kinds_of_names() {
  std::vector<std::string> names;
  for (const auto& kind : kKinds) names.emplace_back(kind.name);
  return names;
}

ExitCode names(const std::string& kind) {
  const auto catalogue = lab::catalogue();
  std::string text;
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
