// The network, in worlds: faults, actions on a segment in flight, the maximum segment lifetime.
#include "catch.hpp"
#include "lab/run.hpp"

using namespace tcplab;
using test::run;
using test::two_hosts;
using Lines = std::vector<std::string>;

namespace {

// One segment of 10.0.0.66 to A, at 100 ms, one way 50 ms; and what becomes of it:
// "150ms segment.received", for each event about it.
Lines fate(const std::string& rest) {
  const auto r = run(two_hosts("{}", "{}", R"("until": "1h", )" + rest + R"("script": [
      {"at": "100ms", "host": "mallory", "do": "inject", "segment":
        {"from": "10.0.0.66:7", "to": "A:9", "flags": "RST", "seq": 1}}])"));
  Lines lines;
  for (const auto& event : r.trace.events) {
    if (!std::holds_alternative<lab::SegmentEvent>(event.detail)) continue;
    if (event.kind == lab::EventKind::kSegmentDropped && event.host != lab::kTheNetwork) continue;
    const auto copy = std::get<lab::SegmentEvent>(event.detail).copy;
    lines.push_back(std::to_string(event.t.count() / 1000) + "ms " +
                    std::string(lab::to_text(event.kind)) + (copy > 1 ? " copy 2" : ""));
  }
  return lines;
}

// The same with one script action more.
Lines acted(const std::string& actions, const std::string& rest = "") {
  const auto r = run(two_hosts("{}", "{}",
                               R"("until": "1h", )" + rest + R"("script": [
      {"at": "100ms", "host": "mallory", "do": "inject", "segment":
        {"from": "10.0.0.66:7", "to": "A:9", "flags": "RST", "seq": 1}}, )" +
                                   actions + "]"));
  Lines lines;
  for (const auto& event : r.trace.events) {
    if (event.kind == lab::EventKind::kSegmentDropped && event.host != lab::kTheNetwork) continue;
    std::string line =
        std::to_string(event.t.count() / 1000) + "ms " + std::string(lab::to_text(event.kind));
    if (event.kind == lab::EventKind::kNote) line += " " + std::string(tcplab::to_text(event.rule));
    lines.push_back(line);
  }
  return lines;
}

std::string fault(const std::string& what, const std::string& match = "") {
  return R"("faults": [{"match": {)" + match + R"(}, "do": )" + what + "}], ";
}

}  // namespace

TEST_CASE("network: faults strike half-way, or delay and double the arrival") {
  CHECK(fate("") == Lines{"100ms segment.sent", "150ms segment.received"});
  CHECK(fate(fault(R"("drop")")) == Lines{"100ms segment.sent", "125ms segment.dropped"});
  CHECK(fate(fault(R"("hold")")) == Lines{"100ms segment.sent", "125ms segment.held"});
  CHECK(fate(fault(R"("delay", "by": "1s")")) ==
        Lines{"100ms segment.sent", "100ms segment.delayed", "1150ms segment.received"});
  CHECK(fate(fault(R"("duplicate", "by": "1s")")) ==
        Lines{"100ms segment.sent", "100ms segment.duplicated copy 2", "150ms segment.received",
              "1150ms segment.received copy 2"});
}

TEST_CASE("network: a fault matches by ends, flags, length and number") {
  const std::size_t struck = 2;
  const auto lost = [](const std::string& match) {
    return fate(fault(R"("drop")", match)).back() == "125ms segment.dropped";
  };
  REQUIRE(fate(fault(R"("drop")")).size() == struck);
  CHECK(lost(R"("from": "mallory", "to": "A", "flags": "RST", "nth": 1)"));
  CHECK(lost(R"("flags": "RST PSH")"));  // PSH does not count
  CHECK_FALSE(lost(R"("from": "B")"));
  CHECK_FALSE(lost(R"("to": "B")"));
  CHECK_FALSE(lost(R"("flags": "RST ACK")"));
  CHECK_FALSE(lost(R"("nth": 2)"));
  CHECK_FALSE(lost(R"("len_min": 1)"));
}

TEST_CASE("network: what is done to a segment in flight") {
  const Lines sent{"100ms segment.sent"};
  CHECK(acted(R"({"at": "110ms", "do": "drop", "segment": 1})") ==
        Lines{"100ms segment.sent", "110ms segment.dropped"});
  CHECK(acted(R"({"at": "110ms", "do": "delay", "segment": 1, "by": "20ms"})") ==
        Lines{"100ms segment.sent", "110ms segment.delayed", "170ms segment.received"});
  CHECK(acted(R"({"at": "110ms", "do": "duplicate", "segment": 1, "by": "5ms"})") ==
        Lines{"100ms segment.sent", "110ms segment.duplicated", "150ms segment.received",
              "155ms segment.received"});
  // What was left of its way, 40 ms, it still has to go.
  CHECK(
      acted(
          R"({"at": "110ms", "do": "hold", "segment": 1}, {"at": "2s", "do": "release", "segment": 1})") ==
      Lines{"100ms segment.sent", "110ms segment.held", "2000ms segment.released",
            "2040ms segment.received"});
  // A loss that had been decided does not strike a segment that is held.
  CHECK(
      acted(
          R"({"at": "110ms", "do": "hold", "segment": 1}, {"at": "2s", "do": "release", "segment": 1})",
          R"("network": {"loss": 1}, )")
          .back() == "2040ms segment.received");
}

TEST_CASE("network: an action that comes too late says so and does nothing") {
  for (const auto* what :
       {R"("drop")", R"("hold")", R"("release")", R"("delay", "by": "1s")", R"("duplicate")"}) {
    const auto lines = acted(std::string(R"({"at": "300ms", "segment": 1, "do": )") + what + "}");
    CHECK(lines ==
          Lines{"100ms segment.sent", "150ms segment.received", "300ms note fault_misses"});
  }
  CHECK(acted(R"({"at": "110ms", "do": "release", "segment": 1})")[1] == "110ms note fault_misses");
  CHECK(acted(R"({"at": "110ms", "do": "drop", "segment": 1, "copy": 2})")[1] ==
        "110ms note fault_misses");
}

TEST_CASE("network: nothing is carried longer than the maximum segment lifetime (§3.4.2)") {
  const std::string msl = R"("network": {"msl": "30s"}, )";
  const auto released = [&](const std::string& at) {
    return acted(R"({"at": "110ms", "do": "hold", "segment": 1}, {"at": ")" + at +
                     R"(", "do": "release", "segment": 1})",
                 msl)
        .back();
  };
  CHECK(released("30.06s") == "30100ms segment.received");  // 30 s after it left
  CHECK(released("30.061s") == "30061ms segment.dropped");
  CHECK(acted(R"({"at": "110ms", "do": "delay", "segment": 1, "by": "30s"})", msl).back() ==
        "110ms segment.dropped");
}

TEST_CASE("network: every link has its own delay, loss and duplication") {
  const std::string links = R"("network": {"delay": "50ms", "links": [
      {"from": "mallory", "to": "A", "delay": "7ms"}, {"from": "A", "to": "mallory", "loss": 1}]}, )";
  CHECK(fate(links).back() == "107ms segment.received");
}

TEST_CASE("network: an address of nobody, and a host without a stack") {
  const auto r = run(two_hosts("{}", "{}", R"("until": "200ms", "script": [
      {"at": "0", "host": "A", "do": "connect", "to": "10.9.9.9:80"},
      {"at": "0", "host": "A", "do": "connect", "to": "mallory:80"}])"));
  Lines rules;
  for (const auto& event : r.events(lab::EventKind::kSegmentDropped)) {
    rules.push_back(event["rule"].get<std::string>() + " " + event["where"].get<std::string>());
  }
  CHECK(rules == Lines{"network_no_such_address network", "host_without_stack host"});
}

TEST_CASE("network: random numbers are the same on every machine") {
  // SplitMix64 of seed 1234567, from its author's reference implementation.
  net::Random random(1234567);
  CHECK(random.next() == 6457827717110365317u);
  CHECK(random.next() == 3203168211198807973u);
  CHECK(random.next() == 9817491932198370423u);
  for (int i = 0; i < 1000; ++i) REQUIRE(random.below(6) < 6);
  CHECK_FALSE(random.chance(0));
  CHECK(random.chance(1'000'000));
}

TEST_CASE("network: a doubling by hand is caused by the sending, its copy by the doubling") {
  const auto r = run(two_hosts("{}", "{}", R"("until": "1s", "script": [
      {"at": "100ms", "host": "mallory", "do": "inject", "segment":
        {"from": "10.0.0.66:7", "to": "A:9", "flags": "RST", "seq": 1}},
      {"at": "110ms", "do": "duplicate", "segment": 1, "by": "5ms"}])"));
  const auto sent = r.events(lab::EventKind::kSegmentSent).at(0)["n"];
  const auto doubled = r.events(lab::EventKind::kSegmentDuplicated).at(0);
  CHECK(doubled["cause"] == sent);
  CHECK(r.events(lab::EventKind::kSegmentReceived).at(1)["cause"] == doubled["n"]);
}
