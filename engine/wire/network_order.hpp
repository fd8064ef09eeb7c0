// Numbers in network byte order: most significant octet first (RFC 791, appendix B).
#pragma once
#include <cstdint>

namespace tcplab::wire {

inline void put16(std::uint8_t* at, std::uint32_t value) {
  at[0] = static_cast<std::uint8_t>(value >> 8);
  at[1] = static_cast<std::uint8_t>(value);
}
inline void put32(std::uint8_t* at, std::uint32_t value) {
  put16(at, value >> 16);
  put16(at + 2, value & 0xffff);
}
inline std::uint16_t get16(const std::uint8_t* at) {
  return static_cast<std::uint16_t>((at[0] << 8) | at[1]);
}
inline std::uint32_t get32(const std::uint8_t* at) {
  return (std::uint32_t{get16(at)} << 16) | get16(at + 2);
}

}  // namespace tcplab::wire
