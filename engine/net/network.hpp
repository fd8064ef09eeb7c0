// The network between the hosts: what is in flight, when it arrives, and what becomes of it. It
// looks into segments only to match faults.
#pragma once
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "base/rule.hpp"
#include "base/time.hpp"
#include "net/flight.hpp"
#include "net/random.hpp"
#include "wire/segment.hpp"

namespace tcplab::net {

struct Link {
  Duration delay{50'000};  // one way
  std::uint32_t loss_parts_per_million = 0;
  std::uint32_t duplicate_parts_per_million = 0;
};

// Which segments a fault or a reference selects.
struct Match {
  std::optional<HostIndex> from;
  std::optional<HostIndex> to;
  std::optional<wire::Flags> flags;  // exactly these control bits, PSH aside
  std::optional<std::uint32_t> least_octets;
  std::optional<std::uint32_t> nth;  // only the nth of those that fit, from 1

  // Checks all but `nth`: the caller counts.
  bool fits(const SentSegment& sent, std::optional<HostIndex> to) const;
};

enum class FaultKind : std::uint8_t { kDrop, kDelay, kDuplicate, kHold, kCorrupt };

// Done to the nth segment that matches, or to every one.
struct Fault {
  FaultKind kind = FaultKind::kDrop;
  Match match;
  Duration by{0};                      // delay and duplicate: how much later
  std::optional<std::uint16_t> octet;  // corrupt: of the TCP segment, from 0; none: the last
};

struct Config {
  Link link;
  std::map<std::pair<HostIndex, HostIndex>, Link> links;  // by {from, to}: instead of `link`
  Duration msl{120'000'000};  // the network forgets a segment after this (RFC 9293 §3.4.2)
  std::vector<Fault> faults;
};

// What happened to a flight, for the trace.
struct Change {
  enum class What : std::uint8_t {
    kDropped,
    kHeld,
    kReleased,
    kDelayed,
    kDuplicated,
    kCorrupted,
  };
  What what;
  Rule rule;
  Flight about;
};

// What an input of the network has caused: for the trace, and for the world's queue.
struct Changes {
  struct Due {
    FlightId flight;
    Time at;  // when it arrives, or a fault strikes
  };
  // One input schedules at most two flights: a segment and its copy.
  static constexpr std::size_t kMostDue = 2;

  std::vector<Change> told;
  std::array<Due, kMostDue> due_flights{};
  std::size_t due_count = 0;

  bool empty() const { return told.empty() && due_count == 0; }
  std::span<const Due> due() const { return {due_flights.data(), due_count}; }
  void tell(Change::What what, Rule rule, Flight about) {
    told.push_back({what, rule, std::move(about)});
  }
  void schedule(FlightId flight, Time at) { due_flights[due_count++] = {flight, at}; }
};

class Network {
 public:
  explicit Network(Config config) : config_(std::move(config)), matched_(config_.faults.size()) {}

  const Config& config() const { return config_; }
  const FlightTable& flights() const { return flights_; }

  // A host sends. `cause` is the trace event of the sending.
  void send(SentSegmentPtr sent, HostIndex to, Time now, std::uint32_t cause, Random& random,
            Changes& changes);
  // A flight is due: if it is doomed, its fault strikes; otherwise it has arrived, and take() it.
  bool is_doomed(FlightId id) const { return flights_.find(id)->doom.has_value(); }
  void strike(FlightId id, Time now, Changes& changes);
  Flight take(FlightId id) { return flights_.take(id); }
  // Whether the flight is still due at this time; it may have been held, delayed or dropped.
  bool is_due(FlightId id, Time at) const;

  // Actions of a student or a script on a segment in flight. False: it is not in flight.
  bool drop(SegmentId id, std::uint32_t copy, Changes& changes, Rule rule = Rule::fault_drop);
  bool delay(SegmentId id, std::uint32_t copy, Duration by, Changes& changes);
  bool duplicate(SegmentId id, std::uint32_t copy, Duration by, std::uint32_t cause,
                 Changes& changes);
  bool hold(SegmentId id, std::uint32_t copy, Time now, Changes& changes);
  bool release(SegmentId id, std::uint32_t copy, Time now, Changes& changes);
  bool corrupt(SegmentId id, std::uint32_t copy, std::optional<std::uint16_t> octet,
               Changes& changes);

  const Link& link(HostIndex from, HostIndex to) const;
  // Whether the configured fault of this index has struck any segment yet.
  bool has_struck(std::size_t fault) const {
    return matched_[fault] >= config_.faults[fault].match.nth.value_or(1);
  }

 private:
  std::optional<FlightId> find(SegmentId id, std::uint32_t copy) const;
  void schedule(FlightId id, const Flight& flight, Changes& changes);
  void turn_bit(Flight& flight, std::optional<std::uint16_t> octet, Changes& changes) const;
  void add_copy(const Flight& original, Duration by, Rule rule, std::uint32_t cause,
                Changes& changes);
  Config config_;
  std::vector<std::uint32_t> matched_;  // how often each fault has matched
  FlightTable flights_;
  FlightId last_flight_ = 0;
};

}  // namespace tcplab::net
