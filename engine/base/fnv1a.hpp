// FNV-1a with 64 bits (draft-eastlake-fnv, section 2): a hash that is the same on every machine. It
// is not cryptographic: whoever chooses the text can choose the hash.
#pragma once
#include <cstdint>
#include <string_view>

namespace tcplab {

// `hash` is the hash of the text before this one, so that a text can be hashed in parts.
constexpr std::uint64_t fnv1a(std::string_view text, std::uint64_t hash = 0xcbf2'9ce4'8422'2325) {
  for (const char octet : text) {
    hash = (hash ^ static_cast<std::uint8_t>(octet)) * 0x0000'0100'0000'01b3;
  }
  return hash;
}

}  // namespace tcplab
