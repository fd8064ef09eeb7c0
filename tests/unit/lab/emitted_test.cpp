// What a match may ask for happens: of every timer, errno, ICMP error, call and cause of a change
// of state that the lab offers, some scenario shows that the engine emits it.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>

#include "catch.hpp"
#include "host/call.hpp"
#include "lab/run.hpp"
#include "tcp/effect.hpp"
#include "tcp/transition.hpp"
#include "wire/icmp.hpp"

using namespace tcplab;
using format::Json;

namespace {

struct Emitted {
  std::set<std::string> timers, errnos, icmp, calls, triggers;

  void add(const test::Run& run) {
    for (const auto& event : run.trace.events) {
      if (event.kind == lab::EventKind::kTimerFired) add("timer", timers, event, run);
      if (event.kind == lab::EventKind::kReturn) add("error", errnos, event, run);
      if (event.kind == lab::EventKind::kIcmp) add("error", icmp, event, run);
      if (event.kind == lab::EventKind::kCall) add("call", calls, event, run);
      if (event.kind == lab::EventKind::kState) add("event", triggers, event, run);
    }
  }

 private:
  static void add(const char* key, std::set<std::string>& names, const lab::Event& event,
                  const test::Run& run) {
    const Json json = lab::to_json(event, run.names);
    if (json.contains(key)) names.insert(json.at(key).get<std::string>());
  }
};

void add_scenarios(Emitted& emitted) {
  const auto folder = std::string(TCPLAB_SOURCE_DIR) + "/exercises/scenarios";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().filename() == "endless.json") continue;
    std::stringstream text;
    text << std::ifstream(entry.path()).rdbuf();
    emitted.add(test::run(text.str()));
  }
}

// What no scenario of the lab shows. A connects to B as "c".
const struct {
  const char* settings;
  const char* script;
} kRareCases[] = {
    {"", R"({"at": "1s", "host": "A", "do": "connect", "to": "255.255.255.255:80"})"},
    {"", R"({"at": "1s", "host": "A", "do": "socket", "as": "s"},
            {"at": "2s", "host": "A", "do": "send", "socket": "s", "bytes": 1},
            {"at": "2s", "host": "A", "do": "listen", "socket": "s"})"},
    {"", R"({"at": "1s", "host": "A", "do": "connect", "socket": "c", "to": "B:80"},
            {"at": "2s", "host": "A", "do": "listen", "socket": "c"})"},
    {"", R"({"at": "1s", "host": "A", "do": "crash"},
            {"at": "2s", "host": "A", "do": "connect", "to": "B:80"},
            {"at": "3s", "host": "A", "do": "reboot"})"},
    {"", R"({"at": "1s", "host": "A", "do": "listen", "port": 90, "as": "l"},
            {"at": "2s", "host": "A", "do": "send", "socket": "l", "bytes": 3, "to": "B:80"})"},
    {R"("profile": "linux",)", R"({"at": "1s", "host": "A", "do": "close", "socket": "c"})"},
    {R"("mutant": "close_wait_ends",)",
     R"({"at": "1s", "host": "A", "do": "close", "socket": "c"})"}};

void add_rare_cases(Emitted& emitted) {
  const auto add = [&](const std::string& settings, const std::string& script) {
    emitted.add(test::run(test::two_hosts(
        "{}", "{}",
        settings + R"("script": [{"at": "0ms", "host": "B", "do": "listen", "port": 80},
              {"at": "10ms", "host": "A", "do": "connect", "to": "B:80", "as": "c"},)" +
            script + R"(], "until": "1h")")));
  };
  for (const auto& [settings, script] : kRareCases) add(settings, script);
  for (const auto error : wire::kIcmpNames) {
    const bool has_mtu = error == "fragmentation_needed";
    for (const auto* profile : {"", R"("profile": "linux",)"}) {
      add(profile, R"({"at": "11ms", "do": "reject", "segment": 1, "error": ")" +
                       std::string(error) + (has_mtu ? R"(", "mtu": 576})" : R"("})"));
    }
  }
}

template <typename Names>
void check_all(const Names& offered, const std::set<std::string>& emitted) {
  for (const auto name : offered) {
    INFO(name);
    if (!name.empty()) CHECK(emitted.count(std::string(name)) == 1);
  }
}

}  // namespace

TEST_CASE("no name is offered for a match that no event has") {
  Emitted emitted;
  add_scenarios(emitted);
  add_rare_cases(emitted);
  check_all(tcp::kTimerNames, emitted.timers);
  check_all(host::kErrnoNames, emitted.errnos);
  check_all(wire::kIcmpNames, emitted.icmp);
  check_all(host::kCallNames, emitted.calls);
  std::set<std::string_view> triggers;
  for (const auto& transition : tcp::transitions()) triggers.insert(to_text(transition.trigger));
  check_all(triggers, emitted.triggers);
}
