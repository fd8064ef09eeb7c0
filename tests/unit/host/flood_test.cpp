// SYN floods in sums: E11 to E14 are numbered as in the list of figures that they come from.
#include <algorithm>
#include <random>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "host/server.hpp"

using namespace tcplab;
using namespace std::chrono_literals;
using test::Server;
using wire::kRst;

namespace flood_test {
namespace {

// Silent peers from `first` on, so many a second.
class Flood {
 public:
  enum class Gaps { kEven, kByChance };
  Flood(Server& server, double per_second, std::uint32_t first, Gaps gaps = Gaps::kEven)
      : server_(server),
        gap_(static_cast<std::int64_t>(1e6 / per_second)),
        next_(first),
        gaps_(gaps) {}

  void until(Time at) {
    for (; due_ <= at; due_ += gap()) {
      server_.pass_until(due_);
      server_.syn(next_++);
    }
    server_.pass_until(at);
  }

 private:
  // Where all gaps are alike, whatever becomes free is taken by the one whose turn it is.
  Duration gap() {
    if (gaps_ == Gaps::kEven) return gap_;
    return Duration(1 + static_cast<std::int64_t>(random_()) % (2 * gap_.count()));
  }

  Server& server_;
  Duration gap_;
  std::uint32_t next_;
  Gaps gaps_;
  Time due_{0};
  std::minstd_rand random_;
};

tcp::Behaviour profile(const char* id) { return tcp::find_profile(id)->behaviour; }

}  // namespace

TEST_CASE("flood, E11: without pruning a queue of 128 for 63 s is filled by more than 2.03/s") {
  struct Row {
    double rate;
    std::size_t most;
    bool refuses;
  };
  // 63 * 2 = 126; 63 * 2.1 = 132.3, and 128 / 2.1 = 60.95 s.
  const Row row = GENERATE(Row{2.0, 126, false}, Row{2.1, 128, true});
  CAPTURE(row.rate);
  auto behaviour = profile("rfc9293");
  behaviour.syn_ack_retries = 5;
  Server server(behaviour, 128);
  Flood flood(server, row.rate, 1);
  flood.until(60s);
  CHECK(server.count(Rule::listener_backlog_full) == 0);
  std::size_t most = 0;
  for (Time at = 60s; at < 200s; at += 1s) {
    flood.until(at);
    most = std::max(most, server.half_open());
  }
  CHECK(most == row.most);
  CHECK((server.count(Rule::listener_backlog_full) > 0) == row.refuses);
}

TEST_CASE("flood, E12: a client of Linux gets through in 131 s with a chance of one half") {
  // 1 - (1 - 0.069)^11 = 0.54, where 0.069 of the SYNs are admitted (measured).
  auto behaviour = profile("linux");
  behaviour.syn_cookies = tcp::SynCookies::kNever;
  Server server(behaviour, 127);
  Flood flood(server, 200, 1'000, Flood::Gaps::kByChance);
  // One begins every 251 ms, and sends SYNs after so many seconds.
  std::vector<std::pair<Time, std::uint32_t>> syns;
  for (std::uint32_t client = 1; client <= 100; ++client) {
    for (const auto after : {0s, 1s, 2s, 3s, 4s, 5s, 7s, 11s, 19s, 35s, 67s}) {
      syns.emplace_back(20s + client * 251ms + after, client);
    }
  }
  std::sort(syns.begin(), syns.end());
  for (const auto& [at, client] : syns) {
    flood.until(at);
    if (!server.syn_acks_to(client).empty()) continue;
    server.syn(client);
    if (!server.syn_acks_to(client).empty()) server.acknowledge(client);
  }
  CHECK(server.established() >= 40);
  CHECK(server.established() <= 70);
}

TEST_CASE("flood, E13: where the oldest goes, a client gets through while RTT < B/R") {
  struct Row {
    double rate;
    std::size_t through;
  };
  // 128 / 1200 = 107 ms; 128 / 1400 = 91 ms.
  const Row row = GENERATE(Row{1'200, 20}, Row{1'400, 0});
  CAPTURE(row.rate);
  auto behaviour = profile("freebsd");
  behaviour.syn_cookies = tcp::SynCookies::kNever;
  behaviour.syn_cache_buckets = 1;
  behaviour.syn_cache_bucket_limit = 128;
  Server server(behaviour, 128);
  Flood flood(server, row.rate, 1'000);
  for (std::uint32_t client = 1; client <= 20; ++client) {
    flood.until(client * 300ms);
    server.syn(client);
    flood.until(client * 300ms + 100ms);
    server.acknowledge(client);
  }
  CHECK(server.established() == row.through);
}

TEST_CASE("flood, E14: spoofed sources that live free their places after a round trip") {
  Server server(profile("linux"), 127);
  // R = 1000/s, RTT = 100 ms: 100 at a time.
  std::size_t most = 0;
  for (std::uint32_t peer = 1; peer <= 3'000; ++peer) {
    server.syn(peer);
    most = std::max(most, server.half_open());
    server.pass(1ms);
    // RFC 9293 §3.10.7.1: SEQ = SEG.ACK.
    if (peer >= 100) server.segment(peer - 99, kRst, 1'001, 0);
  }
  CHECK(most <= 100);
  CHECK(server.count(Rule::listener_makes_child) == 3'000);
}

}  // namespace flood_test
