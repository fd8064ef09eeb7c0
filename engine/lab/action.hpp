// Something that is done to the world: by a scenario's script, by a student in the page, or by an
// attempt file. All three are the same JSON: a script entry. One struct for each verb holds what it
// takes; its initialisers are the defaults. A verb's name and effect are a row (verbs/verb.hpp).
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "base/time.hpp"
#include "format/json.hpp"
#include "host/host.hpp"
#include "lab/injection.hpp"
#include "net/network.hpp"
#include "wire/icmp.hpp"

namespace tcplab::lab {

namespace verb {

// The socket that a call is made on, or the name that a new one gets if it is free.
struct SocketName {
  std::string name;
  bool is_new = false;
};

struct Listen {
  SocketName socket{"listener", true};
  std::uint16_t port = 0;  // of a new socket
  std::size_t backlog = 128;
  host::Application accept = host::Application::kEach;
  host::Application read = host::Application::kEach;
};
struct Connect {
  SocketName socket{"socket", true};
  wire::Endpoint to;
  std::uint16_t port = 0;  // the local one; 0: the next ephemeral one
  host::Application read = host::Application::kEach;
};
struct Accept {
  SocketName socket;  // the listener
  std::string as = "accepted";
};
struct Send {
  SocketName socket;
  wire::Payload octets;
  wire::Endpoint to;  // to open actively to, in LISTEN (port 0: not given)
};
struct Recv {
  SocketName socket;
  std::uint32_t most = 65'536;  // octets
};
struct Shutdown {
  SocketName socket;
  host::Shut how = host::Shut::kWrite;
};
struct Close {
  SocketName socket;
};
struct Abort {
  SocketName socket;
};
struct Socket {
  SocketName socket{"socket", true};
  bool non_blocking = false;
  host::Application read = host::Application::kEach;
};
struct Bind {
  SocketName socket;
  std::uint16_t port = 0;  // 0: an ephemeral one
  std::optional<wire::Address> address;
};
struct Setsockopt {
  SocketName socket;
  host::Option option = host::Option::kReuseAddress;
  host::OptionValue value;
};
struct Getsockopt {
  SocketName socket;
  host::Option option = host::Option::kReuseAddress;
};
struct Kill {};
struct Crash {};
struct Reboot {};
struct Inject {
  std::shared_ptr<const Injection> injection;
};

// A segment in flight, and which copy of it.
struct Flight {
  wire::SegmentId segment = 0;
  std::uint32_t copy = 1;
};
struct Drop {
  Flight flight;
};
struct Delay {
  Flight flight;
  Duration by{0};
};
struct Duplicate {
  Flight flight;
  Duration by{0};
};
struct Hold {
  Flight flight;
};
struct Release {
  Flight flight;
};
struct Corrupt {
  Flight flight;
  std::optional<std::uint16_t> octet;  // from 0; the last if not given
};
struct Reject {
  Flight flight;
  wire::Icmp error = wire::Icmp::kHostUnreachable;
  std::uint16_t mtu = 576;  // with fragmentation_needed
};

using Any = std::variant<Listen, Connect, Accept, Send, Recv, Shutdown, Close, Abort, Socket, Bind,
                         Setsockopt, Getsockopt, Kill, Crash, Reboot, Inject, Drop, Delay,
                         Duplicate, Hold, Release, Corrupt, Reject>;

}  // namespace verb

struct Action {
  net::HostIndex host = 0;  // of calls and inject
  verb::Any what;
  std::shared_ptr<const format::Json> arguments;  // as written, for the trace's call event
};

// When a script entry is done: at a time, or when a host reaches a state.
struct Trigger {
  std::optional<Time> at;
  // A recorded action: done before the world's step of this number, at its time. Lets a replay put
  // it between two events of the same moment.
  std::optional<std::uint32_t> step;
  net::HostIndex when_host = 0;
  tcp::State when_state = tcp::State::kClosed;
  Duration after{0};
};

struct ScriptEntry {
  Trigger trigger;
  Action action;
};

}  // namespace tcplab::lab
