// Linux's listener in figures that kernel 6.18.44 gave: raw segments through a TUN device in a
// network namespace, /proc/net/tcp and nstat read beside them. E1 to E17 are numbered as in the
// list of figures they come from; where a sum decides, the sum stands beside them.
#include "catch.hpp"
#include "host/server.hpp"
#include "host/syn_cookie.hpp"

using namespace tcplab;
using namespace std::chrono_literals;
using test::Server;
using wire::kAck;
using wire::kRst;
using wire::kSyn;

namespace linux_listener_test {
namespace {

tcp::Behaviour linux_with(tcp::SynCookies cookies) {
  auto behaviour = tcp::find_profile("linux")->behaviour;
  behaviour.syn_cookies = cookies;
  return behaviour;
}
const auto without_cookies = [] { return linux_with(tcp::SynCookies::kNever); };

// Silent peers, as many SYNs a second, until `until`; what was admitted since `since`.
struct Flood {
  std::size_t least = SIZE_MAX;  // of the queue, from `since` on
  std::size_t most = 0;
  std::size_t refused = 0;
  std::size_t admitted = 0;  // since then
};
Flood flood(std::uint32_t per_second, Duration since, Duration until) {
  Server server(without_cookies(), 127);
  Flood seen;
  std::size_t before = 0;
  for (std::uint32_t peer = 1; server.now() < until; ++peer) {
    server.syn(peer);
    server.pass(1'000'000us / per_second);
    const std::size_t admitted = server.count(Rule::listener_makes_child);
    if (server.now() <= since) {
      before = admitted;
      continue;
    }
    seen.least = std::min(seen.least, server.half_open());
    seen.most = std::max(seen.most, server.half_open());
    seen.admitted = admitted - before;
  }
  seen.refused = server.count(Rule::syn_queue_full);
  return seen;
}

}  // namespace

TEST_CASE("linux listener, E1 and E2: backlog + 1 in the SYN queue, half of them for 7 s only") {
  Server server(without_cookies(), 16);
  for (std::uint32_t peer = 1; peer <= 40; ++peer) server.syn(peer);
  CHECK(server.half_open() == 17);
  CHECK(server.count(Rule::syn_queue_full) == 23);

  // Measured: half-open and SYN,ACKs so far, at these times.
  struct Row {
    Duration at;
    std::size_t half_open;
    std::size_t syn_acks;
  };
  for (const Row& row : {Row{500ms, 17, 17}, Row{6s, 17, 51}, Row{9s, 8, 59}, Row{20s, 8, 67},
                         Row{40s, 8, 75}, Row{62s, 8, 75}, Row{66s, 0, 75}}) {
    CAPTURE(row.at.count());
    server.pass_until(row.at);
    CHECK(server.half_open() == row.half_open);
    CHECK(server.sent(kSyn | kAck) == row.syn_acks);
  }
  CHECK(server.count(Rule::syn_queue_pruned) == 9);
  CHECK(server.sent(kRst) == 0);
}

TEST_CASE("linux listener, E3: without cookies a quarter of tcp_max_syn_backlog stays free") {
  // Measured: 128 -> 97, 256 -> 193; 3M/4 + 1.
  for (const auto& [most, fit] :
       std::vector<std::pair<std::uint32_t, std::size_t>>{{128, 97}, {256, 193}, {512, 385}}) {
    CAPTURE(most);
    auto behaviour = without_cookies();
    behaviour.max_syn_backlog = most;
    Server server(behaviour, 1'000);
    for (std::uint32_t peer = 1; peer <= 500; ++peer) server.syn(peer);
    CHECK(server.half_open() == fit);
    CHECK(server.count(Rule::syn_queue_last_quarter) == 500 - fit);
  }
}

TEST_CASE("linux listener, E4: cookies for what the SYN queue does not hold") {
  auto behaviour = linux_with(tcp::SynCookies::kOnOverflow);
  behaviour.max_syn_backlog = 4;  // means nothing with cookies
  Server server(behaviour, 16);
  for (std::uint32_t peer = 1; peer <= 40; ++peer) server.syn(peer);
  CHECK(server.half_open() == 17);
  CHECK(server.sent(kSyn | kAck) == 40);
}

TEST_CASE("linux listener, E5: backlog + 1 in the accept queue, then SYNs are dropped") {
  Server server(linux_with(tcp::SynCookies::kOnOverflow), 4);
  for (std::uint32_t peer = 1; peer <= 8; ++peer) {
    server.syn(peer);
    if (peer <= 5) server.acknowledge(peer);
  }
  CHECK(server.listening().accept_queue.size() == 5);
  CHECK(server.half_open() == 0);
  CHECK(server.count(Rule::accept_queue_full_drops_syn) == 3);
}

TEST_CASE("linux listener, E6 and E7: ACKs that find the accept queue full") {
  const bool resets = GENERATE(false, true);
  CAPTURE(resets);
  auto behaviour = linux_with(tcp::SynCookies::kOnOverflow);
  behaviour.reset_on_overflow = resets;
  Server server(behaviour, 20);
  for (std::uint32_t peer = 1; peer <= 10; ++peer) server.syn(peer);
  server.listen(4);
  for (std::uint32_t peer = 1; peer <= 10; ++peer) server.acknowledge(peer);
  CHECK(server.established() == 5);
  CHECK(server.half_open() == (resets ? 0 : 5));
  CHECK(server.sent(kRst) + server.sent(kRst | kAck) == (resets ? 5 : 0));
  if (resets) return;

  server.pass_until(4s);
  CHECK(server.syn_acks_to(5) == std::vector<Duration>{0s});
  CHECK(server.syn_acks_to(6) == std::vector<Duration>{0s, 1s, 3s});
  for (int i = 0; i < 3; ++i) server.accept();
  for (std::uint32_t peer = 6; peer <= 10; ++peer) server.acknowledge(peer);
  CHECK(server.established() == 8);
  CHECK(server.half_open() == 2);
}

TEST_CASE("linux listener, E8 to E10: what a SYN flood leaves room for") {
  // 3/s: the queue rests where pruning begins, at 2 * 64 > 127. Measured: 64 for ever.
  const auto slow = flood(3, 22s, 60s);
  CHECK(slow.refused == 0);
  CHECK(slow.least >= 62);
  CHECK(slow.most <= 65);
  // 10/s: about 8 seconds' worth. Measured: 84 to 88.
  const auto middling = flood(10, 15s, 60s);
  CHECK(middling.refused == 0);
  CHECK(middling.least >= 76);
  CHECK(middling.most <= 90);
  // 200/s: 128, full; an entry lives 7 to 15 s, so 128/15 to 128/7 a second get in.
  const auto fast = flood(200, 15s, 60s);
  CHECK(fast.most == 128);
  CHECK(fast.admitted > 45 * 128 / 15);
  CHECK(fast.admitted < 45 * 128 / 7);
}

TEST_CASE("linux listener, E15: a cookie is good in its minute and in the next") {
  struct Row {
    Duration made;
    Duration back;
    bool good;
  };
  const Row row = GENERATE(Row{60s, 119s, true}, Row{60s, 179s, true}, Row{60s, 181s, false},
                           Row{119s, 179s, true}, Row{119s, 181s, false});
  CAPTURE(row.made.count(), row.back.count());
  Server server(linux_with(tcp::SynCookies::kAlways), 5);
  server.pass_until(row.made);
  server.syn(1);
  // Another cookie, so that the listener still expects them.
  server.pass_until(row.back - 1s);
  server.syn(2);
  server.pass_until(row.back);
  server.acknowledge(1);
  CHECK(server.established() == (row.good ? 1 : 0));
  CHECK(server.sent(kRst) == (row.good ? 0 : 1));
}

TEST_CASE("linux listener, E16: without timestamps a cookie keeps a class of MSS, and no more") {
  Server server(linux_with(tcp::SynCookies::kAlways), 5);
  wire::Options options;
  options.mss = 1452;
  options.window_scale = 7;
  options.sack_permitted = true;
  server.syn(1, options);
  CHECK(server.last_to(1).options.mss == 1460);
  CHECK_FALSE(server.last_to(1).options.window_scale);
  server.acknowledge(1);
  const auto child = server.host().connection(server.listening().accept_queue.front());
  CHECK(child->tcb().send_mss == 1440);
  CHECK(child->tcb().negotiated == tcp::Negotiated{});
}

TEST_CASE("linux listener, E17: six bits of TSval tell window scale and SACK") {
  // (clock & ~63) + 16 + 7, and 64 less where that is ahead of the clock.
  struct Row {
    Duration now;
    std::uint32_t value;
  };
  const Row row = GENERATE(Row{55ms, 23}, Row{1010ms, 983}, Row{1000ms, 983}, Row{10ms, 0u - 41});
  CAPTURE(row.now.count());
  Server server(linux_with(tcp::SynCookies::kAlways), 5);
  server.pass_until(row.now);
  wire::Options options;
  options.mss = 1460;
  options.window_scale = 7;
  options.sack_permitted = true;
  options.timestamps = {100, 0};
  server.syn(1, options);
  REQUIRE(server.last_to(1).options.timestamps);
  CHECK(server.last_to(1).options.timestamps->value == row.value);
  wire::Options answer;
  answer.timestamps = {101, row.value};
  server.acknowledge(1, answer);
  const auto child = server.host().connection(server.listening().accept_queue.front());
  CHECK(child->tcb().negotiated.send_shift == 7);
  CHECK(child->tcb().negotiated.sack_permitted);
  CHECK(child->tcb().negotiated.timestamps);
}

TEST_CASE("linux listener: closing it forgets half-open connections at their next turn") {
  Server timed(linux_with(tcp::SynCookies::kOnOverflow), 5);
  timed.syn(1);
  timed.pass(100ms);
  timed.close_listener();
  CHECK(timed.half_open() == 1);
  timed.pass(2s);
  CHECK(timed.half_open() == 0);
  CHECK(timed.syn_acks_to(1).size() == 1);
  CHECK(timed.sent(kRst) == 0);

  // Measured: an ACK is answered by RST, a SYN by RST,ACK, as where nobody ever listened.
  Server met(linux_with(tcp::SynCookies::kOnOverflow), 5);
  met.syn(1);
  met.syn(2);
  met.close_listener();
  met.acknowledge(1);
  CHECK(met.last_to(1).flags == kRst);
  met.syn(2);
  CHECK(met.last_to(2).flags == (kRst | kAck));
  CHECK(met.half_open() == 0);
}

TEST_CASE("linux listener: a SYN again is answered twice a second at most, and starts the timer") {
  Server server(linux_with(tcp::SynCookies::kOnOverflow), 5);
  server.syn(1);
  for (const auto at : {300ms, 600ms, 840ms}) {
    server.pass_until(at);
    server.syn(1);
  }
  server.pass_until(4s);
  // Measured: 0, 0.3, 0.84, and 1 and 3 s after that.
  CHECK(server.syn_acks_to(1) == std::vector<Duration>{0s, 300ms, 840ms, 1'840ms, 3'840ms});
}

TEST_CASE("linux listener: TCP_DEFER_ACCEPT of 4 s lasts for three timeouts") {
  auto behaviour = linux_with(tcp::SynCookies::kOnOverflow);
  Server server(behaviour, 5);
  server.defer_accept(4s);
  server.syn(1);
  server.acknowledge(1);
  server.pass_until(8s);
  // Measured: nothing at 1 s and 3 s, the SYN,ACK once more at 7 s.
  CHECK(server.syn_acks_to(1) == std::vector<Duration>{0s, 7s});
  CHECK(server.half_open() == 1);
  server.acknowledge(1);
  CHECK(server.half_open() == 0);
  CHECK(server.established() == 1);
}

TEST_CASE("linux listener: TSecr must come from a SYN,ACK, or be 0") {
  struct Row {
    std::uint32_t beyond;  // SYN,ACK's TSval
    bool zero;
    bool good;
  };
  const Row row = GENERATE(Row{0, false, true}, Row{100, false, false}, Row{0u - 1, false, false},
                           Row{0, true, true});
  CAPTURE(row.beyond, row.zero);
  Server server(linux_with(tcp::SynCookies::kOnOverflow), 5);
  server.pass(5s);
  wire::Options options;
  options.timestamps = {100, 0};
  server.syn(1, options);
  const auto sent = server.last_to(1).options.timestamps->value;
  wire::Options answer;
  answer.timestamps = {101, row.zero ? 0 : sent + row.beyond};
  server.acknowledge(1, answer);
  CHECK(server.half_open() == (row.good ? 0 : 1));
  // Measured: <SEQ=ISS+1><ACK=1001><CTL=ACK>
  CHECK(server.sent(kAck) == (row.good ? 0 : 1));
}

}  // namespace linux_listener_test
