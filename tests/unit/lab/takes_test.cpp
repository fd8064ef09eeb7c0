// How many sequence numbers each segment takes: the trace tells it as the sender counts, which in a
// mutant is wrong, and the picture must show it wrong.
#include <cstdint>
#include <map>
#include <string>

#include "catch.hpp"
#include "lab/run.hpp"

using namespace tcplab;
using format::Json;

namespace takes_test {
namespace {

// A connects, sends five bytes twice and closes; then B closes.
test::Run life(const std::string& mutant) {
  const std::string wrong = mutant.empty() ? "" : R"("mutant": ")" + mutant + R"(", )";
  return test::run(test::two_hosts(R"({"isn": 1000})", R"({"isn": 2000})", wrong + R"(
      "until": "5s", "script": [
        {"at": "0", "host": "B", "do": "listen", "port": 80},
        {"at": "10ms", "host": "A", "do": "connect", "to": "B:80", "as": "a"},
        {"at": "300ms", "host": "A", "do": "send", "socket": "a", "text": "hello"},
        {"at": "600ms", "host": "A", "do": "send", "socket": "a", "text": "again"},
        {"at": "900ms", "host": "A", "do": "close", "socket": "a"},
        {"at": "1200ms", "host": "B", "do": "close", "socket": "accepted"}])"));
}

bool has(const Json& segment, const char* flag) {
  return segment["flags"].get<std::string>().find(flag) != std::string::npos;
}

// SEG.LEN of RFC 9293 §3.4, with what the mutant has wrong.
std::uint32_t expected(const Json& segment, const std::string& mutant) {
  const auto data = segment["len"].get<std::uint32_t>();
  if (data == 0 && segment["flags"] == "ACK") return mutant == "pure_ack_takes_a_number" ? 1 : 0;
  std::uint32_t takes = data > 0 && mutant == "segments_take_one_number" ? 1 : data;
  if (has(segment, "SYN") && mutant != "syn_takes_no_number") ++takes;
  if (has(segment, "FIN") && mutant != "fin_takes_no_number") ++takes;
  return takes;
}

}  // namespace

TEST_CASE("takes: every segment takes what its sender counts", "[takes]") {
  const std::string mutant = GENERATE("", "syn_takes_no_number", "fin_takes_no_number",
                                      "pure_ack_takes_a_number", "segments_take_one_number");
  INFO(mutant);
  const auto r = life(mutant);
  std::size_t checked = 0;
  for (const auto kind : {lab::EventKind::kSegmentSent, lab::EventKind::kSegmentReceived}) {
    for (const auto& event : r.events(kind)) {
      const auto& segment = event["segment"];
      INFO(segment.dump());
      CHECK(segment["takes"] == expected(segment, mutant));
      ++checked;
    }
  }
  CHECK(checked >= 10);
}

TEST_CASE("takes: each segment begins where the one before it ended", "[takes]") {
  const std::string mutant = GENERATE("", "syn_takes_no_number", "fin_takes_no_number",
                                      "pure_ack_takes_a_number", "segments_take_one_number");
  INFO(mutant);
  std::map<std::string, std::uint32_t> next;
  for (const auto& event : life(mutant).events(lab::EventKind::kSegmentSent)) {
    const auto& segment = event["segment"];
    if (event.value("retransmission", false) || has(segment, "RST")) continue;
    const auto seq = segment["seq"].get<std::uint32_t>();
    const auto from = segment["src"].get<std::string>();
    INFO(segment.dump());
    if (const auto known = next.find(from); known != next.end()) CHECK(seq == known->second);
    next[from] = seq + segment["takes"].get<std::uint32_t>();
  }
}

TEST_CASE("takes: an injected segment takes what its flags and data take", "[takes]") {
  const auto r = test::run(test::two_hosts(R"({"isn": 1000})", R"({"isn": 2000})", R"(
      "until": "1s", "script": [
        {"at": "10ms", "host": "mallory", "do": "inject",
         "segment": {"from": "A:1024", "to": "B:80", "flags": "SYN FIN", "seq": 7, "text": "abc"}}])"));
  const auto sent = r.events(lab::EventKind::kSegmentSent);
  REQUIRE(!sent.empty());
  CHECK(sent.front()["segment"]["takes"] == 5);
}

}  // namespace takes_test
