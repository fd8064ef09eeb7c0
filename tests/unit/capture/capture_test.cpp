// What an observer at each place sees of a run in which segments are lost, doubled and refused.
#include "capture/capture.hpp"

#include <algorithm>
#include <memory>
#include <string>

#include "catch.hpp"
#include "lab/run.hpp"
#include "wire/datagram.hpp"

using namespace tcplab;
using capture::Bytes;

namespace {

std::uint32_t number(const Bytes& bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 4; i-- > 0;) value = value << 8 | bytes[at + i];
  return value;
}

// One line for each interface ("A") and each packet ("A > event 2: ..." when A sent it, "A < ..."
// when it arrived there). The comment is a packet's first option.
std::vector<std::string> lines(const Bytes& file) {
  std::vector<std::string> interfaces;
  std::vector<std::string> packets;
  for (std::size_t at = 0; at < file.size(); at += number(file, at + 4)) {
    const auto text_at = [&](std::size_t option) {
      const auto size = number(file, option) >> 16;
      const auto from = file.begin() + static_cast<std::ptrdiff_t>(option + 4);
      return std::string(from, from + static_cast<std::ptrdiff_t>(size));
    };
    if (number(file, at) == 1) interfaces.push_back(text_at(at + 16));
    if (number(file, at) != 6) continue;
    const auto captured = number(file, at + 20);
    const auto comment = at + 28 + (captured + 3) / 4 * 4;
    const auto flags = comment + 4 + (text_at(comment).size() + 3) / 4 * 4;
    packets.push_back(interfaces.at(number(file, at + 8)) +
                      (number(file, flags + 4) == 2 ? " > " : " < ") + text_at(comment));
  }
  interfaces.insert(interfaces.end(), packets.begin(), packets.end());
  return interfaces;
}

std::vector<std::string> captured(const test::Run& run, std::string_view host) {
  const auto file = capture::capture(run.trace, run.names, host);
  REQUIRE(file);
  return lines(*file);
}

std::string error_of(const test::Run& run, std::string_view host) {
  const auto file = capture::capture(run.trace, run.names, host);
  return file ? "" : file.error().en;
}

// "event 7": the first event of this kind that is about this segment's copy.
std::string event(const test::Run& run, lab::EventKind kind, wire::SegmentId segment,
                  std::uint32_t copy = 1) {
  for (const auto& event : run.trace.events) {
    const auto* what = std::get_if<lab::SegmentEvent>(&event.detail);
    if (event.kind == kind && what->sent->id == segment && what->copy == copy) {
      return "event " + std::to_string(event.n);
    }
  }
  FAIL("there is no such event");
  return "";
}

// A's first SYN is lost, B's SYN,ACK arrives twice, and mallory sends to an address that nobody
// has.
test::Run troubled() {
  return test::run(test::two_hosts(R"({"isn": 100})", R"({"isn": 300})", R"("script": [
    {"at": "0", "host": "B", "do": "listen", "port": 80},
    {"at": "0", "host": "A", "do": "connect", "to": "B:80"}],
    "faults": [
    {"match": {"from": "A", "flags": "SYN", "nth": 1}, "do": "drop"},
    {"match": {"from": "B", "flags": "SYN ACK", "nth": 1}, "do": "duplicate", "by": "10ms"}])"));
}

constexpr auto kSent = lab::EventKind::kSegmentSent;
constexpr auto kReceived = lab::EventKind::kSegmentReceived;
constexpr auto kDropped = lab::EventKind::kSegmentDropped;

}  // namespace

// Segments: 1 SYN (lost), 2 SYN again, 3 SYN,ACK (doubled), 4 ACK, 5 ACK in answer to the copy.
TEST_CASE("of all hosts: each segment once, where it was sent, also when it is lost") {
  const auto run = troubled();
  CHECK(captured(run, "") ==
        std::vector<std::string>{"A", "B", "mallory",
                                 "A > " + event(run, kSent, 1) + ": segment.sent 1; " +
                                     event(run, kDropped, 1) + ": segment.dropped 1 fault_drop",
                                 "A > " + event(run, kSent, 2) + ": segment.sent 2 retransmission",
                                 "B > " + event(run, kSent, 3) + ": segment.sent 3",
                                 "A > " + event(run, kSent, 4) + ": segment.sent 4",
                                 "A > " + event(run, kSent, 5) + ": segment.sent 5"});
}

TEST_CASE("at one host: what it sends and what arrives there, every copy, and what it refuses") {
  const auto run = troubled();
  CHECK(captured(run, "A") ==
        std::vector<std::string>{"A",
                                 "A > " + event(run, kSent, 1) + ": segment.sent 1; " +
                                     event(run, kDropped, 1) + ": segment.dropped 1 fault_drop",
                                 "A > " + event(run, kSent, 2) + ": segment.sent 2 retransmission",
                                 "A < " + event(run, kReceived, 3) + ": segment.received 3",
                                 "A > " + event(run, kSent, 4) + ": segment.sent 4",
                                 "A < " + event(run, kReceived, 3, 2) +
                                     ": segment.received 3 copy 2; " + event(run, kDropped, 3, 2) +
                                     ": segment.dropped 3 copy 2 unacceptable_old_answers_ack",
                                 "A > " + event(run, kSent, 5) + ": segment.sent 5"});
  CHECK(captured(run, "B") ==
        std::vector<std::string>{
            "B", "B < " + event(run, kReceived, 2) + ": segment.received 2 retransmission",
            "B > " + event(run, kSent, 3) + ": segment.sent 3",
            "B < " + event(run, kReceived, 4) + ": segment.received 4",
            "B < " + event(run, kReceived, 5) + ": segment.received 5"});
  CHECK(captured(run, "mallory") == std::vector<std::string>{"mallory"});
}

TEST_CASE("the octets and the time are the trace's") {
  const auto run = troubled();
  const auto file = capture::capture(run.trace, run.names, "B");
  REQUIRE(file);
  // The first packet follows the section header and one interface.
  std::size_t at = number(*file, 4);
  at += number(*file, at + 4);
  REQUIRE(number(*file, at) == 6);
  // A's second SYN leaves after 1 s, the first timeout (RFC 6298, 2.1), and travels 50 ms.
  // 2000-01-01 is 946,684,800 s after 1970-01-01.
  const std::uint64_t time = std::uint64_t{number(*file, at + 12)} << 32 | number(*file, at + 16);
  CHECK(time == 946'684'801'050'000);
  wire::Segment syn;
  syn.src = {wire::Address{0x0a000001}, 40'000};
  syn.dst = {wire::Address{0x0a000002}, 80};
  syn.seq = wire::Seq(100);
  syn.flags = wire::kSyn;
  syn.window = 65'535;
  syn.options.mss = 1460;
  const auto datagram = wire::encode(syn, 2);
  const auto data = file->begin() + static_cast<std::ptrdiff_t>(at + 28);
  CHECK(Bytes(data, data + static_cast<std::ptrdiff_t>(datagram.size())) == datagram);
}

TEST_CASE("an ICMP error is seen where it arrives, and among what all hosts send") {
  const auto run = test::run(test::two_hosts(R"({"isn": 100})", R"({"isn": 300})", R"("script": [
    {"at": "0", "host": "A", "do": "connect", "to": "B:80"},
    {"at": "20ms", "do": "reject", "segment": 1, "error": "port_unreachable"}])"));
  const auto rejected = event(run, kDropped, 1);
  const auto told = std::find_if(run.trace.events.begin(), run.trace.events.end(),
                                 [](const auto& e) { return e.kind == lab::EventKind::kIcmp; });
  REQUIRE(told != run.trace.events.end());
  const auto sent_line = "A > " + event(run, kSent, 1) + ": segment.sent 1; " + rejected +
                         ": segment.dropped 1 fault_reject";
  const auto told_line = "A < event " + std::to_string(told->n) + ": icmp port_unreachable about 1";
  CHECK(captured(run, "") == std::vector<std::string>{"A", "B", "mallory", sent_line, told_line});
  CHECK(captured(run, "A") == std::vector<std::string>{"A", sent_line, told_line});
  CHECK(captured(run, "B") == std::vector<std::string>{"B"});
}

TEST_CASE("a host that does not exist") {
  CHECK(error_of(troubled(), "C") == "no host is called \"C\"; hosts: \"A\", \"B\", \"mallory\"");
}

TEST_CASE("a capture that would be too long is refused") {
  net::SentSegment sent{};
  sent.id = 1;
  sent.segment.payload = wire::Bytes(65'535 - 20 - 20);
  const auto shared = std::make_shared<const net::SentSegment>(std::move(sent));
  test::Run run;
  run.names = {"A", "B"};
  const auto add = [&](lab::EventKind kind, net::HostIndex host) {
    lab::Event event{};
    event.kind = kind;
    event.host = host;
    event.detail = lab::SegmentEvent{shared, 1};
    run.trace.events.push_back(event);
  };
  // A datagram of 65,535 octets and 1 of padding makes a block of 65,584 octets (see
  // pcapng_test.cpp) and its comment's, fewer than 40. 64 MiB hold 1,022 of them, for 67,108,864 /
  // 65,624 = 1,022.6, and no 1,024, whose data alone are 64 MiB.
  add(kSent, 0);
  for (int i = 0; i < 1'022; ++i) add(kReceived, 1);
  CHECK(error_of(run, "B").empty());
  add(kReceived, 1);
  add(kReceived, 1);
  CHECK(error_of(run, "B") ==
        "the capture would have more than 67108864 bytes: end the run earlier");
  CHECK(error_of(run, "A").empty());
}
