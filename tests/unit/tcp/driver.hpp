// Drives one Connection by hand: 10.0.0.1:4000 talks to 10.0.0.2:80. Inputs are written as RFC 9293
// writes them, and what comes of each is told as one line of text.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tcp/connection.hpp"

namespace tcplab::test {

// "<SEQ=100><ACK=300><DATA=5><CTL=SYN,ACK>"; PSH is left out.
std::string to_text(const wire::Segment& segment);

struct Arriving {
  std::string_view flags;  // "SYN,ACK"
  std::uint32_t seq = 0;
  std::uint32_t ack = 0;
  std::string text = {};
  std::uint16_t window = 2'000;
  std::optional<std::uint16_t> mss = {};
  std::optional<wire::Timestamps> timestamps = {};
  std::optional<std::uint8_t> window_scale = {};
  bool sack_permitted = false;
  std::uint16_t urgent = 0;
  bool other_options = false;
};

class Driver {
 public:
  // The connection's ISS is `iss`, its peer's `irs`; its receive window starts with 1000 octets.
  explicit Driver(tcp::Behaviour behaviour = {}, std::uint32_t iss = 100, std::uint32_t irs = 300);

  // Brings a fresh connection into the state as its ordinary life would, without text; SYN_RCVD and
  // what follows by an active OPEN unless `passive`; SYN_SENT from LISTEN if `passive`. What that
  // sent is forgotten.
  Driver& reach(tcp::State state, bool passive = false);

  tcp::CallResult open_passive();
  tcp::CallResult open_active();
  tcp::CallResult send(std::string_view text);
  std::string receive(std::size_t most = 100'000);  // the octets, or the result's name in brackets
  tcp::CallResult close();
  tcp::CallResult close_both();
  tcp::CallResult abort();
  void arrives(const Arriving& segment);
  // An ICMP error about the segment at `seq`; by default the oldest that is outstanding.
  void icmp(wire::Icmp what, std::optional<std::uint32_t> seq = {}, std::uint16_t mtu = 0);
  // Lets time pass until the timer is due, and lets it fire. False: it is not armed.
  bool fire(tcp::Timer timer);
  void yield_to_new_syn();
  void yield_to_connect();
  void resume_from_cookie(const Arriving& ack);
  void vanish();
  // Changes what an application may set: set([](auto& settings) { settings.nagle = false; }).
  template <typename Change>
  void set(Change change) {
    auto settings = connection_.settings();
    change(settings);
    change_settings(settings);
  }

  const tcp::Connection& connection() const { return connection_; }
  const tcp::Tcb& tcb() const { return connection_.tcb(); }
  tcp::State state() const { return connection_.state(); }
  Time now() const { return now_; }
  void pass(Duration time) { now_ += time; }
  bool armed(tcp::Timer timer) const {
    return tcb().timers[static_cast<std::size_t>(timer)].armed();
  }
  Time due(tcp::Timer timer) const { return tcb().timers[static_cast<std::size_t>(timer)].at(); }

  // Of the last input:
  const tcp::Effects& effects() const { return effects_; }
  const wire::Segment& segment(const tcp::SendSegment& of) const { return segments_[of.segment]; }
  std::vector<std::string> sent() const;
  std::vector<wire::Segment> segments() const;
  std::vector<Rule> rules() const;
  // "ESTABLISHED" or "FIN_WAIT_1 -> CLOSED", then each segment sent, "drop RULE" and "tell SIGNAL",
  // separated by "; ".
  std::string outcome() const;
  // Every row of the transition table taken since the beginning; "FROM -> TO (TRIGGER)" for a step
  // that is not in it.
  const std::vector<std::string>& edges() const { return edges_; }

  tcp::Behaviour behaviour;

 private:
  static wire::Segment segment_of(const Arriving& arriving);
  template <typename Input>
  auto input(Input what);
  void change_settings(const tcp::Settings& settings);
  void note();

  std::uint32_t iss_;
  std::uint32_t irs_;
  tcp::Connection connection_;
  Time now_{1'000'000};
  tcp::State before_ = tcp::State::kClosed;
  tcp::Effects effects_;
  tcp::Segments segments_;
  std::vector<std::string> edges_;
};

}  // namespace tcplab::test
