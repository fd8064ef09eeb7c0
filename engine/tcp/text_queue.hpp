// Text that SEND has queued, first in, first out. It is copied only where a segment takes text of
// more than one SEND. A value.
#pragma once
#include <algorithm>
#include <cstddef>
#include <utility>

#include "base/small_vector.hpp"
#include "wire/payload.hpp"

namespace tcplab::tcp {

class TextQueue {
 public:
  std::size_t size() const { return octets_; }
  bool empty() const { return octets_ == 0; }

  void append(wire::Payload text) {
    if (text.empty()) return;
    octets_ += text.size();
    pieces_.push_back(std::move(text));
  }

  // The first `octets` of the text; size() must be at least that.
  wire::Payload take(std::size_t octets) {
    octets_ -= octets;
    if (octets <= pieces_[gone_].size()) return take_of_first(octets);
    wire::Bytes gathered;
    gathered.reserve(octets);
    while (gathered.size() < octets) {
      const std::size_t wanted = octets - gathered.size();
      const auto part = take_of_first(std::min(wanted, pieces_[gone_].size()));
      gathered.insert(gathered.end(), part.begin(), part.end());
    }
    return gathered;
  }

  void clear() { *this = {}; }

  friend bool operator==(const TextQueue& a, const TextQueue& b) {
    return a.octets_ == b.octets_ && a.all() == b.all();
  }

 private:
  wire::Payload take_of_first(std::size_t octets) {
    wire::Payload& first = pieces_[gone_];
    if (octets == first.size()) {
      auto whole = std::exchange(first, {});
      drop_first();
      return whole;
    }
    auto taken = first.first(octets);
    first = first.without_first(octets);
    return taken;
  }

  // Erases used-up pieces only once they are half of all: that is cheap on average.
  void drop_first() {
    ++gone_;
    if (gone_ < pieces_.size() - gone_) return;
    pieces_.erase(pieces_.begin(), pieces_.begin() + gone_);
    gone_ = 0;
  }

  wire::Bytes all() const {
    wire::Bytes octets;
    for (const auto& piece : pieces_) octets.insert(octets.end(), piece.begin(), piece.end());
    return octets;
  }

  SmallVector<wire::Payload, 1> pieces_;
  std::size_t gone_ = 0;    // pieces at the front that are used up
  std::size_t octets_ = 0;  // in all
};

}  // namespace tcplab::tcp
