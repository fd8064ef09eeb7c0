#include "host/server.hpp"

#include <algorithm>

#include "catch.hpp"

namespace tcplab::test {

using wire::Segment;

namespace {

constexpr std::uint32_t kPeers = 0x0a00'0100;
constexpr wire::Endpoint kServer{{0x0a00'0002}, 80};

host::Config config_of(const tcp::Behaviour& behaviour) {
  host::Config config;
  config.address = kServer.address;
  config.behaviour = behaviour;
  config.secret = {1, 2};
  return config;
}

}  // namespace

template <typename Input>
void Server::input(Input what) {
  host::Effects effects;
  host::Context context{now_, last_connection_, effects};
  what(context);
  for (const auto& effect : effects) {
    ++rules_[effect.rule];
    if (const auto* armed = std::get_if<tcp::ArmTimer>(&effect.what)) {
      timers_.emplace(armed->at, std::pair(effect.connection, armed->timer));
    } else if (const auto* sending = std::get_if<tcp::SendSegment>(&effect.what)) {
      sent_.emplace_back(now_, effects.segments[sending->segment]);
    }
  }
  REQUIRE(host_.inconsistency() == nullptr);
}

Server::Server(const tcp::Behaviour& behaviour, std::size_t backlog) : host_(config_of(behaviour)) {
  listen(backlog);
}

void Server::listen(std::size_t backlog) {
  input([&](auto& c) {
    host_.listen(c, {"listener", kServer.port, backlog, host::Application::kOnCall,
                     host::Application::kOnCall});
  });
}

void Server::accept() {
  input([&](auto& c) { host_.accept(c, "listener", "accepted"); });
}

void Server::close_listener() {
  input([&](auto& c) { host_.close(c, "listener"); });
}

void Server::defer_accept(Duration time) {
  input([&](auto& c) { host_.setsockopt(c, "listener", host::Option::kDeferAccept, time); });
}

void Server::pass_until(Time at) {
  while (!timers_.empty() && timers_.begin()->first <= at) {
    const auto [due, which] = *timers_.begin();
    timers_.erase(timers_.begin());
    const auto [connection, timer] = which;
    now_ = due;
    if (!host_.timer_is_due(connection, timer, due)) continue;
    input([&, id = connection, kind = timer](auto& c) { host_.on_timer(c, id, kind); });
  }
  now_ = at;
}

Segment Server::from(std::uint32_t peer) {
  Segment segment;
  segment.src = {{kPeers + peer}, 4'000};
  segment.dst = kServer;
  segment.window = 65'535;
  return segment;
}

void Server::syn(std::uint32_t peer, const wire::Options& options, std::uint32_t seq) {
  Segment segment = from(peer);
  segment.flags = wire::kSyn;
  segment.seq = wire::Seq(seq);
  segment.options = options;
  input([&](auto& c) { host_.on_segment(c, segment, 0); });
}

void Server::segment(std::uint32_t peer, wire::Flags flags, std::uint32_t seq, std::uint32_t ack) {
  Segment segment = from(peer);
  segment.flags = flags;
  segment.seq = wire::Seq(seq);
  segment.ack = wire::Seq(ack);
  input([&](auto& c) { host_.on_segment(c, segment, 0); });
}

void Server::acknowledge(std::uint32_t peer, const wire::Options& options) {
  const Segment& syn_ack = last_to(peer);
  Segment segment = from(peer);
  segment.flags = wire::kAck;
  segment.seq = syn_ack.ack;
  segment.ack = syn_ack.seq + 1;
  segment.options = options;
  input([&](auto& c) { host_.on_segment(c, segment, 0); });
}

std::size_t Server::established() const {
  std::size_t n = 0;
  for (const auto& socket : host_.sockets()) {
    n += host_.connection(socket.connection)->state() == tcp::State::kEstablished ? 1 : 0;
  }
  return n;
}

std::size_t Server::sent(wire::Flags flags) const {
  return static_cast<std::size_t>(std::count_if(
      sent_.begin(), sent_.end(), [&](const auto& each) { return each.second.flags == flags; }));
}

std::vector<Duration> Server::syn_acks_to(std::uint32_t peer) const {
  std::vector<Duration> times;
  for (const auto& [at, segment] : sent_) {
    if (segment.dst == from(peer).src && segment.has(wire::kSyn)) times.push_back(at);
  }
  return times;
}

const Segment& Server::last_to(std::uint32_t peer) const {
  const auto found = std::find_if(sent_.rbegin(), sent_.rend(), [&](const auto& each) {
    return each.second.dst == from(peer).src;
  });
  REQUIRE(found != sent_.rend());
  return found->second;
}

std::size_t Server::count(Rule rule) const {
  const auto found = rules_.find(rule);
  return found == rules_.end() ? 0 : found->second;
}

}  // namespace tcplab::test
