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

Rule rule_of_send(CallResult result, State state) {
  switch (result) {
    case CallResult::kNoConnection:
      return Rule::send_no_connection;
    case CallResult::kConnectionClosing:
      return Rule::send_after_close;
    default:
      return tcp::is_synchronized(state) ? Rule::send_within_window
                                         : Rule::send_queued_until_established;
  }
}

}  // namespace

void Host::listen(Context& c, const ListenCall& call) {
  if (listening_.count(call.port) != 0) {
    give_back(c, 0, Call::kListen, call.socket, Errno::kEaddrinuse, Rule::port_in_use);
    return;
  }
  Socket socket;
  socket.name = call.socket;
  socket.is_listener = true;
  socket.accept = call.accept;
  socket.read = call.read;
  socket.backlog = call.backlog;
  const auto id = add(c, tcp::Connection(config_.behaviour), std::move(socket)).id;
  listening_[call.port] = id;
  const Endpoint local{config_.address, call.port};
  run(c, id,
      [&](auto& connection, auto& context) { return connection.open_passive(context, local); });
  give_back(c, id, Call::kListen, call.socket, Errno::kNone);
}

void Host::connect(Context& c, const ConnectCall& call) {
  if (const auto* existing = socket_named(call.socket)) {
    const auto id = existing->connection;
    auto* entry = find(id);
    if (!existing->is_listener || entry->connection.state() != State::kListen) {
      give_back(c, id, Call::kConnect, call.socket, Errno::kEisconn, Rule::open_connection_exists);
      return;
    }
    open_actively(c, id, entry->connection.tcb().local, call.to);
    return;
  }
  const Endpoint local{config_.address, call.port != 0 ? call.port : ephemeral_port(call.to)};
  if (connected_.count({local, call.to}) != 0) {
    give_back(c, connected_[{local, call.to}], Call::kConnect, call.socket, Errno::kEaddrinuse,
              Rule::open_connection_exists);
    return;
  }
  Socket socket;
  socket.name = call.socket;
  socket.read = call.read;
  const auto id = add(c, tcp::Connection(config_.behaviour), std::move(socket)).id;
  open_actively(c, id, local, call.to);
}

// OPEN of a fresh connection, or of a listener that turns active and listens no more.
void Host::open_actively(Context& c, ConnectionId id, Endpoint local, Endpoint remote) {
  auto& socket = sockets_[find(id)->socket];
  if (socket.is_listener) {
    listening_.erase(local.port);
    abort_children(c, id);
  }
  socket.is_listener = false;
  socket.connecting = true;
  connected_[{local, remote}] = id;
  const auto iss = next_iss(local, remote, c.now);
  run(c, id, [&](auto& connection, auto& context) {
    return connection.open_active(context, local, remote, iss);
  });
}

void Host::accept(Context& c, std::string_view name, const std::string& as) {
  auto* listener = open_socket(c, Call::kAccept, name);
  if (listener == nullptr) return;
  if (!listener->is_listener) {
    give_back(c, listener->connection, Call::kAccept, name, Errno::kEinval);
    return;
  }
  if (listener->accept_queue.empty()) {
    listener->pending_accepts.push_back(as);
    c.effects.emplace_back(listener->connection, Rule::accept_waits, tcp::Remark{});
    return;
  }
  const auto child = listener->accept_queue.front();
  listener->accept_queue.erase(listener->accept_queue.begin());
  c.effects.emplace_back(listener->connection, Rule::accept_takes_connection,
                         AcceptQueue{listener->accept_queue.size(), listener->backlog});
  accept_child(c, *listener, child, as, Rule::accept_takes_connection);
}

void Host::send(Context& c, std::string_view name, const wire::Bytes& octets,
                std::optional<Endpoint> to) {
  auto* socket = open_socket(c, Call::kSend, name);
  if (socket == nullptr) return;
  const auto id = socket->connection;
  const State state = find(id)->connection.state();
  if (state == State::kListen && !to) {
    give_back(c, id, Call::kSend, name, Errno::kEnotconn, Rule::send_no_connection);
    return;
  }
  const auto result =
      run(c, id, [&](auto& connection, auto& context) { return connection.send(context, octets); });
  give_back(c, id, Call::kSend, name, errno_of(result), rule_of_send(result, state));
  if (state == State::kListen) {
    open_actively(c, id, find(id)->connection.tcb().local, *to);
  }
}

void Host::recv(Context& c, std::string_view name, std::size_t most) {
  auto* socket = open_socket(c, Call::kRecv, name);
  if (socket == nullptr) return;
  if (socket->is_listener) {
    give_back(c, socket->connection, Call::kRecv, name, Errno::kEnotconn);
    return;
  }
  socket->pending_recv = most;
  read_if_wanted(c, socket->connection);
}

void Host::shutdown(Context& c, std::string_view name) {
  auto* socket = open_socket(c, Call::kShutdown, name);
  if (socket == nullptr) return;
  const auto id = socket->connection;
  if (socket->is_listener) {
    give_back(c, id, Call::kShutdown, name, Errno::kEnotconn);
    return;
  }
  const auto result =
      run(c, id, [](auto& connection, auto& context) { return connection.close(context); });
  give_back(c, id, Call::kShutdown, name, errno_of(result));
}

void Host::close(Context& c, std::string_view name) {
  auto* socket = open_socket(c, Call::kClose, name);
  if (socket == nullptr) return;
  const auto id = socket->connection;
  socket->closed = true;
  socket->pending_recv.reset();
  if (socket->is_listener) abort_children(c, id);
  for (const auto& as : std::exchange(socket->pending_accepts, {})) {
    give_back(c, id, Call::kAccept, as, Errno::kEbadf, Rule::close_listener);
  }
  run(c, id, [](auto& connection, auto& context) { return connection.close_both(context); });
  // close() gives the descriptor back whatever the connection does next.
  give_back(c, id, Call::kClose, name, Errno::kNone);
}

void Host::abort(Context& c, std::string_view name) {
  auto* socket = open_socket(c, Call::kAbort, name);
  if (socket == nullptr) return;
  const auto id = socket->connection;
  socket->closed = true;
  if (socket->is_listener) abort_children(c, id);
  const auto result =
      run(c, id, [](auto& connection, auto& context) { return connection.abort(context); });
  give_back(c, id, Call::kAbort, name, errno_of(result),
            result == CallResult::kOk ? Rule::call_completes : Rule::abort_no_connection);
}

// The socket for a call, unless there is none or it was closed; an error that waits is told first.
Socket* Host::open_socket(Context& c, Call call, std::string_view name) {
  const auto named = names_.find(name);
  auto* const it = named == names_.end() ? nullptr : &sockets_[named->second];
  // abort() after close() is the stack's own ABORT of a lingering connection.
  if (it == nullptr || (it->closed && call != Call::kAbort)) {
    give_back(c, 0, call, name, Errno::kEbadf, Rule::call_unknown_socket);
    return nullptr;
  }
  const bool tells_error = call == Call::kSend || call == Call::kRecv;
  if (tells_error && it->pending_error != Errno::kNone) {
    give_back(c, it->connection, call, name, std::exchange(it->pending_error, Errno::kNone));
    return nullptr;
  }
  return it;
}

std::vector<Call> Host::sensible_calls(const Socket& socket) const {
  const auto* connection = this->connection(socket.connection);
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
  add(Call::kConnect, live && socket.is_listener);
  add(Call::kAccept, socket.is_listener && live && socket.accept == Application::kOnCall);
  add(Call::kSend, is_connection && !socket.closed && may_send && !tcb.fin_queued);
  add(Call::kRecv, is_connection && !socket.closed && socket.read == Application::kOnCall);
  add(Call::kShutdown, is_connection && !socket.closed && may_send && !tcb.fin_queued);
  add(Call::kClose, live && !socket.closed);
  add(Call::kAbort, live);
  return calls;
}

}  // namespace tcplab::host
