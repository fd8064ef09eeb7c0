// Segments on their way between hosts: a segment as it was sent, each copy of it in flight, and the
// table of these.
#pragma once
#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "base/box.hpp"
#include "base/rule.hpp"
#include "base/small_vector.hpp"
#include "base/time.hpp"
#include "wire/forgery.hpp"
#include "wire/segment.hpp"

namespace tcplab::net {

using wire::SegmentId;
using HostIndex = std::uint16_t;
using FlightId = std::uint32_t;

// A segment as it left its sender. Never changes.
struct SentSegment {
  SegmentId id = 0;
  wire::Segment segment;
  HostIndex from = 0;
  std::uint32_t sender = 0;                   // the connection that sent it; 0: none
  std::optional<std::uint32_t> relative_seq;  // to the sender's ISS
  std::optional<std::uint32_t> relative_ack;  // to the sender's IRS
  std::uint32_t takes = 0;                    // SEG.LEN, as its sender counts
  bool retransmission = false;
  std::shared_ptr<const wire::Forgery> forgery{};  // null: its bytes say what `segment` says

  // The whole IPv4 datagram with its checksums, encoded at each call: most segments are never read
  // as bytes.
  wire::Bytes bytes() const;
};
using SentSegmentPtr = std::shared_ptr<const SentSegment>;

// One copy of a segment on its way.
struct Flight {
  SentSegmentPtr sent;
  std::uint32_t copy = 1;
  HostIndex to = 0;
  Time departed{0};
  std::optional<Time> arrives;  // none while it is held
  // The fault that drops or holds it half-way, at `strikes`; none: it arrives.
  std::optional<Rule> doom;
  Time strikes{0};
  Duration remaining{0};                        // while it is held: how long it still has to travel
  std::uint32_t cause = 0;                      // the trace event that put it in flight
  Box<std::vector<std::uint16_t>> corrupted{};  // indexes of octets whose lowest bit is flipped

  // With its corrupted bits.
  wire::Bytes bytes() const;
  // Whether decoding its bytes would give `segment` again, as a connection sent it unharmed. An
  // injected segment may hold numbers that do not fit into its bytes.
  bool reads_as_written() const { return !corrupted && sent->sender != 0; }
  // When the network must look at it: it is lost or held half-way, or arrives. Never while held.
  std::optional<Time> due() const { return doom ? std::optional(strikes) : arrives; }
};

// The flights by their ids, which only grow. Flights stay in place; only small entries are sorted.
class FlightTable {
 public:
  struct Entry {
    FlightId id;
    const Flight& flight;
  };
  class Iterator {
   public:
    Iterator(const FlightTable& table, std::size_t at) : table_(&table), at_(at) {}
    Entry operator*() const { return table_->at(at_); }
    Iterator& operator++() {
      ++at_;
      return *this;
    }
    friend bool operator==(const Iterator& a, const Iterator& b) { return a.at_ == b.at_; }

   private:
    const FlightTable* table_;
    std::size_t at_;
  };

  std::size_t size() const { return order_.size(); }
  bool empty() const { return order_.empty(); }
  Iterator begin() const { return {*this, 0}; }
  Iterator end() const { return {*this, size()}; }
  // The `i`th of those in flight, in the order in which they were sent.
  Entry at(std::size_t i) const { return {order_[i].id, flights_[order_[i].place]}; }

  // A fresh one, to be filled in. `id` is larger than all before it.
  Flight& add(FlightId id) {
    if (free_.empty()) {
      order_.push_back({id, static_cast<std::uint32_t>(flights_.size())});
      return flights_.emplace_back();
    }
    const auto place = free_.back();
    free_.pop_back();
    order_.push_back({id, place});
    return flights_[place] = Flight{};
  }
  // null: it is not in flight.
  const Flight* find(FlightId id) const {
    const auto found = position(id);
    return found == order_.end() ? nullptr : &flights_[found->place];
  }
  Flight* find(FlightId id) { return const_cast<Flight*>(std::as_const(*this).find(id)); }
  // It must be in flight.
  Flight take(FlightId id) {
    const Place* const found = position(id);
    const auto place = found->place;
    order_.erase(order_.begin() + (found - order_.begin()));
    free_.push_back(place);
    return std::move(flights_[place]);
  }

 private:
  struct Place {
    FlightId id;
    std::uint32_t place;  // index into flights_
  };
  const Place* position(FlightId id) const {
    // What was sent first mostly arrives first.
    if (!order_.empty() && order_.front().id == id) return order_.begin();
    const auto found = std::lower_bound(order_.begin(), order_.end(), id,
                                        [](const Place& a, FlightId b) { return a.id < b; });
    return found != order_.end() && found->id == id ? found : order_.end();
  }

  SmallVector<Place, 4> order_;  // by id
  SmallVector<Flight, 4> flights_;
  SmallVector<std::uint32_t, 4> free_;  // places in it
};

}  // namespace tcplab::net
