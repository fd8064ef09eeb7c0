// A reference-counted pointer that takes one pointer and one counter. Unlike std::shared_ptr, whose
// use_count() is only a hint, it tells reliably whether its owner is the only one, as copy-on-write
// needs.
#pragma once
#include <atomic>
#include <cstdint>
#include <utility>

namespace tcplab {

template <typename T>
class Shared {
 public:
  Shared() = default;
  Shared(const Shared& other) : held_(other.held_) {
    if (held_ != nullptr) held_->owners.fetch_add(1, std::memory_order_relaxed);
  }
  Shared(Shared&& other) noexcept : held_(std::exchange(other.held_, nullptr)) {}
  Shared& operator=(Shared other) noexcept {
    std::swap(held_, other.held_);
    return *this;
  }
  ~Shared() {
    if (held_ != nullptr && held_->owners.fetch_sub(1, std::memory_order_acq_rel) == 1) {
      delete held_;
    }
  }

  static Shared make() { return Shared(new Held); }
  static Shared copy_of(const T& value) { return Shared(new Held{.value = value}); }

  explicit operator bool() const { return held_ != nullptr; }
  const T& operator*() const { return held_->value; }
  const T* operator->() const { return &held_->value; }

  // For writing: first replaces a value that others share by a copy. REQUIRES that it is not empty.
  T& own() {
    if (held_->owners.load(std::memory_order_acquire) != 1) *this = copy_of(held_->value);
    return held_->value;
  }

 private:
  struct Held {
    std::atomic<std::uint32_t> owners = 1;
    T value{};
  };
  explicit Shared(Held* held) : held_(held) {}

  Held* held_ = nullptr;
};

}  // namespace tcplab
