// Something that is done to the world: by a scenario's script, by a student in the page, or by an
// attempt file. All three are the same JSON: a script entry.
#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "format/json.hpp"
#include "host/host.hpp"
#include "lab/injection.hpp"
#include "net/network.hpp"
#include "wire/icmp.hpp"

namespace tcplab::lab {

// The calls of host::Call, in its order, and what is done to the network.
enum class Do : std::uint8_t {
  kListen,
  kConnect,
  kAccept,
  kSend,
  kRecv,
  kShutdown,
  kClose,
  kAbort,
  kSocket,
  kBind,
  kSetsockopt,
  kGetsockopt,
  kKill,
  kCrash,
  kReboot,
  kInject,
  kDrop,
  kDelay,
  kDuplicate,
  kHold,
  kRelease,
  kReject,
  kCorrupt,
};
inline constexpr std::array<std::string_view, 23> kDoNames{
    "listen", "connect", "accept",     "send",       "recv",    "shutdown", "close",  "abort",
    "socket", "bind",    "setsockopt", "getsockopt", "kill",    "crash",    "reboot", "inject",
    "drop",   "delay",   "duplicate",  "hold",       "release", "reject",   "corrupt"};
constexpr std::string_view to_text(Do what) { return kDoNames[static_cast<std::size_t>(what)]; }
constexpr bool is_call(Do what) { return what <= Do::kReboot; }

struct Action {
  Do what = Do::kListen;
  net::HostIndex host = 0;              // calls and inject
  std::string socket;                   // the socket it is about, or the name that a new one gets
  bool makes_socket = false;            // socket, and the short forms of listen and connect
  host::Shut how = host::Shut::kWrite;  // shutdown
  bool non_blocking = false;            // socket
  std::string as;                       // accept: the name of the new socket
  wire::Endpoint to;                    // connect; send in LISTEN (port 0: not given)
  std::uint16_t port = 0;  // listen, bind; connect: the local port (0: the next ephemeral one)
  std::optional<wire::Address> address;               // bind
  host::Option option = host::Option::kReuseAddress;  // setsockopt, getsockopt
  host::OptionValue value;                            // setsockopt
  std::size_t backlog = 128;
  host::Application accept = host::Application::kEach;
  host::Application read = host::Application::kEach;
  wire::Bytes octets;                  // send, with text
  std::size_t filler = 0;              // send, without: so many octets, made when they are sent
  std::size_t most = 0;                // recv
  wire::SegmentId flight = 0;          // drop to release: the segment,
  std::uint32_t copy = 1;              // and which copy of it
  Duration by{0};                      // delay, duplicate
  std::optional<std::uint16_t> octet;  // corrupt
  std::shared_ptr<const Injection> injection;       // inject
  wire::Icmp error = wire::Icmp::kHostUnreachable;  // reject
  std::uint16_t mtu = 0;                            // reject, with fragmentation_needed
  format::Json arguments;                           // as written, for the trace's call event
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
