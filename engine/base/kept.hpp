// An immutable value that is large or rare: on the heap, so that its owner stays small, and shared
// by all copies of the owner.
#pragma once
#include <memory>
#include <utility>

namespace tcplab {

template <typename T>
class Kept {
 public:
  Kept(T&& value) : held_(std::make_shared<const T>(std::move(value))) {}

  const T& operator*() const { return *held_; }
  const T* operator->() const { return held_.get(); }

 private:
  std::shared_ptr<const T> held_;
};

}  // namespace tcplab
