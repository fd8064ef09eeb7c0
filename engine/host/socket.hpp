// A socket as the application holds it, and the options that it can set on it.
#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/box.hpp"
#include "base/time.hpp"
#include "host/call.hpp"
#include "tcp/state.hpp"
#include "wire/segment.hpp"

namespace tcplab::host {

// Numbers a connection (or listener) in the whole world, from 1; 0 is none.
using ConnectionId = std::uint32_t;

// Whether the application makes a call as soon as it can, or only when the script says so.
enum class Application : std::uint8_t { kEach, kOnCall };

enum class Option : std::uint8_t {
  kReuseAddress,  // SO_REUSEADDR: flag
  kLinger,        // SO_LINGER: time; getsockopt returns -1 s if it is off
  kKeepAlive,     // SO_KEEPALIVE: flag
  kError,         // SO_ERROR: read only, and reading clears it
  kNoDelay,       // TCP_NODELAY: flag
  kMaxSegment,    // TCP_MAXSEG: octets
  kKeepIdle,      // TCP_KEEPIDLE: time
  kKeepInterval,  // TCP_KEEPINTVL: time
  kKeepCount,     // TCP_KEEPCNT: number
  kUserTimeout,   // TCP_USER_TIMEOUT: time; 0: the system's
  kDeferAccept,   // TCP_DEFER_ACCEPT: time
  kInfo,          // TCP_INFO: read only
  kReusePort,     // SO_REUSEPORT: flag
  kSynCount,      // TCP_SYNCNT: number
  kLinger2,       // TCP_LINGER2: time; 0: the system's
};
inline constexpr std::array<std::string_view, 15> kOptionNames{
    "SO_REUSEADDR",     "SO_LINGER",    "SO_KEEPALIVE",  "SO_ERROR",    "TCP_NODELAY",
    "TCP_MAXSEG",       "TCP_KEEPIDLE", "TCP_KEEPINTVL", "TCP_KEEPCNT", "TCP_USER_TIMEOUT",
    "TCP_DEFER_ACCEPT", "TCP_INFO",     "SO_REUSEPORT",  "TCP_SYNCNT",  "TCP_LINGER2"};
constexpr std::string_view to_text(Option option) {
  return kOptionNames[static_cast<std::size_t>(option)];
}

// The part of TCP_INFO that the lab supports.
struct Info {
  tcp::State state = tcp::State::kClosed;
  Duration rto{0};
  Duration smoothed_rtt{0};
  Duration rtt_variation{0};
  std::uint16_t send_mss = 0;         // octets of text, less the options that every segment has
  std::uint32_t unacknowledged = 0;   // segments
  std::uint32_t retransmissions = 0;  // of the oldest segment that is outstanding
  bool timestamps = false;
  bool sack_permitted = false;
  bool window_scale = false;
};

// A flag, a number, a time, an error, or TCP_INFO's structure (by pointer, as it is large).
using OptionValue =
    std::variant<std::monostate, bool, std::int64_t, Duration, Errno, std::shared_ptr<const Info>>;

// What only a listener has.
struct Listening {
  Application accept = Application::kEach;
  std::size_t backlog = 0;
  std::size_t syn_queue = 0;               // children in their handshake
  std::size_t young = 0;                   // those whose SYN,ACK has not timed out yet
  std::optional<Time> cookie_sent;         // the last one
  std::vector<ConnectionId> accept_queue;  // established, not accepted
  std::vector<std::pair<wire::Segment, wire::SegmentId>> held_syns;      // mutant: until accept()
  std::vector<std::pair<wire::Endpoint, wire::Options>> cookie_options;  // mutant: of SYNs
  std::vector<std::string> pending_accepts;  // names for accept() calls that wait
  friend bool operator==(const Listening&, const Listening&) = default;
};

struct Socket {
  std::string name;  // empty until accept() returns it
  ConnectionId connection = 0;
  ConnectionId listener = 0;  // whose child it is
  bool is_listener = false;
  bool fresh = false;       // socket() made it, and neither listen() nor connect() was called
  bool closed = false;      // the application called close()
  bool connecting = false;  // connect() has not returned
  bool non_blocking = false;
  bool failed_to_open = false;  // and the next call reports the error
  bool half_open = false;       // a child in its handshake
  bool young = false;           // a half-open child whose SYN,ACK has not timed out yet
  bool deferred = false;        // its handshake waits for text: TCP_DEFER_ACCEPT
  std::optional<std::uint16_t> bound_port;
  Application read = Application::kEach;
  Errno pending_error = Errno::kNone;  // SO_ERROR
  bool reading_shut = false;           // shutdown(SHUT_RD)
  bool end_told = false;   // an application that always reads has seen the end of the stream
  bool lingering = false;  // close() waits
  // Options; the rest are the connection's (tcp::Settings).
  bool reuse_address = false;
  bool reuse_port = false;
  bool bound_with_reuse_port = false;         // SO_REUSEPORT was on when bind() took the port
  std::optional<std::uint32_t> pending_recv;  // recv() waits for this many octets at most
  Time born{0};                               // a child: when its SYN came, until it is established
  std::optional<Duration> linger;
  Duration defer_accept{0};
  Box<Listening> listening;  // of one that is, or was, a listener
  friend bool operator==(const Socket&, const Socket&) = default;
};

}  // namespace tcplab::host
