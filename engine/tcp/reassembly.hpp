// Text and FIN that arrived, waiting for what is missing before them (RFC 9293 §3.10.7.4, SHLD-31).
#pragma once
#include <cstdint>
#include <optional>

#include "base/small_vector.hpp"
#include "wire/segment.hpp"

namespace tcplab::tcp {

class Reassembly {
 public:
  struct Piece {
    wire::Payload octets;
    wire::Seq seq;
    wire::SegmentId origin = 0;
    friend bool operator==(const Piece&, const Piece&) = default;
  };
  using Pieces = SmallVector<Piece, 1>;

  // Keeps the octets of [seq, seq + octets) that lie in the window [start, start + length). Octets
  // that are already here are not replaced.
  void insert(wire::Seq seq, const wire::Payload& octets, wire::SegmentId origin, wire::Seq start,
              std::uint32_t length);
  // The FIN's sequence number is `seq`, after the last octet of text.
  void insert_fin(wire::Seq seq) { fin_ = seq; }

  // Takes the piece that begins exactly at `next`, if there is one.
  std::optional<Piece> take(wire::Seq next);
  bool fin_is_at(wire::Seq next) const { return fin_ == next; }
  // For when the FIN is in order: nothing can follow it.
  void clear() { *this = {}; }
  std::size_t octets() const;

  friend bool operator==(const Reassembly&, const Reassembly&) = default;

 private:
  Pieces pieces_;  // in sequence order, never overlapping
  std::optional<wire::Seq> fin_;
};

}  // namespace tcplab::tcp
