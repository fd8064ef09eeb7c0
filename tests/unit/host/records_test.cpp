// A host's records: in small form and whole they are the same, and found by whatever names them.
#include "host/records.hpp"

#include <map>
#include <random>

#include "catch.hpp"
#include "host/host.hpp"

using namespace tcplab;
using namespace std::chrono_literals;
using wire::kAck;
using wire::kFin;
using wire::kSyn;

namespace records_test {
namespace {

constexpr wire::Address kServer{0x0a00'0002};

// A server that closes `connections` connections first, and the peers of them.
class Server {
 public:
  explicit Server(std::size_t connections, std::string_view profile = "linux")
      : host_(config(profile)) {
    call([&](auto& c) { host_.listen(c, {"listener", 80, 1'000}); });
    for (std::size_t i = 0; i < connections; ++i) close_first();
  }

  const host::Host& host() const { return host_; }
  host::Effects crash() {
    return call([&](auto& c) { host_.crash(c); });
  }
  host::ConnectionId last() const { return last_; }
  wire::Endpoint last_peer() const { return {{0x0a00'0001}, port_}; }

  template <typename Make>
  host::Effects call(Make make) {
    host::Effects effects;
    host::Context c{now_, last_, effects};
    make(c);
    return effects;
  }

  // Its FIN once more, later.
  host::Effects repeat_fin() {
    now_ += 10ms;
    return take(kFin | kAck);
  }
  host::Effects time_out() {
    now_ =
        host_.connection(last_)->tcb().timers[static_cast<std::size_t>(tcp::Timer::kTimeWait)].at();
    CHECK(host_.timer_is_due(last_, tcp::Timer::kTimeWait, now_));
    return call([&](auto& c) { host_.on_timer(c, last_, tcp::Timer::kTimeWait); });
  }

 private:
  static host::Config config(std::string_view profile) {
    host::Config config;
    config.address = kServer;
    config.behaviour = tcp::find_profile(profile)->behaviour;
    return config;
  }

  host::Effects take(wire::Flags flags) {
    wire::Segment s;
    s.src = last_peer();
    s.dst = {kServer, 80};
    s.flags = flags;
    s.window = 500;
    s.seq = wire::Seq((flags & kSyn) != 0 ? 1'000 : 1'001);
    if ((flags & kAck) != 0) s.ack = host_.connection(last_)->tcb().snd.nxt;
    if ((flags & kSyn) != 0) s.options = {1'400, 7, true, wire::Timestamps{5, 0}};
    if ((flags & kSyn) == 0) s.options.timestamps = {++ticks_, 0};
    return call([&](auto& c) { host_.on_segment(c, s, 1); });
  }

  void close_first() {
    ++port_;
    now_ += 3ms;
    take(kSyn);
    now_ += 70ms;
    take(kAck);
    const std::string name = host_.socket_of(last_)->name;
    call([&](auto& c) { host_.close(c, name); });
    now_ += 30ms;
    take(kFin | kAck);
    REQUIRE(host_.connection(last_)->state() == tcp::State::kTimeWait);
  }

  host::Host host_;
  host::ConnectionId last_ = 0;
  Time now_{0};
  std::uint16_t port_ = 4'000;
  std::uint32_t ticks_ = 10;
};

// What was done, as far as it can be compared across hosts.
std::vector<Rule> rules(const host::Effects& effects) {
  std::vector<Rule> rules;
  for (const auto& effect : effects) rules.push_back(effect.rule);
  return rules;
}

}  // namespace

TEST_CASE("Records: a connection in TIME_WAIT comes back from its small form as it was") {
  for (const auto& profile : tcp::profiles()) {
    INFO(profile.id);
    Server server(2, profile.id);
    const host::Home home{kServer, server.host().config().behaviour};
    const auto id = server.last();
    const host::Socket socket = *server.host().socket_of(id);
    const tcp::Tcb tcb = server.host().connection(id)->tcb();

    host::Records records;
    records.add(id, home) = {socket, tcp::Connection(tcb)};
    records.compact(0, home);
    REQUIRE(records.is_at_rest(0));
    CHECK(socket.name == "accepted-2");
    CHECK(*records.socket(0) == socket);
    CHECK(records.connection(0, home)->tcb() == tcb);
    CHECK(records.is_named(0, "accepted-2"));
    CHECK_FALSE(records.is_named(0, "accepted"));
    CHECK(records.joins(0, {kServer, 80}, server.last_peer(), home));
    CHECK_FALSE(records.joins(0, {kServer, 81}, server.last_peer(), home));

    const auto& whole = records.at(0, home);
    CHECK_FALSE(records.is_at_rest(0));
    CHECK(whole.socket == socket);
    CHECK(whole.connection.tcb() == tcb);
  }
}

TEST_CASE("Records: what the small form cannot hold stays whole") {
  Server server(1);
  const host::Home home{kServer, server.host().config().behaviour};
  const host::Socket socket = *server.host().socket_of(server.last());
  const tcp::Tcb tcb = server.host().connection(server.last())->tcb();
  const auto rests = [&](auto change) {
    host::Record record{socket, tcp::Connection(tcb)};
    tcp::Tcb changed = tcb;
    change(record.socket, changed);
    record.connection = tcp::Connection(changed);
    host::Records records;
    records.add(server.last(), home) = std::move(record);
    records.compact(0, home);
    return records.is_at_rest(0);
  };
  CHECK(rests([](auto&, auto&) {}));
  CHECK_FALSE(rests([](auto& s, auto&) { s.closed = false; }));
  CHECK_FALSE(rests([](auto& s, auto&) { s.linger = 1s; }));
  CHECK_FALSE(rests([](auto& s, auto&) { s.bound_port = 81; }));
  CHECK_FALSE(rests([](auto&, auto& t) { t.state = tcp::State::kFinWait2; }));
  CHECK_FALSE(rests([](auto&, auto& t) { t.unread_octets = 1; }));
  CHECK_FALSE(rests([](auto&, auto& t) { t.snd.una = t.snd.nxt - 1; }));
  CHECK_FALSE(rests([](auto&, auto& t) { t.settings.keep_alive = true; }));
  CHECK_FALSE(rests([](auto&, auto& t) { t.challenge_acks.sent = 1; }));
  CHECK_FALSE(rests([](auto&, auto& t) { t.path_mss = 1'000; }));
  CHECK_FALSE(rests([](auto&, auto& t) { t.ts.recent_at = Time(std::int64_t{1} << 60); }));
}

TEST_CASE("Records: a host with many connections at rest answers as one with few") {
  Server few(20);
  Server many(200);
  CHECK(rules(many.repeat_fin()) == rules(few.repeat_fin()));
  CHECK(many.host().inconsistency() == nullptr);
  CHECK(rules(many.time_out()) == rules(few.time_out()));
  CHECK(many.host().connection(many.last())->state() == tcp::State::kClosed);
  CHECK(many.host().socket_of(many.last())->name == "accepted-200");
  CHECK(many.host().socket_named("accepted-150")->closed);
  CHECK(many.host().sockets().size() == 201);
  const host::Host copy = many.host();
  CHECK(copy.connection(100)->tcb() == many.host().connection(100)->tcb());
  CHECK(many.crash().size() > 199);
  CHECK(copy.connection(100)->state() == tcp::State::kTimeWait);
  CHECK(many.host().connection(100)->state() == tcp::State::kClosed);
}

TEST_CASE("HashIndex: finds what was entered and not taken out") {
  std::mt19937 random(1);
  host::HashIndex index;
  std::map<std::uint32_t, std::uint32_t> hashes;  // by index
  for (std::uint32_t i = 0; i < 5'000; ++i) {
    const std::uint32_t hash = random() % 16 == 0 ? 7u : static_cast<std::uint32_t>(random());
    index.insert(hash, i);
    hashes[i] = hash;
    if (i % 3 == 2) {
      const auto gone = hashes.lower_bound(static_cast<std::uint32_t>(random()) % i);
      index.erase(gone->second, gone->first);
      hashes.erase(gone);
    }
  }
  for (std::uint32_t i = 0; i < 5'000; ++i) {
    const auto held = hashes.find(i);
    const auto hash = held == hashes.end() ? 7u : held->second;
    const auto found = index.find(hash, [&](std::uint32_t at) { return at == i; });
    REQUIRE(found.has_value() == (held != hashes.end()));
  }
}

}  // namespace records_test
