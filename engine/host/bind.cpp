// Local ports: bind() and the ephemeral ones.
#include "host/host.hpp"

namespace tcplab::host {

using tcp::State;

// As Linux has it: two sockets share a port only when both allow it and neither listens. What is
// left of a connection, in TIME-WAIT too, holds its port.
std::optional<Rule> Host::port_is_taken(std::uint16_t port, const Socket& by) const {
  for (Index i = 0; i < records_.size(); ++i) {
    const auto other = records_.socket(i);
    const auto connection = records_.connection(i, home());
    const bool live = connection->state() != State::kClosed;
    const bool holds = live ? connection->tcb().local.port == port
                            : other->fresh && !other->closed && other->bound_port == port;
    const State state = connection->state();
    const bool shared = by.reuse_address && other->reuse_address && state != State::kListen;
    if (!holds || shared) continue;
    return !live                       ? Rule::port_of_bound_socket
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
    give_back(c, id, Call::kBind, call.socket, error, rule);
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
  give_back(c, id, Call::kBind, call.socket, Errno::kNone);
}

// A port that is free for a connection to `remote`, or for anything.
std::optional<std::uint16_t> Host::ephemeral_port(Time now, std::optional<wire::Endpoint> remote) {
  const std::uint32_t range = config_.last_port - config_.first_port + 1u;
  for (std::uint32_t tried = 0; tried < range; ++tried) {
    const auto port = static_cast<std::uint16_t>(config_.first_port + ports_used_++ % range);
    if (ports_used_ == range) ports_used_ = 0;
    const bool free =
        remote ? !taken_pair({config_.address, port}, *remote, now) && listening_.count(port) == 0
               : !port_is_taken(port, Socket{});
    if (free) return port;
  }
  return std::nullopt;
}

}  // namespace tcplab::host
