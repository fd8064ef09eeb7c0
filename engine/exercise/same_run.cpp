#include "exercise/same_run.hpp"

#include <algorithm>

namespace tcplab::exercise {

namespace {

using namespace lab;

template <typename Held>
bool is_same(const std::shared_ptr<Held>& a, const std::shared_ptr<Held>& b) {
  return a == b || (a && b && *a == *b);
}

bool is_same_segment(const net::SentSegment& a, const net::SentSegment& b) {
  return a.id == b.id && a.retransmission == b.retransmission && a.relative_seq == b.relative_seq &&
         a.relative_ack == b.relative_ack && a.segment == b.segment &&
         is_same(a.forgery, b.forgery);
}

// Compares a detail with that of `other`, which must be of the same kind.
struct SameDetail {
  const Event& other;

  template <typename Detail>
  const Detail& its(const Detail&) const {
    return std::get<Detail>(other.detail);
  }
  bool operator()(const Nothing&) const { return true; }
  bool operator()(const Kept<CallMade>& kept) const {
    const auto& a = *kept;
    const auto& b = *its(kept);
    return a.call == b.call && a.socket == b.socket && is_same(a.arguments, b.arguments);
  }
  bool operator()(const Kept<host::Return>& kept) const {
    const auto& a = *kept;
    const auto& b = *its(kept);
    return a.call == b.call && a.socket == b.socket && a.error == b.error && a.octets == b.octets &&
           !a.option && !b.option;
  }
  bool operator()(const SegmentEvent& a) const {
    const auto& b = its(a);
    return a.copy == b.copy && a.corrupted == b.corrupted && is_same_segment(*a.sent, *b.sent);
  }
  bool operator()(const StateEvent& a) const {
    const auto& b = its(a);
    return a.from == b.from && a.to == b.to && a.trigger == b.trigger && a.socket == b.socket;
  }
  bool operator()(const TimerEvent& a) const {
    return a.timer == its(a).timer && a.at == its(a).at;
  }
  bool operator()(const Kept<DeliverEvent>& kept) const {
    const auto& a = *kept;
    const auto& b = *its(kept);
    const auto has_origin_of = [](const auto& piece, const auto& its_like) {
      return piece.origin == its_like.origin;
    };
    return std::equal(a.pieces.begin(), a.pieces.end(), b.pieces.begin(), b.pieces.end(),
                      has_origin_of) &&
           octets_of(a) == octets_of(b) && a.stale == b.stale;
  }
  bool operator()(const host::AcceptQueue& a) const {
    return a.length == its(a).length && a.limit == its(a).limit;
  }
  bool operator()(const IcmpEvent& a) const {
    const auto& b = its(a);
    return a.error == b.error && a.mtu == b.mtu && is_same_segment(*a.about, *b.about);
  }
};

bool is_same_event(const Event& a, const Event& b) {
  return a.n == b.n && a.step == b.step && a.t == b.t && a.host == b.host &&
         a.connection == b.connection && a.kind == b.kind && a.rule == b.rule &&
         a.cause == b.cause && a.detail.index() == b.detail.index() &&
         std::visit(SameDetail{b}, a.detail);
}

}  // namespace

bool is_same(const EventList& a, const EventList& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), is_same_event);
}

}  // namespace tcplab::exercise
