// What a reader calls the engine's things: every id that a trace or the catalogue can hold has a
// name in both languages, and no name is the id.
#include <set>
#include <string>

#include "catch.hpp"
#include "lab/catalogue.hpp"
#include "lab/trace.hpp"
#include "tcp/transition.hpp"

using namespace tcplab;
using format::Json;
using namespace std::chrono_literals;

namespace {

bool has_chinese(const std::string& text) {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0xe4 && static_cast<unsigned char>(c) <= 0xe9) return true;
  }
  return false;
}

bool has_words(const std::string& text) {
  for (const char c : text) {
    if (c >= 'a' && c <= 'z') return true;
  }
  return false;
}

void check_name(const Json& name) {
  const auto en = name["en"].get<std::string>();
  const auto zh = name["zh"].get<std::string>();
  INFO(name.dump());
  CHECK(!en.empty());
  CHECK(!has_chinese(en));
  CHECK((has_chinese(zh) || (zh == en && !has_words(en))));
  CHECK(en.size() <= 60);
}

}  // namespace

TEST_CASE("names: every name is there in both languages", "[names]") {
  const auto catalogue = lab::catalogue();
  for (const auto& [kind, names] : catalogue["names"].items()) {
    INFO(kind);
    CHECK(!names.empty());
    for (const auto& [id, name] : names.items()) {
      INFO(id);
      check_name(name);
    }
  }
  for (const auto* part : {"fields", "options"}) {
    for (const auto& field : catalogue["header"][part]) check_name(field["name"]);
  }
}

TEST_CASE("names: every id of the catalogue has one", "[names]") {
  const auto catalogue = lab::catalogue();
  const auto& names = catalogue["names"];
  const auto named = [&](const char* list, const char* kind) {
    INFO(list);
    CHECK(names[kind].size() == catalogue[list].size());
    for (const auto& id : catalogue[list]) CHECK(names[kind].contains(id.get<std::string>()));
  };
  named("states", "state");
  named("timers", "timer");
  named("timers", "timer_short");
  named("event_kinds", "kind");
  named("calls", "call");
  named("faults", "fault");
  for (const auto& edge : catalogue["transitions"]) {
    INFO(edge.dump());
    CHECK(names["event"].contains(edge["event"].get<std::string>()));
    CHECK(names["origin"].contains(edge["origin"].get<std::string>()));
    const auto action = edge["action"].get<std::string>();
    CHECK((action.empty() || names["action"].contains(action)));
  }
}

TEST_CASE("names: every variable of a connection has one", "[names]") {
  lab::Snapshot snapshot{};
  snapshot.state = tcp::State::kEstablished;
  const auto names = lab::catalogue()["names"]["variable"];
  const auto variables = lab::to_json(snapshot);
  for (const auto& [variable, value] : variables.items()) {
    INFO(variable);
    CHECK(names.contains(variable));
  }
}

TEST_CASE("names: a variable is a time where the connection counts microseconds in it", "[names]") {
  lab::Snapshot snapshot{};
  snapshot.state = tcp::State::kEstablished;
  snapshot.rto = snapshot.srtt = snapshot.rtt_variation = 1s;
  const auto times = lab::catalogue()["time_variables"].get<std::set<std::string>>();
  const Json variables = lab::to_json(snapshot);
  for (const auto& [variable, value] : variables.items()) {
    INFO(variable);
    CHECK(times.contains(variable) == (value == 1'000'000));
  }
}

TEST_CASE("names: the fields of a header stand one behind the other", "[names]") {
  const auto fields = lab::catalogue()["header"]["fields"];
  std::string part;
  std::size_t end = 0;
  for (const auto& field : fields) {
    INFO(field.dump());
    if (field["part"] != part) {
      if (!part.empty()) CHECK(end == 20);  // RFC 791 and RFC 9293: five words without options
      part = field["part"].get<std::string>();
      end = 0;
    }
    CHECK(field["at"] == end);
    end += field["octets"].get<std::size_t>();
  }
  CHECK(end == 20);
}
