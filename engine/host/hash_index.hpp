// From the hash of a key to an index: an open hash table that holds neither keys nor values, eight
// octets a slot. Whoever asks knows what stands at an index and compares the keys.
#pragma once
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace tcplab::host {

class HashIndex {
 public:
  using Index = std::uint32_t;

  // The index with this hash for which `is_it(index)` holds.
  template <typename IsIt>
  std::optional<Index> find(std::uint32_t hash, IsIt is_it) const {
    if (slots_.empty()) return std::nullopt;
    for (std::size_t at = home(hash); slots_[at].index != kNone; at = after(at)) {
      if (slots_[at].hash == hash && is_it(slots_[at].index)) return slots_[at].index;
    }
    return std::nullopt;
  }

  void insert(std::uint32_t hash, Index index) {
    if ((used_ + 1) * 6 > slots_.size() * 5) grow();
    place({hash, index});
    ++used_;
  }

  void erase(std::uint32_t hash, Index index) {
    if (slots_.empty()) return;
    std::size_t hole = home(hash);
    for (; slots_[hole].index != index || slots_[hole].hash != hash; hole = after(hole)) {
      if (slots_[hole].index == kNone) return;
    }
    // What stands behind the hole moves up, unless that would be before its own place.
    for (std::size_t at = after(hole); slots_[at].index != kNone; at = after(at)) {
      const std::size_t first = home(slots_[at].hash);
      if (distance(first, at) < distance(hole, at)) continue;
      slots_[hole] = slots_[at];
      hole = at;
    }
    slots_[hole].index = kNone;
    --used_;
  }

  void clear() {
    slots_.clear();
    used_ = 0;
  }

 private:
  static constexpr Index kNone = 0xffff'ffff;
  struct Slot {
    std::uint32_t hash = 0;
    Index index = kNone;
  };

  std::size_t home(std::uint32_t hash) const {
    return static_cast<std::size_t>((std::uint64_t{hash} * slots_.size()) >> 32);
  }
  std::size_t after(std::size_t at) const { return at + 1 == slots_.size() ? 0 : at + 1; }
  std::size_t distance(std::size_t from, std::size_t to) const {
    return to >= from ? to - from : to + slots_.size() - from;
  }

  void place(Slot slot) {
    std::size_t at = home(slot.hash);
    while (slots_[at].index != kNone) at = after(at);
    slots_[at] = slot;
  }

  // By a third, so that little of it is empty.
  void grow() {
    const std::vector<Slot> old(std::move(slots_));
    slots_ = std::vector<Slot>(4 + old.size() + old.size() / 3);
    for (const Slot& slot : old) {
      if (slot.index != kNone) place(slot);
    }
  }

  std::vector<Slot> slots_;
  std::size_t used_ = 0;
};

}  // namespace tcplab::host
