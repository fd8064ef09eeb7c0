// The options of a TCP header (RFC 9293 §3.2, RFC 7323, RFC 2018) as octets.
#pragma once
#include <cstdint>

#include "wire/segment.hpp"

namespace tcplab::wire {

// Octets of header that they take, a multiple of 4, at most 40.
std::size_t options_size(const Options& options);
// Writes exactly that many, padded with No-Operation between options.
void encode_options(const Options& options, std::uint8_t* at);
struct DecodedOptions {
  Options options;
  bool bad_length = false;
};
// Reads [at, end). Unknown kinds are skipped (MUST-6), and so are known ones with a length that is
// not theirs; a length that leads nowhere ends the reading (MUST-7).
DecodedOptions decode_options(const std::uint8_t* at, const std::uint8_t* end);

}  // namespace tcplab::wire
