// What a scenario may set a field of Behaviour to.
#pragma once
#include <cstdint>
#include <string_view>

#include "base/time.hpp"

namespace tcplab::tcp {

struct Allowed {
  bool by_scenarios = true;
  std::string_view unit = {};  // of a number; empty: a flag or an enumeration
  std::int64_t least = 0;      // of a number; of a time, in microseconds
  std::int64_t most = 0;
  bool is_size = false;           // may have a prefix, as in "64 KiB"
  bool may_be_missing = true;     // an optional field may be set to "never"
  std::string_view setting = {};  // its name in scenarios; empty: the field's own

  constexpr Allowed called(std::string_view name) const {
    Allowed named = *this;
    named.setting = name;
    return named;
  }
  constexpr Allowed without_never() const {
    Allowed always = *this;
    always.may_be_missing = false;
    return always;
  }
};

// Shorthands for the rows of behaviour_fields.def.
namespace allowed {

constexpr Allowed unset(std::string_view unit = {}) { return {false, unit}; }
constexpr Allowed any() { return {}; }
constexpr Allowed whole(std::string_view unit, std::int64_t least, std::int64_t most) {
  return {true, unit, least, most};
}
constexpr Allowed sized(std::string_view unit, std::int64_t least, std::int64_t most) {
  return {true, unit, least, most, true};
}
constexpr Allowed within(Duration least, Duration most) {
  return {true, "time", least.count(), most.count()};
}

}  // namespace allowed

}  // namespace tcplab::tcp
