#include "lab/wanted.hpp"

#include <algorithm>
#include <variant>

namespace tcplab::lab {

namespace {

template <typename List, typename Value>
bool contains(const List& list, const Value& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

template <std::size_t Size, typename Id>
bool has(const std::bitset<Size>& set, Id id) {
  return set[static_cast<std::size_t>(id)];
}

char small(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + ('a' - 'A')) : letter;
}

bool is_said_in(std::string_view octets, const std::string& text) {
  const auto same = [](char octet, char letter) { return small(octet) == letter; };
  return std::search(octets.begin(), octets.end(), text.begin(), text.end(), same) != octets.end();
}

bool says_one(std::string_view octets, const std::vector<std::string>& texts) {
  return std::any_of(texts.begin(), texts.end(),
                     [&](const std::string& text) { return is_said_in(octets, text); });
}

// Whether the segment has one of the flags, numbers or texts.
bool fits_segment(const Things& things, const net::SentSegment& sent) {
  const auto& segment = sent.segment;
  const auto has_all = [&](wire::Flags flags) { return (segment.flags & flags) == flags; };
  if (std::any_of(things.flags.begin(), things.flags.end(), has_all)) return true;
  const auto is_number = [&](std::uint64_t number) {
    const bool acknowledges = segment.has(wire::kAck);
    return number == segment.seq.value() || number == sent.relative_seq ||
           (acknowledges && (number == segment.ack.value() || number == sent.relative_ack)) ||
           number == segment.payload.size() || number == segment.src.port ||
           number == segment.dst.port;
  };
  return std::any_of(things.numbers.begin(), things.numbers.end(), is_number) ||
         says_one(segment.payload.text(), things.texts);
}

bool fits_argument(const Things& things, const format::Json& value) {
  if (value.is_number_unsigned()) return contains(things.numbers, value.get<std::uint64_t>());
  if (!value.is_string()) return false;
  const auto& text = value.get_ref<const std::string&>();
  const auto ends_in = [&](std::uint64_t number) {
    const std::string end = ':' + std::to_string(number);
    return text.size() >= end.size() &&
           text.compare(text.size() - end.size(), end.size(), end) == 0;
  };
  return says_one(text, things.texts) ||
         std::any_of(things.numbers.begin(), things.numbers.end(), ends_in);
}

struct Detail {
  const Things& things;
  const Event& event;

  bool operator()(const Nothing&) const { return false; }
  template <typename Held>
  bool operator()(const Kept<Held>& held) const {
    return (*this)(*held);
  }
  bool operator()(const CallMade& made) const {
    if (has(things.calls, made.call)) return true;
    if (!made.arguments || (things.numbers.empty() && things.texts.empty())) return false;
    const auto fits = [&](const format::Json& value) { return fits_argument(things, value); };
    return std::any_of(made.arguments->begin(), made.arguments->end(), fits);
  }
  bool operator()(const host::Return& returned) const {
    const bool failed = returned.error != host::Errno::kNone;
    const bool is_end = returned.call == host::Call::kRecv && returned.octets == 0u && !failed;
    return has(things.calls, returned.call) || has(things.errors, returned.error) ||
           (returned.option && has(things.options, *returned.option)) ||
           (returned.octets && contains(things.numbers, *returned.octets)) ||
           (failed && has(things.traits, Trait::kFailed)) ||
           (is_end && has(things.traits, Trait::kEnd));
  }
  bool operator()(const SegmentEvent& what) const {
    if (event.kind == EventKind::kSegmentSent && what.sent->retransmission &&
        has(things.traits, Trait::kAgain)) {
      return true;
    }
    if (event.kind == EventKind::kSegmentDropped) {
      const bool by_network = event.host == kTheNetwork;
      if (has(things.traits, by_network ? Trait::kLost : Trait::kRefused)) return true;
    }
    return fits_segment(things, *what.sent);
  }
  bool operator()(const StateEvent& what) const {
    return has(things.states, what.from) || has(things.states, what.to);
  }
  bool operator()(const TimerEvent& what) const { return has(things.timers, what.timer); }
  bool operator()(const DeliverEvent& what) const {
    if (!what.stale.empty() && has(things.traits, Trait::kStale)) return true;
    if (things.numbers.empty() && things.texts.empty()) return false;
    const std::string octets = octets_of(what);
    return contains(things.numbers, octets.size()) || says_one(octets, things.texts);
  }
  bool operator()(const IcmpEvent& what) const {
    const bool tells_mtu = what.error == wire::Icmp::kFragmentationNeeded;
    return has(things.icmp, what.error) || (tells_mtu && contains(things.numbers, what.mtu)) ||
           fits_segment(things, *what.about);
  }
  bool operator()(const host::AcceptQueue& what) const {
    return contains(things.numbers, what.length);
  }
};

}  // namespace

bool Things::fit(const Event& event) const {
  return has(kinds, event.kind) || has(rules, event.rule) || contains(hosts, event.host) ||
         (event.connection != 0 && contains(connections, event.connection)) ||
         std::visit(Detail{*this, event}, event.detail);
}

std::vector<std::uint32_t> Wanted::in(const EventList& events, std::size_t since,
                                      std::size_t most) const {
  std::vector<std::uint32_t> found;
  if (since >= events.size()) return found;
  const std::size_t end = since + std::min(most, events.size() - since);
  for (std::size_t n = since; n < end; ++n) {
    const Event& event = events[n];
    const auto fits = [&](const Things& things) { return things.fit(event); };
    if (std::all_of(words_.begin(), words_.end(), fits)) found.push_back(event.n);
  }
  return found;
}

}  // namespace tcplab::lab
