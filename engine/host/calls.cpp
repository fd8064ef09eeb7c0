// The sockets API of a host.
#include <algorithm>

#include "host/host.hpp"

namespace tcplab::host {

using tcp::CallResult;
using tcp::State;
using wire::Endpoint;

namespace {

Errno errno_of(CallResult result) {
  switch (result) {
    case CallResult::kNoConnection:
      return Errno::kEnotconn;
    case CallResult::kConnectionExists:
      return Errno::kEisconn;
    case CallResult::kConnectionClosing:
      return Errno::kEpipe;
    default:
      return Errno::kNone;
  }
}

// `before`: in which state the call found the connection.
Rule rule_of_send(CallResult result, State before, const tcp::Connection& connection) {
  switch (result) {
    case CallResult::kNoConnection:
      return connection.was_open() ? Rule::send_connection_gone : Rule::send_not_connected;
    case CallResult::kConnectionClosing:
      return connection.tcb().fin_queued ? Rule::send_after_close
                                         : Rule::mutant_fin_stops_both_directions;
    default:
      return tcp::is_synchronized(before) ? Rule::send_within_window
                                          : Rule::send_queued_until_established;
  }
}

// The rule by which close() returns.
Rule rule_of_close(CallResult result, State before, const tcp::Behaviour& behaviour) {
  if (result == CallResult::kNoConnection) return Rule::close_no_connection;
  if (before == State::kListen) return Rule::close_listener;
  if (before == State::kSynSent) return Rule::close_in_syn_sent;
  return behaviour.close_gives_up_reading ? Rule::close_gives_up_reading
                                          : Rule::mutant_close_is_shutdown;
}

}  // namespace

// A host that is down answers no call.
bool Host::refuse_while_down(Context& c, Call call, std::string_view socket) {
  if (down_) complete_call(c, 0, call, socket, Errno::kEnetdown, Rule::host_is_down);
  return down_;
}

// A listener has no other end to send to, to read from or to shut.
bool Host::refuse_listener(Context& c, Call call, const Socket& socket) {
  if (!socket.is_listener) return false;
  complete_call(c, socket.connection, call, socket.name, Errno::kEnotconn,
                Rule::listener_has_no_connection);
  return true;
}

// §3.9.1.1 MUST-46: no active open to a multicast or broadcast address.
bool Host::refuse_group(Context& c, Call call, ConnectionId id, std::string_view socket,
                        Endpoint to) {
  if (wire::is_of_one_host(to.address)) return false;
  complete_call(c, id, call, socket, Errno::kEnetunreach, Rule::destination_of_no_host);
  return true;
}

void Host::socket(Context& c, const SocketCall& call) {
  if (refuse_while_down(c, Call::kSocket, call.socket)) return;
  Socket& fresh = add(c, call.socket).socket;
  fresh.fresh = true;
  fresh.non_blocking = call.non_blocking;
  fresh.read = call.read;
  complete_call(c, fresh.connection, Call::kSocket, call.socket, Errno::kNone);
}

void Host::listen(Context& c, const ListenCall& call) {
  if (refuse_while_down(c, Call::kListen, call.socket)) return;
  const auto refuse = [&](ConnectionId id, Errno error, Rule rule) {
    complete_call(c, id, Call::kListen, call.socket, error, rule);
  };
  if (socket_named(call.socket) == nullptr && call.port != 0) {
    if (listens(call.port)) return refuse(0, Errno::kEaddrinuse, Rule::port_of_listener);
    Socket& fresh = add(c, call.socket).socket;
    fresh.reuse_address = true;
    return listen_on(c, fresh.connection, call.port, call);
  }
  auto* socket = open_socket(c, Call::kListen, call.socket);
  if (socket == nullptr) return;
  const auto id = socket->connection;
  if (socket->is_listener) {
    // listen() on a listener changes its backlog.
    socket->listening->backlog = within_limit(call.backlog);
    return complete_call(c, id, Call::kListen, call.socket, Errno::kNone);
  }
  if (!socket->fresh) return refuse(id, Errno::kEinval, Rule::listen_on_connection);
  if (!socket->bound_port) return refuse(id, Errno::kEdestaddrreq, Rule::listen_without_port);
  const auto port = *socket->bound_port;
  if (const auto why = listener_refuses(port, *socket)) {
    return refuse(id, Errno::kEaddrinuse, *why);
  }
  listen_on(c, id, port, call);
}

void Host::connect(Context& c, const ConnectCall& call) {
  if (refuse_while_down(c, Call::kConnect, call.socket)) return;
  if (refuse_group(c, Call::kConnect, 0, call.socket, call.to)) return;
  if (const auto existing = socket_named(call.socket); existing != nullptr) {
    if (open_socket(c, Call::kConnect, call.socket) == nullptr) return;
    const auto id = existing->connection;
    return existing->fresh ? connect_fresh(c, call, id) : connect_existing(c, call, id);
  }
  if (call.port != 0) note_named(call.port);
  const auto port = call.port != 0 ? call.port : ephemeral_port(c.now, call.to);
  if (!port) {
    complete_call(c, 0, Call::kConnect, call.socket, Errno::kEaddrnotavail, Rule::no_free_port);
    return;
  }
  const Endpoint local{config_.address, *port};
  if (const auto taken = taken_pair(local, call.to, c.now)) {
    complete_call(c, *taken, Call::kConnect, call.socket, taken_pair_error(),
                  Rule::open_connection_exists);
    return;
  }
  Socket& fresh = add(c, call.socket).socket;
  fresh.read = call.read;
  if (call.port != 0) fresh.bound_port = call.port;
  open_actively(c, fresh.connection, local, call.to);
}

// A listener turns active (§3.10.1); any other socket is or was connected.
void Host::connect_existing(Context& c, const ConnectCall& call, ConnectionId id) {
  const auto& socket = socket_at(id);
  const auto& connection = connection_at(id);
  if (socket.is_listener && connection.state() == State::kListen) {
    const Endpoint local = connection.tcb().local;
    if (refuse_taken_pair(c, Call::kConnect, id, local, call.to)) return;
    return open_actively(c, id, local, call.to);
  }
  // Linux: a socket whose connect() has failed may try again.
  const bool failed = connection.state() == State::kClosed && !connection.was_open();
  if (failed && !socket.connecting) {
    const auto settings = connection.settings();
    socket_at(id).failed_to_open = false;
    connection_at(id) = tcp::Connection(config_.behaviour);
    run(c, id, [&](auto& again, auto& context) { again.change_settings(context, settings); });
    return connect_fresh(c, call, id);
  }
  complete_call(c, id, Call::kConnect, call.socket,
                socket.connecting ? Errno::kEalready : Errno::kEisconn,
                socket.connecting ? Rule::connect_under_way : Rule::connect_again);
}

void Host::connect_fresh(Context& c, const ConnectCall& call, ConnectionId id) {
  const auto bound = socket_at(id).bound_port;
  const auto port = bound ? bound : ephemeral_port(c.now, call.to);
  if (!port) {
    complete_call(c, id, Call::kConnect, call.socket, Errno::kEaddrnotavail, Rule::no_free_port);
    return;
  }
  const Endpoint local{config_.address, *port};
  if (refuse_taken_pair(c, Call::kConnect, id, local, call.to)) return;
  socket_at(id).fresh = false;
  open_actively(c, id, local, call.to);
  if (socket_at(id).non_blocking) {
    complete_call(c, id, Call::kConnect, call.socket, Errno::kEinprogress,
                  Rule::connect_in_progress);
  }
}

// Linux's tcp_twsk_unique().
bool Host::may_connect_over(ConnectionId id, Time now) const {
  const auto& behaviour = config_.behaviour;
  if (!behaviour.connect_over_time_wait) return false;
  const auto old = connection(id);
  const auto& tcb = old->tcb();
  return tcb.state == State::kTimeWait && tcb.negotiated.timestamps &&
         now - tcb.ts.recent_at > behaviour.connect_over_time_wait_after;
}

// The connection that holds this pair of sockets and does not yield it.
std::optional<ConnectionId> Host::taken_pair(Endpoint local, Endpoint remote, Time now) const {
  const auto taken = connected(local, remote);
  return taken && may_connect_over(*taken, now) ? std::nullopt : taken;
}

// Ends the connection in TIME-WAIT. The new ISS, Linux's choice, must be beyond all that the old
// connection sent.
std::optional<wire::Seq> Host::connect_over_time_wait(Context& c, Endpoint local, Endpoint remote) {
  const auto old = connected(local, remote);
  if (!old) return std::nullopt;
  const auto iss = connection_at(*old).tcb().snd.nxt + 65'537;
  run(c, *old, [](auto& connection, auto& context) {
    connection.yield_to_connect(context, Rule::connect_over_time_wait);
  });
  return iss;
}

Errno Host::taken_pair_error() const {
  return config_.behaviour.taken_pair == tcp::TakenPair::kAddressInUse ? Errno::kEaddrinuse
                                                                       : Errno::kEaddrnotavail;
}

// A pair of sockets names one connection: a second one is an error (RFC 9293 §3.10.1).
bool Host::refuse_taken_pair(Context& c, Call call, ConnectionId id, Endpoint local,
                             Endpoint remote) {
  if (!taken_pair(local, remote, c.now)) return false;
  complete_call(c, id, call, socket_at(id).name, taken_pair_error(), Rule::open_connection_exists);
  return true;
}

// OPEN of a fresh connection, or of a listener that turns active and stops listening.
void Host::open_actively(Context& c, ConnectionId id, Endpoint local, Endpoint remote) {
  auto& socket = socket_at(id);
  if (socket.is_listener) {
    stop_listening(local.port, id);
    abort_children(c, id);
  }
  socket.is_listener = false;
  socket.connecting = true;
  const auto beyond = connect_over_time_wait(c, local, remote);
  enter_connected(local, remote, id);
  recall_path(c, id, remote.address);
  const auto iss = beyond ? *beyond : next_iss(local, remote, c.now);
  run(c, id, [&](auto& connection, auto& context) {
    return connection.open_active(context, local, remote, iss);
  });
}

void Host::accept(Context& c, std::string_view name, const std::string& as) {
  auto* listener = open_socket(c, Call::kAccept, name);
  if (listener == nullptr) return;
  if (!listener->is_listener) {
    complete_call(c, listener->connection, Call::kAccept, name, Errno::kEinval,
                  Rule::accept_without_listener);
    return;
  }
  auto& listening = *listener->listening;
  if (listening.accept_queue.empty() && listener->non_blocking) {
    complete_call(c, listener->connection, Call::kAccept, name, Errno::kEagain,
                  Rule::call_would_block);
    return;
  }
  if (listening.accept_queue.empty()) {
    listening.pending_accepts.push_back(as);
    const auto id = listener->connection;
    c.effects.emplace_back(id, Rule::accept_waits, tcp::Remark{});
    if (listening.held_syns.empty()) return;
    const auto [syn, segment] = listening.held_syns.front();
    listening.held_syns.erase(listening.held_syns.begin());
    make_child(c, id, syn, segment, std::nullopt);
    return;
  }
  const auto child = listening.accept_queue.front();
  listening.accept_queue.erase(listening.accept_queue.begin());
  c.effects.emplace_back(listener->connection, Rule::accept_takes_connection,
                         AcceptQueue{listening.accept_queue.size(), listening.backlog});
  accept_child(c, *listener, child, as, Rule::accept_takes_connection);
}

void Host::send(Context& c, std::string_view name, wire::Payload octets,
                std::optional<Endpoint> to) {
  auto* socket = open_socket(c, Call::kSend, name);
  if (socket == nullptr) return;
  const auto id = socket->connection;
  const State state = connection_at(id).state();
  if (state == State::kListen && !to && refuse_listener(c, Call::kSend, *socket)) return;
  if (state == State::kListen && refuse_group(c, Call::kSend, id, name, *to)) return;
  if (state == State::kListen &&
      refuse_taken_pair(c, Call::kSend, id, connection_at(id).tcb().local, *to)) {
    return;
  }
  if (socket->connecting && socket->non_blocking) {
    complete_call(c, id, Call::kSend, name, Errno::kEagain, Rule::call_would_block);
    return;
  }
  const auto result = run(c, id, [&](auto& connection, auto& context) {
    return connection.send(context, std::move(octets));
  });
  // POSIX: "the socket ... is no longer connected".
  const bool gone = config_.behaviour.send_breaks_pipe_unconnected || connection_at(id).was_open();
  const bool broken = result == CallResult::kNoConnection && gone;
  complete_call(c, id, Call::kSend, name, broken ? Errno::kEpipe : errno_of(result),
                rule_of_send(result, state, connection_at(id)));
  if (state == State::kListen) {
    open_actively(c, id, connection_at(id).tcb().local, *to);
  }
}

void Host::recv(Context& c, std::string_view name, std::uint32_t most) {
  auto* socket = open_socket(c, Call::kRecv, name);
  if (socket == nullptr) return;
  if (refuse_listener(c, Call::kRecv, *socket)) return;
  const auto id = socket->connection;
  const auto& tcb = connection_at(id).tcb();
  if (socket->reading_shut && tcb.unread_octets == 0 && !tcb.fin_unread) {
    c.effects.emplace_return(id, Rule::reading_shut, Call::kRecv, name, Errno::kNone).octets = 0;
    return;
  }
  socket->pending_recv = most;
  read_if_wanted(c, id);
  auto& now = socket_at(id);
  if (now.non_blocking && now.pending_recv) {
    now.pending_recv.reset();
    complete_call(c, id, Call::kRecv, name, Errno::kEagain, Rule::call_would_block);
  }
}

// SHUT_RD tells the peer nothing, and text that arrives is kept. recv() returns the end of the
// stream once all of it was read.
void Host::shut_reading(Context& c, Socket& socket) {
  socket.reading_shut = true;
  connection_at(socket.connection).stop_reading();
  if (!socket.pending_recv) return;
  socket.pending_recv.reset();
  c.effects
      .emplace_return(socket.connection, Rule::reading_shut, Call::kRecv, socket.name, Errno::kNone)
      .octets = 0;
}

// Linux's inet_shutdown(): in SYN-SENT, shutdown() of either direction ends the connection.
void Host::disconnect(Context& c, Socket& socket) {
  const auto id = socket.connection;
  const std::string name = socket.name;
  run(c, id, [](auto& connection, auto& context) { return connection.close(context); });
  socket_at(id).pending_error = Errno::kEconnreset;
  complete_call(c, id, Call::kShutdown, name, Errno::kNone, Rule::shutdown_disconnects);
}

void Host::shutdown(Context& c, std::string_view name, Shut how) {
  auto* socket = open_socket(c, Call::kShutdown, name);
  if (socket == nullptr) return;
  const auto id = socket->connection;
  if (refuse_listener(c, Call::kShutdown, *socket)) return;
  if (connection_at(id).state() == State::kSynSent && config_.behaviour.shutdown_while_opening) {
    return disconnect(c, *socket);
  }
  if (how != Shut::kWrite) shut_reading(c, *socket);
  if (how == Shut::kRead) {
    const State state = connection_at(id).state();
    const bool opening = state == State::kSynRcvd && config_.behaviour.shutdown_while_opening;
    const bool connected = (tcp::is_synchronized(state) && state != State::kTimeWait) || opening;
    complete_call(c, id, Call::kShutdown, name, connected ? Errno::kNone : Errno::kEnotconn,
                  connected ? Rule::reading_shut : Rule::shutdown_not_connected);
    return;
  }
  const State before = connection_at(id).state();
  const auto result =
      run(c, id, [](auto& connection, auto& context) { return connection.close(context); });
  // Shutting what is shut already succeeds; but in TIME-WAIT there is no connection any more.
  const bool again = result == CallResult::kConnectionClosing;
  const Errno error = !again                       ? errno_of(result)
                      : before == State::kTimeWait ? Errno::kEnotconn
                                                   : Errno::kNone;
  complete_call(c, id, Call::kShutdown, name, error,
                error == Errno::kNone ? Rule::call_completes
                : again               ? Rule::shutdown_in_time_wait
                                      : Rule::shutdown_not_connected);
}

void Host::close(Context& c, std::string_view name) {
  const CompactOnExit compact_on_exit(*this);
  auto* socket = open_socket(c, Call::kClose, name);
  if (socket != nullptr) close_socket(c, *socket);
}

void Host::close_socket(Context& c, Socket& socket) {
  const auto id = socket.connection;
  socket.closed = true;
  socket.pending_recv.reset();
  if (socket.is_listener) abort_children(c, id);
  if (socket.listening) {
    for (const auto& as : std::exchange(socket.listening->pending_accepts, {})) {
      complete_call(c, id, Call::kAccept, as, Errno::kEbadf, Rule::accept_interrupted);
    }
  }
  // Below zero: close() does not linger.
  constexpr Duration kNot{-1};
  const Duration most = socket.is_listener ? kNot : socket.linger.value_or(kNot);
  const State before = connection_at(id).state();
  Rule rule = Rule::linger_zero;
  if (most == Duration{0}) {
    c.effects.emplace_back(id, Rule::linger_zero, tcp::Remark{});
    run(c, id, [](auto& connection, auto& context) { connection.abort(context); });
  } else {
    const auto result =
        run(c, id, [](auto& connection, auto& context) { return connection.close_both(context); });
    rule = rule_of_close(result, before, config_.behaviour);
  }
  const auto& tcb = connection_at(id).tcb();
  if (most > Duration{0} && tcb.state != State::kClosed && !tcb.fin_acknowledged) {
    socket_at(id).lingering = true;
    run(c, id, [&](auto& connection, auto& context) { connection.linger(context, most); });
    return;
  }
  // close() gives the descriptor back whatever the connection does next.
  complete_call(c, id, Call::kClose, socket_at(id).name, Errno::kNone, rule);
}

// Done: the peer has acknowledged everything, FIN included, or the connection is gone.
void Host::end_lingering_if_done(Context& c, ConnectionId id, Rule rule) {
  const auto& tcb = connection_at(id).tcb();
  if (tcb.state != State::kClosed && !tcb.fin_acknowledged) return;
  end_lingering(c, id, rule);
}

void Host::end_lingering(Context& c, ConnectionId id, Rule rule) {
  auto& socket = socket_at(id);
  socket.lingering = false;
  run(c, id, [](auto& connection, auto& context) { connection.stop_lingering(context); });
  complete_call(c, id, Call::kClose, socket_at(id).name, Errno::kNone, rule);
}

void Host::abort(Context& c, std::string_view name) {
  const CompactOnExit compact_on_exit(*this);
  auto* socket = open_socket(c, Call::kAbort, name);
  if (socket == nullptr) return;
  const auto id = socket->connection;
  socket->closed = true;
  if (socket->is_listener) abort_children(c, id);
  const auto result =
      run(c, id, [](auto& connection, auto& context) { return connection.abort(context); });
  complete_call(c, id, Call::kAbort, name, errno_of(result),
                result == CallResult::kOk ? Rule::call_completes : Rule::abort_no_connection);
}

// Text that arrived before the error, and a FIN, are read first if this behaviour keeps them.
bool Host::reads_before_error(const Socket& socket) {
  if (config_.behaviour.unread_at_end == tcp::UnreadAtEnd::kFlushed) return false;
  const auto& tcb = connection_at(socket.connection).tcb();
  return tcb.unread_octets > 0 || tcb.fin_received;
}

// The socket for a call; null: there is none, it was closed, or its pending error was returned.
Socket* Host::open_socket(Context& c, Call call, std::string_view name) {
  const auto named = index_named(name);
  const bool was_closed = named && records_.socket(*named)->closed;
  // abort() after close() is the stack's own ABORT, of a connection that has not ended yet.
  if (!named || (was_closed && call != Call::kAbort)) {
    complete_call(c, 0, call, name, Errno::kEbadf, Rule::call_unknown_socket);
    return nullptr;
  }
  auto* const it = &records_.at(*named, home()).socket;
  const bool tells_error = call == Call::kSend || call == Call::kConnect ||
                           (call == Call::kRecv && !reads_before_error(*it));
  if (tells_error && it->pending_error != Errno::kNone) {
    if (call == Call::kConnect) it->failed_to_open = false;
    complete_call(c, it->connection, call, name, std::exchange(it->pending_error, Errno::kNone),
                  Rule::pending_error);
    return nullptr;
  }
  return it;
}

std::vector<Call> Host::sensible_calls(const Socket& socket) const {
  const auto connection = this->connection(socket.connection);
  if (connection == nullptr || socket.name.empty()) return {};
  const auto& tcb = connection->tcb();
  std::vector<Call> calls;
  const auto add = [&](Call call, bool when) {
    if (when) calls.push_back(call);
  };
  const State state = tcb.state;
  const bool live = state != State::kClosed;
  const bool is_connection = live && !socket.is_listener;
  const bool may_send = state == State::kSynSent || state == State::kSynRcvd ||
                        state == State::kEstablished || state == State::kCloseWait;
  add(Call::kConnect, (live && socket.is_listener) || (socket.fresh && !socket.closed));
  add(Call::kAccept,
      socket.is_listener && live && socket.listening->accept == Application::kOnCall);
  add(Call::kSend, is_connection && !socket.closed && may_send && !tcb.fin_queued);
  add(Call::kRecv, is_connection && !socket.closed && socket.read == Application::kOnCall);
  add(Call::kShutdown, is_connection && !socket.closed && may_send && !tcb.fin_queued);
  add(Call::kListen, socket.fresh && !socket.closed && socket.bound_port.has_value());
  add(Call::kClose, (live || socket.fresh) && !socket.closed);
  add(Call::kAbort, live);
  return calls;
}

}  // namespace tcplab::host
