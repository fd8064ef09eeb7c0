// Leads a scene into a state, and counts the numbers that a scene need not write: the next ones in
// order, of either side.
#pragma once
#include <cstdint>
#include <optional>

#include "scene.hpp"

namespace tcplab::interop {

// The options of the peer's SYN.
struct SynOptions {
  std::optional<std::uint16_t> mss = 1460;
  std::optional<std::uint8_t> window_scale;
  bool sack_permitted = false;
  std::optional<std::uint32_t> tsval;
};

class Lead {
 public:
  // Begins the scene: with its first step, kOpen. Each step lasts `pace` unless it says otherwise.
  Lead(Scene& scene, const SynOptions& syn, Duration pace);

  // What the peer sends next in order (its SYN is 0), and what it acknowledges: all that the host
  // has sent so far if everything went as the script says. From the ISNs.
  std::int64_t next_seq() const { return next_seq_; }
  std::int64_t next_ack() const { return next_ack_; }
  std::optional<std::uint32_t> timestamp() const { return timestamp_; }
  void set_pace(Duration pace) { pace_ = pace; }

  Step step(Do what) const;
  // A segment that the peer sends in order, with the next timestamp.
  Step in_order(wire::Flags flags, std::size_t length = 0);
  // The peer's SYN, or its SYN,ACK: with all its options.
  Step syn(wire::Flags flags) const;

  // Adds a step, and counts what follows from it.
  void add(const Step& step);
  // The shortest way to a state from the beginning of the scene; `closes` is close() or shutdown().
  void to(tcp::State state, Do closes = Do::kClose);

 private:
  void establish();
  void count_peer(const Injected& segment);

  Scene& scene_;
  SynOptions syn_;
  Duration pace_;
  std::int64_t next_seq_ = 1;
  std::int64_t next_ack_ = 1;
  std::optional<std::uint32_t> timestamp_;
};

}  // namespace tcplab::interop
