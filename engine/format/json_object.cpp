#include "format/json_object.hpp"

#include <cstdint>
#include <cstring>

namespace tcplab::format {

namespace {

constexpr std::uint64_t kOnes = 0x0101'0101'0101'0101;
constexpr std::uint64_t kHighBits = 0x80 * kOnes;

// Not 0 if any of the eight octets is below `limit`, which is at most 0x80.
constexpr std::uint64_t any_below(std::uint64_t octets, std::uint64_t limit) {
  return (octets - limit * kOnes) & ~octets & kHighBits;
}
constexpr std::uint64_t any_is(std::uint64_t octets, std::uint64_t which) {
  return any_below(octets ^ which * kOnes, 1);
}
// Not 0 if any of the eight octets is DEL (0x7f) or not ASCII.
constexpr std::uint64_t any_above_tilde(std::uint64_t octets) {
  return (octets | ((octets & ~kHighBits) + kOnes)) & kHighBits;
}

constexpr bool are_plain(std::uint64_t octets) {
  return (any_below(octets, 0x20) | any_is(octets, '"') | any_is(octets, '\\') |
          any_above_tilde(octets)) == 0;
}

}  // namespace

// Eight octets at a time for speed: most of a trace's text is hexadecimal digits of datagrams.
bool is_plain(std::string_view octets) {
  std::uint64_t next = 0;
  for (; octets.size() >= sizeof(next); octets.remove_prefix(sizeof(next))) {
    std::memcpy(&next, octets.data(), sizeof(next));
    if (!are_plain(next)) return false;
  }
  next = kOnes * ' ';
  for (const char octet : octets) next = next << 8 | static_cast<std::uint8_t>(octet);
  return are_plain(next);
}

void append_quoted(std::string& text, std::string_view octets) {
  if (!is_plain(octets)) {
    text += dump(Json(octets));
    return;
  }
  char* at = extend(text, octets.size() + 2);
  *at++ = '"';
  at = std::copy(octets.begin(), octets.end(), at);
  *at = '"';
}

}  // namespace tcplab::format
