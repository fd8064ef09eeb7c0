// A sequence that grows without moving what it holds, but for its first few elements: a vector of
// short vectors. A value.
#pragma once
#include <cstddef>
#include <utility>
#include <vector>

namespace tcplab {

template <typename T>
class Chunked {
 public:
  std::size_t size() const {
    return chunks_.empty() ? 0 : (chunks_.size() - 1) * kChunk + chunks_.back().size();
  }
  T& operator[](std::size_t i) { return chunks_[i / kChunk][i % kChunk]; }
  const T& operator[](std::size_t i) const { return chunks_[i / kChunk][i % kChunk]; }

  void push_back(T value) {
    if (chunks_.empty() || chunks_.back().size() == kChunk) {
      // The first grows like any vector: most hosts have few connections.
      const bool first = chunks_.empty();
      chunks_.emplace_back();
      if (!first) chunks_.back().reserve(kChunk);
    }
    chunks_.back().push_back(std::move(value));
  }

 private:
  static constexpr std::size_t kChunk = 64;
  std::vector<std::vector<T>> chunks_;
};

}  // namespace tcplab
