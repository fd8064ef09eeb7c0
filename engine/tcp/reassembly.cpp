#include "tcp/reassembly.hpp"

#include <algorithm>

namespace tcplab::tcp {

using wire::Payload;
using wire::Seq;

void Reassembly::insert(Seq seq, const Payload& octets, wire::SegmentId origin, Seq start,
                        std::uint32_t length) {
  // Offsets from the left edge of the window do not wrap, so they can be compared plainly.
  const auto left =
      static_cast<std::int64_t>(static_cast<std::int32_t>(wire::distance(start, seq)));
  std::int64_t from = std::max<std::int64_t>(left, 0);
  const std::int64_t to =
      std::min<std::int64_t>(left + static_cast<std::int64_t>(octets.size()), length);

  const auto add = [&](Piece* before, std::int64_t end) {
    Piece piece{
        octets.part(static_cast<std::size_t>(from - left), static_cast<std::size_t>(end - from)),
        start + static_cast<std::uint32_t>(from), origin};
    return pieces_.insert(before, std::move(piece)) + 1;
  };
  auto it = pieces_.begin();
  while (from < to && it != pieces_.end()) {
    const auto piece_from =
        static_cast<std::int64_t>(static_cast<std::int32_t>(wire::distance(start, it->seq)));
    const auto piece_to = piece_from + static_cast<std::int64_t>(it->octets.size());
    if (from < piece_from) it = add(it, std::min(to, piece_from));
    from = std::max(from, piece_to);
    ++it;
  }
  if (from < to) add(it, to);
}

std::optional<Reassembly::Piece> Reassembly::take(Seq next) {
  if (pieces_.empty() || pieces_.front().seq != next) return std::nullopt;
  Piece piece = std::move(pieces_.front());
  pieces_.erase(pieces_.begin());
  return piece;
}

std::size_t Reassembly::octets() const {
  std::size_t sum = 0;
  for (const auto& piece : pieces_) sum += piece.octets.size();
  return sum;
}

}  // namespace tcplab::tcp
