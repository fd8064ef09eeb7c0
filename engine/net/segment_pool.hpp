// Allocates sent segments in batches. A segment lives as long as any of its batch is held. A copied
// pool starts a batch of its own.
#pragma once
#include <array>
#include <cstddef>
#include <memory>

#include "net/flight.hpp"

namespace tcplab::net {

class SegmentPool {
 public:
  SegmentPool() = default;
  SegmentPool(const SegmentPool&) {}
  SegmentPool& operator=(const SegmentPool& other) {
    if (this != &other) batch_.reset();
    return *this;
  }
  ~SegmentPool() = default;

  std::shared_ptr<SentSegment> make() {
    if (!batch_ || used_ == kBatch) {
      batch_ = std::make_shared<Batch>();
      used_ = 0;
    }
    return {batch_, &(*batch_)[used_++]};
  }

 private:
  static constexpr std::size_t kBatch = 16;
  using Batch = std::array<SentSegment, kBatch>;
  std::shared_ptr<Batch> batch_;
  std::size_t used_ = 0;
};

}  // namespace tcplab::net
