// The data of a segment: immutable octets, so that copies and parts of it share one buffer.
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

namespace tcplab::wire {

using Bytes = std::vector<std::uint8_t>;

class Payload {
 public:
  using value_type = std::uint8_t;
  using const_iterator = const std::uint8_t*;

  Payload() = default;
  Payload(Bytes octets) : size_(static_cast<std::uint32_t>(octets.size())) {
    if (octets.empty()) return;
    held_ = std::make_shared<const Bytes>(std::move(octets));
  }
  template <std::input_iterator Iterator>
  Payload(Iterator first, Iterator last) : Payload(Bytes(first, last)) {}

  const_iterator begin() const { return held_ ? held_->data() + first_ : nullptr; }
  const_iterator end() const { return begin() + size_; }
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  void clear() { *this = {}; }
  std::string_view text() const { return {reinterpret_cast<const char*>(begin()), size_}; }

  // The part of `octets` octets that starts at `at`. REQUIRES that there are so many.
  Payload part(std::size_t at, std::size_t octets) const {
    if (octets == 0) return {};
    Payload part(*this);
    part.first_ += static_cast<std::uint32_t>(at);
    part.size_ = static_cast<std::uint32_t>(octets);
    return part;
  }
  Payload first(std::size_t octets) const { return part(0, octets); }
  Payload without_first(std::size_t octets) const { return part(octets, size_ - octets); }

  friend Payload operator+(const Payload& a, const Payload& b) {
    Bytes both(a.begin(), a.end());
    both.insert(both.end(), b.begin(), b.end());
    return both;
  }
  friend bool operator==(const Payload& a, const Payload& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end());
  }

 private:
  std::shared_ptr<const Bytes> held_;
  std::uint32_t first_ = 0;  // index into *held_
  std::uint32_t size_ = 0;
};

}  // namespace tcplab::wire
