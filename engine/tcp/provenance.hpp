// Where a profile's values come from: each is one line of a table, with its source.
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "tcp/behaviour.hpp"

namespace tcplab::tcp {

enum class Provenance : std::uint8_t {
  kMeasured,  // seen on the stack itself
  kRead,      // in its source or its documentation
  kAssumed,   // neither: taken from RFC 9293 or from a related stack
};
inline constexpr std::array<std::string_view, 3> kProvenanceNames{"measured", "read", "assumed"};
constexpr std::string_view to_text(Provenance provenance) {
  return kProvenanceNames[static_cast<std::size_t>(provenance)];
}

struct ProfileValue {
  std::string_view field;  // its name in Behaviour
  void (*set)(Behaviour&);
  Provenance provenance;
  std::string_view source;
};

// The first two members of a ProfileValue.
#define TCPLAB_SET(field, ...) #field, [](Behaviour & b) { b.field = __VA_ARGS__; }

// The values of a profile in groups; where two set the same field, the later one holds.
using ProfileValues = std::span<const std::span<const ProfileValue>>;
// What every real stack shares with the others.
std::span<const ProfileValue> stack_values();
ProfileValues linux_values();
ProfileValues freebsd_values();
ProfileValues macos_values();
ProfileValues windows_values();

// The line that sets this field; nullptr: the profile keeps the default.
const ProfileValue* find_value(const Profile& profile, std::string_view field);

}  // namespace tcplab::tcp
