// What malloc has given out, its own headers included.
#pragma once
#include <malloc.h>

#include <cstddef>

namespace tcplab::bench {

inline std::size_t heap_in_use() {
#ifdef __EMSCRIPTEN__
  const auto info = mallinfo();
#else
  const auto info = mallinfo2();
#endif
  return static_cast<std::size_t>(info.uordblks) + static_cast<std::size_t>(info.hblkhd);
}

}  // namespace tcplab::bench
