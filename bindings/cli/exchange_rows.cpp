#include "exchange_rows.hpp"

#include <algorithm>
#include <set>

#include "format/problem.hpp"
#include "format/quantity.hpp"

namespace tcplab::cli {

using lab::EventKind;
using lab::SegmentEvent;

namespace {

constexpr std::size_t kShownText = 16;  // octets of a payload

std::string joined_flags(wire::Flags flags) {
  std::string text = wire::flags_text(flags);
  std::replace(text.begin(), text.end(), ' ', ',');
  return text;
}

template <typename Octets>
std::string shown_text(const Octets& octets) {
  std::string text;
  for (const auto octet : octets) {
    if (text.size() == kShownText) return "\"" + text + "...\"";
    const auto c = static_cast<unsigned char>(octet);
    text += c >= 0x20 && c < 0x7f && c != '"' ? static_cast<char>(c) : '.';
  }
  return "\"" + text + "\"";
}

// The options of a segment. Timestamps are shown only in a SYN, where they are negotiated, because
// every later segment has them too.
std::string options_text(const wire::Segment& segment) {
  const auto& options = segment.options;
  std::string text;
  if (options.mss) text += " mss=" + std::to_string(*options.mss);
  if (options.window_scale) text += " wscale=" + std::to_string(*options.window_scale);
  if (options.sack_permitted) text += " sack";
  if (options.timestamps && segment.has(wire::kSyn)) text += " ts";
  return text;
}

// getsockopt()'s value; times are shown as scenarios write them.
struct ValueText {
  std::string operator()(std::monostate) const { return ""; }
  std::string operator()(bool flag) const { return flag ? "true" : "false"; }
  std::string operator()(std::int64_t number) const { return std::to_string(number); }
  std::string operator()(Duration time) const {
    return time < Duration{0} ? "off" : format::to_text(time);
  }
  std::string operator()(host::Errno error) const {
    return error == host::Errno::kNone ? "0" : std::string(host::to_text(error));
  }
  std::string operator()(const std::shared_ptr<const host::Info>& info) const {
    return std::string(tcp::to_text(info->state)) + " rto=" + format::to_text(info->rto) +
           " rtt=" + format::to_text(info->smoothed_rtt) +
           " rttvar=" + format::to_text(info->rtt_variation) +
           " snd_mss=" + std::to_string(info->send_mss) +
           " unacked=" + std::to_string(info->unacknowledged) +
           " retransmits=" + std::to_string(info->retransmissions) +
           (info->timestamps ? " ts" : "") + (info->sack_permitted ? " sack" : "") +
           (info->window_scale ? " wscale" : "");
  }
};

std::string why_lost(Rule rule) {
  switch (rule) {
    case Rule::network_lost:
      return "lost";
    case Rule::network_too_old:
      return "lost: older than the MSL";
    case Rule::network_no_such_address:
      return "lost: no host has this address";
    default:
      return "dropped";
  }
}

std::string call_text(const lab::CallMade& made) {
  std::string text(host::to_text(made.call));
  text += "(" + made.socket;
  bool first = made.socket.empty();
  for (const auto& [key, value] : made.arguments->items()) {
    text += (first ? "" : ", ") + key + "=" + format::show(value).en;
    first = false;
  }
  return text + ")";
}

}  // namespace

Rows::Rows(const lab::Scenario& scenario, const lab::Trace& trace)
    : scenario_(scenario), names_hosts_(scenario.hosts.size() > 2) {
  look_ahead(trace);
  auto event = trace.events.begin();
  const auto end = trace.events.end();
  while (event != end) {
    const auto next =
        std::find_if(event, end, [&](const Event& e) { return e.step != event->step; });
    draw_step(event, next);
    event = next;
  }
}

// Finds out which host is on the right, and whether a host has several connections.
void Rows::look_ahead(const lab::Trace& trace) {
  std::vector<std::size_t> segments(scenario_.hosts.size());
  std::vector<std::set<host::ConnectionId>> connections(scenario_.hosts.size());
  std::set<host::ConnectionId> listeners;
  for (const auto& event : trace.events) {
    if (const auto* change = std::get_if<lab::StateEvent>(&event.detail)) {
      if (change->trigger == tcp::Trigger::kPassiveOpen) listeners.insert(event.connection);
      connections[event.host].insert(event.connection);
    } else if (event.kind == EventKind::kSegmentSent) {
      const auto& sent = *std::get<SegmentEvent>(event.detail).sent;
      ++segments[sent.from];
      const auto to = receiver(sent);
      if (to != lab::kTheNetwork) ++segments[to];
      // A column is a single host only if every arrow joins the two columns.
      names_hosts_ = names_hosts_ || to == sent.from;
    }
  }
  for (const auto& ids : connections) {
    const auto real =
        std::count_if(ids.begin(), ids.end(), [&](auto id) { return listeners.count(id) == 0; });
    numbers_connections_ = numbers_connections_ || real > 1;
  }
  if (!names_hosts_) return;
  const auto most = std::max_element(segments.begin(), segments.end());
  right_ = static_cast<net::HostIndex>(most - segments.begin());
}

void Rows::draw_step(Place begin, Place end) {
  shown_.clear();
  last_change_ = nullptr;
  by_call_ = begin->kind == EventKind::kCall;
  // Rows show the state after the step, as the figures of RFC 9293 do.
  for (auto event = begin; event != end; ++event) {
    if (const auto* change = std::get_if<lab::StateEvent>(&event->detail)) {
      states_[event->connection] = change->to;
      last_change_ = &*event;
    }
  }
  for (auto event = begin; event != end; ++event) draw(*event);
  for (auto event = begin; event != end; ++event) {
    if (const auto* change = std::get_if<lab::StateEvent>(&event->detail)) {
      draw_state(*event, *change);
    }
  }
}

void Rows::draw(const Event& event) {
  if (const auto* segment = std::get_if<SegmentEvent>(&event.detail)) {
    draw_segment(event, *segment);
  } else if (const auto* made = std::get_if<Kept<lab::CallMade>>(&event.detail)) {
    say(event, call_text(**made));
  } else if (const auto* kept = std::get_if<Kept<host::Return>>(&event.detail)) {
    const host::Return* returned = &**kept;
    const std::string call(host::to_text(returned->call));
    if (returned->error != host::Errno::kNone) {
      say(event, call + ": " + std::string(host::to_text(returned->error)));
    } else if (returned->octets == std::size_t{0}) {
      say(event, call + ": end of stream");
    } else if (returned->option) {
      say(event, std::string(host::to_text(*returned->option)) + ": " +
                     std::visit(ValueText{}, returned->value));
    } else if (returned->call == host::Call::kClose && !by_call_) {
      say(event, call + "(" + returned->socket + ") returns");
    }
  } else if (const auto* delivered = std::get_if<Kept<lab::DeliverEvent>>(&event.detail)) {
    const std::string octets = octets_of(**delivered);
    say(event, "recv: " + std::to_string(octets.size()) + " bytes " + shown_text(octets) +
                   (!(*delivered)->stale.empty() ? " STALE" : ""));
  } else if (const auto* queue = std::get_if<host::AcceptQueue>(&event.detail)) {
    say(event,
        "accept queue " + std::to_string(queue->length) + " of " + std::to_string(queue->limit));
  } else if (const auto* icmp = std::get_if<lab::IcmpEvent>(&event.detail)) {
    say(event, "ICMP " + std::string(wire::to_text(icmp->error)) + " about #" +
                   std::to_string(icmp->about->id));
  } else if (event.kind == EventKind::kTimerFired) {
    say(event, std::string(tcp::to_text(std::get<lab::TimerEvent>(event.detail).timer)) + " timer");
  } else if (event.kind == EventKind::kNote && event.host == lab::kTheNetwork) {
    add(event).note = std::string(tcplab::to_text(event.rule));
  }
}

void Rows::draw_segment(const Event& event, const SegmentEvent& what) {
  switch (event.kind) {
    case EventKind::kSegmentSent:
      return draw_departure(event, what);
    case EventKind::kSegmentReceived:
      return draw_arrival(event, what);
    case EventKind::kSegmentHeld:
      return draw_end(event, what, Finish::kHeld, "held");
    case EventKind::kSegmentDropped:
      if (event.host == lab::kTheNetwork) {
        return draw_end(event, what, Finish::kLost, why_lost(event.rule));
      }
      // The arrival's row is the last one that has an arrow.
      for (auto row = rows_.rbegin(); row != rows_.rend(); ++row) {
        if (!row->has_arrow) continue;
        row->note +=
            (row->note.empty() ? "" : ", ") + ("dropped: " + std::string(to_text(event.rule)));
        return;
      }
      return;
    default: {
      const bool copied = event.kind == EventKind::kSegmentDuplicated;
      const char* const done = event.kind == EventKind::kSegmentCorrupted ? "damaged" : "delayed";
      if (Row* row = copied ? nullptr : open_arrow(what)) {
        row->note = done;
        return;
      }
      Row& row = add_arrow(event, what);
      row.begin = Begin::kUnderWay;
      row.note = copied                                      ? "a copy is made"
                 : event.kind == EventKind::kSegmentReleased ? "released"
                                                             : done;
    }
  }
}

void Rows::draw_departure(const Event& event, const SegmentEvent& what) {
  Row& row = add_arrow(event, what);
  (row.to_right ? row.left : row.right) = state_cell(event.host, event.connection);
  shown_.push_back(event.connection);
}

void Rows::draw_arrival(const Event& event, const SegmentEvent& what) {
  draw_end(event, what, Finish::kReceiver, "");
  // The arrival of a SYN that replaces a connection in TIME_WAIT is an event of the old connection,
  // but changes the state of the new one.
  const auto* last = last_change_;
  const auto connection = last != nullptr ? last->connection : event.connection;
  Row& row = rows_.back();
  (row.to_right ? row.right : row.left) = state_cell(event.host, connection);
  shown_.push_back(event.connection);
  shown_.push_back(connection);
}

// Draws the end of an arrow, in the row of its beginning if nothing happened in between.
void Rows::draw_end(const Event& event, const SegmentEvent& what, Finish finish,
                    const std::string& note) {
  Row* row = open_arrow(what);
  const bool joined = row != nullptr;
  if (!joined) {
    row = &add_arrow(event, what);
    row->begin = Begin::kUnderWay;
  }
  row->finish = finish;
  if (joined && finish == Finish::kReceiver && event.t != row->time) {
    row->note =
        "+" + format::to_text(event.t - row->time) + (row->note.empty() ? "" : ", " + row->note);
  } else if (!note.empty()) {
    row->note = note;
  }
}

// Draws a change of state, unless an arrow of this step already shows it.
void Rows::draw_state(const Event& event, const lab::StateEvent& what) {
  if (std::find(shown_.begin(), shown_.end(), event.connection) != shown_.end()) return;
  shown_.push_back(event.connection);
  Row& row = add(event);
  put(row, event.host, state_cell(event.host, event.connection));
  const bool by_time =
      what.trigger == tcp::Trigger::kTimeout2Msl || what.trigger == tcp::Trigger::kUserTimeout;
  if (by_time) row.note = std::string(tcp::to_text(what.trigger));
}

Row& Rows::add(const Event& event) {
  rows_.emplace_back().time = event.t;
  return rows_.back();
}

Row& Rows::add_arrow(const Event& event, const SegmentEvent& what) {
  Row& row = add(event);
  row.has_arrow = true;
  row.to_right = goes_right(what.sent->from, receiver(*what.sent));
  row.label = label(what);
  row.segment = what.sent->id;
  row.copy = what.copy;
  return row;
}

Row* Rows::open_arrow(const SegmentEvent& what) {
  if (rows_.empty()) return nullptr;
  Row& row = rows_.back();
  const bool is_it = row.has_arrow && row.finish == Finish::kUnderWay &&
                     row.segment == what.sent->id && row.copy == what.copy;
  return is_it ? &row : nullptr;
}

void Rows::say(const Event& event, std::string what) {
  Row& row = add(event);
  if (names_hosts_) what = scenario_.hosts[event.host].name + ": " + what;
  put(row, event.host, std::move(what));
}

void Rows::put(Row& row, net::HostIndex host, std::string text) const {
  (host == right_ ? row.right : row.left) = std::move(text);
}

std::string Rows::state_cell(net::HostIndex host, host::ConnectionId connection) const {
  const auto& setup = scenario_.hosts[host];
  const std::string name = names_hosts_ ? setup.name + ": " : "";
  if (!setup.has_stack) return name + "-";
  const auto state = states_.find(connection);
  if (state == states_.end()) return name + std::string(to_text(tcp::State::kClosed));
  const bool numbered = numbers_connections_ && state->second != tcp::State::kListen;
  return name + std::string(to_text(state->second)) +
         (numbered ? " [" + std::to_string(connection) + "]" : "");
}

// "#1 SYN seq=100 win=65535 mss=1460": the window only if it has changed, and no fields without
// information.
std::string Rows::label(const SegmentEvent& what) {
  const auto& segment = what.sent->segment;
  std::string text = "#" + std::to_string(what.sent->id);
  if (what.copy > 1) text += "/" + std::to_string(what.copy);
  text += " " + joined_flags(segment.flags) + " seq=" + std::to_string(segment.seq.value());
  if (segment.has(wire::kAck)) text += " ack=" + std::to_string(segment.ack.value());
  if (!segment.payload.empty()) {
    text += " len=" + std::to_string(segment.payload.size()) + " " + shown_text(segment.payload);
  }
  const auto known = windows_.find(what.sent->sender);
  const bool new_window = known == windows_.end() || known->second != segment.window;
  if (what.sent->sender != 0 && !segment.has(wire::kRst) && new_window) {
    windows_[what.sent->sender] = segment.window;
    text += " win=" + std::to_string(segment.window);
  }
  text += options_text(segment);
  if (what.sent->retransmission) text += " (again)";
  return text;
}

net::HostIndex Rows::receiver(const net::SentSegment& sent) const {
  for (std::size_t i = 0; i < scenario_.hosts.size(); ++i) {
    if (scenario_.hosts[i].config.address == sent.segment.dst.address) {
      return static_cast<net::HostIndex>(i);
    }
  }
  return lab::kTheNetwork;
}

bool Rows::goes_right(net::HostIndex from, net::HostIndex to) const {
  if (from == right_) return false;
  return to == right_ || names_hosts_ || from != right_;
}

}  // namespace tcplab::cli
