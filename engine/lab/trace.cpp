#include "lab/trace.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "format/json_object.hpp"

namespace tcplab::lab {

using format::Json;

namespace {

constexpr std::array<std::string_view, 18> kKindNames{"call",
                                                      "return",
                                                      "segment.sent",
                                                      "segment.received",
                                                      "segment.dropped",
                                                      "segment.held",
                                                      "segment.released",
                                                      "segment.delayed",
                                                      "segment.duplicated",
                                                      "segment.corrupted",
                                                      "state",
                                                      "timer.armed",
                                                      "timer.cancelled",
                                                      "timer.fired",
                                                      "deliver",
                                                      "queue",
                                                      "icmp",
                                                      "note"};

// Octets as text that any terminal can show; what is not printable ASCII becomes a middle dot.
std::string printable(std::string_view octets) {
  if (format::is_plain(octets)) return std::string(octets);
  const auto is_printable = [](char octet) { return octet >= 0x20 && octet < 0x7f; };
  std::string text;
  for (const auto octet : octets) {
    if (is_printable(octet)) {
      text += octet;
    } else {
      text += "\xc2\xb7";
    }
  }
  return text;
}

std::string hex(const wire::Bytes& bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text(bytes.size() * 2, ' ');
  char* at = text.data();
  for (const auto byte : bytes) {
    *at++ = kDigits[byte >> 4];
    *at++ = kDigits[byte & 0x0f];
  }
  return text;
}

// What follows writes into any Object that takes add() and object(): see format/json_object.hpp.

template <typename Object>
void write_options(const net::SentSegment& sent, Object& to) {
  const auto& options = sent.segment.options;
  if (options.mss) to.add("mss", *options.mss);
  if (options.window_scale) to.add("window_scale", *options.window_scale);
  if (options.sack_permitted) to.add("sack_permitted", true);
  if (options.timestamps) {
    to.add("tsval", options.timestamps->value);
    to.add("tsecr", options.timestamps->echo_reply);
  }
  if (sent.forgery && !sent.forgery->options.empty()) to.add("raw", hex(sent.forgery->options));
}

// Writes what was forged, except options, which write_options() writes.
template <typename Object>
void write_forgery(const wire::Forgery& forgery, Object& to) {
  if (forgery.urgent != 0) to.add("urgent", forgery.urgent);
  if (forgery.reserved != 0) to.add("reserved", forgery.reserved);
  if (forgery.data_offset) to.add("data_offset", *forgery.data_offset);
  if (forgery.bad_checksum) to.add("bad_checksum", true);
  if (forgery.cut_to) to.add("cut_to", *forgery.cut_to);
}

template <typename Object>
void write_segment(const net::SentSegment& sent, Object& to) {
  const auto& segment = sent.segment;
  to.add("id", sent.id);
  to.add("src", wire::to_text(segment.src));
  to.add("dst", wire::to_text(segment.dst));
  to.add("flags", wire::flags_text(segment.flags));
  to.add("seq", segment.seq.value());
  if (segment.has(wire::kAck)) to.add("ack", segment.ack.value());
  if (sent.relative_seq) to.add("rel_seq", *sent.relative_seq);
  if (sent.relative_ack && segment.has(wire::kAck)) to.add("rel_ack", *sent.relative_ack);
  to.add("len", segment.payload.size());
  to.add("takes", sent.takes);
  to.add("win", segment.window);
  to.object("options", [&](auto& options) { write_options(sent, options); });
  if (!segment.payload.empty()) to.add("text", printable(segment.payload.text()));
  if (sent.forgery) write_forgery(*sent.forgery, to);
}

// getsockopt()'s value: times in microseconds.
struct ValueWriter {
  Json operator()(std::monostate) const { return nullptr; }
  Json operator()(bool flag) const { return flag; }
  Json operator()(std::int64_t number) const { return number; }
  Json operator()(Duration time) const { return time.count(); }
  Json operator()(host::Errno error) const { return host::to_text(error); }
  Json operator()(const std::shared_ptr<const host::Info>& told) const {
    const host::Info& info = *told;
    Json json;
    json["state"] = tcp::to_text(info.state);
    json["rto"] = info.rto.count();
    json["rtt"] = info.smoothed_rtt.count();
    json["rttvar"] = info.rtt_variation.count();
    json["snd_mss"] = info.send_mss;
    json["unacked"] = info.unacknowledged;
    json["retransmits"] = info.retransmissions;
    json["options"] = Json::array();
    if (info.timestamps) json["options"].push_back("timestamps");
    if (info.sack_permitted) json["options"].push_back("sack");
    if (info.window_scale) json["options"].push_back("wscale");
    return json;
  }
};

// Keys that a call event writes itself, so the action's arguments must not write them again.
constexpr std::string_view kKeysOfCalls[] = {"n",    "step", "t",     "host", "conn",
                                             "kind", "rule", "cause", "call", "socket"};

template <typename Object>
struct DetailWriter {
  const Event& event;
  Object& to;

  void operator()(const Nothing&) const {}
  template <typename Detail>
  void operator()(const Kept<Detail>& detail) const {
    (*this)(*detail);
  }
  void operator()(const CallMade& made) const {
    to.add("call", host::to_text(made.call));
    to.add("socket", made.socket);
    if (!made.arguments) return;
    for (const auto& [key, value] : made.arguments->items()) {
      const auto* end = std::end(kKeysOfCalls);
      if (std::find(std::begin(kKeysOfCalls), end, key) == end) to.add(key, value);
    }
  }
  void operator()(const host::Return& returned) const {
    to.add("call", host::to_text(returned.call));
    to.add("socket", returned.socket);
    if (returned.error != host::Errno::kNone) to.add("error", host::to_text(returned.error));
    if (returned.octets) to.add("bytes", *returned.octets);
    if (returned.option) to.add("option", host::to_text(*returned.option));
    if (!std::holds_alternative<std::monostate>(returned.value)) {
      to.add("value", std::visit(ValueWriter{}, returned.value));
    }
  }
  void operator()(const SegmentEvent& what) const {
    to.object("segment", [&](auto& segment) { write_segment(*what.sent, segment); });
    if (what.copy > 1) to.add("copy", what.copy);
    if (what.corrupted) to.add("corrupted", true);
    if (event.kind == EventKind::kSegmentDropped) {
      to.add("where", event.host == kTheNetwork ? "network" : "host");
    }
    if (event.kind == EventKind::kSegmentSent) {
      if (what.sent->retransmission) to.add("retransmission", true);
      to.add("bytes", hex(what.sent->bytes()));
    }
  }
  void operator()(const StateEvent& what) const {
    to.add("from", tcp::to_text(what.from));
    to.add("to", tcp::to_text(what.to));
    to.add("event", tcp::to_text(what.trigger));
    if (const auto* edge = tcp::find_transition(what.from, what.trigger, what.to)) {
      to.add("edge", edge->id);
    }
    if (!what.socket.empty()) to.add("socket", what.socket);
  }
  void operator()(const TimerEvent& what) const {
    to.add("timer", tcp::to_text(what.timer));
    if (event.kind == EventKind::kTimerArmed) to.add("at", what.at.count());
  }
  void operator()(const DeliverEvent& what) const {
    const std::string octets = octets_of(what);
    to.add("bytes", octets.size());
    to.add("text", printable(octets));
    std::vector<wire::SegmentId> segments;
    for (const auto& piece : what.pieces) segments.push_back(piece.origin);
    to.add("segments", segments);
    if (what.stale.empty()) return;
    to.add("stale", true);
    to.add("stale_octets", what.stale);
  }
  void operator()(const IcmpEvent& what) const {
    to.add("error", wire::to_text(what.error));
    to.object("segment", [&](auto& segment) { write_segment(*what.about, segment); });
    if (what.error == wire::Icmp::kFragmentationNeeded) to.add("mtu", what.mtu);
  }
  void operator()(const host::AcceptQueue& what) const {
    to.add("queue", "accept");
    to.add("length", what.length);
    to.add("limit", what.limit);
  }
};

template <typename Object>
void write_event(const Event& event, const std::vector<std::string>& names, Object& to) {
  to.add("n", event.n);
  to.add("step", event.step);
  to.add("t", event.t.count());
  if (event.host != kTheNetwork) to.add("host", names[event.host]);
  if (event.connection != 0) to.add("conn", event.connection);
  to.add("kind", to_text(event.kind));
  to.add("rule", tcplab::to_text(event.rule));
  if (event.cause != kNoCause) to.add("cause", event.cause);
  std::visit(DetailWriter<Object>{event, to}, event.detail);
}

}  // namespace

wire::Bytes bytes_of(const SegmentEvent& event) {
  net::Flight flight;
  flight.sent = event.sent;
  flight.corrupted = event.corrupted;
  return flight.bytes();
}

std::string octets_of(const DeliverEvent& event) {
  std::string octets;
  for (const auto& piece : event.pieces) octets.append(piece.octets.text());
  return octets;
}

std::string_view to_text(EventKind kind) { return kKindNames[static_cast<std::size_t>(kind)]; }

std::vector<std::string> event_kind_names() {
  return std::vector<std::string>(kKindNames.begin(), kKindNames.end());
}

Json to_json(const Event& event, const std::vector<std::string>& names) {
  format::ValueObject object(12);
  write_event(event, names, object);
  return object.take();
}

void append_json(std::string& text, const Event& event, const std::vector<std::string>& names) {
  format::TextObject object(text);
  write_event(event, names, object);
}

std::string to_json_lines(const Trace& trace, const std::vector<std::string>& names) {
  std::string lines;
  for (const auto& event : trace.events) {
    append_json(lines, event, names);
    lines += '\n';
  }
  return lines;
}

Snapshot& Snapshots::add(host::ConnectionId connection, std::uint32_t step) {
  while (connection >= last_.size()) last_.push_back(kNone);
  const auto index = static_cast<Index>(all_.size());
  auto& [snapshot, previous] = all_.emplace_back();
  previous = std::exchange(last_.at(connection), index);
  snapshot.connection = connection;
  snapshot.step = step;
  return snapshot;
}

Snapshots::Around Snapshots::around(host::ConnectionId connection, std::uint32_t step) const {
  auto it = std::upper_bound(
      all_.begin(), all_.end(), step,
      [](std::uint32_t wanted, const Linked& each) { return wanted < each.snapshot.step; });
  // The connection has a snapshot in this step, unless the step left it alone.
  while (it != all_.begin()) {
    const auto& [snapshot, previous] = *--it;
    if (snapshot.connection != connection) continue;
    if (snapshot.step < step) return {&snapshot, nullptr};
    return {previous == kNone ? nullptr : &all_[previous].snapshot, &snapshot};
  }
  return {};
}

Json to_json(const Snapshot& snapshot) {
  const bool has_sequence =
      snapshot.state != tcp::State::kClosed && snapshot.state != tcp::State::kListen;
  const bool knows_peer = has_sequence && snapshot.state != tcp::State::kSynSent;
  Json json;
  json["state"] = tcp::to_text(snapshot.state);
  if (has_sequence) {
    json["iss"] = snapshot.iss.value();
    json["snd.una"] = snapshot.snd_una.value();
    json["snd.nxt"] = snapshot.snd_nxt.value();
    json["snd.wnd"] = snapshot.snd_wnd;
  }
  if (knows_peer) {
    json["irs"] = snapshot.irs.value();
    json["rcv.nxt"] = snapshot.rcv_nxt.value();
  }
  if (has_sequence) {
    json["rcv.wnd"] = snapshot.rcv_wnd;
    json["rto"] = snapshot.rto.count();
    json["srtt"] = snapshot.srtt.count();
    json["rttvar"] = snapshot.rtt_variation.count();
    json["snd.mss"] = snapshot.send_mss;
    json["unsent"] = snapshot.unsent;
    json["unread"] = snapshot.unread;
  }
  return json;
}

}  // namespace tcplab::lab
