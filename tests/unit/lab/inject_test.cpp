// What the wire can carry, a scenario can say: forged segments and ICMP errors, and what becomes of
// each.
#include "catch.hpp"
#include "lab/run.hpp"

using namespace tcplab;
using format::Json;
using lab::EventKind;
using test::run;
using test::two_hosts;
using Lines = std::vector<std::string>;

namespace {

// B listens; mallory injects what is given, one after the other.
test::Run injected(const Lines& segments, const std::string& more = "") {
  std::string script = R"({"at": "0", "host": "B", "do": "listen", "port": 80})";
  for (std::size_t i = 0; i < segments.size(); ++i) {
    script +=
        R"(,{"at": ")" + std::to_string(100 * (i + 1)) +
        R"(ms", "host": "mallory", "do": "inject", "segment": {"from": "mallory:7", "to": "B:80", )" +
        segments[i] + "}}";
  }
  return run(two_hosts(R"({"isn": 100})", R"({"isn": 300})",
                       more + R"("until": "5s", "script": [)" + script + "]"));
}

std::string bytes_of_first(const test::Run& r) {
  return r.events(EventKind::kSegmentSent).front()["bytes"].get<std::string>();
}

// The TCP header's octets [first, first + count), in hexadecimal.
std::string octets(const test::Run& r, std::size_t first, std::size_t count) {
  return bytes_of_first(r).substr(2 * (20 + first), 2 * count);
}

// The rule by which B dropped what arrived first, or "" when it took it.
std::string dropped_by(const test::Run& r) {
  for (const auto& drop : r.events(EventKind::kSegmentDropped)) {
    if (drop.value("host", "") == "B") return drop["rule"].get<std::string>();
  }
  return "";
}

}  // namespace

TEST_CASE("inject: every control bit, or none, and the reserved bits") {
  // RFC 9293 §3.1: octet 12 holds data offset and reserved bits, octet 13 the control bits.
  CHECK(octets(injected({R"("seq": 1)"}), 12, 2) == "5000");
  CHECK(octets(injected({R"("seq": 1, "flags": "CWR ECE URG ACK PSH RST SYN FIN")"}), 12, 2) ==
        "50ff");
  CHECK(octets(injected({R"("seq": 1, "flags": "SYN", "reserved": 9)"}), 12, 2) == "5902");
  const auto none = injected({R"("seq": 1)"});
  CHECK(none.events(EventKind::kSegmentSent).front()["segment"]["flags"] == "");
  CHECK(dropped_by(none) == "listen_drops_other");
  // "Must be ignored in received segments if the corresponding future features are not
  // implemented".
  CHECK(injected({R"("seq": 1, "flags": "SYN ECE CWR", "reserved": 15)"}).sent().back() ==
        "B <SEQ=300><ACK=2><CTL=SYN,ACK>");
}

TEST_CASE("inject: the urgent pointer, and an acknowledgment number without ACK") {
  const auto r = injected({R"("seq": 1, "flags": "SYN URG", "urgent": 258, "ack": 16909060)"});
  CHECK(octets(r, 18, 2) == "0102");
  CHECK(octets(r, 8, 4) == "01020304");
  CHECK(r.events(EventKind::kSegmentSent).front()["segment"]["urgent"] == 258);
  CHECK(r.sent().back() == "B <SEQ=300><ACK=2><CTL=SYN,ACK>");
}

TEST_CASE("inject: option octets behind the others, filled up with End of Option List") {
  const auto r = injected({R"("seq": 1, "flags": "SYN", "mss": 1000, "options": "fd04abcd01")"});
  CHECK(octets(r, 12, 1) == "80");  // 20 + 4 + 8 octets
  CHECK(octets(r, 20, 12) == "020403e8fd04abcd01000000");
  const auto sent = r.events(EventKind::kSegmentSent);
  CHECK(sent.front()["segment"]["options"] == Json({{"mss", 1000}, {"raw", "fd04abcd01"}}));
  // MUST-6: an option that is not known is skipped.
  CHECK(dropped_by(r) == "");
}

TEST_CASE("inject: SACK blocks (RFC 2018 §3)") {
  const auto r =
      injected({R"("seq": 1, "flags": "ACK", "ack": 1, "sack": [[256, 512], [1024, 2048]])"});
  CHECK(octets(r, 20, 20) ==
        "0101"
        "0512"
        "00000100"
        "00000200"
        "00000400"
        "00000800");
}

TEST_CASE("inject: what is malformed is dropped, and the rule says why") {
  struct Row {
    const char* segment;
    const char* rule;
  };
  const auto row = GENERATE(
      Row{R"("flags": "SYN", "bad_checksum": true)", "checksum_wrong"},        // MUST-3
      Row{R"("flags": "SYN", "data_offset": 4)", "malformed_datagram"},        // below 5
      Row{R"("flags": "SYN", "data_offset": 15)", "malformed_datagram"},       // beyond the end
      Row{R"("flags": "SYN", "cut_to": 19)", "malformed_datagram"},            // no whole header
      Row{R"("flags": "SYN", "cut_to": 0)", "malformed_datagram"},             // nothing but IP
      Row{R"("flags": "SYN", "mss": 9, "cut_to": 21)", "malformed_datagram"},  // half an option
      Row{R"("flags": "SYN", "options": "0200")", "bad_option_length_drops"},  // MUST-7: length 0
      Row{R"("flags": "SYN", "options": "02ff05b4")", "bad_option_length_drops"},  // too long
      Row{R"("flags": "SYN", "options": "02030500")", "bad_option_length_drops"},  // not an MSS's
      Row{R"("flags": "SYN", "text": "abc", "cut_to": 22)", ""},                   // a shorter text
      Row{R"("flags": "SYN", "data_offset": 5)", ""});
  INFO(row.segment);
  const auto r = injected({std::string(R"("seq": 1, )") + row.segment});
  CHECK(dropped_by(r) == row.rule);
}

TEST_CASE("inject: an option's length that cannot be drops the segment, or ends its options") {
  struct Row {
    const char* profile;
    const char* rule;
    std::size_t syn_acks;
  };
  const Row row = GENERATE(Row{"rfc9293", "bad_option_length_drops", 0},
                           Row{"linux", "bad_option_length_ends_options", 1},
                           Row{"freebsd", "bad_option_length_ends_options", 1},
                           Row{"macos", "bad_option_length_ends_options", 1});
  INFO(row.profile);
  const auto r = run(two_hosts("{}", "{}",
                               R"("until": "900ms", "profile": ")" + std::string(row.profile) +
                                   R"(", "script": [
      {"at": "0", "host": "B", "do": "listen", "port": 80},
      {"at": "1ms", "host": "mallory", "do": "inject", "segment":
        {"from": "mallory:7", "to": "B:80", "flags": "SYN", "seq": 1, "mss": 400,
         "options": "fe00030302"}}])"));
  std::size_t syn_acks = 0;
  for (const auto& sent : r.events(EventKind::kSegmentSent)) {
    if (sent["host"] != "B") continue;
    ++syn_acks;
    // What stands behind the bad length is not read.
    CHECK_FALSE(sent["segment"]["options"].contains("window_scale"));
  }
  CHECK(syn_acks == row.syn_acks);
  const auto notes = r.events(row.syn_acks == 0 ? EventKind::kSegmentDropped : EventKind::kNote);
  CHECK(std::count_if(notes.begin(), notes.end(),
                      [&](const Json& note) { return note["rule"] == row.rule; }) == 1);
}

TEST_CASE("inject: port 0 is a port like any other on the wire") {
  const auto answer = [](const std::string& from, const std::string& to) {
    return run(two_hosts("{}", R"({"isn": 300})",
                         R"("until": "200ms", "script": [
        {"at": "0", "host": "B", "do": "listen", "port": 80},
        {"at": "1ms", "host": "mallory", "do": "inject", "segment":
          {"from": "mallory:)" +
                             from + R"(", "to": "B:)" + to + R"(", "flags": "SYN", "seq": 1}}])"))
        .sent()
        .back();
  };
  CHECK(answer("0", "80") == "B <SEQ=300><ACK=2><CTL=SYN,ACK>");
  CHECK(answer("7", "0") == "B <SEQ=0><ACK=2><CTL=RST,ACK>");
}

TEST_CASE("inject: numbers of an earlier segment, by label or by what it was") {
  // The ISNs come from the clock: nobody can write these numbers down.
  const auto r = run(two_hosts("{}", "{}", R"("until": "2s", "script": [
      {"at": "0", "host": "B", "do": "listen", "port": 80},
      {"at": "1ms", "host": "mallory", "do": "inject", "label": "syn",
       "segment": {"from": "mallory:7", "to": "B:80", "flags": "SYN", "seq": 4294967295}},
      {"at": "200ms", "host": "mallory", "do": "inject",
       "segment": {"from": "mallory:7", "to": "B:80", "flags": "ACK",
                   "seq": {"of": "syn", "plus": 1},
                   "ack": {"of": {"from": "B", "flags": "SYN ACK"}, "plus": 1}}},
      {"at": "400ms", "host": "mallory", "do": "inject",
       "segment": {"from": "mallory:7", "to": "B:80", "flags": "FIN ACK",
                   "seq": {"of": "syn", "take": "next"},
                   "ack": {"of": {"from": "mallory", "nth": 2}, "take": "ack"}}}])"));
  // The SYN's number is the last there is: the next is zero.
  const auto states = r.states();
  CHECK(states == Lines{"B CLOSED -> LISTEN", "B LISTEN -> SYN_RCVD", "B SYN_RCVD -> ESTABLISHED",
                        "B ESTABLISHED -> CLOSE_WAIT"});
}

TEST_CASE("inject: timestamps of an earlier segment") {
  const auto r = run(two_hosts("{}", R"({"timestamps": true})", R"("until": "2s", "script": [
      {"at": "0", "host": "B", "do": "listen", "port": 80},
      {"at": "123ms", "host": "mallory", "do": "inject",
       "segment": {"from": "mallory:7", "to": "B:80", "flags": "SYN", "seq": 1, "tsval": 7}},
      {"at": "500ms", "host": "mallory", "do": "inject",
       "segment": {"from": "mallory:7", "to": "B:80", "flags": "ACK", "seq": 2, "ack": 1,
                   "tsval": {"of": {"from": "B"}, "take": "tsecr", "plus": -1},
                   "tsecr": {"of": {"from": "B"}}}}])"));
  Json last;
  for (const auto& sent : r.events(EventKind::kSegmentSent)) {
    if (sent["host"] == "mallory") last = sent["segment"]["options"];
  }
  CHECK(last["tsval"] == 6);
  CHECK(last["tsecr"] == 173);  // 123 ms, and 50 ms on the way
}

TEST_CASE("inject: without the segment that it takes a number from, nothing leaves") {
  const auto r = injected({R"("flags": "ACK", "seq": 1, "ack": {"of": {"from": "A"}})"});
  CHECK(r.sent().empty());
  const auto notes = r.events(EventKind::kNote);
  REQUIRE(notes.size() == 1);
  CHECK(notes[0]["rule"] == "inject_misses");
}

TEST_CASE("inject: a forged ICMP error ends an open only if it quotes a number in flight") {
  const auto states = [](const std::string& seq) {
    return run(two_hosts(R"({"isn": 100})", "{}",
                         R"("until": "500ms", "script": [
        {"at": "0", "host": "A", "do": "connect", "to": "10.9.9.9:80", "port": 4000},
        {"at": "100ms", "host": "mallory", "do": "inject", "icmp":
          {"error": "port_unreachable",
           "quotes": {"from": "A:4000", "to": "10.9.9.9:80", "seq": )" +
                             seq + "}}}]"))
        .states();
  };
  CHECK(states("100").back() == "A SYN_SENT -> CLOSED");
  CHECK(states("101").back() == "A CLOSED -> SYN_SENT");
  CHECK(states(R"({"of": {"from": "A"}})").back() == "A SYN_SENT -> CLOSED");
}

TEST_CASE("an ICMP error goes to the source address of the segment, whoever sent it") {
  const auto icmp = [](const std::string& from) {
    return run(two_hosts("{}", "{}", R"("until": "1s", "script": [
        {"at": "0", "host": "mallory", "do": "inject", "segment":
          {"from": ")" + from + R"(", "to": "B:80", "flags": "SYN", "seq": 5005}},
        {"at": "5ms", "do": "reject", "segment": 1, "error": "port_unreachable"}])"));
  };
  const auto forged = icmp("A:40000").events(EventKind::kIcmp);
  REQUIRE(forged.size() == 1);
  CHECK(forged[0]["host"] == "A");
  CHECK(forged[0]["rule"] == "icmp_no_connection");
  CHECK(icmp("mallory:7").events(EventKind::kIcmp)[0]["host"] == "mallory");
  const auto nobody = icmp("10.9.9.9:7");
  CHECK(nobody.events(EventKind::kIcmp).empty());
  CHECK(nobody.events(EventKind::kNote).back()["rule"] == "network_no_such_address");
}

TEST_CASE("inject: an ICMP error goes to the host that is named, which looks at what it quotes") {
  struct Row {
    const char* to;
    const char* host;
    const char* rule;
  };
  const Row row =
      GENERATE(Row{"", "A", "icmp_hard_error"}, Row{R"("to": "A", )", "A", "icmp_hard_error"},
               Row{R"("to": "B", )", "B", "icmp_of_another_host"},
               Row{R"("to": "mallory", )", "mallory", "host_without_stack"});
  INFO(row.to);
  const auto r = run(two_hosts(R"({"isn": 100})", "{}",
                               std::string(R"("until": "500ms", "script": [
      {"at": "0", "host": "A", "do": "connect", "to": "10.9.9.9:80", "port": 4000},
      {"at": "100ms", "host": "mallory", "do": "inject", "icmp": {"error": "port_unreachable", )") +
                                   row.to + R"("quotes":
        {"from": "A:4000", "to": "10.9.9.9:80", "seq": 100}}}])"));
  const auto icmp = r.events(EventKind::kIcmp);
  REQUIRE(icmp.size() == 1);
  CHECK(icmp[0]["host"] == row.host);
  CHECK(icmp[0]["rule"] == row.rule);
}

TEST_CASE("corrupt: a bit turns over, and the checksum tells") {
  const auto corrupted = [](const std::string& octet) {
    return run(two_hosts(
        R"({"isn": 100})", R"({"isn": 300})",
        R"("until": "800ms", "faults": [{"match": {"from": "A", "nth": 1}, "do": "corrupt")" +
            octet + R"(}], "script": [
        {"at": "0", "host": "B", "do": "listen", "port": 80},
        {"at": "1ms", "host": "A", "do": "connect", "to": "B:80", "port": 4000}])"));
  };
  for (const char* octet : {"", R"(, "octet": 0)", R"(, "octet": 13)", R"(, "octet": 60000)"}) {
    INFO(octet);
    const auto r = corrupted(octet);
    CHECK(dropped_by(r) == "checksum_wrong");
    const auto damage = r.events(EventKind::kSegmentCorrupted);
    REQUIRE(damage.size() == 1);
    CHECK(damage[0]["rule"] == "fault_corrupt");
    CHECK(r.events(EventKind::kSegmentReceived).front()["corrupted"] == true);
    CHECK_FALSE(damage[0].contains("host"));
  }
}

TEST_CASE("corrupt: done by hand to a segment in flight; twice the same bit is as before") {
  const auto r =
      run(two_hosts(R"({"isn": 100})", R"({"isn": 300})", R"("until": "400ms", "script": [
      {"at": "0", "host": "B", "do": "listen", "port": 80},
      {"at": "1ms", "host": "A", "do": "connect", "to": "B:80", "port": 4000},
      {"at": "2ms", "do": "corrupt", "segment": 1, "octet": 4},
      {"at": "3ms", "do": "corrupt", "segment": 1, "octet": 4}])"));
  CHECK(r.states().back() == "B SYN_RCVD -> ESTABLISHED");
}
