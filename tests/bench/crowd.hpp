// A server with a great many connections to peers that no stack runs, and what they cost.
#pragma once
#include <cstddef>
#include <cstdint>

#include "host/host.hpp"

namespace tcplab::bench {

class Crowd {
 public:
  Crowd();

  // One SYN, from a socket that sent none before.
  void take_syn();
  // Brings so many connections to this state: SYN_RCVD, ESTABLISHED or TIME_WAIT. In the last the
  // server has closed them first.
  void grow(std::size_t connections, tcp::State state);

 private:
  wire::Segment from_peer(wire::Flags flags) const;
  void take(const wire::Segment& segment);
  void establish();
  void close_first();

  host::Host host_;
  host::ConnectionId last_connection_ = 0;
  std::uint32_t peers_ = 0;
};

// Nanoseconds for one SYN into a listener that has `half_open` children in SYN_RCVD already: the
// mean over as many SYNs as make them a twentieth more (10 at least), `rounds` times from the
// start.
double syn_nanoseconds(std::size_t half_open, std::size_t rounds);

// All that the host has allocated, divided by its connections.
double bytes_per_connection(tcp::State state, std::size_t connections);

}  // namespace tcplab::bench
