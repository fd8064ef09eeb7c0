// Each misconception makes a world of its own: one scenario shows it, another does not.
#include <algorithm>
#include <map>

#include "catch.hpp"
#include "lab/run.hpp"
#include "tcp/behaviour.hpp"

using namespace tcplab;
using test::run;

namespace {

const std::string kListen = R"({"at": "0", "host": "B", "do": "listen", "port": 80})";
const std::string kOpen = kListen + R"(,
    {"at": "10ms", "host": "A", "do": "connect", "to": "B:80", "as": "a"})";
const std::string kSend =
    R"(, {"at": "300ms", "host": "A", "do": "send", "socket": "a", "bytes": 10})";
const std::string kCloseA = R"(, {"at": "500ms", "host": "A", "do": "close", "socket": "a"})";
const std::string kCloseB =
    R"(, {"when": {"host": "B", "state": "CLOSE_WAIT"}, "after": "60ms", "host": "B", "do": "close", "socket": "accepted"})";
// B's ACK of A's FIN; B's own FIN then acknowledges too.
const std::string kLoseAckOfFin =
    R"(, {"when": {"host": "B", "state": "CLOSE_WAIT"}, "after": "1ms", "do": "drop", "segment": 5})";
const std::string kShutdownA = R"(, {"at": "500ms", "host": "A", "do": "shutdown", "socket": "a"})";
const std::string kReplyB =
    R"(, {"at": "700ms", "host": "B", "do": "send", "socket": "accepted", "text": "still here"})";
const std::string kAbortA = R"(, {"at": "500ms", "host": "A", "do": "abort", "socket": "a"})";

struct Worlds {
  std::string killing;  // differs from the real engine's
  std::string harmless;
};
const std::map<std::string_view, Worlds>& worlds() {
  static const std::map<std::string_view, Worlds> kWorlds{
      {"syn_takes_no_number", {kOpen, kListen}},
      {"pure_ack_takes_a_number", {kOpen + kSend, kListen}},
      // A connection that is never closed from both ends says nothing of how connections end.
      {"fin_takes_no_number", {kOpen + kCloseA, kOpen + kSend + kAbortA}},
      {"client_via_syn_rcvd", {kOpen, kListen}},
      {"two_way_handshake", {kOpen, kListen}},
      {"no_time_wait", {kOpen + kCloseA + kCloseB, kOpen + kCloseA}},
      {"passive_closer_holds_time_wait", {kOpen + kCloseA + kCloseB, kOpen + kCloseA}},
      {"fin_stops_both_directions",
       {kOpen + kShutdownA + kReplyB, kOpen + kSend + kCloseA + kCloseB}},
      // Only a FIN that is the first to acknowledge the other tells them apart.
      {"fin_always_leads_to_closing",
       {kOpen + kCloseA + kCloseB + kLoseAckOfFin, kOpen + kCloseA + kCloseB}},
  };
  return kWorlds;
}

std::string scenario(const std::string& script, std::string_view mutant,
                     const std::string& rest = "") {
  const std::string id = mutant.empty() ? "" : R"("mutant": ")" + std::string(mutant) + R"(", )";
  return test::two_hosts(R"({"isn": 1000})", R"({"isn": 2000})",
                         id + rest + R"("until": "10min", "script": [)" + script + "]");
}

// What can be seen: the segments with their numbers, and the states.
std::vector<std::string> seen(const std::string& script, std::string_view mutant) {
  const auto r = run(scenario(script, mutant));
  auto lines = r.sent();
  const auto states = r.states();
  lines.insert(lines.end(), states.begin(), states.end());
  return lines;
}

}  // namespace

TEST_CASE("mutants: each differs from the real engine on one scenario and not on another") {
  for (const auto& mutant : tcp::mutants()) {
    INFO(mutant.id);
    REQUIRE(worlds().count(mutant.id) == 1);
    const auto& [killing, harmless] = worlds().at(mutant.id);
    CHECK(seen(killing, mutant.id) != seen(killing, ""));
    CHECK(seen(harmless, mutant.id) == seen(harmless, ""));
  }
}

TEST_CASE("mutants: each is one change of the real behaviour") {
  for (const auto& mutant : tcp::mutants()) {
    tcp::Behaviour behaviour;
    mutant.apply(behaviour);
    CHECK(behaviour != tcp::Behaviour{});
    CHECK(tcp::find_mutant(mutant.id) == &mutant);
  }
}

TEST_CASE("mutants: a request, a reply and a close still work, both ways and to the end") {
  const std::string exchange = kOpen + kSend + R"(,
      {"at": "600ms", "host": "B", "do": "send", "socket": "accepted", "bytes": 20},
      {"at": "2s", "host": "A", "do": "close", "socket": "a"})" +
                               kCloseB;
  for (const auto& mutant : tcp::mutants()) {
    INFO(mutant.id);
    const auto r = run(scenario(exchange, mutant.id));
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

TEST_CASE("mutants: the numbers that give them away") {
  // The third ACK and the first data, ISNs 1000 and 2000.
  const auto third_and_data = [](std::string_view mutant) {
    const auto sent = run(scenario(kOpen + kSend, mutant)).sent();
    return std::vector<std::string>(sent.begin() + 2, sent.begin() + 4);
  };
  using Lines = std::vector<std::string>;
  CHECK(third_and_data("") ==
        Lines{"A <SEQ=1001><ACK=2001><CTL=ACK>", "A <SEQ=1001><ACK=2001><DATA=10><CTL=ACK>"});
  CHECK(third_and_data("syn_takes_no_number") ==
        Lines{"A <SEQ=1000><ACK=2000><CTL=ACK>", "A <SEQ=1000><ACK=2000><DATA=10><CTL=ACK>"});
  CHECK(third_and_data("pure_ack_takes_a_number") ==
        Lines{"A <SEQ=1001><ACK=2001><CTL=ACK>", "A <SEQ=1002><ACK=2001><DATA=10><CTL=ACK>"});
  // The last ACK of a close, one FIN at 1001 and one at 2001.
  const auto last = [](std::string_view mutant) {
    return run(scenario(kOpen + kCloseA + kCloseB, mutant)).sent().back();
  };
  CHECK(last("") == "A <SEQ=1002><ACK=2002><CTL=ACK>");
  CHECK(last("fin_takes_no_number") == "A <SEQ=1001><ACK=2001><CTL=ACK>");
}

TEST_CASE("mutants: pure ACKs that take numbers never answer each other without end") {
  // Both windows closed, or numbers apart because an ACK was lost.
  for (const auto* rest :
       {R"("faults": [{"match": {"flags": "ACK", "nth": 1}, "do": "drop"}], )",
        R"("faults": [{"match": {"flags": "ACK", "nth": 3}, "do": "duplicate", "by": "2s"}], )",
        R"("network": {"loss": 0.2, "duplicate": 0.2}, )"}) {
    const auto r =
        run(scenario(kOpen + kSend + kCloseA + kCloseB, "pure_ack_takes_a_number", rest));
    INFO(rest);
    CHECK(r.end != lab::End::kLimit);
  }
}
