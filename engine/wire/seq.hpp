// Sequence numbers: 32-bit, compared modulo 2^32 (RFC 9293 §3.4).
#pragma once
#include <cstdint>

namespace tcplab::wire {

// A position in one direction's sequence space. It has no operator<, because two positions are
// comparable only if they are less than 2^31 apart; the name `before` is a reminder of that.
class Seq {
 public:
  constexpr Seq() = default;
  constexpr explicit Seq(std::uint32_t value) : value_(value) {}

  constexpr std::uint32_t value() const { return value_; }

  friend constexpr bool operator==(Seq, Seq) = default;
  friend constexpr Seq operator+(Seq s, std::uint32_t n) { return Seq(s.value_ + n); }
  friend constexpr Seq operator-(Seq s, std::uint32_t n) { return Seq(s.value_ - n); }
  constexpr Seq& operator+=(std::uint32_t n) { return *this = *this + n; }
  constexpr Seq& operator-=(std::uint32_t n) { return *this = *this - n; }

 private:
  std::uint32_t value_ = 0;
};

// The number of octets from `from` up to `to`, modulo 2^32.
constexpr std::uint32_t distance(Seq from, Seq to) { return to.value() - from.value(); }

constexpr bool before(Seq a, Seq b) { return static_cast<std::int32_t>(distance(b, a)) < 0; }
constexpr bool before_or_at(Seq a, Seq b) { return !before(b, a); }
constexpr bool after(Seq a, Seq b) { return before(b, a); }
constexpr bool after_or_at(Seq a, Seq b) { return !before(a, b); }

// start =< s < start + length
constexpr bool in_window(Seq s, Seq start, std::uint32_t length) {
  return distance(start, s) < length;
}

}  // namespace tcplab::wire
