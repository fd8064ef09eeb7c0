#include "crowd.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <memory>

#include "heap.hpp"

namespace tcplab::bench {

namespace {

constexpr wire::Address kServer{0x0a00'0001};
constexpr std::uint32_t kPeerAddresses = 0x0b00'0000;
constexpr std::uint32_t kPeerPorts = 50'000;
constexpr std::uint16_t kFirstPort = 1024;
constexpr wire::Seq kPeerIss{1000};
constexpr Time kNow{0};

constexpr std::uint32_t kBacklog = 1u << 30;

host::Config config() {
  host::Config config;
  config.address = kServer;
  config.behaviour.largest_backlog = kBacklog;
  return config;
}

}  // namespace

Crowd::Crowd() : host_(config()) {
  host::Effects effects;
  host::Context c{kNow, last_connection_, effects};
  host_.listen(c, {"listener", 80, kBacklog});
}

wire::Segment Crowd::from_peer(wire::Flags flags) const {
  wire::Segment segment;
  segment.src = {{kPeerAddresses + peers_ / kPeerPorts},
                 static_cast<std::uint16_t>(kFirstPort + peers_ % kPeerPorts)};
  segment.dst = {kServer, 80};
  segment.flags = flags;
  segment.window = 65'535;
  return segment;
}

void Crowd::take(const wire::Segment& segment) {
  host::Effects effects;
  host::Context c{kNow, last_connection_, effects};
  host_.on_segment(c, segment, 1);
}

void Crowd::take_syn() {
  ++peers_;
  auto syn = from_peer(wire::kSyn);
  syn.seq = kPeerIss;
  syn.options.mss = 1460;
  take(syn);
  // What a full queue drops costs nearly nothing, and is not what is measured.
  if (last_connection_ != peers_ + 1) std::abort();
}

// The third segment of the handshake.
void Crowd::establish() {
  auto ack = from_peer(wire::kAck);
  ack.seq = kPeerIss + 1;
  ack.ack = host_.connection(last_connection_)->tcb().snd.nxt;
  take(ack);
}

void Crowd::close_first() {
  const std::string name = host_.socket_of(last_connection_)->name;
  host::Effects effects;
  host::Context c{kNow, last_connection_, effects};
  host_.close(c, name);
  auto fin = from_peer(wire::kFin | wire::kAck);
  fin.seq = kPeerIss + 1;
  fin.ack = host_.connection(last_connection_)->tcb().snd.nxt;
  take(fin);
}

void Crowd::grow(std::size_t connections, tcp::State state) {
  for (std::size_t i = 0; i < connections; ++i) {
    take_syn();
    if (state != tcp::State::kSynRcvd) establish();
    if (state == tcp::State::kTimeWait) close_first();
  }
}

double syn_nanoseconds(std::size_t half_open, std::size_t rounds) {
  using Clock = std::chrono::steady_clock;
  const std::size_t syns = std::max<std::size_t>(10, half_open / 20);
  Clock::duration spent{0};
  Crowd start;
  start.grow(half_open, tcp::State::kSynRcvd);
  for (std::size_t round = 0; round < rounds; ++round) {
    // A copy would be as large again: the last round uses what there is.
    std::unique_ptr<Crowd> copy;
    if (round + 1 < rounds) copy = std::make_unique<Crowd>(start);
    Crowd& crowd = copy ? *copy : start;
    const auto started = Clock::now();
    for (std::size_t i = 0; i < syns; ++i) crowd.take_syn();
    spent += Clock::now() - started;
  }
  return std::chrono::duration<double, std::nano>(spent).count() /
         static_cast<double>(syns * rounds);
}

double bytes_per_connection(tcp::State state, std::size_t connections) {
  const auto before = heap_in_use();
  Crowd crowd;
  crowd.grow(connections, state);
  return static_cast<double>(heap_in_use() - before) / static_cast<double>(connections);
}

}  // namespace tcplab::bench
