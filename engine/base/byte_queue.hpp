// Octets that come in at the back and leave at the front, each moved a bounded number of times
// however long the queue is. A value.
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace tcplab {

class ByteQueue {
 public:
  using Iterator = std::vector<std::uint8_t>::const_iterator;

  Iterator begin() const { return octets_.begin() + static_cast<std::ptrdiff_t>(gone_); }
  Iterator end() const { return octets_.end(); }
  std::size_t size() const { return octets_.size() - gone_; }
  bool empty() const { return size() == 0; }

  void append(const std::vector<std::uint8_t>& octets) {
    octets_.insert(octets_.end(), octets.begin(), octets.end());
  }

  // What has gone stays in its place until it is the larger half.
  void drop_front(std::size_t octets) {
    gone_ += octets;
    if (gone_ < size()) return;
    octets_.erase(octets_.begin(), begin());
    gone_ = 0;
  }

  void clear() {
    octets_.clear();
    gone_ = 0;
  }

  friend bool operator==(const ByteQueue& a, const ByteQueue& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end());
  }

 private:
  std::vector<std::uint8_t> octets_;
  std::size_t gone_ = 0;
};

}  // namespace tcplab
