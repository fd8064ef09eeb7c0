// The states of RFC 9293 §3.3.2.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace tcplab::tcp {

enum class State : std::uint8_t {
  kClosed,  // fictional: there is no TCB
  kListen,
  kSynSent,
  kSynRcvd,
  kEstablished,
  kFinWait1,
  kFinWait2,
  kCloseWait,
  kClosing,
  kLastAck,
  kTimeWait,
};

inline constexpr std::array<std::string_view, 11> kStateNames{
    "CLOSED",     "LISTEN",     "SYN_SENT", "SYN_RCVD", "ESTABLISHED", "FIN_WAIT_1",
    "FIN_WAIT_2", "CLOSE_WAIT", "CLOSING",  "LAST_ACK", "TIME_WAIT"};

constexpr std::string_view to_text(State state) {
  return kStateNames[static_cast<std::size_t>(state)];
}

constexpr std::optional<State> state_named(std::string_view name) {
  for (std::size_t i = 0; i < kStateNames.size(); ++i) {
    if (kStateNames[i] == name) return static_cast<State>(i);
  }
  return std::nullopt;
}

// This end knows that both ISNs are acknowledged: RFC 9293 §3.5.2, group 3.
constexpr bool is_synchronized(State state) { return state >= State::kEstablished; }

}  // namespace tcplab::tcp
