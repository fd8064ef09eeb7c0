// A listener's queues: RFC 4987, and what Linux does when they are full.
#include "catch.hpp"
#include "host/returns.hpp"
#include "host/syn_cookie.hpp"

using namespace tcplab;
using namespace std::chrono_literals;
using test::returns;
using Lines = std::vector<std::string>;

namespace queues_test {
namespace {

constexpr tcp::Secret kSecret{1, 2};
constexpr wire::Endpoint kLocal{{0x0a000002}, 80};
constexpr wire::Endpoint kRemote{{0x0a000001}, 4000};
constexpr wire::Seq kIrs(1'000);

wire::Seq cookie(std::uint16_t mss, Time now) {
  return host::syn_cookie(kSecret, kLocal, kRemote, kIrs, mss, now);
}
std::optional<std::uint16_t> mss_of(wire::Seq cookie, Time now, wire::Seq irs = kIrs) {
  return host::mss_of_cookie(kSecret, kLocal, kRemote, irs, cookie, now);
}

// Both hosts behave as Linux does; B's application does not accept.
test::Run on_linux(const std::string& script, const std::string& rest = "",
                   const std::string& a_tcp = R"({"isn": [100, 200, 300, 400]})") {
  return test::run(test::two_hosts(
      a_tcp, R"({"isn": [5000, 6000, 7000, 8000]})",
      R"("profile": "linux", "until": "3s",)" + rest + R"("script": [)" + script + "]"));
}

std::string listen(int backlog) {
  return R"({"at": "0", "host": "B", "do": "listen", "port": 80, "accept": "on_call",
             "backlog": )" +
         std::to_string(backlog) + "}";
}
std::string connect(const std::string& at, const std::string& as) {
  return R"(,{"at": ")" + at + R"(", "host": "A", "do": "connect", "to": "B:80", "as": ")" + as +
         R"("})";
}

// How many arrivals the rule decided.
std::size_t count(const test::Run& r, Rule rule) {
  std::size_t n = 0;
  for (const auto& event : r.trace.events) {
    n += event.rule == rule && event.kind == lab::EventKind::kSegmentReceived ? 1 : 0;
  }
  return n;
}

}  // namespace

TEST_CASE("SYN cookies: a cookie tells the MSS class, rounded down") {
  const Time now = 1h;
  for (const auto& [mss, kept] :
       std::vector<std::pair<std::uint16_t, std::uint16_t>>{{0, 536},
                                                            {536, 536},
                                                            {1299, 536},
                                                            {1300, 1300},
                                                            {1440, 1440},
                                                            {1460, 1460},
                                                            {9000, 1460}}) {
    CAPTURE(mss);
    CHECK(mss_of(cookie(mss, now), now) == kept);
  }
}

TEST_CASE("SYN cookies: good for this peer and this SYN, in this period and the next") {
  const Time now = 1h;
  const auto made = cookie(1460, now);
  CHECK(mss_of(made, now + 119s));
  CHECK_FALSE(mss_of(made, now + 120s));
  CHECK_FALSE(mss_of(made, now, kIrs + 100));
  CHECK_FALSE(mss_of(made + 1'000'000, now));
  CHECK_FALSE(host::mss_of_cookie({1, 3}, kLocal, kRemote, kIrs, made, now));
  auto other = kRemote;
  other.port = 4001;
  CHECK_FALSE(host::mss_of_cookie(kSecret, kLocal, other, kIrs, made, now));
}

TEST_CASE("SYN cookies: few of the numbers that a forger may try are cookies") {
  int good = 0;
  for (std::uint32_t i = 0; i < 1'000'000; ++i) {
    good += mss_of(wire::Seq(i * 4'294), 1h) ? 1 : 0;
  }
  // 2 periods of 256 and 4 of 2^24 low parts: one in 2^29.
  CHECK(good <= 1);
}

TEST_CASE("SYN cookies: window scale and SACK travel in the timestamp") {
  for (const auto& options :
       {host::CookieOptions{std::uint8_t{7}, true}, host::CookieOptions{std::nullopt, true},
        host::CookieOptions{std::uint8_t{0}, false}}) {
    for (const std::uint32_t clock : {0u, 63u, 64u, 1'000'000u}) {
      const auto value = host::timestamp_with(clock, options);
      CHECK(host::options_of_timestamp(value) == options);
      // Not ahead of the clock, in 32-bit arithmetic, and by less than one turn of the low bits.
      CHECK(clock - value <= 64);
    }
  }
}

TEST_CASE(
    "SYN cookies: where one more than the backlog waits, a handshake completes without being "
    "kept") {
  // a's third segment is lost, so a stays in the SYN queue; b finds it full.
  const auto r = on_linux(listen(0) + connect("10ms", "a") + connect("120ms", "b"), R"("faults": [
      {"match": {"from": "A", "flags": "ACK", "nth": 1}, "do": "drop"}],)");
  CHECK(count(r, Rule::syn_cookie_sent) == 1);
  CHECK(count(r, Rule::syn_cookie_valid) == 1);
  CHECK(returns(r, "A") == Lines{"connect a", "connect b"});
}

TEST_CASE("SYN cookies: with timestamps they keep the options, without they lose them") {
  const auto negotiated = [](const std::string& a_tcp) {
    const auto r = on_linux(listen(0) + connect("10ms", "a") + connect("120ms", "b") + R"(,
        {"at": "300ms", "host": "B", "do": "accept", "socket": "listener", "as": "s"},
        {"at": "300ms", "host": "B", "do": "getsockopt", "socket": "s", "option": "TCP_INFO"})",
                            R"("faults": [
        {"match": {"from": "A", "flags": "ACK", "nth": 1}, "do": "drop"}],)",
                            a_tcp);
    REQUIRE(count(r, Rule::syn_cookie_valid) == 1);
    return r.events(lab::EventKind::kReturn).back()["value"]["options"].dump();
  };
  CHECK(negotiated(R"({"isn": [100, 200]})") == R"(["timestamps","sack","wscale"])");
  CHECK(negotiated(R"({"isn": [100, 200], "timestamps": false})") == "[]");
}

TEST_CASE("accept queue: Linux lets backlog + 1 in, ignores the next ACK, drops later SYNs") {
  const auto r =
      on_linux(listen(1) + connect("10ms", "a") + connect("20ms", "b") + connect("300ms", "c"));
  // a and b wait; c's SYN comes when the queue is full.
  CHECK(r.events(lab::EventKind::kQueue).size() == 2);
  CHECK(count(r, Rule::accept_queue_full_drops_syn) >= 1);

  // a's third segment is lost, and cookies let b and c in: a's second one finds no room.
  const auto late =
      on_linux(listen(1) + connect("10ms", "a") + connect("12ms", "b") + connect("13ms", "c"),
               R"("faults": [
      {"match": {"from": "A", "flags": "ACK", "nth": 1}, "do": "drop"}],)");
  CHECK(count(late, Rule::accept_queue_full_ignores_ack) == 1);
}

TEST_CASE("SYN cookies: the listener's TCP_MAXSEG is in them, and no shift count above 14") {
  const auto r = test::run(test::two_hosts("{}", R"({"isn": 300, "syn_cookies": "always"})",
                                           R"("profile": "linux", "until": "2s", "script": [
      {"at": "0", "host": "B", "do": "socket", "as": "s"},
      {"at": "0", "host": "B", "do": "bind", "socket": "s", "port": 80},
      {"at": "0", "host": "B", "do": "setsockopt", "socket": "s", "option": "TCP_MAXSEG",
       "value": 500},
      {"at": "0", "host": "B", "do": "listen", "socket": "s"},
      {"at": "1s", "host": "mallory", "do": "inject", "segment":
       {"from": "mallory:7", "to": "B:80", "flags": "SYN", "seq": 1, "window_scale": 255,
        "tsval": 9}}])"));
  for (const auto& event : r.events(lab::EventKind::kSegmentSent)) {
    if (event["host"] != "B") continue;
    const auto options = event["segment"]["options"].dump();
    CAPTURE(event.dump());
    CHECK(event["segment"]["options"]["mss"] == 500);
    const auto value = event["segment"]["options"]["tsval"].get<std::uint32_t>();
    CHECK(host::options_of_timestamp(value).window_shift == 14);
    CHECK(value <= 1'050);  // of B's clock in milliseconds
  }
}

TEST_CASE("a wrong third segment is answered by RST, even where a right one would have to wait") {
  const auto r = test::run(test::two_hosts("{}", R"({"isn": 300})", R"("until": "900ms", "script": [
      {"at": "0", "host": "B", "do": "socket", "as": "s"},
      {"at": "0", "host": "B", "do": "bind", "socket": "s", "port": 80},
      {"at": "0", "host": "B", "do": "setsockopt", "socket": "s", "option": "TCP_DEFER_ACCEPT",
       "value": "30s"},
      {"at": "0", "host": "B", "do": "listen", "socket": "s"},
      {"at": "0", "host": "mallory", "do": "inject", "segment":
       {"from": "mallory:7", "to": "B:80", "flags": "SYN", "seq": 1}},
      {"at": "200ms", "host": "mallory", "do": "inject", "segment":
       {"from": "mallory:7", "to": "B:80", "flags": "ACK", "seq": 2, "ack": 999}}])"));
  CHECK(r.sent().back() == "B <SEQ=999><CTL=RST>");
}

TEST_CASE("backlog: Linux makes SOMAXCONN of more, without a word") {
  const auto r = on_linux(listen(5000) + connect("10ms", "a"));
  CHECK(r.events(lab::EventKind::kQueue).front()["limit"] == 4096);
}

TEST_CASE("backlog: 0 still lets one in (POSIX.1-2017)") {
  for (const std::string profile : {"rfc9293", "linux"}) {
    CAPTURE(profile);
    const auto r = test::run(
        test::two_hosts("{}", "{}",
                        R"("until": "900ms", "profile": ")" + profile + R"(", "script": [)" +
                            listen(0) + connect("10ms", "a") + connect("300ms", "b") + "]"));
    CHECK(returns(r, "A") == Lines{"connect a"});
    CHECK(r.events(lab::EventKind::kQueue).size() == 1);
  }
}

}  // namespace queues_test
