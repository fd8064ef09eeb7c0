// Demultiplexing, listeners and their children, and what the application is told.
#include "host/host.hpp"

#include <algorithm>
#include <limits>

namespace tcplab::host {

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

const tcp::Connection* Host::connection(ConnectionId id) const {
  const auto* entry = find(id);
  return entry == nullptr ? nullptr : &entry->connection;
}

const Socket* Host::socket_named(std::string_view name) const {
  const auto it = names_.find(name);
  return it == names_.end() ? nullptr : &sockets_[it->second];
}

const Socket* Host::socket_of(ConnectionId id) const {
  const auto* entry = find(id);
  return entry == nullptr ? nullptr : &sockets_[entry->socket];
}

std::string Host::free_name(std::string_view wanted) const {
  std::string name(wanted);
  if (names_.count(wanted) == 0) return name;
  const auto next = next_numbers_.find(wanted);
  return name + '-' + std::to_string(next == next_numbers_.end() ? 2 : next->second);
}

void Host::take_name(const std::string& name, std::size_t socket) {
  names_.emplace(name, socket);
  const auto dash = name.rfind('-');
  if (dash == std::string::npos) return;
  const std::string base = name.substr(0, dash);
  int& next = next_numbers_.try_emplace(base, 2).first->second;
  while (names_.count(base + '-' + std::to_string(next)) != 0) ++next;
}

std::size_t Host::PairHash::operator()(const Pair& pair) const {
  const auto word = [](const Endpoint& e) {
    return (std::uint64_t{e.address.value} << 16) | e.port;
  };
  // The finalizer of SplitMix64.
  std::uint64_t x = word(pair.local) * 0x9e37'79b9'7f4a'7c15 + word(pair.remote);
  x = (x ^ (x >> 30)) * 0xbf58'476d'1ce4'e5b9;
  x = (x ^ (x >> 27)) * 0x94d0'49bb'1331'11eb;
  return static_cast<std::size_t>(x ^ (x >> 31));
}

const Host::Entry* Host::find(ConnectionId id) const {
  // Most hosts have all ids from their first on.
  if (!entries_.empty() && id >= entries_.front().id) {
    const std::size_t guess = id - entries_.front().id;
    if (guess < entries_.size() && entries_[guess].id == id) return &entries_[guess];
  }
  const auto it = std::lower_bound(entries_.begin(), entries_.end(), id,
                                   [](const Entry& entry, ConnectionId i) { return entry.id < i; });
  return it != entries_.end() && it->id == id ? &*it : nullptr;
}

Host::Entry* Host::find(ConnectionId id) {
  return const_cast<Entry*>(static_cast<const Host*>(this)->find(id));
}

Host::Entry& Host::add(Context& c, tcp::Connection connection, Socket socket) {
  const ConnectionId id = ++c.last_connection;
  socket.connection = id;
  if (!socket.name.empty()) take_name(socket.name, sockets_.size());
  sockets_.push_back(std::move(socket));
  entries_.push_back({id, sockets_.size() - 1, std::move(connection)});
  return entries_.back();
}

wire::Seq Host::next_iss(Endpoint local, Endpoint remote, Time now) {
  if (config_.behaviour.wrong.isn_is_zero) return wire::Seq(0);
  if (isns_used_ < config_.isns.size()) return wire::Seq(config_.isns[isns_used_++]);
  if (config_.behaviour.wrong.isn_is_random) {
    const std::uint64_t draw = isns_used_++;
    return wire::Seq(static_cast<std::uint32_t>(tcp::siphash(config_.secret, draw, 0)));
  }
  return tcp::initial_sequence_number(local, remote, config_.secret, now);
}

void Host::settle(Context& c, ConnectionId id, tcp::Effects effects) {
  if (effects.empty()) return;
  const Rule last = effects.back().rule;
  for (auto& effect : effects) forward(c, id, effect);
  end_lingering_if_done(c, id, last);
  retire_if_gone(c, id, last);
}

void Host::forward(Context& c, ConnectionId id, tcp::Effect& effect) {
  const Rule rule = effect.rule;
  if (const auto* told = std::get_if<tcp::TellUser>(&effect.what)) {
    on_signal(c, id, told->signal, rule);
    return;
  }
  if (std::holds_alternative<tcp::TextReady>(effect.what)) {
    read_if_wanted(c, id);
    return;
  }
  if (auto* sending = std::get_if<tcp::SendSegment>(&effect.what)) tell_ack(sending->segment);
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

void Host::on_signal(Context& c, ConnectionId id, Signal signal, Rule rule) {
  auto& socket = sockets_[find(id)->socket];
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
  } else if (socket.read == Application::kEach || socket.pending_recv) {
    // An application that reads all there is stands in recv() now.
    socket.pending_recv.reset();
    give_back(c, id, Call::kRecv, socket.name, error, rule);
  } else {
    socket.pending_error = error;
  }
}

void Host::on_established(Context& c, ConnectionId id, Rule rule) {
  auto& socket = sockets_[find(id)->socket];
  if (socket.connecting) {
    socket.connecting = false;
    // connect() that did not wait has returned long ago: the socket is writable now.
    if (!socket.non_blocking) {
      give_back(c, id, Call::kConnect, socket.name, Errno::kNone, rule);
    }
    return;
  }
  leave_syn_queue(socket);
  const auto* listener_entry = find(socket.listener);
  if (listener_entry == nullptr) return;
  auto& listener = sockets_[listener_entry->socket];
  if (listener.accept == Application::kEach) {
    accept_child(c, listener, id, "accepted", rule);
  } else if (!listener.pending_accepts.empty()) {
    std::string name = std::move(listener.pending_accepts.front());
    listener.pending_accepts.erase(listener.pending_accepts.begin());
    accept_child(c, listener, id, std::move(name), rule);
  } else {
    listener.accept_queue.push_back(id);
    c.effects.emplace_back(listener.connection, Rule::accept_queue_grows,
                           AcceptQueue{listener.accept_queue.size(), listener.backlog});
  }
}

void Host::accept_child(Context& c, Socket& listener, ConnectionId child, std::string name,
                        Rule rule) {
  const std::size_t index = find(child)->socket;
  auto& socket = sockets_[index];
  socket.name = free_name(name);
  take_name(socket.name, index);
  socket.read = listener.read;
  give_back(c, child, Call::kAccept, socket.name, Errno::kNone, rule);
  // Text may have come before the application took the connection.
  read_if_wanted(c, child);
}

// recv() by an application that always reads, or one that waits in it.
void Host::read_if_wanted(Context& c, ConnectionId id) {
  const auto* entry = find(id);
  const auto& socket = sockets_[entry->socket];
  if (socket.closed || socket.name.empty() || socket.end_told || socket.reading_shut) return;
  if (socket.pending_recv) {
    read(c, id, *socket.pending_recv);
  } else if (socket.read == Application::kEach &&
             (entry->connection.tcb().unread_octets > 0 || entry->connection.tcb().fin_received)) {
    read(c, id, std::numeric_limits<std::size_t>::max());
  }
}

void Host::read(Context& c, ConnectionId id, std::size_t most) {
  Deliver deliver;
  tcp::Effects effects;
  tcp::Context context{c.now, config_.behaviour, effects};
  auto* entry = find(id);
  auto& socket = sockets_[entry->socket];
  const auto result = entry->connection.receive(context, most, deliver.pieces);
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
    give_back(c, id, Call::kRecv, socket.name, Errno::kEnotconn, Rule::receive_no_connection);
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
  const auto* entry = find(id);
  const auto& tcb = entry->connection.tcb();
  auto& socket = sockets_[entry->socket];
  // §3.5: a listener that turned active and was refused listens again.
  if (tcb.state == State::kListen && socket.listener == 0 && !socket.is_listener) {
    connected_.erase({tcb.local, tcb.remote});
    listening_[tcb.local.port] = id;
    socket.is_listener = true;
    return;
  }
  const bool back_in_listen = tcb.state == State::kListen && socket.listener != 0;
  if (tcb.state != State::kClosed && !back_in_listen) return;
  const auto it = connected_.find({tcb.local, tcb.remote});
  if (it != connected_.end() && it->second == id) connected_.erase(it);
  const auto listening = listening_.find(tcb.local.port);
  if (listening != listening_.end() && listening->second == id) listening_.erase(listening);
  leave_syn_queue(socket);
  if (socket.connecting && !socket.closed) {
    // shutdown() gave up what connect() was waiting for.
    socket.connecting = false;
    if (!socket.non_blocking) give_back(c, id, Call::kConnect, socket.name, Errno::kEnotconn, rule);
  }
  if (socket.listener == 0) return;
  auto& listener = sockets_[find(socket.listener)->socket];
  auto& queue = listener.accept_queue;
  const auto waiting = std::find(queue.begin(), queue.end(), id);
  if (waiting == queue.end()) return;
  queue.erase(waiting);
  c.effects.emplace_back(listener.connection, rule, AcceptQueue{queue.size(), listener.backlog});
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
  Rule rule = Rule::closed_answers_rst;
  if (wrong.closed_answers_fin && segment.has(kAck) && !segment.has(kSyn)) {
    rule = Rule::mutant_closed_answers_fin;
    answer.flags = wire::kFin | kAck;
    answer.ack = segment.seq + tcp::segment_length(segment, config_.behaviour);
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

void Host::on_segment(Context& c, const Segment& arrived, wire::SegmentId id) {
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
  if (segment.dst.address != config_.address) {
    c.effects.emplace_back(0, Rule::not_for_this_host, tcp::DropSegment{});
    return;
  }
  // §3.9.2.3 MUST-57, MUST-63: a source that is of no host.
  if (!wire::is_of_one_host(segment.src.address)) {
    c.effects.emplace_back(0, Rule::address_of_no_host, tcp::DropSegment{});
    return;
  }
  const auto connected = connected_.find({segment.dst, segment.src});
  if (connected == connected_.end()) {
    return on_segment_without_connection(c, segment, id, std::nullopt);
  }
  const auto connection = connected->second;
  const bool yields = listening_.count(segment.dst.port) != 0 &&
                      find(connection)->connection.may_yield_to(segment, config_.behaviour);
  if (yields) {
    const auto beyond = find(connection)->connection.tcb().snd.nxt;
    run(c, connection, [](auto& target, auto& context) { target.yield_to_new_syn(context); });
    return on_segment_without_connection(c, segment, id, beyond);
  }
  if (!admits_ack(c, connection, segment)) return;
  run(c, connection, [&](auto& target, auto& context) { target.on_segment(context, segment, id); });
}

// A listener's, or nobody's.
void Host::on_segment_without_connection(Context& c, const Segment& segment, wire::SegmentId id,
                                         std::optional<wire::Seq> beyond) {
  const auto listening = listening_.find(segment.dst.port);
  if (listening == listening_.end()) return answer_without_connection(c, segment);
  const auto listener = listening->second;
  const bool opens = segment.has(kSyn) && !segment.has(kAck) && !segment.has(kRst);
  if (opens) return make_child(c, listener, segment, id, beyond);
  if (take_cookie(c, listener, segment, id)) return;
  run(c, listener, [&](auto& target, auto& context) { target.on_segment(context, segment, id); });
}

void Host::on_icmp(Context& c, const wire::IcmpError& error) {
  const auto connected = connected_.find({error.src, error.dst});
  if (connected == connected_.end()) {
    c.effects.emplace_back(0, Rule::icmp_no_connection, tcp::Remark{});
    return;
  }
  run(c, connected->second, [&](auto& target, auto& context) { target.on_icmp(context, error); });
}

bool Host::timer_is_due(ConnectionId id, tcp::Timer timer, Time at) const {
  const auto* entry = find(id);
  if (entry == nullptr) return false;
  const auto& state = entry->connection.tcb().timers[static_cast<std::size_t>(timer)];
  return state.armed && state.at == at;
}

void Host::on_timer(Context& c, ConnectionId id, tcp::Timer timer) {
  run(c, id, [&](auto& target, auto& context) { target.on_timer(context, timer); });
}

const char* Host::inconsistency() const {
  for (const auto& entry : entries_) {
    if (const char* broken = entry.connection.inconsistency(config_.behaviour)) return broken;
  }
  return nullptr;
}

}  // namespace tcplab::host
