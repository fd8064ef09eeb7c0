// Maps the hash of a key to an index: an open-addressing hash table of eight octets a slot that
// holds neither keys nor values. The caller has the key of each index, and compares it.
#pragma once
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "base/chunked.hpp"

namespace tcplab::host {

class HashIndex {
 public:
  using Index = std::uint32_t;

  // The index with this hash for which `is_it(index)` holds.
  template <typename IsIt>
  std::optional<Index> find(std::uint32_t hash, IsIt is_it) const {
    if (slots_.empty()) return std::nullopt;
    for (std::size_t at = home(hash);;) {
      const auto together = slots_.run(at);
      for (const Slot& slot : together) {
        if (slot.index == kNone) return std::nullopt;
        if (slot.hash == hash && is_it(slot.index)) return slot.index;
      }
      at += together.size();
      if (at == slots_.size()) at = 0;
    }
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
    // Later slots move up into the hole, unless that would be before their home slot.
    for (std::size_t at = after(hole); slots_[at].index != kNone; at = after(at)) {
      const std::size_t first = home(slots_[at].hash);
      if (distance(first, at) < distance(hole, at)) continue;
      slots_.at(hole) = slots_[at];
      hole = at;
    }
    slots_.at(hole).index = kNone;
    --used_;
  }

  void clear() {
    slots_ = {};
    used_ = 0;
  }

 private:
  static constexpr Index kNone = 0xffff'ffff;
  // Small chunks: hashes spread over the table, and a change copies the chunk that it hits.
  static constexpr std::size_t kChunk = 16;
  static constexpr std::size_t kAtFirst = 8;  // slots: as many as fit in place, without allocation
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
    slots_.at(at) = slot;
  }

  // Grows only by a third, so that few slots are empty.
  void grow() {
    if (slots_.empty()) {
      for (std::size_t i = 0; i < kAtFirst; ++i) slots_.push_back(Slot{});
      return;
    }
    std::vector<Slot> larger(slots_.size() + slots_.size() / 3);
    for (const Slot& slot : slots_) {
      if (slot.index == kNone) continue;
      auto at = static_cast<std::size_t>((std::uint64_t{slot.hash} * larger.size()) >> 32);
      while (larger[at].index != kNone) at = at + 1 == larger.size() ? 0 : at + 1;
      larger[at] = slot;
    }
    slots_ = {larger.begin(), larger.end()};
  }

  Chunked<Slot, kChunk> slots_;
  std::size_t used_ = 0;
};

}  // namespace tcplab::host
