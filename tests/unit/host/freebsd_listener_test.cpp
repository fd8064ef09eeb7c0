// FreeBSD's SYN cache and cookies, as sys/netinet/tcp_syncache.c and sys/kern/uipc_socket.c (main)
// have them. Nothing here was measured.
#include <set>

#include "catch.hpp"
#include "host/server.hpp"
#include "host/syn_cookie_freebsd.hpp"

using namespace tcplab;
using namespace std::chrono_literals;
using test::Server;
using wire::kAck;
using wire::kRst;
using wire::kSyn;

namespace freebsd_listener_test {
namespace {

tcp::Behaviour freebsd() { return tcp::find_profile("freebsd")->behaviour; }

// A cache of one bucket.
tcp::Behaviour freebsd_with_bucket_of(std::uint16_t limit) {
  auto behaviour = freebsd();
  behaviour.syn_cache_buckets = 1;
  behaviour.syn_cache_bucket_limit = limit;
  return behaviour;
}

constexpr tcp::Secret kSecret{1, 2};
constexpr wire::Endpoint kLocal{{0x0a000002}, 80};
constexpr wire::Endpoint kRemote{{0x0a000001}, 4000};
constexpr wire::Seq kIrs(1'000);

wire::Seq cookie(const host::CookieContents& contents, Time now) {
  return host::freebsd_cookie(kSecret, kLocal, kRemote, kIrs, contents, now);
}
std::optional<host::CookieContents> contents(wire::Seq cookie, Time now) {
  return host::contents_of_freebsd_cookie(kSecret, kLocal, kRemote, kIrs, cookie, now);
}

}  // namespace

TEST_CASE("freebsd listener, E18: the ISN keeps MSS, window scale and SACK in classes") {
  struct Row {
    std::uint16_t mss;
    std::optional<std::uint8_t> shift;
    std::uint16_t kept_mss;
    std::optional<std::uint8_t> kept_shift;
  };
  // tcp_sc_msstab, tcp_sc_wstab
  const Row row = GENERATE(Row{1460, 7, 1460, 7}, Row{1300, 3, 1200, 2}, Row{1452, 5, 1452, 4},
                           Row{9000, 14, 1460, 8}, Row{100, std::nullopt, 216, std::nullopt},
                           Row{536, 0, 536, 0}, Row{1400, 1, 1400, 1});
  const bool sack = GENERATE(false, true);
  CAPTURE(row.mss, sack);
  const Time now = 1h;
  const auto kept = contents(cookie({row.mss, {row.shift, sack}}, now), now);
  REQUIRE(kept);
  CHECK(*kept == host::CookieContents{row.kept_mss, {row.kept_shift, sack}});
}

TEST_CASE("freebsd listener: a cookie is good until its secret has been drawn twice anew") {
  const Time start = 1h;  // of a period of 15 s
  const auto made = cookie({1460, {}}, start + 5s);
  CHECK(contents(made, start + 29s));
  CHECK_FALSE(contents(made, start + 30s));
  CHECK_FALSE(contents(made + 256, start + 5s));
  int good = 0;
  for (std::uint32_t i = 0; i < 1'000'000; ++i) {
    good += contents(wire::Seq(i * 4'294), start) ? 1 : 0;
  }
  CHECK(good <= 3);  // 24 bits of a MAC: one in 2^24
}

TEST_CASE("freebsd listener, E19: SYN,ACKs at 0, 1, 3.2 and 7.4 s, and the end at 15.6 s") {
  Server server(freebsd(), 5);
  server.syn(1);
  server.pass_until(15'599ms);
  CHECK(server.syn_acks_to(1) == std::vector<Duration>{0s, 1s, 3'200ms, 7'400ms});
  CHECK(server.half_open() == 1);
  server.pass_until(15'600ms);
  CHECK(server.half_open() == 0);
  CHECK(server.sent(kRst) == 0);

  // A SYN again, whatever its number: SYN,ACK, and all begins anew.
  Server again(freebsd(), 5);
  again.syn(1);
  again.pass_until(500ms);
  again.syn(1, {}, 77'000);
  again.pass_until(10s);
  CHECK(again.syn_acks_to(1) == std::vector<Duration>{0s, 500ms, 1'500ms, 3'700ms, 7'900ms});
  CHECK(again.last_to(1).ack == wire::Seq(1'001));
}

TEST_CASE("freebsd listener: the backlog bounds the accept queue alone, at 3/2 and one more") {
  Server server(freebsd(), 4);
  for (std::uint32_t peer = 1; peer <= 20; ++peer) server.syn(peer);
  CHECK(server.half_open() == 20);
  for (std::uint32_t peer = 1; peer <= 20; ++peer) server.acknowledge(peer);
  CHECK(server.listening().accept_queue.size() == 7);
  // rst_on_sock_fail
  CHECK(server.count(Rule::accept_queue_full_resets) > 0);
  CHECK(server.sent(kRst) == 13);
  CHECK(server.half_open() == 0);
}

TEST_CASE("freebsd listener: of a full bucket the oldest entry goes, and cookies take over") {
  Server server(freebsd_with_bucket_of(30), 100);
  for (std::uint32_t peer = 1; peer <= 30; ++peer) server.syn(peer);
  CHECK(server.half_open() == 30);
  CHECK(server.count(Rule::syn_cache_drops_oldest) == 0);
  server.syn(31);
  CHECK(server.half_open() == 30);
  CHECK(server.count(Rule::syn_cache_drops_oldest) == 1);
  server.syn(32);
  CHECK(server.half_open() == 30);
  CHECK(server.count(Rule::syn_cache_sends_cookie) == 2);  // taken, sent
  // Every ISN is a cookie, so whoever has been dropped comes through; SYNs of 33 and on too.
  server.acknowledge(1);
  server.acknowledge(32);
  server.acknowledge(5);
  CHECK(server.established() == 3);
  // The bucket's timer clears it; nothing is sent again.
  server.pass_until(2s);
  CHECK(server.half_open() == 0);
  CHECK(server.syn_acks_to(10).size() == 1);
  // 15 s later entries are made again.
  server.pass_until(14'999ms);
  server.syn(40);
  CHECK(server.half_open() == 0);
  server.pass_until(15s);
  server.syn(41);
  CHECK(server.half_open() == 1);
}

TEST_CASE("freebsd listener: the pause doubles when the attack comes back") {
  host::SynCache cache;
  const auto paused_until = [&](Time from) {
    Time at = from;
    while (cache.is_paused(at)) at += 1s;
    return at;
  };
  cache.overflow(0, 100s, true);
  CHECK(paused_until(100s) == 115s);
  // Within 15 s after it: 30 s; within 30 s after that: 60 s.
  cache.overflow(0, 120s, true);
  CHECK(paused_until(120s) == 150s);
  cache.overflow(0, 179s, true);
  CHECK(paused_until(179s) == 239s);
  // 60 s of peace.
  cache.overflow(0, 299s, true);
  CHECK(paused_until(299s) == 314s);
  // Without cookies there is nothing to pause for.
  cache.overflow(0, 400s, false);
  CHECK_FALSE(cache.is_paused(400s));
}

TEST_CASE("freebsd listener: a cookie counts for 15 s after its bucket has overflowed") {
  Server server(freebsd_with_bucket_of(1), 5);
  server.syn(1);
  server.syn(2);  // drops the entry of 1
  server.segment(3, kAck, 1, 1);
  CHECK(server.last_to(3).flags == kRst);
  server.acknowledge(1);
  CHECK(server.established() == 1);

  Server calm(freebsd(), 5);
  calm.segment(3, kAck, 1, 1);
  CHECK(calm.last_to(3).flags == kRst);
  CHECK(calm.established() == 0);
}

TEST_CASE("freebsd listener: entries outlive their listener") {
  Server server(freebsd(), 5);
  server.syn(1);
  server.close_listener();
  server.pass_until(4s);
  CHECK(server.syn_acks_to(1).size() == 3);
  server.acknowledge(1);
  CHECK(server.last_to(1).flags == kRst);
  server.pass_until(20s);
  CHECK(server.half_open() == 0);
}

}  // namespace freebsd_listener_test
