// What questions about states and roles ask about: hosts, or sockets where a host has several.
#pragma once
#include <string>
#include <vector>

#include "exercise/question.hpp"
#include "exercise/run.hpp"
#include "format/shape.hpp"
#include "lab/socket_states.hpp"

namespace tcplab::exercise {

struct Place {
  std::string
      name;    // in the answer: the host's; "server/accepted" where a host is asked about twice
  Json where;  // {"host", "socket"?}
};
// Of a question that names no hosts: all that run.
std::vector<Place> places_of(const Json& question, const Run& run);

std::vector<std::string> place_names(const Json& question, const Run& run);

format::Shape place_shape();

// The first of the named places of which something is wrong: the run has none such, or what `more`
// says of it.
using WrongWith = format::Text (*)(const Json& where, const Json& question, const Run& run);
Refusal refused_place(const Json& question, const Run& run, WrongWith more = nullptr);

// Adds the names to answer by and, where they are not hosts, what they stand for.
void show_places(const Json& question, const Run& run, Json& shown);

// Why the state of a place says nothing certain, or nothing.
format::Text ambiguity(const Json& where, const lab::SocketState& state);

}  // namespace tcplab::exercise
