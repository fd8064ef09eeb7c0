#include "exercise/kinds/moment.hpp"

#include <algorithm>
#include <string>

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

std::optional<FoundEvent> find_event(const Json& asked, const Json& question, const Run& run) {
  FoundEvent found;
  if (const auto from = asked.find("from"); from != asked.end()) {
    const auto begin = first_at(*from, question, run);
    if (!begin) return std::nullopt;
    found.begin = *begin;
  }
  found.n = lab::first_match(asked.at("of"), run.events, found.begin);
  for (auto more = asked.value("nth", 1); found.n && more > 1; --more) {
    found.n = lab::first_match(asked.at("of"), run.events, *found.n + 1);
  }
  return found;
}

Json hosts_asked_about(const Json& asked, const Run& run) {
  Json hosts = Json::array();
  for (const std::string& host : run.hosts) {
    const auto is_here = [&](const Json& one) { return one.at("of").value("host", host) == host; };
    if (std::any_of(asked.begin(), asked.end(), is_here)) hosts.push_back(host);
  }
  return hosts;
}

}  // namespace tcplab::exercise
