#include "exercise/kinds/random_plan.hpp"

#include <algorithm>
#include <chrono>
#include <string>

#include "exercise/kinds/plan.hpp"
#include "lab/match.hpp"

namespace tcplab::exercise {

namespace {

constexpr std::uint64_t kSpan = 10'000;  // ms: about as long as a student goes on
constexpr std::uint64_t kLongest = 3'000;

std::string some_time(std::uint64_t below, net::Random& random) {
  return std::to_string(random.below(below)) + "ms";
}

std::size_t below(std::size_t bound, net::Random& random) {
  return static_cast<std::size_t>(random.below(bound));
}

// {"host", "do"} for every allowed call, and {"do"} for every allowed action of the network.
Json verbs_of(const Json& question) {
  Json verbs = Json::array();
  const Json allow = allowed(question);
  for (const Json& verb : allow.at("network")) verbs.push_back({{"do", verb}});
  for (const auto& [host, calls] : allow.at("calls").get_ref<const Json::object_t&>()) {
    for (const Json& call : calls) verbs.push_back({{"host", host}, {"do", call}});
  }
  for (const auto& [host, fields] : allow.at("inject").get_ref<const Json::object_t&>()) {
    verbs.push_back({{"host", host}, {"do", "inject"}, {"fields", fields}});
  }
  return verbs;
}

// The address of the first listener, as connect() takes it.
Json listener_in(const Json& scenario) {
  for (const Json& entry : scenario.value("script", Json::array())) {
    if (entry.at("do") != "listen") continue;
    return entry.at("host").get<std::string>() + ":" + format::dump(entry.at("port"));
  }
  return nullptr;
}

// A socket that the host has in the idle run.
Json some_socket(const Json& host, const Run& idle, net::Random& random) {
  const auto known = lab::find_matches({{"kind", "state"}, {"host", host}}, idle.events);
  if (known.empty()) return "socket";
  return idle.events[known[below(known.size(), random)]].value("socket", "socket");
}

Json call(Json action, const Json& scenario, const Run& idle, net::Random& random) {
  action["at"] = some_time(kSpan, random);
  if (action.at("do") == "connect") {
    action["to"] = listener_in(scenario);
  } else {
    action["socket"] = some_socket(action.at("host"), idle, random);
  }
  if (action.at("do") == "send") action["bytes"] = 100;
  return action;
}

// A segment as if one end of a connection in the idle run had sent it, with a number near a real
// one.
Json injection(Json action, const Run& idle, net::Random& random) {
  constexpr const char* kFlags[] = {"SYN", "ACK", "RST", "FIN ACK", "RST ACK"};
  action["at"] = some_time(kSpan, random);
  const Json fields = action.at("fields");
  action.erase("fields");
  const auto may = [&](const char* field) {
    return std::find(fields.begin(), fields.end(), field) != fields.end();
  };
  const auto sent = lab::find_matches({{"kind", "segment.sent"}}, idle.events);
  Json segment{{"from", "10.0.0.1:40000"}, {"to", "10.0.0.2:80"}, {"seq", 0}};
  if (!sent.empty()) {
    const Json& like = idle.events[sent[below(sent.size(), random)]].at("segment");
    segment["from"] = like.at("src");
    segment["to"] = like.at("dst");
    const auto next = like.at("seq").get<std::uint32_t>() + like.at("takes").get<std::uint32_t>();
    segment["seq"] = next + static_cast<std::uint32_t>(below(3, random)) * 1'000;
    if (may("ack")) segment["ack"] = like.value("ack", std::uint32_t{0});
  }
  if (may("flags")) segment["flags"] = kFlags[below(std::size(kFlags), random)];
  action["segment"] = std::move(segment);
  return action;
}

// An action of the network on a segment. If the idle run sends that segment, the action comes while
// it is in flight.
Json disturbance(Json action, const Run& idle, net::Random& random) {
  const auto sent = lab::find_matches({{"kind", "segment.sent"}}, idle.events);
  const auto n = below(sent.size() + 2, random);
  action["segment"] = n + 1;
  action["at"] = some_time(kSpan, random);
  if (n < sent.size()) {
    const auto t = idle.events.time(sent[n]) + std::chrono::milliseconds(1);
    action["at"] = std::to_string(t.count()) + "us";
  }
  const Json& verb = action.at("do");
  if (verb == "delay" || verb == "duplicate") action["by"] = some_time(kLongest, random);
  return action;
}

}  // namespace

Json random_plan(const Json& question, const Json& scenario, const Run& idle, std::size_t actions,
                 net::Random& random) {
  const Json verbs = verbs_of(question);
  Json plan = Json::array();
  for (std::size_t i = 0; i < actions && !verbs.empty(); ++i) {
    const Json& verb = verbs[below(verbs.size(), random)];
    plan.push_back(verb.contains("fields") ? injection(verb, idle, random)
                   : verb.contains("host") ? call(verb, scenario, idle, random)
                                           : disturbance(verb, idle, random));
  }
  return plan;
}

}  // namespace tcplab::exercise
