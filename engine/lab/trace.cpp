#include "lab/trace.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "format/quantity.hpp"

namespace tcplab::lab {

using format::Json;

namespace {

// An object whose members' names are known to differ: adding one looks for no other, and nothing is
// copied for lack of room.
class Members {
 public:
  explicit Members(std::size_t most) { object_.reserve(most); }

  template <typename Value>
  void add(const char* name, Value&& value) {
    object_.emplace_back(name, std::forward<Value>(value));
  }
  Json take() { return std::move(object_); }

 private:
  Json::object_t object_;
};

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
template <typename Octets>
std::string printable(const Octets& octets) {
  std::string text;
  text.reserve(octets.size());
  for (const auto octet : octets) {
    const auto c = static_cast<unsigned char>(octet);
    if (c >= 0x20 && c < 0x7f) {
      text += static_cast<char>(c);
    } else {
      text += "\xc2\xb7";
    }
  }
  return text;
}

std::string hex(const wire::Bytes& bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const auto byte : bytes) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 0x0f];
  }
  return text;
}

Json options_json(const wire::Options& options) {
  Json json = Json::object();
  if (options.mss) json["mss"] = *options.mss;
  if (options.window_scale) json["window_scale"] = *options.window_scale;
  if (options.sack_permitted) json["sack_permitted"] = true;
  if (options.timestamps) {
    json["tsval"] = options.timestamps->value;
    json["tsecr"] = options.timestamps->echo_reply;
  }
  return json;
}

// What is not as it should be.
void add_forgery(Json& json, const wire::Forgery& forgery) {
  if (!forgery.options.empty()) json["options"]["raw"] = hex(forgery.options);
  if (forgery.urgent != 0) json["urgent"] = forgery.urgent;
  if (forgery.reserved != 0) json["reserved"] = forgery.reserved;
  if (forgery.data_offset) json["data_offset"] = *forgery.data_offset;
  if (forgery.bad_checksum) json["bad_checksum"] = true;
  if (forgery.cut_to) json["cut_to"] = *forgery.cut_to;
}

Json segment_json(const net::SentSegment& sent) {
  const auto& segment = sent.segment;
  Members json(13);
  json.add("id", sent.id);
  json.add("src", wire::to_text(segment.src));
  json.add("dst", wire::to_text(segment.dst));
  json.add("flags", wire::flags_text(segment.flags));
  json.add("seq", segment.seq.value());
  if (segment.has(wire::kAck)) json.add("ack", segment.ack.value());
  if (sent.relative_seq) json.add("rel_seq", *sent.relative_seq);
  if (sent.relative_ack && segment.has(wire::kAck)) json.add("rel_ack", *sent.relative_ack);
  json.add("len", segment.payload.size());
  json.add("takes", sent.takes);
  json.add("win", segment.window);
  json.add("options", options_json(segment.options));
  if (!segment.payload.empty()) json.add("text", printable(segment.payload));
  Json whole = json.take();
  if (sent.forgery) add_forgery(whole, *sent.forgery);
  return whole;
}

// getsockopt()'s value: times in microseconds.
struct ValueWriter {
  Json operator()(std::monostate) const { return nullptr; }
  Json operator()(bool flag) const { return flag; }
  Json operator()(std::int64_t number) const { return number; }
  Json operator()(Duration time) const { return time.count(); }
  Json operator()(host::Errno error) const { return host::to_text(error); }
  Json operator()(const host::Info& info) const {
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

struct DetailWriter {
  const Event& event;
  Json& json;

  void operator()(const Nothing&) const {}
  void operator()(const CallMade& made) const {
    json["call"] = host::to_text(made.call);
    json["socket"] = made.socket;
    for (const auto& [key, value] : made.arguments.items()) {
      if (!json.contains(key)) json[key] = value;
    }
  }
  void operator()(const host::Return& returned) const {
    json["call"] = host::to_text(returned.call);
    json["socket"] = returned.socket;
    if (returned.error != host::Errno::kNone) json["error"] = host::to_text(returned.error);
    if (returned.octets) json["bytes"] = *returned.octets;
    if (returned.option) json["option"] = host::to_text(*returned.option);
    if (!std::holds_alternative<std::monostate>(returned.value)) {
      json["value"] = std::visit(ValueWriter{}, returned.value);
    }
  }
  void operator()(const SegmentEvent& what) const {
    json["segment"] = segment_json(*what.sent);
    if (what.copy > 1) json["copy"] = what.copy;
    if (!what.corrupted.empty()) json["corrupted"] = true;
    if (event.kind == EventKind::kSegmentDropped) {
      json["where"] = event.host == kTheNetwork ? "network" : "host";
    }
    if (event.kind == EventKind::kSegmentSent) {
      if (what.sent->retransmission) json["retransmission"] = true;
      json["bytes"] = hex(what.sent->bytes);
    }
  }
  void operator()(const StateEvent& what) const {
    json["from"] = tcp::to_text(what.from);
    json["to"] = tcp::to_text(what.to);
    json["event"] = tcp::to_text(what.trigger);
    if (const auto* edge = tcp::find_transition(what.from, what.trigger, what.to)) {
      json["edge"] = edge->id;
    }
    if (!what.socket.empty()) json["socket"] = what.socket;
  }
  void operator()(const TimerEvent& what) const {
    json["timer"] = tcp::to_text(what.timer);
    if (event.kind == EventKind::kTimerArmed) json["at"] = what.at.count();
  }
  void operator()(const DeliverEvent& what) const {
    json["bytes"] = what.octets.size();
    json["text"] = printable(what.octets);
    json["segments"] = what.segments;
    if (what.stale.empty()) return;
    json["stale"] = true;
    json["stale_octets"] = what.stale;
  }
  void operator()(const IcmpEvent& what) const {
    json["error"] = wire::to_text(what.error);
    json["segment"] = segment_json(*what.about);
    if (what.error == wire::Icmp::kFragmentationNeeded) json["mtu"] = what.mtu;
  }
  void operator()(const host::AcceptQueue& what) const {
    json["queue"] = "accept";
    json["length"] = what.length;
    json["limit"] = what.limit;
  }
};

}  // namespace

wire::Bytes bytes_of(const SegmentEvent& event) {
  net::Flight flight;
  flight.sent = event.sent;
  flight.corrupted = event.corrupted;
  return flight.bytes();
}

std::string_view to_text(EventKind kind) { return kKindNames[static_cast<std::size_t>(kind)]; }

std::vector<std::string> event_kind_names() {
  return std::vector<std::string>(kKindNames.begin(), kKindNames.end());
}

Json to_json(const Event& event, const std::vector<std::string>& names) {
  Members members(12);
  members.add("n", event.n);
  members.add("step", event.step);
  members.add("t", event.t.count());
  if (event.host != kTheNetwork) members.add("host", names[event.host]);
  if (event.connection != 0) members.add("conn", event.connection);
  members.add("kind", to_text(event.kind));
  members.add("rule", tcplab::to_text(event.rule));
  if (event.cause != kNoCause) members.add("cause", event.cause);
  Json json = members.take();
  std::visit(DetailWriter{event, json}, event.detail);
  return json;
}

std::string to_json_lines(const Trace& trace, const std::vector<std::string>& names) {
  std::string lines;
  for (const auto& event : trace.events) {
    lines += format::dump(to_json(event, names));
    lines += '\n';
  }
  return lines;
}

Json to_json(const Snapshot& snapshot) {
  const bool has_sequence =
      snapshot.state != tcp::State::kClosed && snapshot.state != tcp::State::kListen;
  const bool knows_peer = has_sequence && snapshot.state != tcp::State::kSynSent;
  Json json;
  json["state"] = tcp::to_text(snapshot.state);
  if (has_sequence) {
    json["iss"] = snapshot.snd.iss.value();
    json["snd.una"] = snapshot.snd.una.value();
    json["snd.nxt"] = snapshot.snd.nxt.value();
    json["snd.wnd"] = snapshot.snd.wnd;
  }
  if (knows_peer) {
    json["irs"] = snapshot.rcv.irs.value();
    json["rcv.nxt"] = snapshot.rcv.nxt.value();
  }
  if (has_sequence) {
    json["rcv.wnd"] = snapshot.rcv.wnd;
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
