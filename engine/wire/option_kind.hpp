// The kinds of TCP options (RFC 9293 §3.2, RFC 7323, RFC 2018): the first octet of an option.
#pragma once
#include <cstdint>

namespace tcplab::wire {

enum OptionKind : std::uint8_t {
  kEnd = 0,
  kNoOperation = 1,
  kMss = 2,
  kWindowScale = 3,
  kSackPermitted = 4,
  kSack = 5,
  kTimestamps = 8,
};

}  // namespace tcplab::wire
