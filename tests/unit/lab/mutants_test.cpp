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

const std::string kCloseBToo =
    R"(, {"at": "500ms", "host": "B", "do": "close", "socket": "accepted"})";
const std::string kAlone =
    R"({"at": "10ms", "host": "A", "do": "connect", "to": "B:80", "as": "a"})";
const std::string kOnCall =
    R"({"at": "0", "host": "B", "do": "listen", "port": 80, "accept": "on_call", "backlog": 1}, )";
const std::string kLoseThirdSegment =
    R"("faults": [{"match": {"from": "A", "flags": "ACK", "nth": 1}, "do": "drop"}], )";

// From A's first port, or from anywhere.
std::string inject(const std::string& flags, const std::string& seq,
                   const std::string& from = "A:40000") {
  return R"(, {"at": "700ms", "host": "mallory", "do": "inject", "segment": {"from": ")" + from +
         R"(", "to": "B:80", "flags": ")" + flags + R"(", "seq": )" + seq + "}}";
}

struct World {
  World(std::string does, std::string other_members = "", std::string a = R"({"isn": 1000})",
        std::string b = R"({"isn": 2000})")
      : script(std::move(does)),
        rest(std::move(other_members)),
        a_tcp(std::move(a)),
        b_tcp(std::move(b)) {}
  std::string script;
  std::string rest;  // of the scenario's members, with a comma
  std::string a_tcp;
  std::string b_tcp;
};

struct Worlds {
  World killing;  // differs from the real engine's
  World harmless;
};
const std::map<std::string_view, Worlds>& worlds() {
  static const std::string kClosed = kOpen + kCloseA + kCloseB;
  static const std::string kReconnect =
      kListen +
      R"(, {"at": "10ms", "host": "A", "do": "connect", "to": "B:80", "port": 4000, "as": "a"})" +
      kCloseBToo +
      R"(, {"when": {"host": "A", "state": "CLOSE_WAIT"}, "after": "60ms", "host": "A", "do": "close", "socket": "a"},
      {"at": "5s", "host": "A", "do": "connect", "to": "B:80", "port": 4000, "as": "again"})";
  static const std::map<std::string_view, Worlds> kWorlds{
      {"syn_takes_no_number", {kOpen, kListen}},
      {"pure_ack_takes_a_number", {kOpen + kSend, kListen}},
      {"ack_is_last_octet", {kOpen, kListen}},
      {"segments_take_one_number", {kOpen + kSend, kOpen + kCloseA}},
      {"isn_is_zero", {kOpen, kListen}},
      {"isn_is_random", {World{kOpen, "", "{}"}, kOpen}},
      {"client_via_syn_rcvd", {kOpen, kListen}},
      {"listener_is_busy",
       {kOpen + R"(, {"at": "15ms", "host": "A", "do": "connect", "to": "B:80", "as": "b"})",
        kOpen}},
      {"handshake_on_accept",
       {kOnCall + kAlone +
            R"(, {"at": "600ms", "host": "B", "do": "accept", "socket": "listener"})",
        kOpen}},
      {"third_segment_is_pure_ack", {World{kOpen + kSend, kLoseThirdSegment}, kOpen + kSend}},
      {"third_ack_takes_no_text",
       {kOpen + R"(, {"at": "20ms", "host": "A", "do": "send", "socket": "a", "bytes": 5})",
        kOpen + kSend}},
      {"two_way_handshake", {kOpen, kListen}},
      // B may send A 1460 octets a segment, though A may send B 536 only.
      {"mss_is_the_smaller",
       {World{
            kOpen +
                R"(, {"at": "500ms", "host": "B", "do": "send", "socket": "accepted", "bytes": 1000})",
            "", R"({"isn": 1000, "mss": 1460})", R"({"isn": 2000, "mss": 536})"},
        kOpen + kSend}},
      {"window_scale_of_one_end", {World{kOpen, "", R"({"isn": 1000, "window_scale": 7})"}, kOpen}},
      {"syn_window_is_scaled",
       {World{kOpen, "", R"({"isn": 1000, "window_scale": 7})",
              R"({"isn": 2000, "window_scale": 7})"},
        kOpen}},
      {"closed_is_silent", {kAlone, kOpen}},
      {"rst_repeats_the_isn", {kAlone, kOpen}},
      {"rto_is_constant",
       {std::string(
            R"({"at": "10ms", "host": "A", "do": "connect", "to": "10.9.9.9:80", "as": "a"})"),
        kOpen}},
      {"passive_closer_holds_time_wait", {kClosed, kOpen + kCloseA}},
      {"fin_wait_1_is_close_wait", {kOpen + kCloseA, kOpen + kSend + kAbortA}},
      {"close_wait_ends", {kOpen + kShutdownA, kClosed}},
      // A connection that is never closed from both ends says nothing of how connections end.
      {"fin_takes_no_number", {kOpen + kCloseA, kOpen + kSend + kAbortA}},
      {"fin_without_ack", {kOpen + kCloseA, kOpen + kSend}},
      {"fin_ack_of_its_own",
       {World{kClosed, "", R"({"isn": 1000, "delayed_ack": "100ms"})",
              R"({"isn": 2000, "delayed_ack": "100ms"})"},
        kClosed}},
      // Only a FIN that is the first to acknowledge the other tells them apart.
      {"fin_always_leads_to_closing", {kClosed + kLoseAckOfFin, kClosed}},
      {"no_closing", {kOpen + kCloseA + kCloseBToo, kClosed}},
      {"fin_stops_both_directions",
       {kOpen + kShutdownA + kReplyB, kOpen + kSend + kCloseA + kCloseB}},
      {"close_is_shutdown", {kOpen + kCloseA + kReplyB, kOpen + kShutdownA + kReplyB}},
      {"fin_wait_2_ends", {kOpen + kShutdownA, kClosed}},
      {"no_time_wait", {kClosed, kOpen + kCloseA}},
      {"time_wait_is_one_round_trip", {kClosed, kOpen + kAbortA}},
      {"time_wait_never_restarts",
       {World{kClosed,
              R"("faults": [{"match": {"from": "A", "flags": "ACK", "nth": 2}, "do": "drop"}], )"},
        kClosed}},
      // The second ISN is below everything that the old connection used, or above it.
      {"time_wait_takes_any_syn",
       {World{kReconnect, "", R"({"isn": [1000, 500]})"},
        World{kReconnect, "", R"({"isn": [1000, 900000]})"}}},
      {"rst_is_acknowledged", {kOpen + kAbortA, kOpen + kCloseA}},
      {"rst_is_unchecked", {kOpen + inject("RST", "5"), kOpen + kAbortA}},
      {"rst_is_repeated", {kOpen + kAbortA, kOpen + kCloseA}},
      {"killed_process_resets",
       {kOpen + R"(, {"at": "500ms", "host": "A", "do": "kill"})", kOpen + kAbortA}},
      {"keep_alive_by_default", {World{kOpen, R"("until": "3h", )"}, kClosed}},
      {"timeout_sends_rst",
       {kOpen + R"(, {"at": "200ms", "host": "B", "do": "crash"})" + kSend, kOpen}},
      {"closed_answers_fin",
       {kOpen + R"(, {"at": "200ms", "host": "B", "do": "reboot"})" + kSend, kOpen}},
      {"syn_replaces", {kOpen + inject("SYN", "5"), kOpen + kCloseA}},
      {"unacceptable_is_silent",
       {World{
            kOpen + kSend,
            R"("faults": [{"match": {"from": "A", "len_min": 1}, "do": "duplicate", "by": "200ms"}], )"},
        kOpen + kSend}},
      // Nobody answers to that address.
      {"syn_rcvd_lasts", {kOpen + inject("SYN", "5", "10.9.9.9:1234"), kOpen}},
      {"cookie_keeps_options",
       {World{kOnCall + kAlone +
                  R"(, {"at": "120ms", "host": "A", "do": "connect", "to": "B:80", "as": "b"})",
              R"("profile": "linux", )" + kLoseThirdSegment,
              R"({"isn": [1000, 1500], "timestamps": false})"},
        kOpen}},
  };
  return kWorlds;
}

std::string scenario(const World& world, std::string_view mutant) {
  const std::string id = mutant.empty() ? "" : R"("mutant": ")" + std::string(mutant) + R"(", )";
  const std::string until =
      world.rest.find("until") == std::string::npos ? R"("until": "10min", )" : "";
  return test::two_hosts(world.a_tcp, world.b_tcp,
                         id + world.rest + until + R"("script": [)" + world.script + "]");
}

std::string scenario(const std::string& script, std::string_view mutant,
                     const std::string& rest = "") {
  return scenario(World{script, rest}, mutant);
}

// What can be seen from outside: segments, states, and what the applications are told, with their
// times.
std::vector<std::string> seen(const World& world, std::string_view mutant) {
  const auto r = run(scenario(world, mutant));
  std::vector<std::string> lines;
  for (const auto kind : {lab::EventKind::kSegmentSent, lab::EventKind::kState,
                          lab::EventKind::kReturn, lab::EventKind::kDeliver}) {
    for (auto event : r.events(kind)) {
      for (const auto* key : {"n", "step", "rule", "cause"}) event.erase(key);
      lines.push_back(event.dump());
    }
  }
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
  CHECK(worlds().size() == tcp::mutants().size());
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
  // Where the two names are swapped, so is what the script waits for.
  std::string swapped = exchange;
  swapped.replace(swapped.find("CLOSE_WAIT"), std::string("CLOSE_WAIT").size(), "FIN_WAIT_1");
  for (const auto& mutant : tcp::mutants()) {
    INFO(mutant.id);
    const bool swaps = mutant.id == "fin_wait_1_is_close_wait";
    const auto r = run(scenario(swaps ? swapped : exchange, mutant.id));
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
