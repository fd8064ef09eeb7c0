// Demultiplexing, listeners and their children, and what the application is told.
#include "host/host.hpp"

#include <algorithm>
#include <limits>

#include "tcp/forgotten.hpp"

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

tcp::Effects Host::take_spare_effects() {
  tcp::Effects effects = std::exchange(spare_effects_, {});
  effects.reserve(tcp::kUsualEffects);
  return effects;
}

void Host::settle(Context& c, ConnectionId id, tcp::Effects& effects) {
  if (!effects.empty()) {
    const Rule last = effects.back().rule;
    for (auto& effect : effects) forward(c, id, effect);
    const auto& [socket, connection] = record(id);
    if (socket.lingering) end_lingering_if_done(c, id, last);
    const State state = connection.state();
    if (state == State::kClosed || state == State::kListen) retire_if_gone(c, id, last);
  }
  effects.clear();
  spare_effects_ = std::move(effects);
}

void Host::forward(Context& c, ConnectionId id, tcp::Effect& effect) {
  Rule rule = effect.rule;
  if (const auto* told = std::get_if<tcp::TellUser>(&effect.what)) {
    on_signal(c, id, told->signal, rule);
    return;
  }
  if (std::holds_alternative<tcp::TextReady>(effect.what)) {
    read_if_wanted(c, id);
    return;
  }
  if (auto* sending = std::get_if<tcp::SendSegment>(&effect.what)) {
    tell_ack(sending->segment);
    if (!sending->retransmission) rule = rule_of_sent(sending->segment, rule);
  }
  std::visit(
      [&](auto& what) {
        using What = std::decay_t<decltype(what)>;
        if constexpr (!std::is_same_v<What, tcp::TellUser> &&
                      !std::is_same_v<What, tcp::TextReady>) {
          c.effects.emplace_back(id, rule, std::move(what));
        }
      },
      effect.what);
}

// Where a segment shows a misconception of the host's own, that is the reason to tell.
Rule Host::rule_of_sent(const Segment& segment, Rule rule) const {
  const auto& wrong = config_.behaviour.wrong;
  const bool is_ack = segment.has(kAck) && !segment.has(wire::kFin) && !segment.has(kRst) &&
                      segment.payload.empty();
  if (wrong.ack_is_last_octet && is_ack) return Rule::mutant_ack_is_last_octet;
  if (!segment.has(kSyn)) return rule;
  if (wrong.isn_is_zero) return Rule::mutant_isn_is_zero;
  // Those of the scenario come first.
  const bool drawn = isns_used_ > config_.isns.size();
  return wrong.isn_is_random && drawn ? Rule::mutant_isn_is_random : rule;
}

void Host::on_signal(Context& c, ConnectionId id, Signal signal, Rule rule) {
  auto& socket = socket_at(id);
  if (signal == Signal::kEstablished) return on_established(c, id, rule);
  if (signal == Signal::kLingerOver) return end_lingering(c, id, rule);
  if (signal == Signal::kEndOfStream) return read_if_wanted(c, id);
  const Errno error = errno_of(signal);
  if (socket.closed || socket.name.empty()) return;  // nobody is there to be told
  if (socket.connecting) {
    socket.connecting = false;
    if (socket.non_blocking) {
      socket.pending_error = error;
    } else {
      give_back(c, id, Call::kConnect, socket.name, error, rule);
    }
  } else if ((socket.read == Application::kEach && signal != Signal::kBrokenPipe) ||
             socket.pending_recv) {
    // An application that reads all there is stands in recv() now.
    socket.pending_recv.reset();
    give_back(c, id, Call::kRecv, socket.name, error, rule);
  } else {
    socket.pending_error = error;
  }
}

void Host::on_established(Context& c, ConnectionId id, Rule rule) {
  auto& socket = socket_at(id);
  if (socket.connecting) {
    socket.connecting = false;
    // connect() that did not wait has returned long ago: the socket is writable now.
    if (!socket.non_blocking) {
      give_back(c, id, Call::kConnect, socket.name, Errno::kNone, rule);
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
  give_back(c, child, Call::kAccept, socket.name, Errno::kNone, rule);
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
  }
}

void Host::read(Context& c, ConnectionId id, std::size_t most) {
  Deliver deliver;
  tcp::Effects effects;
  tcp::Context context{c.now, config_.behaviour, effects};
  auto& [socket, connection] = record(id);
  const auto result = connection.receive(context, most, deliver.pieces);
  if (result == CallResult::kQueued) {
    c.effects.emplace_back(id, Rule::receive_nothing_yet, tcp::Remark{});
    return;
  }
  socket.pending_recv.reset();
  if (result == CallResult::kEndOfStream) {
    socket.end_told = socket.read == Application::kEach;
    c.effects.emplace_back(id, Rule::receive_end_of_stream,
                           Return{Call::kRecv, socket.name, Errno::kNone, std::size_t{0}, {}});
    return;
  }
  if (result != CallResult::kOk) {
    // The end of a connection that broke was told once; from then on there is just nothing to read.
    const bool broke = connection.was_open();
    c.effects.emplace_back(id, broke ? Rule::receive_connection_gone : Rule::receive_not_connected,
                           Return{Call::kRecv,
                                  socket.name,
                                  broke ? Errno::kNone : Errno::kEnotconn,
                                  broke ? std::optional(std::size_t{0}) : std::nullopt,
                                  {}});
    return;
  }
  std::size_t octets = 0;
  for (const auto& piece : deliver.pieces) octets += piece.octets.size();
  c.effects.emplace_back(id, Rule::receive_data, std::move(deliver));
  if (socket.read == Application::kOnCall) {
    c.effects.emplace_back(id, Rule::receive_data,
                           Return{Call::kRecv, socket.name, Errno::kNone, octets, {}});
  }
  for (auto& effect : effects) forward(c, id, effect);
}

// A connection in CLOSED is a record only; a child back in LISTEN is its listener again.
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
  if (socket.pending_recv) read_if_wanted(c, id);  // there will be nothing more to wait for
  if (socket.connecting && !socket.closed) {
    // shutdown() gave up what connect() was waiting for.
    socket.connecting = false;
    if (!socket.non_blocking) {
      give_back(c, id, Call::kConnect, socket.name, Errno::kEnotconn, Rule::connect_given_up);
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

void Host::give_back(Context& c, ConnectionId id, Call call, std::string_view socket, Errno error,
                     Rule rule) {
  c.effects.emplace_back(id, rule, Return{call, std::string(socket), error, std::nullopt, {}});
}

// RFC 9293 §3.10.7.1: "if the state is CLOSED (i.e., TCB does not exist)".
void Host::answer_without_connection(Context& c, const Segment& segment) {
  if (segment.has(kRst)) {
    c.effects.emplace_back(0, Rule::closed_ignores_rst, tcp::DropSegment{});
    return;
  }
  const auto& wrong = config_.behaviour.wrong;
  if (wrong.closed_is_silent) {
    c.effects.emplace_back(0, Rule::mutant_closed_is_silent, tcp::DropSegment{});
    return;
  }
  auto answer = tcp::reset_for(segment, config_.behaviour);
  Rule rule = segment.has(kAck)           ? Rule::closed_answers_rst_to_ack
              : wrong.rst_repeats_the_isn ? Rule::mutant_rst_repeats_the_isn
                                          : Rule::closed_answers_rst;
  if (auto fin = tcp::fin_for_forgotten(segment, config_.behaviour)) {
    rule = Rule::mutant_closed_answers_fin;
    answer = std::move(*fin);
  }
  tell_ack(answer);
  c.effects.emplace_back(0, rule, tcp::DropSegment{});
  c.effects.emplace_back(0, rule, tcp::SendSegment{std::move(answer), false});
}

// The mutant that acknowledges the last octet instead of telling the next: on its way out, and
// (understood by its like) on its way in.
void Host::tell_ack(Segment& segment) const {
  if (config_.behaviour.wrong.ack_is_last_octet && segment.has(kAck)) segment.ack -= 1;
}

std::optional<Rule> Host::refuses_addresses(const Segment& segment, Via via) const {
  const auto source = segment.src.address;
  if (segment.dst.address != config_.address) return Rule::not_for_this_host;
  // §3.9.2.3 MUST-57, MUST-63: a source that is of no host.
  if (!wire::is_of_one_host(source)) return Rule::source_of_no_host;
  if (via == Via::kLoopback) return std::nullopt;
  if (source == config_.address) return Rule::source_is_this_host;
  if (wire::is_loopback(source)) return Rule::source_is_loopback;
  return std::nullopt;
}

void Host::on_segment(Context& c, const Segment& arrived, wire::SegmentId id, Via via) {
  const Rests rests(*this);
  Segment understood;
  const bool translates = config_.behaviour.wrong.ack_is_last_octet && arrived.has(kAck);
  if (translates) {
    understood = arrived;
    understood.ack += 1;
  }
  const Segment& segment = translates ? understood : arrived;
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
  if (finds_listener_gone(c, *target_id, segment, id)) return;
  if (overlooks_syn_cache(c, *target_id)) {
    return on_segment_without_connection(c, segment, id, std::nullopt);
  }
  const auto& connection = connection_at(*target_id);
  const auto yields =
      listens(segment.dst.port) ? connection.yields_to(segment, config_.behaviour) : std::nullopt;
  if (yields) {
    const auto beyond = connection.tcb().snd.nxt;
    run(c, *target_id,
        [&](auto& target, auto& context) { target.yield_to_new_syn(context, *yields); });
    return on_segment_without_connection(c, segment, id, beyond);
  }
  if (!admits_ack(c, *target_id, segment)) return;
  run(c, *target_id, [&](auto& target, auto& context) { target.on_segment(context, segment, id); });
}

// A listener's, or nobody's.
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
  const Rests rests(*this);
  const auto target_id = connected(error.src, error.dst);
  if (!target_id) {
    const Rule rule = down_                                  ? Rule::host_is_down
                      : error.src.address != config_.address ? Rule::icmp_of_another_host
                                                             : Rule::icmp_no_connection;
    c.effects.emplace_back(0, rule, tcp::Remark{});
    return;
  }
  run(c, *target_id, [&](auto& target, auto& context) { target.on_icmp(context, error); });
}

bool Host::timer_is_due(ConnectionId id, tcp::Timer timer, Time at) const {
  const auto index = records_.index_of(id);
  return index && records_.timer_is_due(*index, timer, at);
}

void Host::on_timer(Context& c, ConnectionId id, tcp::Timer timer) {
  const Rests rests(*this);
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
