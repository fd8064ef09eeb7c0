// What a session looks like now, for the page: clock, segments in flight, socket tables.
#include "lab/session.hpp"
#include "tcp/told.hpp"

namespace tcplab::lab {

using format::Json;

namespace {

Json flight_json(const net::Flight& flight, const std::vector<std::string>& names) {
  const auto& segment = flight.sent->segment;
  Json json;
  json["id"] = flight.sent->id;
  json["copy"] = flight.copy;
  json["from"] = names[flight.sent->from];
  json["to"] = names[flight.to];
  json["departed"] = flight.departed.count();
  json["arrives"] = flight.arrives ? Json(flight.arrives->count()) : Json(nullptr);
  json["held"] = !flight.arrives;
  json["flags"] = wire::flags_text(segment.flags);
  json["seq"] = segment.seq.value();
  if (segment.has(wire::kAck)) json["ack"] = segment.ack.value();
  json["len"] = segment.payload.size();
  return json;
}

// Before listen() and connect() a socket has no more than the port that bind() gave it.
Json local_of(const host::Host& host, const host::Socket& socket, const tcp::Tcb& tcb) {
  if (tcb.local.port != 0) return wire::to_text(tcb.local);
  if (!socket.bound_port) return nullptr;
  return wire::to_text(wire::Endpoint{host.config().address, *socket.bound_port});
}

Json socket_json(const host::Host& host, const host::Socket& socket) {
  const auto connection = host.connection(socket.connection);
  const auto& tcb = connection->tcb();
  Json json;
  json["name"] = socket.name;
  json["conn"] = socket.connection;
  json["state"] = tcp::to_text(tcp::told(tcb.state, host.config().behaviour));
  json["local"] = local_of(host, socket, tcb);
  json["remote"] = tcb.remote.port != 0 ? Json(wire::to_text(tcb.remote)) : Json(nullptr);
  json["listener"] = socket.is_listener;
  json["closed"] = socket.closed;
  json["calls"] = Json::array();
  for (const auto call : host.sensible_calls(socket)) json["calls"].push_back(to_text(call));
  json["unread"] = tcb.unread_octets;
  json["unsent"] = tcb.unsent.size();
  if (socket.is_listener) {
    json["backlog"] = socket.listening->backlog;
    json["accept_queue"] = socket.listening->accept_queue.size();
  }
  return json;
}

// §3.10.7.4: a RST sends a listener's child in SYN_RCVD back to LISTEN, where its listener stands
// already.
bool is_listener_again(const host::Host& host, const host::Socket& socket) {
  return socket.listener != 0 && !socket.is_listener &&
         host.connection(socket.connection)->tcb().state == tcp::State::kListen;
}

Json host_json(const host::Host& host, const HostSetup& setup) {
  Json json;
  json["name"] = setup.name;
  json["address"] = wire::to_text(setup.config.address);
  json["stack"] = setup.has_stack ? "tcp" : "none";
  json["down"] = host.is_down();
  json["sockets"] = Json::array();
  for (const auto& socket : host.sockets()) {
    if (!is_listener_again(host, socket)) json["sockets"].push_back(socket_json(host, socket));
  }
  return json;
}

}  // namespace

Json Session::status() const {
  Json json;
  json["now"] = world_.now().count();
  json["step"] = world_.steps();
  json["events"] = world_.events();
  const End end = world_.end();
  json["ended"] = end != End::kNot;
  if (end != End::kNot) json["end_reason"] = to_text(end);
  const auto next = world_.next();
  json["next"] = next ? Json(next->count()) : Json(nullptr);
  json["actions"] = recorded_.size();
  json["in_flight"] = Json::array();
  for (const auto& [id, flight] : world_.network().flights()) {
    json["in_flight"].push_back(flight_json(flight, names_));
  }
  json["hosts"] = Json::array();
  for (std::size_t i = 0; i < world_.hosts().size(); ++i) {
    json["hosts"].push_back(host_json(world_.hosts()[i], world_.scenario().hosts[i]));
  }
  return json;
}

}  // namespace tcplab::lab
