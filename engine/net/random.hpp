// The world's one source of chance: SplitMix64 with mappings defined here, because the standard
// distributions differ between libraries and a trace must not.
#pragma once
#include <cstdint>

namespace tcplab::net {

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    state_ += 0x9e3779b97f4a7c15;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }

  // 0 to bound - 1, for bound from 1 to 2^32: the upper bits, scaled. The bias is below 2^-32.
  std::uint64_t below(std::uint64_t bound) { return ((next() >> 32) * bound) >> 32; }

  // True with a probability of `parts` in a million.
  bool chance(std::uint32_t parts_per_million) { return below(1'000'000) < parts_per_million; }

 private:
  std::uint64_t state_;
};

}  // namespace tcplab::net
