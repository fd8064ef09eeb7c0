// How the rows of verbs are made, and helpers that several of them share.
#pragma once
#include <type_traits>
#include <utility>

#include "lab/verbs/verb.hpp"

namespace tcplab::lab {

template <typename What, std::size_t... Indexes>
constexpr std::size_t index_in_any(std::index_sequence<Indexes...>) {
  return ((std::is_same_v<What, std::variant_alternative_t<Indexes, verb::Any>> ? Indexes : 0) +
          ...);
}
template <typename What>
inline constexpr std::size_t kIndex =
    index_in_any<What>(std::make_index_sequence<std::variant_size_v<verb::Any>>{});

// A Row has: What, kDoc, kTitle (if the page offers it), fields(), read(), and what the functions
// below ask for.
template <typename Row>
Verb row_of(std::string_view name) {
  Verb verb{
      kIndex<typename Row::What>, name, Row::kDoc, nullptr, &Row::fields, nullptr, {}, {}, {}};
  if constexpr (requires { Row::kTitle; }) verb.title = &Row::kTitle;
  verb.read = [](const format::Reader& reader, const Referents& referents) -> verb::Any {
    return Row::read(reader, referents);
  };
  return verb;
}

// A call: kCall, and make().
template <typename Row>
Verb call_row() {
  Verb verb = row_of<Row>(host::to_text(Row::kCall));
  verb.call = Row::kCall;
  verb.make = [](const verb::Any& what, const CallSite& site) {
    Row::make(std::get<typename Row::What>(what), site);
  };
  return verb;
}

// A change of a segment in flight: kName, and change().
template <typename Row>
Verb flight_row() {
  Verb verb = row_of<Row>(Row::kName);
  verb.change = [](const verb::Any& what, const FlightSite& site) {
    Row::change(std::get<typename Row::What>(what), site);
  };
  return verb;
}

// opening.cpp
format::Field host_field();
format::Field socket_field();
verb::SocketName known_socket(const format::Reader& reader);

// The rows, by the file that they are in.
std::vector<Verb> verbs_of_opening();      // listen, connect, accept, socket, bind
std::vector<Verb> verbs_of_connections();  // send, recv, shutdown, close, abort
std::vector<Verb> verbs_of_options();      // setsockopt, getsockopt
std::vector<Verb> verbs_of_hosts();        // kill, crash, reboot
std::vector<Verb> verbs_of_forgery();      // inject
std::vector<Verb> verbs_of_flights();      // drop to corrupt, reject

}  // namespace tcplab::lab
