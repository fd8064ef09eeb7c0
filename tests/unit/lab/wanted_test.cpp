// What a search finds is what the trace's JSON says of the events.
#include "lab/wanted.hpp"

#include <functional>
#include <string>

#include "catch.hpp"
#include "lab/run.hpp"

using namespace tcplab;
using format::Json;

namespace wanted_test {
namespace {

// A connection that is refused, and one that loses its SYN, carries data and is reset.
test::Run run() {
  return test::run(test::two_hosts("{}", "{}", R"(
    "network": {"delay": "10ms"},
    "faults": [{"match": {"from": "A", "flags": "SYN", "nth": 2}, "do": "drop"}],
    "script": [
      {"at": "0", "host": "A", "do": "connect", "to": "B:81", "as": "refused"},
      {"at": "50ms", "host": "B", "do": "listen", "port": 80},
      {"at": "100ms", "host": "A", "do": "connect", "to": "B:80", "as": "it"},
      {"at": "3s", "host": "A", "do": "send", "socket": "it", "text": "Hello world"},
      {"at": "4s", "host": "A", "do": "close", "socket": "it"},
      {"at": "5s", "host": "B", "do": "abort", "socket": "it"}])"));
}

std::vector<std::uint32_t> found(const test::Run& run, const std::string& wanted) {
  const auto read = lab::Wanted::read(wanted, run.names);
  REQUIRE(read);
  return read->in(run.trace.events, 0, run.trace.events.size());
}

using Says = std::function<bool(const Json&)>;

std::vector<std::uint32_t> said(const test::Run& run, const Says& says) {
  std::vector<std::uint32_t> numbers;
  for (const auto& event : run.trace.events) {
    if (says(lab::to_json(event, run.names))) numbers.push_back(event.n);
  }
  return numbers;
}

Says field(std::string key, Json value) {
  return [=](const Json& event) { return event.contains(key) && event.at(key) == value; };
}

Says flag(std::string name) {
  return [=](const Json& event) {
    return event.contains("segment") &&
           event.at("segment").at("flags").get<std::string>().find(name) != std::string::npos;
  };
}

}  // namespace

TEST_CASE("a search finds the events whose JSON has the thing") {
  const auto events = run();
  const auto holds = [&](const std::string& thing, const Says& says) {
    CAPTURE(thing);
    const auto expected = said(events, says);
    CHECK(!expected.empty());
    CHECK(found(events, Json{{thing}}.dump()) == expected);
  };
  holds("kind:segment.sent", field("kind", "segment.sent"));
  holds("rule:ack_of_syn", field("rule", "ack_of_syn"));
  holds("host:B", field("host", "B"));
  holds("conn:1", field("conn", 1));
  holds("state:SYN_RCVD", [](const Json& e) {
    return e.value("from", "") == "SYN_RCVD" || e.value("to", "") == "SYN_RCVD";
  });
  holds("timer:retransmission", field("timer", "retransmission"));
  holds("call:connect", field("call", "connect"));
  holds("error:ECONNREFUSED", field("error", "ECONNREFUSED"));
  holds("trait:failed",
        [](const Json& e) { return e.at("kind") == "return" && e.contains("error"); });
  holds("trait:again", field("retransmission", true));
  holds("trait:lost", field("where", "network"));
  holds("flags:RST", flag("RST"));
  holds("flags:SYN,ACK", flag("SYN ACK"));
  // 11 octets: those of "Hello world".
  holds("number:11", [](const Json& e) {
    return (e.contains("segment") && e.at("segment").at("len") == 11) ||
           (e.at("kind") == "deliver" && e.at("bytes") == 11) ||
           (e.at("kind") == "return" && e.value("bytes", 0) == 11);
  });
  holds("text:hello", [](const Json& e) {
    return e.value("text", "") == "Hello world" ||
           (e.contains("segment") && e.at("segment").value("text", "") == "Hello world");
  });
}

TEST_CASE("of a word one thing will do, and every word must be met") {
  const auto events = run();
  CHECK(found(events, R"([["trait:lost", "trait:again"]])") == said(events, [](const Json& e) {
          return e.value("where", "") == "network" || e.value("retransmission", false);
        }));
  CHECK(found(events, R"([["host:B"], ["flags:RST"]])") ==
        said(events, [](const Json& e) { return e.value("host", "") == "B" && flag("RST")(e); }));
}

TEST_CASE("a search looks through as many events as it is told to, and through no others") {
  const auto events = run();
  const auto wanted = lab::Wanted::read(R"([["host:A", "host:B"]])", events.names);
  REQUIRE(wanted);
  const auto all = wanted->in(events.trace.events, 0, events.trace.events.size());
  std::vector<std::uint32_t> pieces;
  for (std::size_t since = 0; since < events.trace.events.size(); since += 7) {
    const auto piece = wanted->in(events.trace.events, since, 7);
    CHECK(piece.size() <= 7);
    pieces.insert(pieces.end(), piece.begin(), piece.end());
  }
  CHECK(pieces == all);
  CHECK(wanted->in(events.trace.events, events.trace.events.size(), 7).empty());
  CHECK(wanted->in(events.trace.events, 0xffffffff, 0xffffffff).empty());
}

TEST_CASE("what no event can have is refused with its place") {
  const auto refused = [](const std::string& text) {
    const auto read = lab::Wanted::read(text, {"A", "B"});
    REQUIRE_FALSE(read);
    return read.error().front().pointer;
  };
  CHECK(refused("[]").empty());
  CHECK(refused("{}").empty());
  CHECK(refused("[").empty());
  CHECK(refused(R"([["host:A"], []])") == "/1");
  CHECK(refused(R"([["host:A"], ["host:C"]])") == "/1/0");
  for (const auto* thing :
       {"state:OPEN", "error:", "number:", "number:-1", "number:1x", "flags:", "flags:SYNC",
        "text:", "colour:red", "RST", "trait:", "conn:4294967296"}) {
    CAPTURE(thing);
    CHECK(refused(Json{{thing}}.dump()) == "/0/0");
  }
  CHECK(refused("[[\"text:" + std::string(200, 'a') + "\"]]") == "/0/0");
  std::string words = R"(["host:A"])";
  for (int i = 0; i < 20; ++i) words += R"(,["host:A"])";
  CHECK(refused("[" + words + "]").empty());
}

}  // namespace wanted_test
