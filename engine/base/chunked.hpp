// A sequence that grows without moving its elements (except the first few), and whose copies share
// the chunks that neither has changed since: a copy costs little more than the first chunk, however
// long the sequence is. It has value semantics, but sequences that were copied from one another
// must stay on one thread.
#pragma once
#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/shared.hpp"
#include "base/small_vector.hpp"

namespace tcplab {

// Elements per chunk, by their size: the first change after a copy has to copy the whole chunk.
constexpr std::size_t usual_chunk(std::size_t bytes) {
  return bytes <= 32 ? 64 : std::bit_floor(std::max<std::size_t>(1, 4096 / bytes));
}

template <typename T, std::size_t kChunk = usual_chunk(sizeof(T))>
class Chunked {
 public:
  class Iterator {
   public:
    using iterator_category = std::random_access_iterator_tag;
    using value_type = T;
    using difference_type = std::ptrdiff_t;
    using pointer = const T*;
    using reference = const T&;

    Iterator() = default;
    Iterator(const Chunked& of, std::size_t at) : of_(&of), at_(static_cast<difference_type>(at)) {}

    reference operator*() const { return (*of_)[static_cast<std::size_t>(at_)]; }
    pointer operator->() const { return &**this; }
    reference operator[](difference_type i) const { return *(*this + i); }
    Iterator& operator+=(difference_type by) {
      at_ += by;
      return *this;
    }
    Iterator& operator-=(difference_type by) { return *this += -by; }
    Iterator& operator++() { return *this += 1; }
    Iterator& operator--() { return *this += -1; }
    Iterator operator++(int) { return std::exchange(*this, *this + 1); }
    Iterator operator--(int) { return std::exchange(*this, *this - 1); }
    friend Iterator operator+(Iterator i, difference_type by) { return i += by; }
    friend Iterator operator-(Iterator i, difference_type by) { return i -= by; }
    friend difference_type operator-(const Iterator& a, const Iterator& b) { return a.at_ - b.at_; }
    friend auto operator<=>(const Iterator& a, const Iterator& b) { return a.at_ <=> b.at_; }
    friend bool operator==(const Iterator& a, const Iterator& b) { return a.at_ == b.at_; }

   private:
    const Chunked* of_ = nullptr;
    difference_type at_ = 0;
  };

  Chunked() = default;
  Chunked(const Chunked&) = default;
  Chunked(Chunked&& other) noexcept
      : first_(std::move(other.first_)),
        more_(std::move(other.more_)),
        size_(std::exchange(other.size_, 0)) {}
  Chunked& operator=(const Chunked&) = default;
  Chunked& operator=(Chunked&& other) noexcept {
    first_ = std::move(other.first_);
    more_ = std::move(other.more_);
    size_ = std::exchange(other.size_, 0);
    return *this;
  }
  ~Chunked() = default;

  template <std::random_access_iterator From>
  Chunked(From first, From last) : size_(static_cast<std::size_t>(last - first)) {
    const auto place = [&](std::size_t at) { return first + static_cast<std::ptrdiff_t>(at); };
    first_.reserve(std::min(kFirst, size_));
    for (std::size_t at = 0; at < std::min(kFirst, size_); ++at) first_.push_back(*place(at));
    for (std::size_t at = kFirst; at < size_; at += kChunk) {
      own_chunk(at).append(place(at), std::min(kChunk, size_ - at));
    }
  }

  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  const T& operator[](std::size_t i) const { return i < kFirst ? first_[i] : kept(i); }
  // Element `i` and those after it that are contiguous with it.
  std::span<const T> run(std::size_t i) const {
    if (i < kFirst) return {&first_[i], first_.size() - i};
    const std::size_t in_chunk = kChunk - (i - kFirst) % kChunk;
    return {&kept(i), std::min(in_chunk, size_ - i)};
  }
  const T& front() const { return first_.front(); }
  const T& back() const { return (*this)[size_ - 1]; }
  Iterator begin() const { return {*this, 0}; }
  Iterator end() const { return {*this, size_}; }

  // For writing. Copies the chunk first if it is shared: earlier references into the chunk may then
  // belong to another sequence.
  T& at(std::size_t i) {
    return i < kFirst ? first_[i] : own_chunk(i).items[(i - kFirst) % kChunk];
  }

  template <typename... Arguments>
  T& emplace_back(Arguments&&... arguments) {
    const std::size_t at = size_++;
    if (at >= kFirst) return own_chunk(at).emplace_back(std::forward<Arguments>(arguments)...);
    if (at == 0 && !kIsSmall) first_.reserve(kAtOnce);
    return first_.emplace_back(std::forward<Arguments>(arguments)...);
  }
  void push_back(T&& value) { emplace_back(std::move(value)); }
  void push_back(const T& value) { emplace_back(T(value)); }

  // Keeps only the first `size` elements. REQUIRES that there are so many.
  void truncate(std::size_t size) {
    size_ = size;
    if (size < first_.size()) {
      first_.erase(first_.begin() + static_cast<std::ptrdiff_t>(size), first_.end());
    }
    const std::size_t rest = size <= kFirst ? 0 : size - kFirst;
    const std::size_t chunks = (rest + kChunk - 1) / kChunk;
    more_.erase(more_.begin() + (chunks + kFanOut - 1) / kFanOut, more_.end());
    if (chunks % kFanOut != 0) {
      auto& group = more_.back().own();
      std::fill(group.begin() + chunks % kFanOut, group.end(), Shared<Chunk>());
    }
    if (rest % kChunk == 0) return;
    own_chunk(size - 1).cut(rest % kChunk);
  }

 private:
  static constexpr std::size_t kFirst = std::max<std::size_t>(kChunk, 4);
  static constexpr std::size_t kAtOnce = std::clamp<std::size_t>(8 * 1024 / sizeof(T), 1, kFirst);
  static constexpr std::size_t kFanOut = 128;
  // Small elements start in place: a few take no more room than the bookkeeping of heap memory.
  static constexpr std::uint32_t kInPlace = 64 / sizeof(T);
  static constexpr bool kIsSmall = kInPlace >= 4;
  struct Chunk {
    Chunk() {}
    Chunk(const Chunk& other) { append(other.items, other.used); }
    Chunk& operator=(const Chunk&) = delete;
    ~Chunk() { cut(0); }

    template <typename From>
    void append(From from, std::size_t count) {
      std::uninitialized_copy_n(from, count, items + used);
      used += static_cast<std::uint32_t>(count);
    }
    template <typename... Arguments>
    T& emplace_back(Arguments&&... arguments) {
      return *std::construct_at(items + used++, std::forward<Arguments>(arguments)...);
    }
    void cut(std::size_t left) {
      std::destroy(items + left, items + used);
      used = static_cast<std::uint32_t>(left);
    }

    std::uint32_t used = 0;
    union {
      T items[kChunk];
    };
  };
  using Group = std::array<Shared<Chunk>, kFanOut>;

  const T& kept(std::size_t i) const {
    const std::size_t place = i - kFirst;
    const std::size_t chunk = place / kChunk;
    return (*more_[chunk / kFanOut])[chunk % kFanOut]->items[place % kChunk];
  }

  // The chunk of element `i`, unshared so that it can be changed; created if there is none.
  Chunk& own_chunk(std::size_t i) {
    const std::size_t number = (i - kFirst) / kChunk;
    if (number / kFanOut == more_.size()) more_.push_back(Shared<Group>::make());
    Shared<Chunk>& chunk = more_[number / kFanOut].own()[number % kFanOut];
    if (!chunk) chunk = Shared<Chunk>::make();
    return chunk.own();
  }

  // The first elements are in a vector that grows as usual, because most sequences are short.
  std::conditional_t<kIsSmall, SmallVector<T, kInPlace>, std::vector<T>> first_;
  SmallVector<Shared<Group>, 1> more_;
  std::size_t size_ = 0;
};

}  // namespace tcplab
