// The network between the hosts: what is in flight, when it arrives, and what becomes of it. It
// carries bytes and looks into them only to match faults.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "base/rule.hpp"
#include "base/time.hpp"
#include "net/random.hpp"
#include "wire/forgery.hpp"
#include "wire/segment.hpp"

namespace tcplab::net {

using wire::SegmentId;
using HostIndex = std::uint16_t;
using FlightId = std::uint32_t;

// A segment as it left its sender: what it means and the bytes on the wire. Never changes.
struct SentSegment {
  SegmentId id;
  wire::Segment segment;
  wire::Bytes bytes;  // the whole IPv4 datagram
  HostIndex from;
  std::uint32_t sender = 0;                   // the connection that sent it; 0: none
  std::optional<std::uint32_t> relative_seq;  // to the sender's ISS
  std::optional<std::uint32_t> relative_ack;  // to the sender's IRS
  std::uint32_t takes = 0;                    // sequence numbers, as its sender counts
  bool retransmission = false;
  std::shared_ptr<const wire::Forgery> forgery{};  // null: its bytes say what `segment` says
};
using SentSegmentPtr = std::shared_ptr<const SentSegment>;

struct Link {
  Duration delay{50'000};  // one way
  std::uint32_t loss_parts_per_million = 0;
  std::uint32_t duplicate_parts_per_million = 0;
};

// Which segments are meant.
struct Match {
  std::optional<HostIndex> from;
  std::optional<HostIndex> to;
  std::optional<wire::Flags> flags;  // exactly these control bits, PSH aside
  std::optional<std::uint32_t> least_octets;
  std::optional<std::uint32_t> nth;  // from 1: of those that fit, only this one

  // All but `nth`, which is for who counts.
  bool fits(const SentSegment& sent, std::optional<HostIndex> to) const;
};

enum class FaultKind : std::uint8_t { kDrop, kDelay, kDuplicate, kHold, kCorrupt };

// Done to the nth segment that matches, or to every one.
struct Fault {
  FaultKind kind = FaultKind::kDrop;
  Match match;
  Duration by{0};                      // delay and duplicate: how much later
  std::optional<std::uint16_t> octet;  // corrupt: of the TCP segment, from 0; else its last
};

struct Config {
  Link link;
  std::map<std::pair<HostIndex, HostIndex>, Link> links;  // from, to: instead of `link`
  Duration msl{120'000'000};  // the network forgets a segment after this (RFC 9293 §3.4.2)
  std::vector<Fault> faults;
};

// One copy of a segment on its way.
struct Flight {
  SentSegmentPtr sent;
  std::uint32_t copy = 1;
  HostIndex to = 0;
  Time departed{0};
  std::optional<Time> arrives;  // none while it is held
  // A fault that will strike half-way, at `strikes`.
  std::optional<Rule> doom;
  Time strikes{0};
  Duration remaining{0};                 // while it is held: what is left of its way
  std::uint32_t cause = 0;               // the trace event that put it there
  std::vector<std::uint16_t> corrupted;  // octets of the datagram in which a bit has turned over

  // As it is now.
  wire::Bytes bytes() const;
};

// What happened to a flight, for the trace and the event queue.
struct Change {
  enum class What : std::uint8_t {
    kScheduled,
    kDropped,
    kHeld,
    kReleased,
    kDelayed,
    kDuplicated,
    kCorrupted,
  };
  What what;
  Rule rule;
  FlightId flight;
  Flight about;
  Time when{0};  // kScheduled: when the network must look at the flight again
};
using Changes = std::vector<Change>;

class Network {
 public:
  explicit Network(Config config) : config_(std::move(config)), matched_(config_.faults.size()) {}

  const Config& config() const { return config_; }
  const std::map<FlightId, Flight>& flights() const { return flights_; }

  // A host sends. `cause` is the trace event of the sending.
  void send(SentSegmentPtr sent, HostIndex to, Time now, std::uint32_t cause, Random& random,
            Changes& changes);
  // The moment of a kScheduled change has come. The flight, if it arrives now and not before.
  std::optional<Flight> due(FlightId id, Time now, Changes& changes);
  // Whether a kScheduled change for this moment still holds.
  bool is_due(FlightId id, Time at) const;

  // What a student or a script does to a segment in flight. False: it is not in flight.
  bool drop(SegmentId id, std::uint32_t copy, Changes& changes, Rule rule = Rule::fault_drop);
  bool delay(SegmentId id, std::uint32_t copy, Duration by, Changes& changes);
  bool duplicate(SegmentId id, std::uint32_t copy, Duration by, std::uint32_t cause,
                 Changes& changes);
  bool hold(SegmentId id, std::uint32_t copy, Time now, Changes& changes);
  bool release(SegmentId id, std::uint32_t copy, Time now, Changes& changes);
  bool corrupt(SegmentId id, std::uint32_t copy, std::optional<std::uint16_t> octet,
               Changes& changes);

  const Link& link(HostIndex from, HostIndex to) const;
  // Whether the configured fault of this index was done to any segment yet.
  bool has_struck(std::size_t fault) const {
    return matched_[fault] >= config_.faults[fault].match.nth.value_or(1);
  }

 private:
  std::map<FlightId, Flight>::iterator find(SegmentId id, std::uint32_t copy);
  void schedule(FlightId id, Changes& changes);
  void put_in_flight(Flight flight, Changes& changes);
  void turn_bit(Flight& flight, FlightId id, std::optional<std::uint16_t> octet,
                Changes& changes) const;
  void add_copy(const Flight& original, Duration by, Rule rule, std::uint32_t cause,
                Changes& changes);
  Config config_;
  std::vector<std::uint32_t> matched_;  // how often each fault has matched
  std::map<FlightId, Flight> flights_;
  FlightId last_flight_ = 0;
};

}  // namespace tcplab::net
