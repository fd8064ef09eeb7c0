// Demultiplexes segments to connections, and tells the application what happened.
#include "host/host.hpp"

#include <algorithm>
#include <limits>

#include "tcp/segment_arrives/closed.hpp"

namespace tcplab::host {

using tcp::BadOptionLength;
using tcp::CallResult;
using tcp::Signal;
using tcp::State;
using wire::Endpoint;
using wire::kAck;
using wire::kRst;
using wire::kSyn;
using wire::Segment;

namespace {

Errno errno_of(Signal signal) {
  switch (signal) {
    case Signal::kBrokenPipe:
      return Errno::kEpipe;
    case Signal::kRefused:
      return Errno::kEconnrefused;
    case Signal::kTimedOut:
      return Errno::kEtimedout;
    case Signal::kNetUnreachable:
      return Errno::kEnetunreach;
    case Signal::kHostUnreachable:
      return Errno::kEhostunreach;
    case Signal::kProtocolUnreachable:
      return Errno::kEnoprotoopt;
    case Signal::kSourceRouteFailed:
      return Errno::kEopnotsupp;
    case Signal::kParameterProblem:
      return Errno::kEproto;
    default:
      return Errno::kEconnreset;
  }
}

}  // namespace

wire::Seq Host::next_iss(Endpoint local, Endpoint remote, Time now) {
  if (config_.behaviour.wrong.isn_is_zero) return wire::Seq(0);
  if (isns_used_ < config_.isns.size()) return wire::Seq(config_.isns[isns_used_++]);
  if (config_.behaviour.wrong.isn_is_random) {
    const std::uint64_t draw = isns_used_++;
    return wire::Seq(static_cast<std::uint32_t>(tcp::siphash(config_.secret, draw, 0)));
  }
  return tcp::initial_sequence_number(local, remote, config_.secret, now);
}

void Host::settle(Context& c, ConnectionId id, const tcp::Effects& effects) {
  if (effects.empty()) return;
  const Rule last = effects.back().rule;
  forward(c, id, effects);
  const auto& [socket, connection] = record(id);
  if (socket.lingering) end_lingering_if_done(c, id, last);
  const State state = connection.state();
  if (state == State::kClosed || state == State::kListen) retire_if_gone(c, id, last);
}

// Signals to the user are handled here, in order with the other effects.
void Host::forward(Context& c, ConnectionId id, const tcp::Effects& effects) {
  const auto forward_one = [&](Rule rule, const auto& what) {
    using What = std::decay_t<decltype(what)>;
    if constexpr (std::is_same_v<What, tcp::TellUser>) {
      on_signal(c, id, what.signal, rule);
    } else if constexpr (std::is_same_v<What, tcp::TextReady>) {
      read_if_wanted(c, id);
    } else if constexpr (std::is_same_v<What, tcp::SendSegment>) {
      auto& segment = c.effects.segments[what.segment];
      mutate_told_ack(segment);
      c.effects.emplace_back(id, what.retransmission ? rule : rule_of_sent(segment, rule), what);
    } else {
      c.effects.emplace_back(id, rule, what);
    }
  };
  for (const auto& effect : effects) {
    std::visit([&](const auto& what) { forward_one(effect.rule, what); }, effect.what);
  }
}

// The host's misconception that the segment shows, if any; else `rule`.
Rule Host::rule_of_sent(const Segment& segment, Rule rule) const {
  const auto& wrong = config_.behaviour.wrong;
  const bool is_ack = segment.has(kAck) && !segment.has(wire::kFin) && !segment.has(kRst) &&
                      segment.payload.empty();
  if (wrong.ack_is_last_octet && is_ack) return Rule::mutant_ack_is_last_octet;
  if (!segment.has(kSyn)) return rule;
  if (wrong.isn_is_zero) return Rule::mutant_isn_is_zero;
  // ISNs of the scenario come first, and are not drawn.
  const bool drawn = isns_used_ > config_.isns.size();
  return wrong.isn_is_random && drawn ? Rule::mutant_isn_is_random : rule;
}

void Host::on_signal(Context& c, ConnectionId id, Signal signal, Rule rule) {
  auto& socket = socket_at(id);
  if (signal == Signal::kEstablished) return on_established(c, id, rule);
  if (signal == Signal::kLingerOver) return end_lingering(c, id, rule);
  if (signal == Signal::kEndOfStream) return read_if_wanted(c, id);
  const Errno error = errno_of(signal);
  if (socket.closed || socket.name.empty()) return;  // no application is left to tell
  if (socket.connecting) {
    socket.connecting = false;
    if (socket.non_blocking) {
      socket.failed_to_open = true;
      socket.pending_error = error;
    } else {
      complete_call(c, id, Call::kConnect, socket.name, error, rule);
    }
  } else if ((socket.read == Application::kEach && signal != Signal::kBrokenPipe) ||
             socket.pending_recv) {
    // An application that always reads is waiting in recv() again.
    socket.pending_recv.reset();
    complete_call(c, id, Call::kRecv, socket.name, error, rule);
  } else {
    socket.pending_error = error;
  }
}

void Host::on_established(Context& c, ConnectionId id, Rule rule) {
  auto& socket = socket_at(id);
  if (socket.connecting) {
    socket.connecting = false;
    // A non-blocking connect() has returned long ago.
    if (!socket.non_blocking) {
      complete_call(c, id, Call::kConnect, socket.name, Errno::kNone, rule);
    }
    return;
  }
  leave_syn_queue(socket);
  socket.born = Time{0};
  if (socket.listener == 0) return;
  auto& listener = socket_at(socket.listener);
  auto& listening = *listener.listening;
  if (listening.accept == Application::kEach) {
    accept_child(c, listener, id, "accepted", Rule::accept_was_waiting);
  } else if (!listening.pending_accepts.empty()) {
    std::string name = std::move(listening.pending_accepts.front());
    listening.pending_accepts.erase(listening.pending_accepts.begin());
    accept_child(c, listener, id, std::move(name), Rule::accept_was_waiting);
  } else {
    listening.accept_queue.push_back(id);
    c.effects.emplace_back(listener.connection, Rule::accept_queue_grows,
                           AcceptQueue{listening.accept_queue.size(), listening.backlog});
  }
}

void Host::accept_child(Context& c, Socket& listener, ConnectionId child, std::string name,
                        Rule rule) {
  auto& socket = socket_at(child);
  name = free_name(name);
  socket.name = name;
  take_name(name, *records_.index_of(child));
  socket.read = listener.read;
  complete_call(c, child, Call::kAccept, socket.name, Errno::kNone, rule);
  // Text may have come before the application took the connection.
  read_if_wanted(c, child);
}

// recv() by an application that always reads, or one that waits in it.
void Host::read_if_wanted(Context& c, ConnectionId id) {
  const auto& [socket, connection] = record(id);
  if (socket.closed || socket.name.empty()) return;
  if (socket.pending_recv) {
    read(c, id, *socket.pending_recv);
  } else if (!socket.end_told && !socket.reading_shut && socket.read == Application::kEach &&
             (connection.tcb().unread_octets > 0 || connection.tcb().fin_received)) {
    read(c, id, std::numeric_limits<std::size_t>::max());
    // One RECEIVE stops before an urgent octet, so read again.
    if (connection_at(id).tcb().unread_octets > 0) read_if_wanted(c, id);
  }
}

void Host::read(Context& c, ConnectionId id, std::size_t most) {
  auto& pieces = c.effects.pieces;
  Deliver deliver{static_cast<std::uint32_t>(pieces.size()), 0};
  tcp::Effects effects;
  tcp::Context context{c.now, config_.behaviour, effects, c.effects.segments};
  auto& [socket, connection] = record(id);
  const auto result = connection.receive(context, most, pieces);
  if (result != CallResult::kOk) forward(c, id, effects);
  if (result == CallResult::kQueued) {
    c.effects.emplace_back(id, Rule::receive_nothing_yet, tcp::Remark{});
    return;
  }
  socket.pending_recv.reset();
  if (result == CallResult::kEndOfStream) {
    socket.end_told = socket.read == Application::kEach;
    c.effects
        .emplace_return(id, Rule::receive_end_of_stream, Call::kRecv, socket.name, Errno::kNone)
        .octets = 0;
    return;
  }
  if (result != CallResult::kOk) {
    // The error of a broken connection was returned once; after that recv() returns the end.
    const bool broke = connection.was_open() ||
                       (socket.failed_to_open && config_.behaviour.failed_open_reads_as_end);
    auto& told = c.effects.emplace_return(
        id, broke ? Rule::receive_connection_gone : Rule::receive_not_connected, Call::kRecv,
        socket.name, broke ? Errno::kNone : Errno::kEnotconn);
    if (broke) told.octets = 0;
    return;
  }
  std::size_t octets = 0;
  deliver.end = static_cast<std::uint32_t>(pieces.size());
  for (auto i = deliver.first; i < deliver.end; ++i) octets += pieces[i].octets.size();
  c.effects.emplace_back(id, Rule::receive_data, deliver);
  if (socket.read == Application::kOnCall) {
    c.effects.emplace_return(id, Rule::receive_data, Call::kRecv, socket.name, Errno::kNone)
        .octets = octets;
  }
  forward(c, id, effects);
}

// A connection in CLOSED is only a record, and so is a child that went back to LISTEN.
void Host::retire_if_gone(Context& c, ConnectionId id, Rule rule) {
  auto& [socket, connection] = record(id);
  const auto& tcb = connection.tcb();
  // §3.5: a listener that turned active and was refused listens again.
  if (tcb.state == State::kListen && socket.listener == 0 && !socket.is_listener) {
    leave_connected(id);
    start_listening(tcb.local.port, id);
    socket.is_listener = true;
    return;
  }
  const bool back_in_listen = tcb.state == State::kListen && socket.listener != 0;
  if (tcb.state != State::kClosed && !back_in_listen) return;
  leave_connected(id);
  stop_listening(tcb.local.port, id);
  leave_syn_queue(socket);
  if (socket.pending_recv) read_if_wanted(c, id);  // nothing more will come, so recv() must return
  if (socket.connecting && !socket.closed) {
    // shutdown() ended the connection that connect() was waiting for.
    socket.connecting = false;
    if (!socket.non_blocking) {
      complete_call(c, id, Call::kConnect, socket.name, Errno::kEnotconn, Rule::connect_given_up);
    }
  }
  if (socket.listener == 0) return;
  auto& listener = socket_at(socket.listener);
  auto& queue = listener.listening->accept_queue;
  const auto waiting = std::find(queue.begin(), queue.end(), id);
  if (waiting == queue.end()) return;
  queue.erase(waiting);
  c.effects.emplace_back(listener.connection, rule,
                         AcceptQueue{queue.size(), listener.listening->backlog});
}

void Host::complete_call(Context& c, ConnectionId id, Call call, std::string_view socket,
                         Errno error, Rule rule) {
  c.effects.emplace_return(id, rule, call, socket, error);
}

void Host::answer_without_connection(Context& c, const Segment& segment) {
  auto [rule, answer] = tcp::segment_arrives_in_closed(segment, config_.behaviour);
  c.effects.emplace_back(0, rule, tcp::DropSegment{});
  if (!answer) return;
  mutate_told_ack(*answer);
  c.effects.send(0, rule, std::move(*answer));
}

// The mutant that acknowledges the last octet received instead of the next one expected. It reads
// ACKs that arrive in the same way: on_segment().
void Host::mutate_told_ack(Segment& segment) const {
  if (config_.behaviour.wrong.ack_is_last_octet && segment.has(kAck)) segment.ack -= 1;
}

std::optional<Rule> Host::refuses_addresses(const Segment& segment, Via via) const {
  const auto source = segment.src.address;
  if (segment.dst.address != config_.address) return Rule::not_for_this_host;
  // §3.9.2.3 MUST-57, MUST-63: a source address that cannot be one host's.
  if (!wire::is_of_one_host(source)) return Rule::source_of_no_host;
  if (via == Via::kLoopback) return std::nullopt;
  if (source == config_.address) return Rule::source_is_this_host;
  if (wire::is_loopback(source)) return Rule::source_is_loopback;
  return std::nullopt;
}

void Host::on_segment(Context& c, const Segment& arrived, wire::SegmentId id, Via via) {
  const CompactOnExit compact_on_exit(*this);
  std::optional<Segment> understood;
  if (config_.behaviour.wrong.ack_is_last_octet && arrived.has(kAck)) {
    understood = arrived;
    understood->ack += 1;
  }
  const Segment& segment = understood ? *understood : arrived;
  if (down_) {
    c.effects.emplace_back(0, Rule::host_is_down, tcp::DropSegment{});
    return;
  }
  if (const auto why = refuses_addresses(segment, via)) {
    c.effects.emplace_back(0, *why, tcp::DropSegment{});
    return;
  }
  const bool bad_length = segment.bad_option_length;
  if (bad_length && config_.behaviour.bad_option_length == BadOptionLength::kDropsSegment) {
    c.effects.emplace_back(0, Rule::bad_option_length_drops, tcp::DropSegment{});
    return;
  }
  take_segment(c, segment, id);
  if (bad_length) c.effects.emplace_back(0, Rule::bad_option_length_ends_options, tcp::Remark{});
}

void Host::take_segment(Context& c, const Segment& segment, wire::SegmentId id) {
  const auto target_id = connected(segment.dst, segment.src);
  if (!target_id) return on_segment_without_connection(c, segment, id, std::nullopt);
  if (socket_at(*target_id).half_open && stops_at_queues(c, *target_id, segment, id)) return;
  const auto& connection = connection_at(*target_id);
  const auto yields = connection.yields_to(segment, config_.behaviour);
  if (yields && listens(segment.dst.port)) {
    const auto beyond = connection.tcb().snd.nxt;
    run(c, *target_id,
        [&](auto& target, auto& context) { target.yield_to_new_syn(context, *yields); });
    return on_segment_without_connection(c, segment, id, beyond);
  }
  run(c, *target_id, [&](auto& target, auto& context) { target.on_segment(context, segment, id); });
}

// A segment for a half-open connection. True: it has been handled here.
bool Host::stops_at_queues(Context& c, ConnectionId id, const Segment& segment,
                           wire::SegmentId segment_id) {
  if (finds_listener_gone(c, id, segment, segment_id)) return true;
  if (overlooks_syn_cache(c, id)) {
    on_segment_without_connection(c, segment, segment_id, std::nullopt);
    return true;
  }
  return !admits_ack(c, id, segment);
}

// The segment goes to a listener, or is answered as in CLOSED.
void Host::on_segment_without_connection(Context& c, const Segment& segment, wire::SegmentId id,
                                         std::optional<wire::Seq> beyond) {
  const auto listener = listener_for(segment.dst, segment.src);
  if (!listener) return answer_without_connection(c, segment);
  const bool opens = segment.has(kSyn) && !segment.has(kAck) && !segment.has(kRst);
  if (opens) {
    make_child(c, *listener, segment, id, beyond);
    return tell_of_group(c, *listener, segment.dst.port);
  }
  if (take_cookie(c, *listener, segment, id)) return;
  run(c, *listener, [&](auto& target, auto& context) { target.on_segment(context, segment, id); });
}

void Host::on_icmp(Context& c, const wire::IcmpError& error) {
  const CompactOnExit compact_on_exit(*this);
  const auto target_id = connected(error.src, error.dst);
  if (!target_id) {
    const Rule rule = down_                                  ? Rule::host_is_down
                      : error.src.address != config_.address ? Rule::icmp_of_another_host
                                                             : Rule::icmp_no_connection;
    c.effects.emplace_back(0, rule, tcp::Remark{});
    return;
  }
  const auto before = connection_at(*target_id).tcb().path_mss;
  run(c, *target_id, [&](auto& target, auto& context) { target.on_icmp(context, error); });
  if (connection_at(*target_id).tcb().path_mss != before) note_path(c, *target_id);
}

bool Host::timer_is_due(ConnectionId id, tcp::Timer timer, Time at) const {
  if (const Record* record = records_.whole_of(id)) {
    return record->connection.tcb().timers[static_cast<std::size_t>(timer)] ==
           tcp::TimerState{true, at};
  }
  const auto index = records_.index_of(id);
  return index && records_.timer_is_due(*index, timer, at);
}

void Host::on_timer(Context& c, ConnectionId id, tcp::Timer timer) {
  const CompactOnExit compact_on_exit(*this);
  const bool of_syn_ack = timer == tcp::Timer::kRetransmission && socket_at(id).half_open;
  if (of_syn_ack && on_syn_ack_timeout(c, id)) return;
  run(c, id, [&](auto& target, auto& context) { target.on_timer(context, timer); });
}

const char* Host::inconsistency() const {
  for (std::size_t i = 0; i < records_.size(); ++i) {
    const auto connection = records_.connection(static_cast<Index>(i), home());
    if (const char* broken = connection->inconsistency(config_.behaviour)) return broken;
  }
  return nullptr;
}

}  // namespace tcplab::host
