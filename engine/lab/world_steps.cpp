// What a step of the world does: actions, arrivals, timers, and all that they cause at once.
#include <algorithm>

#include "lab/recorder.hpp"
#include "lab/world.hpp"
#include "wire/datagram.hpp"

namespace tcplab::lab {

namespace {

std::optional<host::Call> call_of(Do what) {
  return is_call(what) ? std::optional(static_cast<host::Call>(what)) : std::nullopt;
}

Rule rule_of(wire::DecodeError error) {
  const bool checksum =
      error == wire::DecodeError::kTcpChecksum || error == wire::DecodeError::kIpChecksum;
  return checksum ? Rule::checksum_wrong : Rule::malformed_datagram;
}

// The rule that an arrival or a timeout stands for: the change of state it makes, else why it is
// dropped, else what it was taken as.
Rule deciding_rule(const host::Effects& effects, Rule otherwise) {
  const auto find = [&](auto is_wanted) {
    const auto it = std::find_if(effects.begin(), effects.end(), is_wanted);
    return it == effects.end() ? nullptr : &*it;
  };
  const auto holds = [](auto tag) {
    return [](const host::Effect& e) { return std::holds_alternative<decltype(tag)>(e.what); };
  };
  if (const auto* e = find(holds(tcp::StateChange{}))) return e->rule;
  if (const auto* e = find(holds(tcp::DropSegment{}))) return e->rule;
  const auto accepted = std::find_if(effects.rbegin(), effects.rend(), holds(tcp::Accepted{}));
  if (accepted != effects.rend()) return accepted->rule;
  return effects.empty() ? otherwise : effects.front().rule;
}

// Text that says which part of the stream it is: "abc...", restarting after z.
wire::Bytes filler(std::size_t octets) {
  constexpr std::uint8_t kLetters[] = "abcdefghijklmnopqrstuvwxyz";
  wire::Bytes bytes;
  bytes.reserve(octets);
  while (bytes.size() < octets) {
    bytes.insert(bytes.end(), kLetters,
                 kLetters + std::min<std::size_t>(26, octets - bytes.size()));
  }
  return bytes;
}

}  // namespace

void World::perform(Recorder& recorder, const Action& action) {
  if (action.what == Do::kInject) return inject(recorder, action);
  if (action.what == Do::kReject) return reject(recorder, action);
  const auto call = call_of(action.what);
  if (!call) return perform_on_flight(recorder, action);

  const auto& host = hosts_[action.host];
  const auto socket =
      action.makes_socket ? Look<host::Socket>(nullptr) : host.socket_named(action.socket);
  const std::string name = action.makes_socket ? host.free_name(action.socket) : action.socket;
  payload_asked_ += action.octets.size() + action.filler;
  const auto cause =
      recorder.add(EventKind::kCall, action.host, socket != nullptr ? socket->connection : 0,
                   Rule::script_action, kNoCause, [&] {
                     return CallMade{*call, name, action.arguments};
                   });
  host::Effects& effects = empty_effects();
  host::Context context{now_, last_connection_, effects};
  perform_call(action, name, context);
  react(recorder, action.host, effects, cause);
}

void World::perform_call(const Action& action, const std::string& name, host::Context& c) {
  auto& host = hosts_[action.host];
  switch (action.what) {
    case Do::kListen:
      return host.listen(c, {name, action.port, action.backlog, action.accept, action.read});
    case Do::kConnect:
      return host.connect(c, {name, action.to, action.port, action.read});
    case Do::kAccept:
      return host.accept(c, action.socket, action.as);
    case Do::kSend: {
      const auto octets = action.filler > 0 ? filler(action.filler) : action.octets;
      return host.send(c, action.socket, octets,
                       action.to.port != 0 ? std::optional(action.to) : std::nullopt);
    }
    case Do::kRecv:
      return host.recv(c, action.socket, action.most);
    case Do::kShutdown:
      return host.shutdown(c, action.socket, action.how);
    case Do::kClose:
      return host.close(c, action.socket);
    case Do::kAbort:
      return host.abort(c, action.socket);
    case Do::kSocket:
      return host.socket(c, {name, action.non_blocking, action.read});
    case Do::kBind:
      return host.bind(c, {action.socket, action.address, action.port});
    case Do::kSetsockopt:
      return host.setsockopt(c, action.socket, action.option, action.value);
    case Do::kGetsockopt:
      return host.getsockopt(c, action.socket, action.option);
    case Do::kKill:
      return host.kill(c);
    case Do::kCrash:
      return host.crash(c);
    case Do::kReboot:
      return host.reboot(c);
    default:
      return;
  }
}

void World::perform_on_flight(Recorder& recorder, const Action& action) {
  net::Changes changes;
  switch (action.what) {
    case Do::kDrop:
      network_.drop(action.flight, action.copy, changes);
      break;
    case Do::kDelay:
      network_.delay(action.flight, action.copy, action.by, changes);
      break;
    case Do::kDuplicate:
      network_.duplicate(action.flight, action.copy, action.by, events_, changes);
      break;
    case Do::kCorrupt:
      network_.corrupt(action.flight, action.copy, action.octet, changes);
      break;
    case Do::kHold:
      network_.hold(action.flight, action.copy, now_, changes);
      break;
    default:
      network_.release(action.flight, action.copy, now_, changes);
      break;
  }
  if (changes.empty()) {
    recorder.note(kTheNetwork, 0, Rule::fault_misses, kNoCause);
    return;
  }
  apply(recorder, std::move(changes), kNoCause);
}

// The ICMP error takes as long back to the sender as the segment took to where it was dropped.
void World::reject(Recorder& recorder, const Action& action) {
  net::Changes changes;
  if (!network_.drop(action.flight, action.copy, changes, Rule::fault_reject)) {
    recorder.note(kTheNetwork, 0, Rule::fault_misses, kNoCause);
    return;
  }
  const net::Flight flight = changes.front().about;
  const std::uint32_t cause = events_;
  apply(recorder, std::move(changes), kNoCause);
  push(now_ + (now_ - flight.departed), IcmpDue{static_cast<std::uint32_t>(rejections_.size())});
  rejections_.push_back(
      {{flight.sent, action.error, action.mtu, flight.sent->segment.src.address}, cause});
}

void World::send(Recorder& recorder, net::HostIndex from, host::ConnectionId connection,
                 const tcp::SendSegment& what, Rule rule, std::uint32_t cause) {
  net::SentSegment sent;
  sent.id = ++last_segment_;
  sent.segment = what.segment;
  sent.from = from;
  sent.sender = connection;
  sent.retransmission = what.retransmission;
  sent.takes = tcp::segment_length(sent.segment, hosts_[from].config().behaviour);
  senders_.push_back(connection);
  payload_sent_ += sent.segment.payload.size();
  const auto sender = hosts_[from].connection(connection);
  if (sender != nullptr && sender->tcb().remote == sent.segment.dst) {
    const auto& tcb = sender->tcb();
    // The zero of a RST that answers a segment without ACK is a number of nobody's.
    const bool has_number = !sent.segment.has(wire::kRst) || !sent.segment.has(wire::kAck);
    if (has_number) sent.relative_seq = wire::distance(tcb.snd.iss, sent.segment.seq);
    sent.relative_ack = wire::distance(tcb.rcv.irs, sent.segment.ack);
  }
  sent.bytes = wire::encode(sent.segment, static_cast<std::uint16_t>(sent.id));
  launch(recorder, std::make_shared<const net::SentSegment>(std::move(sent)), rule, cause);
}

void World::launch(Recorder& recorder, net::SentSegmentPtr sent, Rule rule, std::uint32_t cause) {
  // What one step sends is bounded too: it ends with the limit's event.
  if (network_.flights().size() > scenario_->limits.in_flight) return;
  remember(*sent);
  const auto n = recorder.add(EventKind::kSegmentSent, sent->from, sent->sender, rule, cause, [&] {
    return SegmentEvent{sent, 1};
  });
  const auto to = host_at(sent->segment.dst.address);
  if (!to) {
    recorder.add(EventKind::kSegmentDropped, kTheNetwork, 0, Rule::network_no_such_address, n, [&] {
      return SegmentEvent{sent, 1};
    });
    return;
  }
  net::Changes changes;
  network_.send(sent, *to, now_, n, random_, changes);
  apply(recorder, std::move(changes), n);
}

std::optional<net::HostIndex> World::host_at(wire::Address address) const {
  const auto& setups = scenario_->hosts;
  const auto found = std::find_if(setups.begin(), setups.end(), [&](const HostSetup& setup) {
    return setup.config.address == address;
  });
  if (found == setups.end()) return std::nullopt;
  return static_cast<net::HostIndex>(found - setups.begin());
}

// What the network did: told to the trace, and put into the queue.
void World::apply(Recorder& recorder, net::Changes changes, std::uint32_t cause) {
  using What = net::Change::What;
  for (const auto& change : changes) {
    if (change.what == What::kScheduled) {
      push(change.when, FlightDue{change.flight});
      continue;
    }
    const EventKind kind = change.what == What::kDropped      ? EventKind::kSegmentDropped
                           : change.what == What::kHeld       ? EventKind::kSegmentHeld
                           : change.what == What::kReleased   ? EventKind::kSegmentReleased
                           : change.what == What::kDelayed    ? EventKind::kSegmentDelayed
                           : change.what == What::kDuplicated ? EventKind::kSegmentDuplicated
                                                              : EventKind::kSegmentCorrupted;
    recorder.add(
        kind, kTheNetwork, 0, change.rule, cause == kNoCause ? change.about.cause : cause, [&] {
          return SegmentEvent{change.about.sent, change.about.copy, change.about.corrupted};
        });
  }
}

void World::happen(Recorder& recorder, const FlightDue& due) {
  net::Changes changes;
  const auto flight = network_.due(due.flight, now_, changes);
  if (!flight) return apply(recorder, std::move(changes), kNoCause);

  const auto detail = [&] { return SegmentEvent{flight->sent, flight->copy, flight->corrupted}; };
  const auto drop = [&](Rule rule) {
    const auto n =
        recorder.add(EventKind::kSegmentReceived, flight->to, 0, rule, flight->cause, detail);
    recorder.add(EventKind::kSegmentDropped, flight->to, 0, rule, n, detail);
  };
  if (!scenario_->hosts[flight->to].has_stack) return drop(Rule::host_without_stack);
  const auto segment =
      wire::decode(flight->corrupted.empty() ? flight->sent->bytes : flight->bytes());
  if (!segment) return drop(rule_of(segment.error()));

  host::Effects& effects = empty_effects();
  host::Context context{now_, last_connection_, effects};
  const auto via = flight->sent->from == flight->to ? host::Via::kLoopback : host::Via::kNetwork;
  hosts_[flight->to].on_segment(context, *segment, flight->sent->id, via);
  // The arrival belongs to the connection, and to the rule, of the first thing that came of it.
  const auto connection = effects.empty() ? 0 : effects.front().connection;
  const Rule rule = deciding_rule(effects, Rule::nothing_follows);
  const auto n = recorder.add(EventKind::kSegmentReceived, flight->to, connection, rule,
                              flight->cause, detail);
  current_ = flight->sent;
  current_copy_ = flight->copy;
  react(recorder, flight->to, effects, n);
  current_.reset();
}

void World::happen(Recorder& recorder, const TimerDue& due) {
  host::Effects& effects = empty_effects();
  host::Context context{now_, last_connection_, effects};
  hosts_[due.host].on_timer(context, due.connection, due.timer);
  const Rule rule = deciding_rule(effects, Rule::nothing_follows);
  const auto n =
      recorder.add(EventKind::kTimerFired, due.host, due.connection, rule, due.cause, [&] {
        return TimerEvent{due.timer, now_};
      });
  react(recorder, due.host, effects, n);
}

void World::happen(Recorder& recorder, const EntryDue& due) {
  perform(recorder, scenario_->script[due.entry].action);
}

// RFC 792: to the source address of the segment, whoever it was that sent it; what is injected may
// go elsewhere.
void World::happen(Recorder& recorder, const IcmpDue& due) {
  const Rejection rejection = rejections_[due.rejection];
  const auto& [about, what, mtu, address] = rejection.told;
  const auto destination = host_at(address);
  if (!destination) {
    recorder.note(kTheNetwork, 0, Rule::network_no_such_address, rejection.cause);
    return;
  }
  const auto to = *destination;
  host::Effects& effects = empty_effects();
  host::Context context{now_, last_connection_, effects};
  const bool has_stack = scenario_->hosts[to].has_stack;
  if (has_stack) {
    hosts_[to].on_icmp(context,
                       {what, about->segment.src, about->segment.dst, about->segment.seq, mtu});
  }
  const auto connection = effects.empty() ? 0 : effects.front().connection;
  const Rule rule =
      deciding_rule(effects, has_stack ? Rule::nothing_follows : Rule::host_without_stack);
  const auto n = recorder.add(EventKind::kIcmp, to, connection, rule, rejection.cause,
                              [&] { return rejection.told; });
  react(recorder, to, effects, n);
}

// One list serves every input: it is as large as a page, and would cost as much as the rest.
host::Effects& World::empty_effects() {
  effects_.clear();
  effects_.reserve(tcp::kUsualEffects);
  return effects_;
}

void World::react(Recorder& recorder, net::HostIndex host, host::Effects& effects,
                  std::uint32_t cause) {
  for (auto& effect : effects) {
    const auto add = [&](EventKind kind, auto make_detail) {
      return recorder.add(kind, host, effect.connection, effect.rule, cause, make_detail);
    };
    if (auto* sending = std::get_if<tcp::SendSegment>(&effect.what)) {
      send(recorder, host, effect.connection, *sending, effect.rule, cause);
    } else if (auto* arming = std::get_if<tcp::ArmTimer>(&effect.what)) {
      const auto n = add(EventKind::kTimerArmed, [&] {
        return TimerEvent{arming->timer, arming->at};
      });
      push(arming->at, TimerDue{host, effect.connection, arming->timer, n});
    } else if (auto* cancelling = std::get_if<tcp::CancelTimer>(&effect.what)) {
      add(EventKind::kTimerCancelled, [&] { return TimerEvent{cancelling->timer, now_}; });
    } else if (auto* change = std::get_if<tcp::StateChange>(&effect.what)) {
      add(EventKind::kState, [&] {
        return StateEvent{change->from, change->to, change->trigger,
                          socket_name(host, effect.connection)};
      });
      watch(host, change->to);
    } else if (std::holds_alternative<tcp::DropSegment>(effect.what)) {
      add(EventKind::kSegmentDropped, [&] { return SegmentEvent{current_, current_copy_}; });
    } else if (auto* returned = std::get_if<host::Return>(&effect.what)) {
      add(EventKind::kReturn, [&] { return std::move(*returned); });
    } else if (auto* delivered = std::get_if<host::Deliver>(&effect.what)) {
      add(EventKind::kDeliver, [&] { return deliver(host, effect.connection, *delivered); });
    } else if (auto* queue = std::get_if<host::AcceptQueue>(&effect.what)) {
      add(EventKind::kQueue, [&] { return *queue; });
    } else if (std::holds_alternative<tcp::Remark>(effect.what)) {
      recorder.note(host, effect.connection, effect.rule, cause);
    }
  }
  effects.clear();  // a copy of the world should not carry them
}

std::string World::socket_name(net::HostIndex host, host::ConnectionId connection) const {
  const auto socket = hosts_[host].socket_of(connection);
  return socket != nullptr ? socket->name : std::string();
}

// Octets are stale when the connection that sent them is not the one whose SYN was taken.
DeliverEvent World::deliver(net::HostIndex host, host::ConnectionId connection,
                            const host::Deliver& delivered) const {
  const auto sender_of = [&](wire::SegmentId id) { return id == 0 ? 0 : senders_[id - 1]; };
  const auto peer = sender_of(hosts_[host].connection(connection)->tcb().syn_origin);
  DeliverEvent event{{}, {}, {}};
  for (const auto& piece : delivered.pieces) {
    const std::size_t first = event.octets.size();
    event.octets.append(piece.octets.begin(), piece.octets.end());
    event.segments.push_back(piece.origin);
    if (sender_of(piece.origin) == peer || piece.octets.empty()) continue;
    const bool goes_on = !event.stale.empty() && event.stale.back().second == first;
    if (!goes_on) event.stale.emplace_back(first, first);
    event.stale.back().second = event.octets.size();
  }
  return event;
}

void World::watch(net::HostIndex host, tcp::State state) {
  const auto reached = [&](std::uint32_t entry) {
    const Trigger& trigger = scenario_->script[entry].trigger;
    const bool is = trigger.when_host == host && trigger.when_state == state;
    if (is) push(now_ + trigger.after, EntryDue{entry});
    return is;
  };
  waiting_.erase(std::remove_if(waiting_.begin(), waiting_.end(), reached), waiting_.end());
}

}  // namespace tcplab::lab
