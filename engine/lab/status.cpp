// What a session looks like now, for the page: clock, segments in flight, socket tables.
#include "format/json_object.hpp"
#include "lab/session.hpp"
#include "tcp/told.hpp"

namespace tcplab::lab {

using format::Json;

namespace {

// What follows writes into any Object that takes add() and array(): see format/json_object.hpp.

template <typename Object, typename Value>
void add_or_null(Object& to, std::string_view name, const std::optional<Value>& value) {
  if (value) {
    to.add(name, *value);
  } else {
    to.add(name, nullptr);
  }
}

std::optional<Duration::rep> microseconds(std::optional<Time> t) {
  return t ? std::optional(t->count()) : std::nullopt;
}

template <typename Object>
void write_flight(const net::Flight& flight, const std::vector<std::string>& names, Object& to) {
  const auto& segment = flight.sent->segment;
  to.add("id", flight.sent->id);
  to.add("copy", flight.copy);
  to.add("from", names[flight.sent->from]);
  to.add("to", names[flight.to]);
  to.add("departed", flight.departed.count());
  add_or_null(to, "arrives", microseconds(flight.arrives));
  to.add("held", !flight.arrives);
  to.add("flags", wire::flags_text(segment.flags));
  to.add("seq", segment.seq.value());
  if (segment.has(wire::kAck)) to.add("ack", segment.ack.value());
  to.add("len", segment.payload.size());
}

// Before listen() or connect() a socket has at most the port that bind() gave it.
std::optional<std::string> local_of(const host::Host& host, const host::Socket& socket,
                                    const tcp::Tcb& tcb) {
  if (tcb.local.port != 0) return wire::to_text(tcb.local);
  if (!socket.bound_port) return std::nullopt;
  return wire::to_text(wire::Endpoint{host.config().address, *socket.bound_port});
}

template <typename Object>
void write_socket(const host::Host& host, const host::Socket& socket, Object& to) {
  const auto connection = host.connection(socket.connection);
  const auto& tcb = connection->tcb();
  std::optional<std::string> remote;
  if (tcb.remote.port != 0) remote = wire::to_text(tcb.remote);
  std::vector<std::string_view> calls;
  for (const auto call : host.sensible_calls(socket)) calls.push_back(to_text(call));
  to.add("name", socket.name);
  to.add("conn", socket.connection);
  to.add("state", tcp::to_text(tcp::told(tcb.state, host.config().behaviour)));
  add_or_null(to, "local", local_of(host, socket, tcb));
  add_or_null(to, "remote", remote);
  to.add("listener", socket.is_listener);
  to.add("closed", socket.closed);
  to.add("calls", calls);
  to.add("unread", tcb.unread_octets);
  to.add("unsent", tcb.unsent.size());
  if (socket.is_listener) {
    to.add("backlog", socket.listening->backlog);
    to.add("accept_queue", socket.listening->accept_queue.size());
  }
}

// §3.10.7.4: a RST sends a listener's child in SYN_RCVD back to LISTEN. It is not shown, as its
// listener already is.
bool is_listener_again(const host::Host& host, const host::Socket& socket) {
  return socket.listener != 0 && !socket.is_listener &&
         host.connection(socket.connection)->tcb().state == tcp::State::kListen;
}

template <typename Object>
void write_host(const host::Host& host, const HostSetup& setup, Object& to) {
  to.add("name", setup.name);
  to.add("address", wire::to_text(setup.config.address));
  to.add("stack", setup.has_stack ? "tcp" : "none");
  to.add("down", host.is_down());
  to.array("sockets", [&](auto& sockets) {
    for (const auto& socket : host.sockets()) {
      if (is_listener_again(host, socket)) continue;
      sockets.object([&](auto& each) { write_socket(host, socket, each); });
    }
  });
}

template <typename Object>
void write_status(const World& world, std::size_t actions, const std::vector<std::string>& names,
                  Object& to) {
  const End end = world.end();
  to.add("now", world.now().count());
  to.add("step", world.steps());
  to.add("events", world.events());
  to.add("ended", end != End::kNot);
  if (end != End::kNot) to.add("end_reason", to_text(end));
  add_or_null(to, "next", microseconds(world.next()));
  to.add("actions", actions);
  to.add("msl", world.scenario().network.msl.count());
  to.array("in_flight", [&](auto& flights) {
    // clang 14 cannot capture a structured binding.
    for (const auto& entry : world.network().flights()) {
      flights.object([&](auto& each) { write_flight(entry.flight, names, each); });
    }
  });
  to.array("hosts", [&](auto& hosts) {
    for (std::size_t i = 0; i < world.hosts().size(); ++i) {
      hosts.object(
          [&](auto& each) { write_host(world.hosts()[i], world.scenario().hosts[i], each); });
    }
  });
}

}  // namespace

Json Session::status() const {
  format::ValueObject object(11);
  write_status(world_, recorded_.size(), names_, object);
  return object.take();
}

std::string Session::status_text() const {
  std::string text;
  {
    format::TextObject object(text);
    write_status(world_, recorded_.size(), names_, object);
  }
  return text;
}

}  // namespace tcplab::lab
