// Scenarios that are well formed and mean harm: their runs are bounded, in time and in memory, and
// end with a clear event.
#include <memory>
#include <string>

#include "catch.hpp"
#include "lab/scenario.hpp"
#include "lab/world.hpp"

using namespace tcplab;

namespace {

std::string scenario_with(const std::string& server_tcp, const std::string& rest) {
  return R"({"format": "tcplab-scenario/1", "hosts": [
      {"name": "client", "address": "10.0.0.1"},
      {"name": "server", "address": "10.0.0.2", "tcp": )" +
         server_tcp + "}], " + rest + "}";
}

struct Outcome {
  lab::End end;
  Rule last_rule;
  std::size_t events;
  std::vector<std::string> sockets;  // of the client
};

Outcome run(const std::string& text) {
  auto scenario = lab::parse_scenario(text);
  if (!scenario) FAIL(to_text("scenario", scenario.error()));
  lab::World world(std::make_shared<const lab::Scenario>(std::move(*scenario)), 1);
  lab::Trace trace;
  while (world.step(&trace)) {
  }
  Outcome outcome{world.end(), trace.events.back().rule, trace.events.size(), {}};
  for (const auto& socket : world.hosts()[0].sockets()) outcome.sockets.push_back(socket.name);
  return outcome;
}

const std::string kListen = R"({"at": "0", "host": "server", "do": "listen", "port": 80)";
const std::string kConnect = R"({"at": "0", "host": "client", "do": "connect", "to": "server:80"})";
const std::string kSend = R"({"when": {"host": "client", "state": "ESTABLISHED"}, "host": "client",
                              "do": "send", "socket": "socket", "bytes": 65536})";

}  // namespace

TEST_CASE("a window that never opens is probed until the limit of events") {
  const auto outcome = run(scenario_with(
      R"({"window": 1000})",
      R"("script": [)" + kListen + R"(, "read": "on_call"}, )" + kConnect + "," + kSend + "]"));
  CHECK(outcome.end == lab::End::kLimit);
  CHECK(outcome.last_rule == Rule::limit_events);
  CHECK(outcome.events < 101'000);
}

TEST_CASE("one call that makes 65,536 segments is stopped within its step") {
  const auto outcome = run(scenario_with(
      R"({"mss": 1})", R"("network": {"duplicate": 1, "loss": 0.3, "delay": "1ms"}, "script": [)" +
                           kListen + "}, " + kConnect + "," + kSend + "]"));
  CHECK(outcome.end == lab::End::kLimit);
  CHECK(outcome.last_rule == Rule::limit_in_flight);
  CHECK(outcome.events < 5'000);
}

TEST_CASE("a script that would send more than the limit is refused before it fills the memory") {
  std::string script;
  for (int i = 0; i < 10'000; ++i) {
    script += (i > 0 ? "," : "") +
              std::string(R"({"at": "0", "host": "client", "do": "send", "socket": "s",)") +
              R"( "bytes": 65536})";
  }
  const auto result = lab::parse_scenario(scenario_with("{}", "\"script\": [" + script + "]"));
  REQUIRE(!result);
  CHECK(result.error()[0].message.en == "the script sends 655360000 bytes; the limit is 16777216");
}

TEST_CASE("thousands of sockets get names without searching for them") {
  std::string script = kListen + R"(, "backlog": 65535})";
  for (int i = 0; i < 4'000; ++i) {
    script += R"(, {"at": ")" + std::to_string(i * 150) +
              R"(ms", "host": "client", "do": "connect", "to": "server:80"})";
  }
  const auto outcome = run(scenario_with("{}", "\"script\": [" + script + "]"));
  CHECK(outcome.end == lab::End::kQuiet);
  REQUIRE(outcome.sockets.size() == 4'000);
  CHECK(outcome.sockets[0] == "socket");
  CHECK(outcome.sockets[1] == "socket-2");
  CHECK(outcome.sockets[3'999] == "socket-4000");
}

TEST_CASE("a taken name gets the first number that is free") {
  const auto connect = [](const std::string& name) {
    return R"(, {"at": "0", "host": "client", "do": "connect", "to": "server:80", "as": ")" + name +
           "\"}";
  };
  const auto outcome = run(scenario_with("{}", "\"until\": \"1s\", \"script\": [" + kListen + "}" +
                                                   connect("c-3") + connect("c") + connect("c") +
                                                   connect("c") + connect("c-3") + "]"));
  CHECK(outcome.sockets == std::vector<std::string>{"c-3", "c", "c-2", "c-4", "c-3-2"});
}
