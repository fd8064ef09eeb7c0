#include "wire/options.hpp"

#include "wire/network_order.hpp"
#include "wire/option_kind.hpp"

namespace tcplab::wire {
namespace {

// The length octet of an option that the lab knows; 0 for any other.
constexpr std::uint8_t length_of(std::uint8_t kind) {
  switch (kind) {
    case kMss:
      return 4;
    case kWindowScale:
      return 3;
    case kSackPermitted:
      return 2;
    case kTimestamps:
      return 10;
    default:
      return 0;
  }
}

void take(Options& options, const std::uint8_t* at) {
  switch (at[0]) {
    case kMss:
      options.mss = get16(at + 2);
      return;
    case kWindowScale:
      options.window_scale = at[2];
      return;
    case kSackPermitted:
      options.sack_permitted = true;
      return;
    case kTimestamps:
      options.timestamps = Timestamps{get32(at + 2), get32(at + 6)};
      return;
    default:
      return;
  }
}

}  // namespace

std::size_t options_size(const Options& options) {
  const bool sack_stands_with_timestamps = options.sack_permitted && options.timestamps;
  return (options.mss ? 4u : 0u) + (options.timestamps ? 12u : 0u) +
         (options.sack_permitted && !sack_stands_with_timestamps ? 4u : 0u) +
         (options.window_scale ? 4u : 0u);
}

void encode_options(const Options& options, std::uint8_t* at) {
  const auto begin = [&](OptionKind kind) {
    at[0] = kind;
    at[1] = length_of(kind);
    at += 2;
  };
  if (options.mss) {
    begin(kMss);
    put16(at, *options.mss);
    at += 2;
  }
  if (options.sack_permitted || options.timestamps) {
    if (options.timestamps && options.sack_permitted) {
      begin(kSackPermitted);
    } else {
      *at++ = kNoOperation;
      *at++ = kNoOperation;
      if (options.sack_permitted) begin(kSackPermitted);
    }
  }
  if (options.timestamps) {
    begin(kTimestamps);
    put32(at, options.timestamps->value);
    put32(at + 4, options.timestamps->echo_reply);
    at += 8;
  }
  if (options.window_scale) {
    *at++ = kNoOperation;
    begin(kWindowScale);
    *at = *options.window_scale;
  }
}

DecodedOptions decode_options(const std::uint8_t* at, const std::uint8_t* end) {
  DecodedOptions decoded;
  while (at != end && *at != kEnd) {
    if (*at == kNoOperation) {
      ++at;
      continue;
    }
    const auto room = end - at;
    if (room < 2 || at[1] < 2 || at[1] > room) {
      decoded.bad_length = true;
      break;
    }
    const std::uint8_t right_length = length_of(at[0]);
    if (right_length == 0 || at[1] == right_length) {
      take(decoded.options, at);
    } else {
      decoded.bad_length = true;
    }
    at += at[1];
  }
  return decoded;
}

}  // namespace tcplab::wire
