// The options of a TCP header (RFC 9293 §3.2, RFC 7323, RFC 2018) as octets.
#pragma once
#include <cstdint>

#include "wire/segment.hpp"

namespace tcplab::wire {

// Octets of the header that the options take, a multiple of 4, at most 40.
std::size_t options_size(const Options& options);
// Writes exactly options_size() octets, padded with No-Operation between options.
void encode_options(const Options& options, std::uint8_t* at);
struct DecodedOptions {
  Options options;
  bool bad_length = false;
};
// Reads [at, end). Skips unknown kinds (MUST-6) and known kinds with a wrong length; stops at an
// impossible length, below 2 or beyond `end` (MUST-7).
DecodedOptions decode_options(const std::uint8_t* at, const std::uint8_t* end);

}  // namespace tcplab::wire
