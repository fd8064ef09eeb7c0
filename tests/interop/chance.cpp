// A state, a little traffic on the way, then one to four segments and calls of any sort: near the
// numbers that count, or far from them.
#include "chance.hpp"

#include <array>
#include <string>

#include "lead.hpp"
#include "net/random.hpp"

namespace tcplab::interop {

using namespace std::chrono_literals;
using tcp::State;
using wire::Flags;

namespace {

constexpr Flags kA = wire::kAck, kF = wire::kFin, kR = wire::kRst, kS = wire::kSyn, kP = wire::kPsh;

struct Weighted {
  Flags flags;
  int weight;
};
constexpr std::array<Weighted, 18> kFlags{{{kA, 8},
                                           {kF | kA, 5},
                                           {kR, 4},
                                           {kR | kA, 3},
                                           {kS, 4},
                                           {kS | kA, 4},
                                           {kF, 2},
                                           {kP | kA, 2},
                                           {kP, 1},
                                           {wire::kUrg, 1},
                                           {kS | kF, 1},
                                           {kS | kR, 1},
                                           {kS | kF | kA, 1},
                                           {kF | kR, 1},
                                           {kF | kR | kA, 1},
                                           {kS | kR | kA, 1},
                                           {kF | kP | kA, 1},
                                           {kS | kP, 1}}};

class Maker {
 public:
  Maker(std::uint64_t seed, std::uint32_t number)
      : random_(net::Random(seed).next() + number * std::uint64_t{0x9e3779b97f4a7c15}) {
    scene_.name = "seed " + std::to_string(seed) + ", number " + std::to_string(number);
  }

  Scene make() {
    const auto state = static_cast<State>(1 + random_.below(tcp::kStateNames.size() - 1));
    scene_.active = state == State::kSynSent || (state != State::kListen && percent(35));
    scene_.peer_isn = pick<std::uint32_t>({1000, 1000, 0xfffffffd, 0x7ffffffe});
    const bool slow = percent(50);
    Lead lead(scene_, syn_options(), 60ms);
    go_to(state, lead);
    if (slow) lead.set_pace(540ms);
    for (auto left = 1 + random_.below(4); left > 0; --left) add_anything(state, lead);
    return std::move(scene_);
  }

 private:
  bool percent(std::uint64_t percent) { return random_.below(100) < percent; }
  std::int64_t between(std::int64_t least, std::int64_t most) {
    return least +
           static_cast<std::int64_t>(random_.below(static_cast<std::uint64_t>(most - least + 1)));
  }
  template <typename T>
  T pick(std::initializer_list<T> from) {
    return from.begin()[random_.below(from.size())];
  }

  SynOptions syn_options() {
    SynOptions syn;
    const auto which = random_.below(5);
    if (which == 4) syn.mss.reset();
    if (which == 2 || which == 3) syn.tsval = 1000;
    if (which == 3) syn.window_scale = 7;
    return syn;
  }

  void add_call(Lead& lead, Do what, std::size_t octets = 0, host::Shut how = host::Shut::kWrite) {
    Step step = lead.step(what);
    step.octets = octets;
    step.how = how;
    closed_ = closed_ || what == Do::kClose || what == Do::kAbort;
    lead.add(step);
  }

  // The way to the state, with some text in either direction before the first FIN.
  void go_to(State state, Lead& lead) {
    acknowledged_ = lead.next_ack();
    const bool is_open = state >= State::kEstablished;
    if (!is_open) return lead.to(state);
    lead.to(State::kEstablished);
    if (percent(35)) {
      lead.add(lead.in_order(kA | kP, 1 + random_.below(3)));
      if (percent(50)) add_call(lead, Do::kRecv);
    }
    if (percent(35)) {
      add_call(lead, Do::kSend, 1 + random_.below(3));
      if (percent(50)) acknowledge(lead);
    }
    close_to(state, lead);
  }

  void acknowledge(Lead& lead) {
    lead.add(lead.in_order(kA));
    acknowledged_ = lead.next_ack();
  }

  void close_to(State state, Lead& lead) {
    const bool shuts = percent(33);
    const auto close = [&] { add_call(lead, shuts ? Do::kShutdown : Do::kClose); };
    if (state == State::kCloseWait || state == State::kLastAck) lead.add(lead.in_order(kF | kA));
    if (state == State::kEstablished || state == State::kCloseWait) return;
    close();
    if (state == State::kFinWait2 || state == State::kTimeWait) acknowledge(lead);
    if (state == State::kTimeWait) lead.add(lead.in_order(kF | kA));
    if (state == State::kClosing) {
      Step crossing = lead.in_order(kF | kA);
      crossing.segment.ack = acknowledged_;
      lead.add(crossing);
    }
  }

  void add_anything(State state, Lead& lead) {
    if (percent(4)) return add_icmp(lead);
    if (state == State::kListen || !percent(22)) return lead.add(any_segment(lead));
    if (closed_) return;  // no call can be made any more
    switch (random_.below(7)) {
      case 0:
        return add_call(lead, Do::kSend, 1 + random_.below(3));
      case 1:
      case 2:
        return add_call(lead, Do::kRecv);
      case 3: {
        using host::Shut;
        return add_call(lead, Do::kShutdown, 0,
                        pick({Shut::kWrite, Shut::kWrite, Shut::kWrite, Shut::kRead, Shut::kBoth}));
      }
      case 4:
      case 5:
        return add_call(lead, Do::kClose);
      default:
        return add_call(lead, Do::kAbort);
    }
  }

  Flags any_flags() {
    int weights = 0;
    for (const auto& each : kFlags) weights += each.weight;
    auto left = static_cast<int>(random_.below(static_cast<std::uint64_t>(weights)));
    for (const auto& each : kFlags) {
      left -= each.weight;
      if (left < 0) return each.flags;
    }
    return kA;
  }

  PeerSeq any_seq(const Lead& lead) {
    const auto next = lead.next_seq();
    const auto chance = random_.below(100);
    if (chance < 50) return {false, next};
    if (chance < 75) return {false, next + between(-3, 3)};
    if (chance < 90) return {true, between(-3, 2)};
    return {false, pick<std::int64_t>(
                       {0, 1, next + 100'000, next - 100'000, next + 0x7fffffff, next + 30'000})};
  }

  std::int64_t any_ack(const Lead& lead) {
    const auto next = lead.next_ack();
    const auto chance = random_.below(100);
    if (chance < 50) return next;
    if (chance < 65) return acknowledged_;
    if (chance < 85) return pick({next, acknowledged_}) + between(-2, 2);
    return pick<std::int64_t>({0, 1, acknowledged_ - 70'000, acknowledged_ - 60'000, next + 100'000,
                               acknowledged_ + 0x7fffffff});
  }

  Step any_segment(Lead& lead) {
    const Flags flags = any_flags();
    const bool is_syn = (flags & kS) != 0;
    Step step = is_syn ? lead.step(Do::kInject) : lead.in_order(flags);
    Injected& segment = step.segment;
    segment.flags = flags;
    segment.length = static_cast<std::size_t>(pick({0, 0, 0, 1, 2, 3}));
    segment.seq = any_seq(lead);
    if ((flags & kA) != 0) segment.ack = any_ack(lead);
    if (is_syn && percent(80)) add_syn_options(segment, lead);
    if (!is_syn && segment.tsval && percent(15)) disturb_timestamp(segment);
    if (percent(8)) segment.window = pick<std::uint16_t>({0, 1, 100});
    if (percent(10)) forge(segment, lead);
    const bool counts = (flags & kA) != 0 && !segment.is_damaged();
    if (counts && segment.ack == lead.next_ack()) acknowledged_ = segment.ack;
    return step;
  }

  // What no stack sends.
  void forge(Injected& segment, const Lead& lead) {
    auto& forgery = segment.forgery;
    switch (random_.below(8)) {
      case 0:
        segment.flags |= wire::kUrg;
        forgery.urgent = pick<std::uint16_t>({0, 1, 2, 100});
        return;
      case 1:
        forgery.options = any_options();
        return;
      case 2:
        segment.blocks = {{lead.next_ack() + between(-3, 0), lead.next_ack() + between(0, 2)}};
        return;
      case 3:
        forgery.bad_checksum = true;
        return;
      case 4:
        forgery.data_offset = pick<std::uint8_t>({0, 4, 15});
        return;
      case 5:
        forgery.reserved = static_cast<std::uint8_t>(between(1, 15));
        return;
      case 6:
        segment.flags |= pick<Flags>({wire::kEce, wire::kCwr, wire::kEce | wire::kCwr});
        return;
      default:
        segment.port = 0;
    }
  }

  // No-Operations, an unknown kind, an experimental one, End of Option List before what would be
  // an MSS.
  wire::Bytes any_options() {
    switch (random_.below(4)) {
      case 0:
        return {1, 1, 1, 1};
      case 1:
        return {77, 4, 1, 2};
      case 2:
        return {253, 6, 1, 2, 3, 4, 1, 1};
      default:
        return {0, 2, 4, 2, 24, 0, 0, 0};
    }
  }

  void add_icmp(Lead& lead) {
    Step step = lead.step(Do::kIcmp);
    step.told.error = static_cast<wire::Icmp>(random_.below(wire::kIcmpNames.size()));
    step.told.seq = pick({acknowledged_, acknowledged_, lead.next_ack()}) + between(-1, 1);
    const auto mtu = pick<std::uint16_t>({0, 576, 1400, 1500});
    if (step.told.error == wire::Icmp::kFragmentationNeeded) step.told.mtu = mtu;
    lead.add(step);
  }

  void add_syn_options(Injected& segment, const Lead& lead) {
    segment.mss = 1460;
    if (!lead.timestamp() || !percent(80)) return;
    segment.tsval = *lead.timestamp() + static_cast<std::uint32_t>(pick({-200, 0, 5000}));
  }

  void disturb_timestamp(Injected& segment) {
    switch (random_.below(3)) {
      case 0:
        segment.tsval.reset();
        return;
      case 1:
        *segment.tsval -= 310;
        return;
      default:
        *segment.tsval -= 10;
        return;
    }
  }

  net::Random random_;
  Scene scene_;
  std::int64_t acknowledged_ = 1;  // what the peer has acknowledged, from the host's ISN
  bool closed_ = false;
};

}  // namespace

Scene scene_by_chance(std::uint64_t seed, std::uint32_t number) {
  return Maker(seed, number).make();
}

}  // namespace tcplab::interop
