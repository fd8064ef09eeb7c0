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
  kAbort,
  kSocket,
  kBind,
  kSetsockopt,
  kGetsockopt,
  // Not calls of a program, but things that happen to it or to its host:
  kKill,    // the process dies; its host closes what it had open
  kCrash,   // the host stops without warning
  kReboot,  // the host starts again and remembers nothing
};
inline constexpr std::array<std::string_view, 15> kCallNames{
    "listen", "connect", "accept",     "send",       "recv", "shutdown", "close", "abort",
    "socket", "bind",    "setsockopt", "getsockopt", "kill", "crash",    "reboot"};
constexpr std::string_view to_text(Call call) { return kCallNames[static_cast<std::size_t>(call)]; }

// How shutdown() shuts: SHUT_RD, SHUT_WR, SHUT_RDWR.
enum class Shut : std::uint8_t { kRead, kWrite, kBoth };
inline constexpr std::array<std::string_view, 3> kShutNames{"read", "write", "both"};
constexpr std::string_view to_text(Shut how) { return kShutNames[static_cast<std::size_t>(how)]; }

// The names of <errno.h> (POSIX.1-2017) that calls can return.
enum class Errno : std::uint8_t {
  kNone,
  kEaddrinuse,     // the port, or the pair of sockets, is in use
  kEconnrefused,   // a RST answered the SYN
  kEconnreset,     // a RST ended the connection
  kEtimedout,      // the user timeout ended the connection
  kEpipe,          // sending on a connection whose sending side is closed
  kEnotconn,       // no connection
  kEisconn,        // connect() on a connection
  kEinval,         // the call makes no sense on this socket
  kEbadf,          // no such socket, or it was closed
  kEnetunreach,    // ICMP: net unreachable; or an address that cannot be one host's
  kEhostunreach,   // ICMP: host unreachable
  kEnoprotoopt,    // ICMP: protocol unreachable
  kEaddrnotavail,  // the address is not the host's, or no port is free
  kEinprogress,    // a non-blocking connect() has begun
  kEalready,       // a non-blocking connect() has not ended yet
  kEagain,         // the call would have to wait
  kEdestaddrreq,   // listen() on a socket without a port
  kEnetdown,       // the host is down
  kEproto,         // ICMP: parameter problem
  kEopnotsupp,     // ICMP: source route failed
};
inline constexpr std::array<std::string_view, 21> kErrnoNames{"",
                                                              "EADDRINUSE",
                                                              "ECONNREFUSED",
                                                              "ECONNRESET",
                                                              "ETIMEDOUT",
                                                              "EPIPE",
                                                              "ENOTCONN",
                                                              "EISCONN",
                                                              "EINVAL",
                                                              "EBADF",
                                                              "ENETUNREACH",
                                                              "EHOSTUNREACH",
                                                              "ENOPROTOOPT",
                                                              "EADDRNOTAVAIL",
                                                              "EINPROGRESS",
                                                              "EALREADY",
                                                              "EAGAIN",
                                                              "EDESTADDRREQ",
                                                              "ENETDOWN",
                                                              "EPROTO",
                                                              "EOPNOTSUPP"};
constexpr std::string_view to_text(Errno error) {
  return kErrnoNames[static_cast<std::size_t>(error)];
}

}  // namespace tcplab::host
