#include "lifetime.hpp"

#include "lab/scenario.hpp"

namespace tcplab::bench {

namespace {

constexpr auto kLifetime = R"({
  "format": "tcplab-scenario/1",
  "hosts": [{"name": "client", "address": "10.0.0.1"}, {"name": "server", "address": "10.0.0.2"}],
  "network": {"delay": "10ms"},
  "script": [
    {"at": "0", "host": "server", "do": "listen", "port": 80},
    {"at": "0", "host": "client", "do": "connect", "to": "server:80"},
    {"when": {"host": "client", "state": "ESTABLISHED"}, "host": "client", "do": "send", "socket": "socket", "bytes": 100},
    {"at": "100ms", "host": "server", "do": "send", "socket": "accepted", "bytes": 1000},
    {"at": "200ms", "host": "client", "do": "close", "socket": "socket"},
    {"when": {"host": "server", "state": "CLOSE_WAIT"}, "host": "server", "do": "close", "socket": "accepted"}]
})";

}  // namespace

lab::World fresh_world() {
  auto scenario = lab::parse_scenario(kLifetime);
  return lab::World(std::make_shared<const lab::Scenario>(std::move(scenario.value())), 1);
}

std::uint32_t live(lab::World world, lab::Trace* trace) {
  while (world.step(trace)) continue;
  return world.events();
}

}  // namespace tcplab::bench
