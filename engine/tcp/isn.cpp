#include "tcp/isn.hpp"

namespace tcplab::tcp {
namespace {

constexpr std::uint64_t rotate_left(std::uint64_t x, int by) {
  return (x << by) | (x >> (64 - by));
}

struct SipState {
  std::uint64_t v0, v1, v2, v3;

  void round() {
    v0 += v1;
    v1 = rotate_left(v1, 13) ^ v0;
    v0 = rotate_left(v0, 32);
    v2 += v3;
    v3 = rotate_left(v3, 16) ^ v2;
    v0 += v3;
    v3 = rotate_left(v3, 21) ^ v0;
    v2 += v1;
    v1 = rotate_left(v1, 17) ^ v2;
    v2 = rotate_left(v2, 32);
  }
  void absorb(std::uint64_t word) {
    v3 ^= word;
    round();
    round();
    v0 ^= word;
  }
};

std::uint64_t word_of(const wire::Endpoint& endpoint) {
  return (std::uint64_t{endpoint.address.value} << 16) | endpoint.port;
}

}  // namespace

std::uint64_t siphash(const Secret& key, std::uint64_t first, std::uint64_t second) {
  SipState state{key[0] ^ 0x736f6d6570736575, key[1] ^ 0x646f72616e646f6d,
                 key[0] ^ 0x6c7967656e657261, key[1] ^ 0x7465646279746573};
  constexpr std::uint64_t kLengthInTopOctet = std::uint64_t{16} << 56;
  state.absorb(first);
  state.absorb(second);
  state.absorb(kLengthInTopOctet);
  state.v2 ^= 0xff;
  for (int i = 0; i < 4; ++i) state.round();
  return state.v0 ^ state.v1 ^ state.v2 ^ state.v3;
}

wire::Seq initial_sequence_number(const wire::Endpoint& local, const wire::Endpoint& remote,
                                  const Secret& secret, Time now) {
  const auto ticks = static_cast<std::uint64_t>(now.count()) / 4;
  return wire::Seq(
      static_cast<std::uint32_t>(ticks + siphash(secret, word_of(local), word_of(remote))));
}

}  // namespace tcplab::tcp
