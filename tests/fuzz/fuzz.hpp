// What the fuzz targets share: an input read as a list of choices, some behaviour, and what must
// hold after every event. A broken invariant is told and aborts: libFuzzer then keeps the input.
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "host/host.hpp"
#include "tcp/behaviour.hpp"
#include "tcp/transition.hpp"
#include "wire/forgery.hpp"
#include "wire/segment.hpp"

// Inputs are short, so their past is too: where something was allocated is told of one call only,
// and what was freed soon gives its place to the next input. To see more of an input that broke the
// engine: ASAN_OPTIONS=malloc_context_size=30.
extern "C" const char* __asan_default_options() {
  return "malloc_context_size=1:quarantine_size_mb=4:thread_local_quarantine_size_kb=256";
}

namespace tcplab::fuzz {

[[noreturn]] inline void fail(std::string_view broken) {
  std::fprintf(stderr, "broken: %.*s\n", static_cast<int>(broken.size()), broken.data());
  std::abort();
}
inline void require(bool holds, std::string_view invariant) {
  if (!holds) fail(invariant);
}

// A number that follows from the whole input, for choosing which of several things to try with it:
// all of them would make every input as slow as the slowest.
inline std::size_t digest(const std::uint8_t* data, std::size_t size) {
  std::uint32_t sum = 2'166'136'261;  // FNV-1a
  for (std::size_t i = 0; i < size; ++i) sum = (sum ^ data[i]) * 16'777'619;
  return sum >> 8;
}

// Where the lines that the inputs reach are counted, each input is tried once and at length.
#ifdef TCPLAB_TRIES_ALL
inline constexpr bool kTriesAll = true;
#else
inline constexpr bool kTriesAll = false;
#endif

// A bound that keeps inputs fast.
constexpr std::uint32_t at_most(std::uint32_t bound) { return kTriesAll ? 100 * bound : bound; }

// Whether an input tries the nth of so many things: one of them, or all.
inline bool tries(std::size_t nth, std::size_t count, const std::uint8_t* data, std::size_t size) {
  return kTriesAll || digest(data, size) % count == nth;
}

// The input's bytes from the first to the last; zeros when there are no more.
class Choices {
 public:
  Choices(const std::uint8_t* data, std::size_t size) : data_(data), size_(size) {}

  bool more() const { return size_ > 0; }
  std::uint8_t byte() {
    if (size_ == 0) return 0;
    --size_;
    return *data_++;
  }
  std::uint16_t word() {
    const unsigned high = byte();
    return static_cast<std::uint16_t>(high << 8 | byte());
  }
  std::uint32_t number() {
    const std::uint32_t high = word();
    return high << 16 | word();
  }
  // 0 to bound - 1; the bound is at most 256.
  std::size_t below(std::size_t bound) { return byte() % bound; }
  template <typename List>
  const auto& one_of(const List& list) {
    return *(std::begin(list) + static_cast<std::ptrdiff_t>(below(std::size(list))));
  }
  wire::Bytes octets(std::size_t most) {
    const auto count = std::min(most, size_);
    wire::Bytes taken(data_, data_ + count);
    data_ += count;
    size_ -= count;
    return taken;
  }

 private:
  const std::uint8_t* data_;
  std::size_t size_;
};

struct SomeBehaviour {
  tcp::Behaviour behaviour;
  bool is_right = true;  // no mutant
};

// Any profile; every second time with a mutant; with settings that any right stack may have.
inline SomeBehaviour some_behaviour(Choices& in) {
  using namespace std::chrono_literals;
  constexpr std::uint32_t kBuffers[]{0, 1, 10, 1000, 65'535, 1u << 20};
  constexpr std::uint16_t kSizes[]{1, 8, 536, 1460};
  SomeBehaviour some{in.one_of(tcp::profiles()).behaviour};
  auto& b = some.behaviour;
  const std::size_t mutant = in.byte();
  if (mutant % 2 == 1) {
    tcp::mutants()[mutant / 2 % tcp::mutants().size()].apply(b);
    some.is_right = false;
  }
  const unsigned changes = in.byte();
  if (changes & 0x01) b.receive_buffer = in.one_of(kBuffers);
  if (changes & 0x02) b.mss = in.one_of(kSizes);
  if (changes & 0x04) b.nagle = !b.nagle;
  if (changes & 0x08) b.delayed_ack = b.delayed_ack > 0us ? 0us : 200'000us;
  if (changes & 0x10) b.timestamps = !b.timestamps;
  if (changes & 0x20) b.close_gives_up_reading = !b.close_gives_up_reading;
  if (changes & 0x40) b.crossing_syn_ack = tcp::CrossingSynAck::kStepOne;
  if (changes & 0x80) b.time_wait_reuse = static_cast<tcp::TimeWaitReuse>(in.below(3));
  const unsigned queues = in.byte();
  if (queues & 0x01) b.syn_cookies = static_cast<tcp::SynCookies>(in.below(3));
  if (queues & 0x02) b.reset_on_overflow = true;
  if (queues & 0x04) b.ts_recent = static_cast<tcp::TsRecent>(in.below(2));
  if (queues & 0x08) b.time_wait_refusal = static_cast<tcp::TimeWaitRefusal>(in.below(3));
  if (queues & 0x10) b.late_text_reset = static_cast<tcp::LateTextReset>(in.below(2));
  return some;
}

inline bool is_live(const tcp::Connection& connection) {
  return connection.state() != tcp::State::kClosed && connection.state() != tcp::State::kListen;
}

// The invariants of its connections; and what tells them apart.
inline void check(const host::Host& host) {
  if (const char* broken = host.inconsistency()) fail(broken);
  std::vector<std::pair<wire::Endpoint, wire::Endpoint>> pairs;
  for (const auto& socket : host.sockets()) {
    const auto connection = host.connection(socket.connection);
    require(connection != nullptr, "every socket has its connection");
    const auto& tcb = connection->tcb();
    if (is_live(*connection)) pairs.emplace_back(tcb.local, tcb.remote);
  }
  std::sort(pairs.begin(), pairs.end());
  require(std::adjacent_find(pairs.begin(), pairs.end()) == pairs.end(),
          "a pair of sockets names one connection (RFC 9293 §3.3.1)");
}

// Only a mutant takes a step that the transition table does not have.
inline void check(const tcp::StateChange& change, bool is_right) {
  const bool known = tcp::find_transition(change.from, change.trigger, change.to) != nullptr;
  require(known || !is_right, "every change of state is in the transition table");
}

// What no stack sends: option octets, reserved bits, wrong lengths and checksums.
inline std::shared_ptr<const wire::Forgery> forgery(Choices& in) {
  wire::Forgery forged;
  const unsigned with = in.byte();
  forged.reserved = with & 15;
  if (with & 0x10) forged.options = in.octets(in.below(21));
  if (with & 0x20) forged.data_offset = in.byte() & 15;
  if (with & 0x40) forged.bad_checksum = true;
  if (with & 0x80) forged.cut_to = in.byte();
  forged.urgent = in.byte();
  return std::make_shared<const wire::Forgery>(std::move(forged));
}

}  // namespace tcplab::fuzz
