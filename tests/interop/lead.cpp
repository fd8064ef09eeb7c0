#include "lead.hpp"

namespace tcplab::interop {

using tcp::State;
using wire::Flags;

namespace {

constexpr std::uint32_t kTimestampStep = 10;

bool sends_fin(const Step& step) {
  return step.what == Do::kClose || (step.what == Do::kShutdown && step.how != host::Shut::kRead);
}

}  // namespace

Lead::Lead(Scene& scene, const SynOptions& syn, Duration pace)
    : scene_(scene), syn_(syn), pace_(pace), timestamp_(syn.tsval) {
  add(step(Do::kOpen));
}

Step Lead::step(Do what) const {
  Step step;
  step.what = what;
  step.lasts = pace_;
  return step;
}

Step Lead::in_order(Flags flags, std::size_t length) {
  Step made = step(Do::kInject);
  made.segment.flags = flags;
  made.segment.seq = {false, next_seq_};
  made.segment.ack = next_ack_;
  made.segment.length = length;
  if (timestamp_) made.segment.tsval = *timestamp_ += kTimestampStep;
  return made;
}

Step Lead::syn(Flags flags) const {
  Step made = step(Do::kInject);
  made.segment.flags = flags;
  made.segment.ack = 1;
  made.segment.mss = syn_.mss;
  made.segment.window_scale = syn_.window_scale;
  made.segment.sack_permitted = syn_.sack_permitted;
  made.segment.tsval = timestamp_;
  return made;
}

void Lead::add(const Step& step) {
  scene_.steps.push_back(step);
  auto& added = scene_.steps.back().segment;
  if ((added.flags & wire::kAck) == 0) added.ack = 0;
  if (step.what == Do::kInject) count_peer(step.segment);
  if (step.what == Do::kSend) next_ack_ += static_cast<std::int64_t>(step.octets);
  if (sends_fin(step)) ++next_ack_;
}

// The peer goes on behind what it sent in order; a RST or a SYN moves nothing.
void Lead::count_peer(const Injected& segment) {
  const bool in_stream = (segment.flags & (wire::kSyn | wire::kRst | wire::kAck)) == wire::kAck;
  if (!in_stream || segment.is_damaged() || segment.seq != PeerSeq{false, next_seq_}) return;
  next_seq_ += static_cast<std::int64_t>(segment.length);
  if ((segment.flags & wire::kFin) != 0) ++next_seq_;
}

void Lead::establish() {
  if (scene_.active) return add(syn(wire::kSyn | wire::kAck));
  add(syn(wire::kSyn));
  add(in_order(wire::kAck));
}

void Lead::to(State state, Do closes) {
  const Flags fin = wire::kFin | wire::kAck;
  if (state == State::kListen || state == State::kSynSent) return;
  if (state == State::kSynRcvd) return add(syn(wire::kSyn));
  establish();
  if (state == State::kCloseWait || state == State::kLastAck) add(in_order(fin));
  if (state == State::kEstablished || state == State::kCloseWait) return;
  add(step(closes));
  if (state == State::kFinWait2 || state == State::kTimeWait) add(in_order(wire::kAck));
  if (state == State::kTimeWait) add(in_order(fin));
  if (state == State::kClosing) {
    Step crossing = in_order(fin);
    --crossing.segment.ack;
    add(crossing);
  }
}

}  // namespace tcplab::interop
