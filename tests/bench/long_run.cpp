#include "long_run.hpp"

#include <memory>
#include <string>

#include "heap.hpp"
#include "lab/scenario.hpp"

namespace tcplab::bench {

namespace {

using ScenarioPtr = std::shared_ptr<const lab::Scenario>;

constexpr auto kHosts = R"({
  "format": "tcplab-scenario/1",
  "hosts": [
    {"name": "client", "address": "10.0.0.1", "tcp": {"mss": 100}},
    {"name": "server", "address": "10.0.0.2", "tcp": {"mss": 100}}],
  "network": {"delay": "10ms"},
  "script": [{"at": "0", "host": "server", "do": "listen", "port": 80, "backlog": 4096})";

ScenarioPtr read(const std::string& entries) {
  auto scenario = lab::parse_scenario(kHosts + entries + "]}");
  return std::make_shared<const lab::Scenario>(std::move(scenario.value()));
}

ScenarioPtr transfer() {
  std::string entries = R"(, {"at": "1ms", "host": "client", "do": "connect", "to": "server:80"})";
  for (int i = 1; i <= 60; ++i) {
    entries += R"(, {"at": ")" + std::to_string(i) +
               R"(s", "host": "client", "do": "send", "socket": "socket", "bytes": 65536})";
  }
  return read(entries);
}

ScenarioPtr connects(std::uint32_t connections) {
  std::string entries;
  for (std::uint32_t i = 1; i <= connections; ++i) {
    entries += R"(, {"at": ")" + std::to_string(i) +
               R"(ms", "host": "client", "do": "connect", "to": "server:80"})";
  }
  return read(entries);
}

// A minute is less than any timer of an idle connection, and more than its handshake.
constexpr Time kIdle{60'000'000};

}  // namespace

lab::Session long_transfer(std::uint32_t events) {
  lab::Session session(transfer(), 1);
  while (session.world().events() < events && session.world().next()) session.step(1);
  return session;
}

lab::Session idle_connections(std::uint32_t connections) {
  lab::Session session(connects(connections), 1);
  session.run_until(kIdle, 1'000'000);
  return session;
}

double bytes_per_event(std::uint32_t events) {
  const auto scenario = transfer();
  const auto before = heap_in_use();
  lab::Session session(scenario, 1);
  while (session.world().events() < events && session.world().next()) session.step(1);
  return static_cast<double>(heap_in_use() - before) / session.world().events();
}

double bytes_per_traced_connection(std::uint32_t connections) {
  const auto scenario = connects(connections);
  const auto empty = heap_in_use();
  lab::Session session(scenario, 1);
  session.run_until(kIdle, 1'000'000);
  const auto whole = heap_in_use() - empty;
  const auto before = heap_in_use();
  auto world = std::make_unique<lab::World>(scenario, 1);
  lab::Trace trace;
  world->run_until(kIdle, &trace);
  world.reset();
  const auto traced = heap_in_use() - before;
  return (static_cast<double>(whole) - static_cast<double>(traced)) / connections;
}

}  // namespace tcplab::bench
