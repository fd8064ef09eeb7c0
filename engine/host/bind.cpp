// bind() of a local port.
#include "host/host.hpp"

namespace tcplab::host {

using tcp::State;

// A connection holds its port until CLOSED, so in TIME-WAIT too.
bool Host::holds_port(Index i, std::uint16_t port) const {
  const auto connection = records_.connection(i, home());
  if (connection->state() != State::kClosed) return connection->tcb().local.port == port;
  const auto socket = records_.socket(i);
  return socket->fresh && !socket->closed && socket->bound_port == port;
}

// As Linux has it: two sockets share a port only when both allow it and neither listens, or when
// both have SO_REUSEPORT.
std::optional<Rule> Host::port_is_taken(std::uint16_t port, const Socket& by) const {
  for (Index i = 0; i < records_.size(); ++i) {
    if (!holds_port(i, port)) continue;
    const auto other = records_.socket(i);
    const State state = records_.connection(i, home())->state();
    const bool shared = (by.reuse_address && other->reuse_address && state != State::kListen) ||
                        share_port(by, *other);
    if (shared) continue;
    return state == State::kClosed     ? Rule::port_of_bound_socket
           : state == State::kListen   ? Rule::port_of_listener
           : state == State::kTimeWait ? Rule::port_in_time_wait
                                       : Rule::port_of_connection;
  }
  return std::nullopt;
}

void Host::bind(Context& c, const BindCall& call) {
  auto* socket = open_socket(c, Call::kBind, call.socket);
  if (socket == nullptr) return;
  const auto id = socket->connection;
  const auto refuse = [&](Errno error, Rule rule) {
    complete_call(c, id, Call::kBind, call.socket, error, rule);
  };
  if (!socket->fresh || socket->bound_port) {
    return refuse(Errno::kEinval, Rule::bind_again);
  }
  if (call.address && *call.address != config_.address) {
    return refuse(Errno::kEaddrnotavail, Rule::address_not_local);
  }
  const auto port = call.port != 0 ? call.port : ephemeral_port(c.now, std::nullopt);
  if (!port) return refuse(Errno::kEaddrinuse, Rule::no_free_port_to_bind);
  if (const auto why = port_is_taken(*port, *socket)) return refuse(Errno::kEaddrinuse, *why);
  socket->bound_port = port;
  socket->bound_with_reuse_port = socket->reuse_port;
  note_named(*port);
  complete_call(c, id, Call::kBind, call.socket, Errno::kNone);
}

}  // namespace tcplab::host
