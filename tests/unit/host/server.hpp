// A listener on 10.0.0.2:80 and peers that answer only when told: hosts of 10.0.0.0/8, by number.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "host/host.hpp"

namespace tcplab::test {

class Server {
 public:
  // Nobody accepts.
  Server(const tcp::Behaviour& behaviour, std::size_t backlog);

  Time now() const { return now_; }
  void pass_until(Time at);
  void pass(Duration time) { pass_until(now_ + time); }

  // Of peer 1, 2, ...: its SYN, with what `options` asks for, and the ACK of the last SYN,ACK to
  // it.
  void syn(std::uint32_t peer, const wire::Options& options = {}, std::uint32_t seq = 1'000);
  void acknowledge(std::uint32_t peer, const wire::Options& options = {});
  void segment(std::uint32_t peer, wire::Flags flags, std::uint32_t seq, std::uint32_t ack);
  void listen(std::size_t backlog);
  void accept();
  void close_listener();
  void defer_accept(Duration time);

  const host::Host& host() const { return host_; }
  const host::Listening& listening() const { return *host_.socket_named("listener")->listening; }
  std::size_t half_open() const { return listening().syn_queue; }
  std::size_t established() const;
  // What the server has sent so far.
  std::size_t sent(wire::Flags flags) const;
  const std::vector<std::pair<Time, wire::Segment>>& segments() const { return sent_; }
  // When a SYN,ACK left for this peer.
  std::vector<Duration> syn_acks_to(std::uint32_t peer) const;
  const wire::Segment& last_to(std::uint32_t peer) const;
  // How many effects had this rule.
  std::size_t count(Rule rule) const;

 private:
  template <typename Input>
  void input(Input what);
  static wire::Segment from(std::uint32_t peer);

  host::Host host_;
  Time now_{0};
  host::ConnectionId last_connection_ = 0;
  std::multimap<Time, std::pair<host::ConnectionId, tcp::Timer>> timers_;
  std::vector<std::pair<Time, wire::Segment>> sent_;
  std::map<Rule, std::size_t> rules_;
};

}  // namespace tcplab::test
