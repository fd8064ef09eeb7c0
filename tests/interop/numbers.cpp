#include "numbers.hpp"

namespace tcplab::interop {

namespace {

// Before the host has sent anything: what scenes take for its ISN and its window.
constexpr std::uint32_t kNoIss = 0x20000000;
constexpr std::uint32_t kNoWindow = 65'536;

std::uint32_t plus(std::uint32_t base, std::int64_t offset) {
  return base + static_cast<std::uint32_t>(offset);
}

wire::Bytes filler(std::size_t length) {
  wire::Bytes octets(length);
  for (std::size_t i = 0; i < length; ++i) octets[i] = static_cast<std::uint8_t>('a' + i % 10);
  return octets;
}

}  // namespace

void Numbers::on_sent(const wire::Segment& segment) {
  const bool is_syn = segment.has(wire::kSyn);
  if (is_syn) {
    if (isns_.empty() || isns_.back() != segment.seq.value()) isns_.push_back(segment.seq.value());
    shift_ = scales_ ? segment.options.window_scale.value_or(0) : 0;
  }
  if (segment.has(wire::kRst)) return;
  if (segment.has(wire::kAck)) {
    acknowledged_ = segment.ack;
    edge_ = segment.ack + (std::uint32_t{segment.window} << (is_syn ? 0 : shift_));
  }
  if (segment.options.timestamps) tsval_ = segment.options.timestamps->value;
}

std::optional<std::uint32_t> Numbers::iss() const {
  return isns_.empty() ? std::nullopt : std::optional(isns_.back());
}

wire::Segment Numbers::fill(const Injected& injected, wire::Endpoint from,
                            wire::Endpoint to) const {
  wire::Segment segment;
  segment.src = from;
  segment.dst = to;
  segment.flags = injected.flags;
  const auto edge = edge_.value_or(wire::Seq(peer_isn_ + kNoWindow)).value();
  segment.seq = wire::Seq(plus(injected.seq.from_edge ? edge : peer_isn_, injected.seq.value));
  const bool acknowledges = segment.has(wire::kAck);
  if (acknowledges) segment.ack = wire::Seq(plus(iss().value_or(kNoIss), injected.ack));
  segment.window = injected.window;
  segment.options.mss = injected.mss;
  segment.options.window_scale = injected.window_scale;
  segment.options.sack_permitted = injected.sack_permitted;
  if (injected.tsval) segment.options.timestamps = {*injected.tsval, acknowledges ? tsval_ : 0};
  segment.payload = filler(injected.length);
  return segment;
}

wire::Forgery Numbers::forgery(const Injected& injected) const {
  wire::Forgery forgery = injected.forgery;
  if (injected.blocks.empty()) return forgery;
  const auto base = iss().value_or(kNoIss);
  std::vector<wire::SackBlock> blocks;
  for (const auto& [left, right] : injected.blocks) {
    blocks.push_back({wire::Seq(plus(base, left)), wire::Seq(plus(base, right))});
  }
  const auto option = wire::sack_option(blocks);
  forgery.options.insert(forgery.options.begin(), option.begin(), option.end());
  return forgery;
}

wire::Segment Numbers::quoted(const Told& told, wire::Endpoint from, wire::Endpoint to) const {
  wire::Segment segment;
  segment.src = from;
  segment.dst = to;
  segment.flags = wire::kAck;
  segment.seq = wire::Seq(plus(iss().value_or(kNoIss), told.seq));
  return segment;
}

}  // namespace tcplab::interop
