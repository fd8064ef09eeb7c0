// Each misconception makes a world of its own: one scenario of tests/mutants shows it, another does
// not.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "catch.hpp"
#include "lab/run.hpp"
#include "tcp/behaviour.hpp"

using namespace tcplab;
using format::Json;
using test::run;

namespace mutants_test {
namespace {

namespace fs = std::filesystem;
const fs::path kFolder = fs::path(TCPLAB_SOURCE_DIR) / "tests/mutants";

Json read(const fs::path& path) {
  INFO(path.string());
  std::ifstream file(path);
  REQUIRE(file);
  return Json::parse(file);
}

// The rows of mutants.json that have one, by its name.
const std::map<std::string, Json>& rows() {
  static const auto kRows = [] {
    const auto all = read(kFolder / "mutants.json");
    std::map<std::string, Json> found;
    for (const auto& row : all["rows"]) {
      if (row.contains("mutant")) found[row["mutant"].get<std::string>()] = row;
    }
    return found;
  }();
  return kRows;
}

struct Runs {
  test::Run real;
  test::Run wrong;
};
Runs runs(const std::string& mutant, const std::string& which) {
  Json scenario = read(kFolder / (mutant + "." + which + ".json"));
  REQUIRE(scenario.value("mutant", "") == mutant);
  auto wrong = run(scenario.dump());
  scenario.erase("mutant");
  return {run(scenario.dump()), std::move(wrong)};
}

// What can be seen from outside: segments, states, and what the applications are told, with their
// times.
std::vector<std::string> seen(const test::Run& r) {
  std::vector<std::string> lines;
  for (const auto kind : {lab::EventKind::kSegmentSent, lab::EventKind::kState,
                          lab::EventKind::kReturn, lab::EventKind::kDeliver}) {
    for (auto event : r.events(kind)) {
      for (const auto* key : {"n", "step", "rule", "cause"}) event.erase(key);
      if (const auto segment = event.find("segment"); segment != event.end()) {
        segment->erase("takes");
      }
      lines.push_back(event.dump());
    }
  }
  return lines;
}

bool is_part(const Json& part, const Json& whole) {
  if (!part.is_object()) return part == whole;
  return whole.is_object() &&
         std::all_of(part.items().begin(), part.items().end(), [&](const auto& member) {
           return whole.contains(member.key()) && is_part(member.value(), whole[member.key()]);
         });
}

bool has(const test::Run& r, const Json& part) {
  return std::any_of(r.trace.events.begin(), r.trace.events.end(), [&](const auto& event) {
    return is_part(part, lab::to_json(event, r.names));
  });
}

const std::string kOpen = R"({"at": "0", "host": "B", "do": "listen", "port": 80},
    {"at": "10ms", "host": "A", "do": "connect", "to": "B:80", "as": "a"})";
const std::string kSend =
    R"(, {"at": "300ms", "host": "A", "do": "send", "socket": "a", "bytes": 10})";
const std::string kCloseB =
    R"(, {"when": {"host": "B", "state": "CLOSE_WAIT"}, "after": "60ms", "host": "B", "do": "close", "socket": "accepted"})";

std::string scenario(const std::string& script, const std::string& mutant,
                     const std::string& rest = "") {
  return test::two_hosts(R"({"isn": 1000})", R"({"isn": 2000})",
                         R"("mutant": ")" + mutant + R"(", )" + rest +
                             R"("until": "10min", "script": [)" + script + "]");
}

}  // namespace

TEST_CASE("mutants: every misconception has one, or a reason why it has none") {
  const auto texts = read(fs::path(TCPLAB_SOURCE_DIR) / "exercises/misconceptions.json");
  const auto all = read(kFolder / "mutants.json");
  std::set<std::string> ids;
  std::map<std::string, std::set<std::string>> of_mutant;
  for (const auto& row : all["rows"]) {
    INFO(row.dump());
    CHECK(row.contains("mutant") != (row.value("why_not", "").size() > 20));
    for (const auto& id : row["misconceptions"]) {
      ids.insert(id.get<std::string>());
      if (row.contains("mutant")) of_mutant[row["mutant"].get<std::string>()].insert(id);
    }
  }
  CHECK(ids.size() == texts["misconceptions"].size());
  for (const auto& id : ids) CHECK(texts["misconceptions"].contains(id));
  CHECK(of_mutant.size() == tcp::mutants().size());
  for (const auto& mutant : tcp::mutants()) {
    INFO(mutant.id);
    CHECK(of_mutant[std::string(mutant.id)].count(std::string(mutant.misconception)) == 1);
  }
}

TEST_CASE("mutants: each differs from the real engine on one scenario and not on another") {
  for (const auto& mutant : tcp::mutants()) {
    INFO(mutant.id);
    const std::string id(mutant.id);
    const auto differs = runs(id, "differs");
    CHECK(seen(differs.wrong) != seen(differs.real));
    const auto same = runs(id, "same");
    CHECK(seen(same.wrong) == seen(same.real));
    // Not because nothing happens.
    CHECK(same.real.sent().size() >= 2);
  }
}

TEST_CASE("mutants: each makes its wrong idea true, and the real engine the right one") {
  for (const auto& [mutant, row] : rows()) {
    INFO(row.dump());
    const auto differs = runs(mutant, "differs");
    REQUIRE(row.contains("wrong"));
    CHECK(has(differs.wrong, row["wrong"]));
    CHECK_FALSE(has(differs.real, row["wrong"]));
    if (!row.contains("real")) continue;
    CHECK(has(differs.real, row["real"]));
    CHECK_FALSE(has(differs.wrong, row["real"]));
  }
}

// A mutant that does less is seen by the step in which nothing more comes.
TEST_CASE("mutants: where one first does otherwise, the reason is the mutant") {
  for (const auto& mutant : tcp::mutants()) {
    INFO(mutant.id);
    const auto [real, wrong] = runs(std::string(mutant.id), "differs");
    const auto& events = wrong.trace.events;
    const auto told = [](const test::Run& r, std::size_t n) {
      if (n >= r.trace.events.size()) return Json();
      Json event = lab::to_json(r.trace.events[n], r.names);
      event.erase("rule");
      return event;
    };
    std::size_t n = 0;
    while (n < events.size() && told(real, n) == told(wrong, n)) ++n;
    REQUIRE(n < real.trace.events.size());
    const bool does_less = n >= events.size() || events[n].step > real.trace.events[n].step;
    // Timers stop before the change of state that stops them is told.
    while (!does_less && events[n].kind == lab::EventKind::kTimerCancelled) ++n;
    const std::size_t shown = does_less ? n - 1 : n;
    INFO("event " << shown << ": " << told(wrong, shown).dump());
    CHECK(std::string(to_text(events[shown].rule)) == "mutant_" + std::string(mutant.id));
  }
}

TEST_CASE("mutants: the folder holds nothing else") {
  std::size_t scenarios = 0;
  for (const auto& entry : fs::directory_iterator(kFolder)) {
    const auto name = entry.path().filename().string();
    if (entry.path().extension() != ".json" || name == "mutants.json") continue;
    INFO(name);
    CHECK(rows().count(name.substr(0, name.find('.'))) == 1);
    ++scenarios;
  }
  CHECK(scenarios == 2 * tcp::mutants().size());
}

TEST_CASE("mutants: each is one change of the real behaviour") {
  for (const auto& mutant : tcp::mutants()) {
    tcp::Behaviour behaviour;
    mutant.apply(behaviour);
    CHECK(behaviour != tcp::Behaviour{});
    CHECK(tcp::find_mutant(mutant.id) == &mutant);
  }
}

TEST_CASE("mutants: any RST ends the connection, also where RFC 5961 would challenge it") {
  const auto states = run(scenario(kOpen + R"(, {"at": "700ms", "host": "mallory", "do": "inject",
      "segment": {"from": "A:40000", "to": "B:80", "flags": "RST", "seq": 5}})",
                                   "rst_is_unchecked", R"("profile": "rfc9293+5961", )"))
                          .states();
  CHECK(std::count(states.begin(), states.end(), "B ESTABLISHED -> CLOSED") == 1);
}

TEST_CASE("mutants: what is unacceptable is ignored, also where PAWS finds it so") {
  const auto r = run(
      scenario(kOpen + kSend + R"(,
      {"at": "400ms", "host": "A", "do": "send", "socket": "a", "bytes": 10})",
               "unacceptable_is_silent",
               R"("profile": "linux", "faults": [{"match": {"from": "A", "len_min": 1, "nth": 1},
      "do": "duplicate", "by": "300ms"}], )"));
  // The copy arrives at 650 ms, older than the text of 400 ms.
  for (const auto& event : r.events(lab::EventKind::kSegmentSent)) CHECK(event["t"] < 650'000);
}

TEST_CASE("mutants: a request, a reply and a close still work, both ways and to the end") {
  const std::string exchange = kOpen + kSend + R"(,
      {"at": "600ms", "host": "B", "do": "send", "socket": "accepted", "bytes": 20},
      {"at": "2s", "host": "A", "do": "close", "socket": "a"})" +
                               kCloseB;
  // Where the two names are swapped, so is what the script waits for.
  std::string swapped = exchange;
  swapped.replace(swapped.find("CLOSE_WAIT"), std::string("CLOSE_WAIT").size(), "FIN_WAIT_1");
  for (const auto& mutant : tcp::mutants()) {
    INFO(mutant.id);
    const bool swaps = mutant.id == "fin_wait_1_is_close_wait";
    const auto r = run(scenario(swaps ? swapped : exchange, std::string(mutant.id)));
    std::size_t delivered = 0;
    for (const auto& event : r.events(lab::EventKind::kDeliver))
      delivered += event["bytes"].get<std::size_t>();
    CHECK(delivered == 30);
    CHECK(r.end == lab::End::kQuiet);
    const auto states = r.states();
    CHECK(std::count_if(states.begin(), states.end(), [](const std::string& line) {
            return line.find("-> CLOSED") != std::string::npos;
          }) == 2);
  }
}

TEST_CASE("mutants: pure ACKs that take numbers never answer each other without end") {
  const std::string closed =
      kOpen + kSend + R"(, {"at": "500ms", "host": "A", "do": "close", "socket": "a"})" + kCloseB;
  // Both windows closed, or numbers apart because an ACK was lost.
  for (const auto* rest :
       {R"("faults": [{"match": {"flags": "ACK", "nth": 1}, "do": "drop"}], )",
        R"("faults": [{"match": {"flags": "ACK", "nth": 3}, "do": "duplicate", "by": "2s"}], )",
        R"("network": {"loss": 0.2, "duplicate": 0.2}, )"}) {
    const auto r = run(scenario(closed, "pure_ack_takes_a_number", rest));
    INFO(rest);
    CHECK(r.end != lab::End::kLimit);
  }
}

TEST_CASE("mutants: a host that has forgotten a connection answers with a FIN, listening or not") {
  for (const char* again : {"", R"({"at": "250ms", "host": "B", "do": "listen", "port": 80},)"}) {
    const auto r = run(test::two_hosts("{\"isn\": 1000}", "{\"isn\": 2000}",
                                       R"("mutant": "closed_answers_fin",
        "script": [{"at": "0", "host": "B", "do": "listen", "port": 80},
                   {"at": "10ms", "host": "A", "do": "connect", "to": "B:80", "as": "a"},
                   {"at": "200ms", "host": "B", "do": "reboot"},)" +
                                           std::string(again) + R"(
                   {"at": "300ms", "host": "A", "do": "send", "socket": "a", "bytes": 10}],
        "until": "360ms")"));
    const auto sent = r.sent();
    INFO(again);
    CHECK(std::count(sent.begin(), sent.end(), "B <SEQ=2001><ACK=1011><CTL=FIN,ACK>") == 1);
  }
}

}  // namespace mutants_test
