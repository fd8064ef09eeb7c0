// The places that questions about states and roles ask about: hosts, or sockets if a host has
// several.
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
// The places of a question; all hosts of the run if it names none.
std::vector<Place> places_of(const Json& question, const Run& run);

std::vector<std::string> place_names(const Json& question, const Run& run);

format::Shape place_shape();

// The refusal for the first named place that has a problem: the run does not have it, or `more`
// finds something wrong.
using WrongWith = format::Text (*)(const Json& where, const Json& question, const Run& run);
Refusal refused_place(const Json& question, const Run& run, WrongWith more = nullptr);

// Adds the names to use in the answer and, for those that are not hosts, what they stand for.
void show_places(const Json& question, const Run& run, Json& shown);

// Why the state of a place is ambiguous; empty if it is not.
format::Text ambiguity(const Json& where, const lab::SocketState& state);

}  // namespace tcplab::exercise
