// The sockets API's calls and what they return.
#pragma once
#include <array>
#include <cstdint>
#include <string_view>

namespace tcplab::host {

enum class Call : std::uint8_t {
  kListen,
  kConnect,
  kAccept,
  kSend,
  kRecv,
  kShutdown,
  kClose,
  kAbort
};
inline constexpr std::array<std::string_view, 8> kCallNames{
    "listen", "connect", "accept", "send", "recv", "shutdown", "close", "abort"};
constexpr std::string_view to_text(Call call) { return kCallNames[static_cast<std::size_t>(call)]; }

// The names of <errno.h> (POSIX.1-2017) that calls can return.
enum class Errno : std::uint8_t {
  kNone,
  kEaddrinuse,    // the port, or the pair of sockets, is in use
  kEconnrefused,  // a RST answered the SYN
  kEconnreset,    // a RST ended the connection
  kEtimedout,     // the user timeout ended the connection
  kEpipe,         // sending on a connection whose sending side is closed
  kEnotconn,      // no connection
  kEisconn,       // connect() on a connection
  kEinval,        // the call makes no sense on this socket
  kEbadf,         // no such socket, or it was closed
  kEnetunreach,   // ICMP: net unreachable
  kEhostunreach,  // ICMP: host unreachable
  kEnoprotoopt,   // ICMP: protocol unreachable
};
inline constexpr std::array<std::string_view, 13> kErrnoNames{
    "",           "EADDRINUSE", "ECONNREFUSED", "ECONNRESET", "ETIMEDOUT",   "EPIPE",
    "ENOTCONN",   "EISCONN",    "EINVAL",       "EBADF",      "ENETUNREACH", "EHOSTUNREACH",
    "ENOPROTOOPT"};
constexpr std::string_view to_text(Errno error) {
  return kErrnoNames[static_cast<std::size_t>(error)];
}

}  // namespace tcplab::host
