// Conversions for the WASM functions: they return JSON texts, return problems instead of throwing
// exceptions, and take JavaScript's doubles as numbers.
#pragma once
#include <cstdint>
#include <string>
#include <utility>

#include "base/time.hpp"
#include "format/problem.hpp"

namespace tcplab::wasm {

inline std::string problems(const format::Problems& found) {
  return format::dump(format::to_json(found));
}
inline std::string problem(format::Text message) {
  return problems({{"", 0, 0, std::move(message)}});
}

// A value that is not a valid time becomes the nearest valid one; NaN becomes 0.
inline Time time_of(double microseconds) {
  constexpr double kMost = 3.6e12;  // 1000 h
  if (!(microseconds > 0)) return Time{0};
  return Time{static_cast<std::int64_t>(microseconds < kMost ? microseconds : kMost)};
}

// Anything that is not a whole number from 0 to 2^53 - 1 becomes 0.
inline std::uint64_t seed_of(double seed) {
  constexpr double kMost = 9007199254740991;
  return seed > 0 && seed <= kMost ? static_cast<std::uint64_t>(seed) : 0;
}

}  // namespace tcplab::wasm
