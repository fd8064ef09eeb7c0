// The queue of what is due: a heap of plain data, ordered by time and then by insertion.
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <variant>

#include "base/small_vector.hpp"
#include "base/time.hpp"
#include "host/socket.hpp"
#include "net/flight.hpp"
#include "tcp/effect.hpp"

namespace tcplab::lab {

struct FlightDue {
  net::FlightId flight;
};
struct TimerDue {
  net::HostIndex host;
  tcp::Timer timer;
  host::ConnectionId connection;
  std::uint32_t cause;
};
struct EntryDue {
  std::uint32_t entry;
};
struct IcmpDue {
  std::uint32_t rejection;  // index into World::rejections_
};

struct Due {
  Time at;
  std::uint64_t order;  // of insertion: breaks ties
  std::variant<FlightDue, TimerDue, EntryDue, IcmpDue> what;
};

class DueQueue {
 public:
  bool empty() const { return heap_.empty(); }
  std::size_t size() const { return heap_.size(); }
  const Due& front() const { return heap_.front(); }

  template <typename What>
  void push(Time at, What what) {
    heap_.push_back({at, order_++, what});
    std::push_heap(heap_.begin(), heap_.end(), Later{});
  }
  Due pop() {
    std::pop_heap(heap_.begin(), heap_.end(), Later{});
    const Due due = heap_.back();
    heap_.pop_back();
    return due;
  }

  // Removes entries at the head that no longer hold. Those behind the head stay until they may be
  // half of the queue: so it is at most twice as long as what is due, and looking through it costs
  // no more than the insertions did.
  template <typename Holds>
  void forget_stale(Holds holds) {
    while (!heap_.empty() && !holds(heap_.front())) pop();
    if (heap_.size() < looked_through_at_) return;
    const auto kept = std::partition(heap_.begin(), heap_.end(), holds);
    heap_.erase(kept, heap_.end());
    std::make_heap(heap_.begin(), heap_.end(), Later{});
    looked_through_at_ = std::max(kFew, 2 * heap_.size());
  }

 private:
  static constexpr std::size_t kFew = 64;
  struct Later {
    bool operator()(const Due& a, const Due& b) const {
      return a.at != b.at ? a.at > b.at : a.order > b.order;
    }
  };

  SmallVector<Due, 12> heap_;  // earliest first
  std::uint64_t order_ = 0;
  std::size_t looked_through_at_ = kFew;  // the length at which all entries are checked again
};

}  // namespace tcplab::lab
