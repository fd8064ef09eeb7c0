// What an action can be: each verb's name, what it takes, how that is read, and what it does. The
// format of scripts, the reader of actions, the world and the catalogue all read these rows.
//
// To add a verb: its struct in lab/action.hpp, its row beside those of its kind, its line in
// all.cpp.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "format/reader.hpp"
#include "format/shape.hpp"
#include "host/call.hpp"
#include "host/host.hpp"
#include "lab/action.hpp"
#include "lab/host_names.hpp"
#include "net/network.hpp"

namespace tcplab::lab {

// What an action may refer to.
struct Referents {
  const HostNames& hosts;
  const Models& models;
};

// Where a call is made. `socket` names the socket that it is made on, or the new one that it makes:
// that name is free.
struct CallSite {
  host::Host& host;
  host::Context& context;
  const std::string& socket;
};

// Where a segment in flight is changed.
struct FlightSite {
  net::Network& network;
  Time now;
  std::uint32_t cause;  // trace event that causes what is scheduled
  net::Changes& changes;
};

struct Verb {
  std::size_t index;  // in verb::Any
  std::string_view name;
  format::Doc doc;
  const format::Sentence* title;           // what a reader calls it; null: not offered by the page
  std::vector<format::Field> (*fields)();  // including the host's
  // Reads a value that has passed the fields' shapes, and reports what shapes cannot check.
  verb::Any (*read)(const format::Reader&, const Referents&);
  // One of these does it; a verb with none is done by the world itself.
  std::optional<host::Call> call;
  void (*make)(const verb::Any&, const CallSite&);
  void (*change)(const verb::Any&, const FlightSite&);
};

// All of them, in the order of verb::Any.
const std::vector<Verb>& verbs();
const Verb& verb_of(const verb::Any& what);
// The verb of a name that action_shape() takes.
const Verb& verb_named(std::string_view name);
std::vector<std::string_view> verb_names();

// The octet that a corruption strikes, for the verb and for a fault.
format::Field corrupted_octet_field();

// The socket that the action names; null: it names none.
const verb::SocketName* socket_of(const verb::Any& what);

}  // namespace tcplab::lab
