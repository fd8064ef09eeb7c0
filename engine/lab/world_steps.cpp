// What a step of the world does: actions, arrivals, timers, and all that they cause at once.
#include <algorithm>

#include "lab/recorder.hpp"
#include "lab/verbs/verb.hpp"
#include "lab/world.hpp"
#include "wire/datagram.hpp"

namespace tcplab::lab {

namespace {

Rule rule_of(wire::DecodeError error) {
  const bool checksum =
      error == wire::DecodeError::kTcpChecksum || error == wire::DecodeError::kIpChecksum;
  return checksum ? Rule::checksum_wrong : Rule::malformed_datagram;
}

// The rule that the trace shows for an arrival or a timeout: that of its change of state, else of
// its drop, else of what it was accepted as.
Rule deciding_rule(const host::Effects& effects, Rule otherwise) {
  const host::Effect* dropped = nullptr;   // the first
  const host::Effect* accepted = nullptr;  // the last
  for (const auto& effect : effects) {
    if (std::holds_alternative<tcp::StateChange>(effect.what)) return effect.rule;
    if (dropped == nullptr && std::holds_alternative<tcp::DropSegment>(effect.what)) {
      dropped = &effect;
    }
    if (std::holds_alternative<tcp::Accepted>(effect.what)) accepted = &effect;
  }
  if (dropped != nullptr) return dropped->rule;
  if (accepted != nullptr) return accepted->rule;
  return effects.empty() ? otherwise : effects.front().rule;
}

SegmentEvent segment_event(const net::Flight& flight) {
  return {flight.sent, flight.copy, flight.corrupted};
}

}  // namespace

void World::perform(Recorder& recorder, const Action& action) {
  const Verb& verb = verb_of(action.what);
  if (const auto* forgery = std::get_if<verb::Inject>(&action.what)) {
    inject(recorder, action.host, *forgery->injection);
  } else if (const auto* rejection = std::get_if<verb::Reject>(&action.what)) {
    reject(recorder, *rejection);
  } else if (verb.call) {
    call(recorder, verb, action);
  } else {
    change_flight(recorder, verb, action.what);
  }
}

void World::call(Recorder& recorder, const Verb& verb, const Action& action) {
  auto& host = hosts_[action.host];
  const verb::SocketName* named = socket_of(action.what);
  const bool is_new = named != nullptr && named->is_new;
  const std::string no_name;
  const std::string& wanted = named != nullptr ? named->name : no_name;
  const std::string fresh = is_new ? host.free_name(wanted) : std::string();
  const std::string& name = is_new ? fresh : wanted;
  if (const auto* send = std::get_if<verb::Send>(&action.what)) {
    payload_asked_ += send->octets.size();
  }
  const auto of = is_new || !recorder.is_tracing() ? 0 : host.connection_named(name);
  const auto cause =
      recorder.add(EventKind::kCall, action.host, of, Rule::script_action, kNoCause, [&] {
        return CallMade{*verb.call, name, action.arguments};
      });
  host::Effects effects;
  host::Context context{now_, last_connection_, effects};
  verb.make(action.what, {host, context, name});
  react(recorder, action.host, effects, cause);
}

void World::change_flight(Recorder& recorder, const Verb& verb, const verb::Any& what) {
  net::Changes changes;
  verb.change(what, {network_, now_, events_, changes});
  if (changes.empty()) {
    recorder.note(kTheNetwork, 0, Rule::fault_misses, kNoCause);
    return;
  }
  apply(recorder, changes, kNoCause);
}

// The ICMP error takes as long to the sender as the segment had been in flight.
void World::reject(Recorder& recorder, const verb::Reject& what) {
  net::Changes changes;
  if (!network_.drop(what.flight.segment, what.flight.copy, changes, Rule::fault_reject)) {
    recorder.note(kTheNetwork, 0, Rule::fault_misses, kNoCause);
    return;
  }
  const net::Flight flight = changes.told.front().about;
  const std::uint32_t cause = events_;
  apply(recorder, changes, kNoCause);
  queue_.push(now_ + (now_ - flight.departed),
              IcmpDue{static_cast<std::uint32_t>(rejections_.size())});
  rejections_.push_back(
      {{flight.sent, what.error, what.mtu, flight.sent->segment.src.address}, cause});
}

void World::send(Recorder& recorder, net::HostIndex from, host::ConnectionId connection,
                 wire::Segment&& what, bool retransmission, Rule rule, std::uint32_t cause) {
  auto sent = sent_.make();
  sent->id = ++last_segment_;
  sent->segment = std::move(what);
  sent->from = from;
  sent->sender = connection;
  sent->retransmission = retransmission;
  const auto& segment = sent->segment;
  sent->takes = tcp::segment_length(segment, hosts_[from].config().behaviour);
  senders_.push_back(connection);
  payload_sent_ += segment.payload.size();
  const auto sender = hosts_[from].connection(connection);
  if (sender != nullptr && sender->tcb().remote == segment.dst) {
    const auto& tcb = sender->tcb();
    // A RST that answers a segment without ACK has SEQ 0, which is not relative to any ISN.
    const bool has_number = !segment.has(wire::kRst) || !segment.has(wire::kAck);
    if (has_number) sent->relative_seq = wire::distance(tcb.snd.iss, segment.seq);
    sent->relative_ack = wire::distance(tcb.rcv.irs, segment.ack);
  }
  launch(recorder, std::move(sent), rule, cause);
}

void World::launch(Recorder& recorder, net::SentSegmentPtr sent, Rule rule, std::uint32_t cause) {
  // Bounds what one step sends, too: check_limits() ends the run after the step.
  if (network_.flights().size() > scenario_->limits.in_flight) return;
  if (!models_.empty()) remember(*sent);
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
  network_.send(std::move(sent), *to, now_, n, random_, changes);
  apply(recorder, changes, n);
}

std::optional<net::HostIndex> World::host_at(wire::Address address) const {
  const auto& setups = scenario_->hosts;
  const auto found = std::find_if(setups.begin(), setups.end(), [&](const HostSetup& setup) {
    return setup.config.address == address;
  });
  if (found == setups.end()) return std::nullopt;
  return static_cast<net::HostIndex>(found - setups.begin());
}

// Records what the network did in the trace, and queues what is due.
void World::apply(Recorder& recorder, const net::Changes& changes, std::uint32_t cause) {
  using What = net::Change::What;
  for (const auto& due : changes.due()) queue_.push(due.at, FlightDue{due.flight});
  for (const auto& change : changes.told) {
    const EventKind kind = change.what == What::kDropped      ? EventKind::kSegmentDropped
                           : change.what == What::kHeld       ? EventKind::kSegmentHeld
                           : change.what == What::kReleased   ? EventKind::kSegmentReleased
                           : change.what == What::kDelayed    ? EventKind::kSegmentDelayed
                           : change.what == What::kDuplicated ? EventKind::kSegmentDuplicated
                                                              : EventKind::kSegmentCorrupted;
    recorder.add(kind, kTheNetwork, 0, change.rule, cause == kNoCause ? change.about.cause : cause,
                 [&] { return segment_event(change.about); });
  }
}

void World::handle(Recorder& recorder, const FlightDue& due) {
  if (network_.is_doomed(due.flight)) {
    net::Changes changes;
    network_.strike(due.flight, now_, changes);
    return apply(recorder, changes, kNoCause);
  }
  const net::Flight flight = network_.take(due.flight);
  const auto detail = [&] { return segment_event(flight); };
  const auto drop = [&](Rule rule) {
    const auto n =
        recorder.add(EventKind::kSegmentReceived, flight.to, 0, rule, flight.cause, detail);
    recorder.add(EventKind::kSegmentDropped, flight.to, 0, rule, n, detail);
  };
  if (!scenario_->hosts[flight.to].has_stack) return drop(Rule::host_without_stack);
  std::optional<wire::Segment> decoded;
  if (!flight.reads_as_written()) {
    auto read = wire::decode(flight.bytes());
    if (!read) return drop(rule_of(read.error()));
    decoded = std::move(*read);
  }
  const wire::Segment& segment = decoded ? *decoded : flight.sent->segment;

  host::Effects effects;
  host::Context context{now_, last_connection_, effects};
  const auto via = flight.sent->from == flight.to ? host::Via::kLoopback : host::Via::kNetwork;
  hosts_[flight.to].on_segment(context, segment, flight.sent->id, via);
  // The arrival belongs to the connection of its first effect.
  const auto connection = effects.empty() ? 0 : effects.front().connection;
  const Rule rule = deciding_rule(effects, Rule::nothing_follows);
  const auto n =
      recorder.add(EventKind::kSegmentReceived, flight.to, connection, rule, flight.cause, detail);
  current_ = &flight;
  react(recorder, flight.to, effects, n);
  current_ = nullptr;
}

void World::handle(Recorder& recorder, const TimerDue& due) {
  host::Effects effects;
  host::Context context{now_, last_connection_, effects};
  hosts_[due.host].on_timer(context, due.connection, due.timer);
  const Rule rule = deciding_rule(effects, Rule::nothing_follows);
  const auto n =
      recorder.add(EventKind::kTimerFired, due.host, due.connection, rule, due.cause, [&] {
        return TimerEvent{due.timer, now_};
      });
  react(recorder, due.host, effects, n);
}

void World::handle(Recorder& recorder, const EntryDue& due) {
  perform(recorder, scenario_->script[due.entry].action);
}

// RFC 792: the error goes to the source address of the segment that it quotes, whoever sent that
// segment; an injected error may go elsewhere.
void World::handle(Recorder& recorder, const IcmpDue& due) {
  const Rejection rejection = rejections_[due.rejection];
  const auto& [about, what, mtu, address] = rejection.told;
  const auto destination = host_at(address);
  if (!destination) {
    recorder.note(kTheNetwork, 0, Rule::network_no_such_address, rejection.cause);
    return;
  }
  const auto to = *destination;
  host::Effects effects;
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

// Handles each kind of effect.
struct World::Reaction {
  World& world;
  Recorder& recorder;
  net::HostIndex host;
  host::Effects& effects;
  std::uint32_t cause;
  const host::Effect* effect = nullptr;  // the one being handled

  template <typename MakeDetail>
  std::uint32_t add(EventKind kind, MakeDetail make_detail) const {
    return recorder.add(kind, host, effect->connection, effect->rule, cause, make_detail);
  }
  void note() const { recorder.note(host, effect->connection, effect->rule, cause); }

  void operator()(const tcp::SendSegment& what) const {
    world.send(recorder, host, effect->connection, std::move(effects.segments[what.segment]),
               what.retransmission, effect->rule, cause);
  }
  void operator()(const tcp::ArmTimer& what) const {
    const auto n = add(EventKind::kTimerArmed, [&] { return TimerEvent{what.timer, what.at}; });
    world.queue_.push(what.at, TimerDue{host, what.timer, effect->connection, n});
  }
  void operator()(const tcp::CancelTimer& what) const {
    add(EventKind::kTimerCancelled, [&] { return TimerEvent{what.timer, world.now_}; });
  }
  void operator()(const tcp::StateChange& what) const {
    add(EventKind::kState, [&] {
      return StateEvent{what.from, what.to, what.trigger,
                        world.socket_name(host, effect->connection)};
    });
    world.watch(host, what.to);
  }
  void operator()(const tcp::DropSegment&) const {
    // A SYN that a mutant held until accept() has arrived earlier.
    if (world.current_ == nullptr) return note();
    add(EventKind::kSegmentDropped, [&] {
      return SegmentEvent{world.current_->sent, world.current_->copy};
    });
  }
  void operator()(const host::CallReturns& what) const {
    add(EventKind::kReturn,
        [&]() -> host::Return&& { return std::move(effects.returns[what.which]); });
  }
  void operator()(const host::Deliver& what) const {
    add(EventKind::kDeliver,
        [&] { return world.deliver(host, effect->connection, effects.pieces_of(what)); });
  }
  void operator()(const host::AcceptQueue& what) const {
    add(EventKind::kQueue, [&] { return what; });
  }
  void operator()(const tcp::Remark&) const { note(); }
  void operator()(const tcp::Accepted&) const {}
};

void World::react(Recorder& recorder, net::HostIndex host, host::Effects& effects,
                  std::uint32_t cause) {
  Reaction reaction{*this, recorder, host, effects, cause};
  for (const auto& effect : effects) {
    reaction.effect = &effect;
    std::visit(reaction, effect.what);
  }
}

std::string World::socket_name(net::HostIndex host, host::ConnectionId connection) const {
  const auto socket = hosts_[host].socket_of(connection);
  return socket != nullptr ? socket->name : std::string();
}

// Octets are stale if another connection sent them than the one whose SYN was accepted.
DeliverEvent World::deliver(net::HostIndex host, host::ConnectionId connection,
                            std::span<const tcp::Reassembly::Piece> pieces) const {
  const auto sender_of = [&](wire::SegmentId id) { return id == 0 ? 0 : senders_[id - 1]; };
  const auto peer = sender_of(hosts_[host].connection(connection)->tcb().syn_origin);
  DeliverEvent event;
  std::size_t last = 0;
  for (const auto& piece : pieces) {
    event.pieces.push_back(piece);
    const std::size_t first = std::exchange(last, last + piece.octets.size());
    if (sender_of(piece.origin) == peer || piece.octets.empty()) continue;
    const bool goes_on = !event.stale.empty() && event.stale.back().second == first;
    if (!goes_on) event.stale.emplace_back(first, first);
    event.stale.back().second = last;
  }
  return event;
}

void World::watch(net::HostIndex host, tcp::State state) {
  if (waiting_.empty()) return;
  const auto reached = [&](std::uint32_t entry) {
    const Trigger& trigger = scenario_->script[entry].trigger;
    const bool is = trigger.when_host == host && trigger.when_state == state;
    if (is) queue_.push(now_ + trigger.after, EntryDue{entry});
    return is;
  };
  waiting_.erase(std::remove_if(waiting_.begin(), waiting_.end(), reached), waiting_.end());
}

}  // namespace tcplab::lab
