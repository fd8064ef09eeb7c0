// A scenario: hosts, network, script, faults and limits, read from JSON ("tcplab-scenario/1").
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "base/time.hpp"
#include "format/document.hpp"
#include "format/problem.hpp"
#include "format/shape.hpp"
#include "host/host.hpp"
#include "lab/action.hpp"
#include "lab/injection.hpp"
#include "net/network.hpp"

namespace tcplab::lab {

// Limits at which a run ends, with an event that says so. A scenario may lower them; only `events`
// may it also raise, to a million.
struct Limits {
  std::uint32_t events = 100'000;
  Duration time = std::chrono::hours(1000);
  std::uint32_t in_flight = 1'000;
  std::uint32_t connections = 10'000;
  std::uint64_t bytes = 16 * 1024 * 1024;  // payload that all hosts send together
};

struct HostSetup {
  std::string name;
  bool has_stack = true;  // false: it only injects segments
  host::Config config;    // the secret is added from the seed
};

struct Scenario {
  std::vector<HostSetup> hosts;
  net::Config network;
  std::vector<ScriptEntry> script;
  std::vector<Model> models;  // that injections of the script take numbers from
  Limits limits;
  Time until = std::chrono::hours(1000);
  format::Json source;  // as it was read: what is exported again
};

using ScenarioResult = tl::expected<Scenario, format::Problems>;

// Reads a whole file. Never throws; all problems are reported with their place.
ScenarioResult parse_scenario(std::string_view text);
// Reads a value of any origin, for example an exercise's scenario with its parameters filled in.
ScenarioResult read_scenario(const format::Json& value, const format::Source& source);
// The scenario with the behaviour of a mutant, or of a list of them, on every host: what
// read_scenario() makes of with_mutants(base.source, mutants), without reading the rest again.
// `mutants` exist.
Scenario with_mutants(const Scenario& base, const format::Json& mutants);
// Reads one action without its time, as a student does it: it may name any host of the scenario,
// and take numbers from what was sent before it.
tl::expected<Action, format::Problems> read_action(const format::Json& value,
                                                   const Scenario& scenario,
                                                   const format::Source& source,
                                                   const Models& models);

// The same scenario with the behaviour of a mutant, or of a list of them, on every host.
format::Json with_mutants(format::Json scenario, format::Json mutants);

// The formats, for checks, for the JSON Schema, and for formats that contain them.
const format::Shape& scenario_shape();
const format::Shape& script_entry_shape();
// An action without a time.
const format::Shape& action_shape();

}  // namespace tcplab::lab
