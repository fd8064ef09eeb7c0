// An optional member that most objects lack: empty, or a T on the heap, so that the owner stays
// small. Copying the owner copies the T.
#pragma once
#include <memory>
#include <utility>

namespace tcplab {

template <typename T>
class Box {
 public:
  Box() = default;
  Box(T value) : held_(std::make_unique<T>(std::move(value))) {}
  Box(const Box& other) : held_(other ? std::make_unique<T>(*other) : nullptr) {}
  Box(Box&&) noexcept = default;
  Box& operator=(Box other) noexcept {
    held_ = std::move(other.held_);
    return *this;
  }
  ~Box() = default;

  explicit operator bool() const { return held_ != nullptr; }
  T& operator*() { return *held_; }
  const T& operator*() const { return *held_; }
  T* operator->() { return held_.get(); }
  const T* operator->() const { return held_.get(); }
  void emplace() { held_ = std::make_unique<T>(); }
  void reset() { held_.reset(); }

  friend bool operator==(const Box& a, const Box& b) {
    return a && b ? *a == *b : bool(a) == bool(b);
  }

 private:
  std::unique_ptr<T> held_;
};

}  // namespace tcplab
