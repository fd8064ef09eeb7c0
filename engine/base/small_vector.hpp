// A vector that stores its first few elements in place, so that a short one allocates no memory.
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>

namespace tcplab {

template <typename T, std::uint32_t kInPlace>
class SmallVector {
 public:
  using value_type = T;
  using iterator = T*;
  using const_iterator = const T*;

  SmallVector() = default;
  explicit SmallVector(std::uint32_t size) {
    if (size > capacity_) move_to_heap(size);
    std::uninitialized_value_construct_n(data_, size);
    size_ = size;
  }
  SmallVector(const SmallVector& other) {
    if (other.size_ > capacity_) move_to_heap(other.size_);
    std::uninitialized_copy(other.begin(), other.end(), data_);
    size_ = other.size_;
  }
  SmallVector(SmallVector&& other) noexcept { take(other); }
  SmallVector& operator=(const SmallVector& other) {
    if (this != &other) *this = SmallVector(other);
    return *this;
  }
  SmallVector& operator=(SmallVector&& other) noexcept {
    if (this == &other) return *this;
    release();
    take(other);
    return *this;
  }
  ~SmallVector() {
    std::destroy(begin(), end());
    if (!is_in_place()) std::allocator<T>().deallocate(data_, capacity_);
  }

  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  T* begin() { return data_; }
  T* end() { return data_ + size_; }
  const T* begin() const { return data_; }
  const T* end() const { return data_ + size_; }
  T& operator[](std::size_t i) { return data_[i]; }
  const T& operator[](std::size_t i) const { return data_[i]; }
  T& front() { return data_[0]; }
  const T& front() const { return data_[0]; }
  T& back() { return data_[size_ - 1]; }
  const T& back() const { return data_[size_ - 1]; }

  void reserve(std::size_t capacity) {
    if (capacity > capacity_) move_to_heap(static_cast<std::uint32_t>(capacity));
  }
  // `value` must not be an element of this vector: growing would move it away.
  void push_back(const T& value) { emplace_back(value); }
  void push_back(T&& value) { emplace_back(std::move(value)); }
  template <typename... Arguments>
  T& emplace_back(Arguments&&... arguments) {
    if (size_ == capacity_) move_to_heap(2 * capacity_);
    return *std::construct_at(data_ + size_++, std::forward<Arguments>(arguments)...);
  }
  void pop_back() { std::destroy_at(data_ + --size_); }
  void clear() {
    std::destroy(begin(), end());
    size_ = 0;
  }

  T* insert(T* before, T value) {
    const auto at = before - data_;
    push_back(std::move(value));
    std::rotate(data_ + at, end() - 1, end());
    return data_ + at;
  }
  T* erase(T* first, T* last) {
    if (first == last) return first;
    T* const new_end = std::move(last, end(), first);
    std::destroy(new_end, end());
    size_ = static_cast<std::uint32_t>(new_end - data_);
    return first;
  }
  T* erase(T* at) { return erase(at, at + 1); }

  friend bool operator==(const SmallVector& a, const SmallVector& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end());
  }

 private:
  T* in_place() { return reinterpret_cast<T*>(place_); }
  bool is_in_place() const { return capacity_ == kInPlace; }

  void move_to_heap(std::uint32_t capacity) {
    T* const larger = std::allocator<T>().allocate(capacity);
    std::uninitialized_move(begin(), end(), larger);
    const auto size = size_;
    release();
    data_ = larger;
    size_ = size;
    capacity_ = capacity;
  }
  // Destroys the elements and frees the heap memory: empty and in place afterwards.
  void release() {
    std::destroy(begin(), end());
    if (!is_in_place()) std::allocator<T>().deallocate(data_, capacity_);
    data_ = in_place();
    size_ = 0;
    capacity_ = kInPlace;
  }
  // REQUIRES that this one is in place and empty; leaves `other` in place and empty.
  void take(SmallVector& other) {
    if (other.is_in_place()) {
      std::uninitialized_move(other.begin(), other.end(), data_);
      size_ = other.size_;
      other.clear();
      return;
    }
    data_ = std::exchange(other.data_, other.in_place());
    size_ = std::exchange(other.size_, 0);
    capacity_ = std::exchange(other.capacity_, kInPlace);
  }

  T* data_ = in_place();
  std::uint32_t size_ = 0;
  std::uint32_t capacity_ = kInPlace;
  alignas(T) std::byte place_[sizeof(T) * kInPlace];
};

}  // namespace tcplab
