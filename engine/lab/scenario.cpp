// Reads scenarios and actions, and checks what their shapes cannot.
#include "lab/scenario.hpp"

#include <algorithm>
#include <string>

#include "format/quantity.hpp"
#include "format/reader.hpp"
#include "lab/host_names.hpp"
#include "lab/tcp_settings.hpp"
#include "lab/verbs/verb.hpp"
#include "lab/workload.hpp"

namespace tcplab::lab {

using format::Json;
using format::Problems;
using format::Reader;
using format::say;
using format::Source;

namespace {

std::uint32_t parts_per_million(const Reader& reader, std::uint32_t fallback) {
  if (!reader) return fallback;
  return static_cast<std::uint32_t>(reader.number() * 1'000'000 + 0.5);
}

// Only a host without a stack injects, and it does nothing else.
net::HostIndex read_actor(const Reader& reader, const Verb& verb, const HostNames& names) {
  const auto host = names.host(reader).value_or(net::HostIndex{0});
  const bool forges = !verb.call;
  if (!reader.has_problems() && names.has_stack(host) == forges) {
    reader.problem(
        forges ? say({"inject needs a host with \"stack\": \"none\"",
                      "inject 需要一台 \"stack\": \"none\" 的主机"})
               : say({"a host without a stack can only inject", "没有协议栈的主机只能 inject"}));
  }
  return host;
}

// The arguments that the trace shows of a call, besides its name and socket.
Json arguments_of(Json call) {
  for (const auto* key : {"do", "host", "at", "step", "when", "after", "socket", "as"}) {
    call.erase(key);
  }
  return call;
}

Action read_checked_action(const Reader& reader, const HostNames& names, const Models& models) {
  const Verb& verb = verb_named(reader["do"].text());
  Action action;
  if (const auto host = reader["host"]) action.host = read_actor(host, verb, names);
  if (verb.call) {
    action.arguments = std::make_shared<const Json>(arguments_of(reader.json()));
  }
  action.what = verb.read(reader, {names, models});
  return action;
}

ScriptEntry read_entry(const Reader& reader, const HostNames& names, const Models& models) {
  ScriptEntry entry;
  entry.action = read_checked_action(reader, names, models);
  if (const auto at = reader["at"]) entry.trigger.at = at.duration();
  if (const auto step = reader["step"]) entry.trigger.step = step.integer<std::uint32_t>();
  if (const auto when = reader["when"]) {
    entry.trigger.when_host = names.host(when["host"]).value_or(net::HostIndex{0});
    entry.trigger.when_state = tcp::state_named(when["state"].text()).value_or(tcp::State::kClosed);
    entry.trigger.after = reader["after"].duration();
    if (const auto step = reader["step"]) {
      step.key_problem(say({"\"step\" goes with \"at\" only", "\"step\" 只能与 \"at\" 同用"}));
    }
  } else if (const auto after = reader["after"]) {
    after.key_problem(say({"\"after\" goes with \"when\" only", "\"after\" 只能与 \"when\" 同用"}));
  }
  return entry;
}

void apply_mutants(const Reader& mutant, tcp::Behaviour& behaviour) {
  if (const auto one = mutant.text(); !one.empty()) tcp::find_mutant(one)->apply(behaviour);
  for (const auto& each : mutant.items()) tcp::find_mutant(each.text())->apply(behaviour);
}

tcp::Behaviour read_behaviour(const Reader& host, const Reader& scenario) {
  const auto profile = host["profile"].text(scenario["profile"].text("rfc9293"));
  tcp::Behaviour behaviour = tcp::find_profile(profile)->behaviour;
  apply_mutants(host.has("mutant") ? host["mutant"] : scenario["mutant"], behaviour);
  behaviour.msl = scenario["network"]["msl"].duration(behaviour.msl);
  read_tcp_settings(host["tcp"], behaviour);
  return behaviour;
}

HostSetup read_host(const Reader& reader, const Reader& scenario) {
  HostSetup setup;
  setup.name = reader["name"].text();
  setup.has_stack = reader["stack"].text("tcp") == "tcp";
  setup.config.address.value = reader["address"].address();
  setup.config.behaviour = read_behaviour(reader, scenario);
  const auto isn = reader["tcp"]["isn"];
  if (isn && isn.json().is_array()) {
    for (const auto& item : isn.items()) {
      setup.config.isns.push_back(item.integer<std::uint32_t>());
    }
  } else if (isn) {
    setup.config.isns.push_back(isn.integer<std::uint32_t>());
  }
  return setup;
}

std::vector<HostSetup> read_hosts(const Reader& scenario) {
  std::vector<HostSetup> hosts;
  for (const auto& reader : scenario["hosts"].items()) {
    HostSetup setup = read_host(reader, scenario);
    if (!wire::is_of_one_host(setup.config.address) || wire::is_loopback(setup.config.address)) {
      reader["address"].problem(
          say({"a host cannot have the address {0}; allowed: 0.0.0.1 to 223.255.255.255 without "
               "127.0.0.0 to 127.255.255.255",
               "主机不能用地址 {0}；允许：0.0.0.1 到 223.255.255.255，127.0.0.0 到 127.255.255.255 "
               "除外"},
              {wire::to_text(setup.config.address)}));
    }
    for (const auto& other : hosts) {
      if (other.name == setup.name) {
        reader["name"].problem(
            say({"two hosts are called {0}", "有两台主机都叫 {0}"}, {format::quote(setup.name)}));
      }
      if (other.config.address == setup.config.address) {
        reader["address"].problem(
            say({"two hosts have the address {0}", "有两台主机的地址都是 {0}"},
                {wire::to_text(setup.config.address)}));
      }
    }
    hosts.push_back(std::move(setup));
  }
  return hosts;
}

net::Link read_link(const Reader& reader, const net::Link& otherwise) {
  net::Link link;
  link.delay = reader["delay"].duration(otherwise.delay);
  link.loss_parts_per_million = parts_per_million(reader["loss"], otherwise.loss_parts_per_million);
  link.duplicate_parts_per_million =
      parts_per_million(reader["duplicate"], otherwise.duplicate_parts_per_million);
  return link;
}

net::Fault read_fault(const Reader& reader, const HostNames& names) {
  static constexpr std::string_view kKinds[] = {"drop", "delay", "duplicate", "hold", "corrupt"};
  net::Fault fault;
  const auto kind = std::find(std::begin(kKinds), std::end(kKinds), reader["do"].text());
  fault.kind = static_cast<net::FaultKind>(kind - std::begin(kKinds));
  fault.by = reader["by"].duration();
  const bool takes_by =
      fault.kind == net::FaultKind::kDelay || fault.kind == net::FaultKind::kDuplicate;
  if (!takes_by && reader.has("by")) {
    reader["by"].key_problem(say({"\"by\" goes with \"delay\" and \"duplicate\" only",
                                  "\"by\" 只能与 \"delay\" 和 \"duplicate\" 同用"}));
  }
  if (fault.kind == net::FaultKind::kDelay && !reader.has("by")) {
    reader.problem(say({"delay needs \"by\": how much later", "delay 需要 \"by\"：推迟多久"}));
  }
  if (const auto octet = reader["octet"]) {
    fault.octet = octet.integer<std::uint16_t>();
    if (fault.kind != net::FaultKind::kCorrupt) {
      octet.key_problem(
          say({"\"octet\" goes with \"corrupt\" only", "\"octet\" 只能与 \"corrupt\" 同用"}));
    }
  }
  fault.match = names.match(reader["match"]);
  return fault;
}

net::Config read_network(const Reader& scenario, const HostNames& names) {
  net::Config config;
  const auto network = scenario["network"];
  config.link = read_link(network, config.link);
  config.msl = network["msl"].duration(config.msl);
  for (const auto& reader : network["links"].items()) {
    const auto from = names.host(reader["from"]);
    const auto to = names.host(reader["to"]);
    if (!from || !to) continue;
    if (from == to) {
      reader.problem(
          say({"a link leads from one host to another", "链路要从一台主机到另一台主机"}));
    }
    if (!config.links.emplace(std::pair(*from, *to), read_link(reader, config.link)).second) {
      reader.problem(say({"this link is described twice", "这条链路写了两次"}));
    }
  }
  for (const auto& reader : scenario["faults"].items()) {
    config.faults.push_back(read_fault(reader, names));
  }
  return config;
}

Limits read_limits(const Reader& reader) {
  Limits limits;
  limits.events = reader["events"].integer<std::uint32_t>(limits.events);
  limits.time = reader["time"].duration(limits.time);
  limits.in_flight = reader["in_flight"].integer<std::uint32_t>(limits.in_flight);
  limits.connections = reader["connections"].integer<std::uint32_t>(limits.connections);
  limits.bytes =
      static_cast<std::uint64_t>(reader["bytes"].size(static_cast<std::int64_t>(limits.bytes)));
  return limits;
}

void refuse_label_again(const Reader& entry, const std::vector<std::string>& labels) {
  const auto label = entry["label"].text();
  if (std::find(labels.begin(), labels.end(), label) == labels.end()) return;
  entry["label"].problem(say({"two injections have the label {0}", "有两次注入的标签都是 {0}"},
                             {format::quote(label)}));
}

std::vector<std::string> read_labels(const Reader& script) {
  std::vector<std::string> labels;
  for (const auto& entry : script.items()) {
    const auto label = entry["label"].text();
    if (label.empty()) continue;
    refuse_label_again(entry, labels);
    labels.push_back(label);
  }
  return labels;
}

// Adds a workload item to the script, an entry for each round.
void read_rounds(const Reader& item, const Source& source, const HostNames& names,
                 const Models& models, std::vector<ScriptEntry>& script) {
  const Reader action = item["action"];
  const Json entries = rounds_of(item.json());
  Problems problems;
  for (const Json& json : entries) {
    const Source here{source.document, action.pointer()};
    problems = format::check(script_entry_shape(), json, here);
    if (!problems.empty()) break;
    const Reader entry(json, here, problems);
    for (const char* key : {"when", "step", "label"}) {
      if (entry.has(key)) {
        entry[key].key_problem(say({"a workload’s action has no {0}", "工作负载的动作没有 {0}"},
                                   {format::quote(key)}));
      }
    }
    script.push_back(read_entry(entry, names, models));
    if (!problems.empty()) break;
  }
  if (!problems.empty()) action.problem(problems.front().message);
}

void read_workload(const Reader& scenario, const Source& source, const HostNames& names,
                   const Models& models, std::vector<ScriptEntry>& script) {
  const Reader workload = scenario["workload"];
  if (rounds_in(workload.json()) > most_rounds_in_all) {
    return workload.problem(say({"it makes more than {0} entries", "它产生的条目超过 {0} 个"},
                                {std::to_string(most_rounds_in_all)}));
  }
  for (const auto& [name, item] : workload.members()) {
    read_rounds(item, source, names, models, script);
  }
}

// A script may not hold more text than its run may send: it would only fill the memory.
void check_payload(const Reader& reader, const Scenario& scenario) {
  std::uint64_t sum = 0;
  for (const auto& entry : scenario.script) {
    const auto* send = std::get_if<verb::Send>(&entry.action.what);
    if (send != nullptr) sum += send->octets.size();
  }
  if (sum <= scenario.limits.bytes) return;
  reader["script"].problem(
      say({"the script sends {0} bytes; the limit is {1}", "脚本要发送 {0} 字节；上限是 {1}"},
          {std::to_string(sum), std::to_string(scenario.limits.bytes)}));
}

}  // namespace

ScenarioResult read_scenario(const Json& value, const Source& source) {
  Problems problems = format::check(scenario_shape(), value, source);
  if (!problems.empty()) return tl::make_unexpected(std::move(problems));

  const Reader reader(value, source, problems);
  Scenario scenario;
  scenario.source = value;
  scenario.hosts = read_hosts(reader);
  const HostNames names(scenario.hosts);
  scenario.network = read_network(reader, names);
  const Models models{read_labels(reader["script"]), &scenario.models};
  for (const auto& entry : reader["script"].items()) {
    scenario.script.push_back(read_entry(entry, names, models));
  }
  read_workload(reader, source, names, models, scenario.script);
  scenario.limits = read_limits(reader["limits"]);
  check_payload(reader, scenario);
  scenario.until = reader["until"].duration(scenario.until);
  if (!problems.empty()) return tl::make_unexpected(std::move(problems));
  return scenario;
}

ScenarioResult parse_scenario(std::string_view text) {
  const auto document = format::parse(text);
  if (!document) return tl::make_unexpected(document.error());
  return read_scenario(document->value(), {&*document, ""});
}

tl::expected<Action, Problems> read_action(const Json& value, const Scenario& scenario,
                                           const Source& source, const Models& models) {
  Problems problems = format::check(action_shape(), value, source);
  if (!problems.empty()) return tl::make_unexpected(std::move(problems));
  const Reader reader(value, source, problems);
  Action action = read_checked_action(reader, HostNames(scenario.hosts), models);
  refuse_label_again(reader, models.labels);
  if (!problems.empty()) return tl::make_unexpected(std::move(problems));
  return action;
}

Scenario with_mutants(const Scenario& base, const Json& mutants) {
  Scenario scenario = base;
  scenario.source = with_mutants(std::move(scenario.source), mutants);
  Problems problems;
  scenario.hosts = read_hosts(Reader(scenario.source, Source{}, problems));
  return scenario;
}

Json with_mutants(Json scenario, Json mutants) {
  scenario["mutant"] = std::move(mutants);
  return scenario;
}

}  // namespace tcplab::lab
