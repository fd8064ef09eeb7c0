#include "exercise/kinds/moment.hpp"

#include "exercise/verdict.hpp"
#include "lab/match.hpp"

namespace tcplab::exercise {

using namespace format::shapes;

format::Shape moment_shape() { return alternatives({constant("pause"), lab::match_shape()}); }

std::optional<std::uint32_t> first_at(const Json& moment, const Json& question, const Run& run,
                                      std::uint32_t begin) {
  if (moment.is_object()) return lab::first_match(moment, run.events, begin);
  const Json* pause = pause_event(question, run);
  for (std::uint32_t n = begin; pause != nullptr && n < run.events.size(); ++n) {
    if (run.events[n].at("step") >= pause->at("step")) return n;
  }
  return std::nullopt;
}

}  // namespace tcplab::exercise
