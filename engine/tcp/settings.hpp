// What an application can set for one connection: the socket options that reach TCP.
#pragma once
#include <cstdint>
#include <optional>

#include "tcp/behaviour.hpp"

namespace tcplab::tcp {

struct Settings {
  explicit Settings(const Behaviour& behaviour)
      : nagle(behaviour.nagle),
        keep_alive(behaviour.keep_alive_by_default),
        keep_alive_times(behaviour.keep_alive) {}

  bool nagle;       // RFC 9293 §3.7.4 MUST-17; TCP_NODELAY switches it off
  bool keep_alive;  // §3.8.4 MUST-25: off by default; SO_KEEPALIVE
  std::optional<std::uint16_t> largest_segment;  // octets, before options; TCP_MAXSEG
  std::optional<std::uint16_t> syn_retries;      // TCP_SYNCNT
  KeepAlive keep_alive_times;  // TCP_KEEPIDLE, TCP_KEEPINTVL, TCP_KEEPCNT (MUST-27)
  // 0: the system's value, as with the socket options.
  Duration user_timeout{0};        // §3.8.3 MUST-21; TCP_USER_TIMEOUT
  Duration fin_wait_2_timeout{0};  // of a closed socket; TCP_LINGER2

  friend bool operator==(const Settings&, const Settings&) = default;
};

}  // namespace tcplab::tcp
