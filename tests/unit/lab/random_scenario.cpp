#include "lab/random_scenario.hpp"

#include <array>

#include "format/quantity.hpp"

namespace tcplab::test {

using format::Json;

namespace {

template <std::size_t N>
std::string_view pick(net::Random& random, const std::array<std::string_view, N>& from) {
  return from[random.below(N)];
}

// A multiple of 25 ms below 2 s, so that many things happen at the same moment.
std::string some_time(net::Random& random) { return std::to_string(25 * random.below(80)) + "ms"; }

Json some_call(net::Random& random) {
  constexpr std::array<std::string_view, 8> kCalls{"send",  "send",     "send",  "recv",
                                                   "close", "shutdown", "close", "abort"};
  const bool client = random.below(2) == 0;
  const auto call = pick(random, kCalls);
  Json entry{{"host", client ? "A" : "B"}, {"do", call}, {"socket", client ? "a" : "accepted"}};
  if (call == "send") entry["bytes"] = 1 + random.below(4000);
  if (call == "recv") entry["bytes"] = 1 + random.below(1000);
  return entry;
}

Json some_injection(net::Random& random) {
  constexpr std::array<std::string_view, 6> kFlags{"SYN",     "ACK",     "RST",
                                                   "FIN ACK", "SYN ACK", "RST ACK"};
  const bool to_server = random.below(2) == 0;
  Json segment{{"from", to_server ? "A:40000" : "B:80"},
               {"to", to_server ? "B:80" : "A:40000"},
               {"flags", pick(random, kFlags)},
               {"seq", (to_server ? 4294967290 : 300) + random.below(6)},
               {"ack", (to_server ? 300 : 4294967290) + random.below(6)}};
  if (random.below(3) == 0) segment["text"] = "forged";
  return {{"host", "mallory"}, {"do", "inject"}, {"segment", segment}};
}

Json some_fault(net::Random& random) {
  constexpr std::array<std::string_view, 5> kFlags{"SYN", "SYN ACK", "ACK", "FIN ACK", "RST"};
  constexpr std::array<std::string_view, 4> kFaults{"drop", "delay", "duplicate", "hold"};
  const auto what = pick(random, kFaults);
  Json fault{{"match", {{"flags", pick(random, kFlags)}, {"nth", 1 + random.below(3)}}},
             {"do", what}};
  if (what == "delay" || what == "duplicate") fault["by"] = some_time(random);
  return fault;
}

}  // namespace

std::string random_scenario(net::Random& random, std::string_view profile,
                            std::string_view mutant) {
  Json scenario{{"format", "tcplab-scenario/1"}, {"profile", profile}, {"until", "10min"}};
  if (!mutant.empty()) scenario["mutant"] = mutant;
  Json a{{"name", "A"}, {"address", "10.0.0.1"}, {"tcp", {{"isn", 4294967290}, {"mss", 700}}}};
  Json b{{"name", "B"}, {"address", "10.0.0.2"}, {"tcp", {{"isn", 300}}}};
  if (random.below(3) == 0) b["tcp"]["window"] = random.below(3) == 0 ? 0 : 1 + random.below(3000);
  scenario["hosts"] = {a, b, {{"name", "mallory"}, {"address", "10.0.0.66"}, {"stack", "none"}}};
  scenario["network"] = {{"delay", "50ms"}, {"msl", "30s"}};
  if (random.below(2) == 0) {
    scenario["network"]["loss"] = 0.05 * static_cast<double>(random.below(4));
    scenario["network"]["duplicate"] = 0.05 * static_cast<double>(random.below(4));
  }
  scenario["limits"] = {{"events", 5000}};
  Json script = Json::array();
  const auto application = [&] { return random.below(4) == 0 ? "on_call" : "each"; };
  script.push_back({{"at", "0"},
                    {"host", "B"},
                    {"do", "listen"},
                    {"port", 80},
                    {"accept", application()},
                    {"read", application()}});
  Json connect{{"at", "25ms"}, {"host", "A"}, {"do", "connect"},
               {"to", "B:80"}, {"as", "a"},   {"read", application()}};
  script.push_back(connect);
  if (random.below(3) == 0) {  // a crossing open
    script.push_back({{"at", "50ms"},
                      {"host", "B"},
                      {"do", "connect"},
                      {"to", "A:40000"},
                      {"port", 80},
                      {"as", "accepted"}});
  }
  if (random.below(3) == 0) {
    connect["at"] = some_time(random);
    connect["port"] = 40'000;
    script.push_back(connect);
  }
  for (auto n = 2 + random.below(8); n > 0; --n) {
    Json entry = random.below(4) == 0 ? some_injection(random) : some_call(random);
    if (random.below(3) == 0) {
      const auto state = tcp::kStateNames[random.below(tcp::kStateNames.size())];
      entry["when"] = {{"host", random.below(2) == 0 ? "A" : "B"}, {"state", state}};
      entry["after"] = some_time(random);
    } else {
      entry["at"] = some_time(random);
    }
    script.push_back(entry);
  }
  scenario["script"] = script;
  scenario["faults"] = Json::array();
  for (auto n = random.below(3); n > 0; --n) scenario["faults"].push_back(some_fault(random));
  return scenario.dump();
}

Json random_action(net::Random& random, const lab::Session& session) {
  const Json status = session.status();
  Json choices = Json::array();
  for (const auto& flight : status["in_flight"]) {
    const Json about{{"segment", flight["id"]}, {"copy", flight["copy"]}};
    for (const auto* what : {"drop", "duplicate", "delay", flight["held"] ? "release" : "hold"}) {
      Json action = about;
      action["do"] = what;
      const bool by = action["do"] == "delay" || action["do"] == "duplicate";
      if (by) action["by"] = some_time(random);
      choices.push_back(action);
    }
  }
  for (const auto& host : status["hosts"]) {
    for (const auto& socket : host["sockets"]) {
      for (const auto& call : socket["calls"]) {
        Json action{{"do", call}, {"host", host["name"]}, {"socket", socket["name"]}};
        if (call == "send") action["bytes"] = 1 + random.below(2000);
        if (call == "connect") action["to"] = host["name"] == "A" ? "B:80" : "A:40000";
        choices.push_back(action);
      }
    }
    if (host["stack"] == "tcp") {
      choices.push_back({{"do", "connect"},
                         {"host", host["name"]},
                         {"to", host["name"] == "A" ? "B:80" : "A:40000"}});
      choices.push_back({{"do", "listen"}, {"host", host["name"]}, {"port", 80}});
    }
  }
  return choices.empty() ? Json() : choices[random.below(choices.size())];
}

}  // namespace tcplab::test
