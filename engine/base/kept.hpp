// Something large or rare, kept apart so that its owner is small: it never changes, and all copies
// of the owner hold it in common.
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
