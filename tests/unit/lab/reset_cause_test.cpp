// Whatever an arriving RST brings about has this arrival as its cause: also when the RST is
// ignored, challenged, or of no connection.
#include <map>
#include <set>
#include <string>

#include "catch.hpp"
#include "lab/run.hpp"
#include "tcp/behaviour.hpp"
#include "tcp/state.hpp"

using namespace tcplab;
using format::Json;

namespace reset_cause_test {
namespace {

// The client connects from port 40000 with ISN 1000, the server has ISN 5000; links take 50 ms,
// mallory's 1 ms, so that a forged RST comes while the state lasts.
Json scenario(const std::string& profile, const Json& script) {
  const auto link = [](const char* to) {
    return Json{{"from", "mallory"}, {"to", to}, {"delay", "1ms"}};
  };
  return {{"format", "tcplab-scenario/1"},
          {"profile", profile},
          {"hosts",
           {{{"name", "client"}, {"address", "10.0.0.1"}, {"tcp", {{"isn", 1000}}}},
            {{"name", "server"}, {"address", "10.0.0.2"}, {"tcp", {{"isn", 5000}}}},
            {{"name", "mallory"}, {"address", "10.0.0.66"}, {"stack", "none"}}}},
          {"network", {{"delay", "50ms"}, {"links", {link("client"), link("server")}}}},
          {"script", script},
          {"until", "3s"}};
}

Json call(const char* at, const char* host, const char* what, Json more = Json::object()) {
  Json entry{{"at", at}, {"host", host}, {"do", what}};
  entry.update(more);
  return entry;
}

// A connection, and how it is closed; with the FINs underway at once, it goes through CLOSING.
Json opening() {
  return Json::array({call("0ms", "server", "listen", {{"port", 80}}),
                      call("10ms", "client", "connect", {{"to", "server:80"}, {"port", 40000}})});
}
Json closing(const char* server_closes) {
  Json script = opening();
  script.push_back(call("500ms", "client", "close", {{"socket", "socket"}}));
  script.push_back(call(server_closes, "server", "close", {{"socket", "accepted"}}));
  return script;
}

struct Target {
  std::string host;
  std::string source;  // whose the RST pretends to be
  std::string port;
  std::uint32_t next;  // about RCV.NXT
};
const Target kClient{"client", "server:80", "40000", 5001};
const Target kServer{"server", "client:40000", "80", 1001};

Json reset(const Target& to, const std::string& state, std::uint32_t seq, const char* flags) {
  Json segment{
      {"from", to.source}, {"to", to.host + ":" + to.port}, {"flags", flags}, {"seq", seq}};
  if (std::string(flags) != "RST") segment["ack"] = to.next == 5001 ? 1001 : 5001;
  return {{"when", {{"host", to.host}, {"state", state}}},
          {"after", "1ms"},
          {"host", "mallory"},
          {"do", "inject"},
          {"segment", segment}};
}

// The states in which a RST of mallory's arrived, and what was done about it, by its rule.
using Seen = std::map<std::string, std::set<std::string>>;

void check_causes(const test::Run& run, const std::string& state, Seen& seen) {
  const auto& events = run.trace.events;
  for (const auto& arrival : events) {
    if (arrival.kind != lab::EventKind::kSegmentReceived) continue;
    const auto& sent = std::get<lab::SegmentEvent>(arrival.detail).sent;
    if (run.names[sent->from] != "mallory") continue;
    seen[state].insert(std::string(to_text(arrival.rule)));
    bool is_answered_for = false;
    for (const auto& event : events) {
      if (event.step != arrival.step || event.n == arrival.n) continue;
      INFO(lab::to_json(event, run.names).dump());
      // What the network does with a reply is caused by the reply.
      const bool is_of_the_network = event.host == lab::kTheNetwork;
      if (!is_of_the_network) CHECK(event.cause == arrival.n);
      is_answered_for |= event.kind == lab::EventKind::kState;
      if (event.kind != lab::EventKind::kSegmentDropped || is_of_the_network) continue;
      CHECK(std::get<lab::SegmentEvent>(event.detail).sent == sent);
      is_answered_for = true;
    }
    CHECK(is_answered_for);  // nothing is ignored in silence
  }
}

}  // namespace

TEST_CASE("a RST, ignored or not, is the cause of what follows, in every state and profile") {
  const struct {
    Target target;
    const char* state;
    Json script;
  } kStates[] = {
      {kClient, "SYN_SENT", opening()},
      {kServer, "SYN_RCVD", opening()},
      {kClient, "ESTABLISHED", opening()},
      {kServer, "ESTABLISHED", opening()},
      {kClient, "FIN_WAIT_1", closing("900ms")},
      {kClient, "FIN_WAIT_2", closing("900ms")},
      {kServer, "CLOSE_WAIT", closing("900ms")},
      {kServer, "LAST_ACK", closing("900ms")},
      {kClient, "TIME_WAIT", closing("900ms")},
      {kClient, "CLOSING", closing("520ms")},
      {kServer, "CLOSING", closing("520ms")},
      {kServer, "CLOSED", closing("900ms")},
      {{"server", "client:41000", "80", 0}, "LISTEN", opening()},
  };
  for (const auto& profile : tcp::profiles()) {
    Seen seen;
    for (const auto& [target, state, script] : kStates) {
      for (const char* flags : {"RST", "RST ACK"}) {
        // Before the window, at and about RCV.NXT, in the window, far behind it.
        for (const std::uint32_t off : {0xffff'fff6u, 0u, 1u, 2u, 100u, 0x4000'0000u}) {
          INFO(profile.id << " " << target.host << " " << state << " " << flags << " " << off);
          Json whole = script;
          whole.push_back(reset(target, state, target.next + off, flags));
          check_causes(test::run(scenario(std::string(profile.id), whole).dump()), state, seen);
        }
      }
    }
    for (const auto name : tcp::kStateNames) {
      INFO(profile.id << " " << name);
      // A cookie's connection is never in SYN_RCVD; all others are.
      CHECK(seen.count(std::string(name)) == 1);
    }
  }
}

}  // namespace reset_cause_test
