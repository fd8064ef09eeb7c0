// What is due, by time and then in the order in which it was put in: a heap of plain data.
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
  std::uint32_t rejection;  // index into the world's
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

 private:
  struct Later {
    bool operator()(const Due& a, const Due& b) const {
      return a.at != b.at ? a.at > b.at : a.order > b.order;
    }
  };

  SmallVector<Due, 12> heap_;  // earliest first
  std::uint64_t order_ = 0;
};

}  // namespace tcplab::lab
