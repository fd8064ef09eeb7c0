// What a Connection asks of its surroundings. It does no I/O: every input returns a list of these,
// each with the rule that it comes from.
#pragma once
#include <array>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

#include "base/rule.hpp"
#include "base/small_vector.hpp"
#include "base/time.hpp"
#include "tcp/state.hpp"
#include "tcp/transition.hpp"
#include "wire/segment.hpp"

namespace tcplab::tcp {

enum class Timer : std::uint8_t {
  kRetransmission,
  kPersist,
  kTimeWait,
  kUser,
  kDelayedAck,
  kKeepAlive,
  kFinWait2,
  kLinger,
  kCloseWait,  // mutant
};
inline constexpr std::size_t kTimerCount = 9;
inline constexpr std::array<std::string_view, kTimerCount> kTimerNames{
    "retransmission", "persist",    "time_wait", "user",      "delayed_ack",
    "keep_alive",     "fin_wait_2", "linger",    "close_wait"};
constexpr std::string_view to_text(Timer timer) {
  return kTimerNames[static_cast<std::size_t>(timer)];
}

struct SendSegment {
  std::uint32_t segment;  // index into the Segments beside the effects
  bool retransmission;
};

// Arming an armed timer moves it.
struct ArmTimer {
  Timer timer;
  Time at;
};

struct CancelTimer {
  Timer timer;
};

struct StateChange {
  State from;
  State to;
  Trigger trigger;
};

// The segment being processed is discarded.
struct DropSegment {};

// Text is ready for RECEIVE.
struct TextReady {};

// What the user is told: RFC 9293 §3.9.1.8 and MUST-12.
enum class Signal : std::uint8_t {
  kEstablished,
  kEndOfStream,  // "connection closing": the remote user has closed
  kReset,        // "connection reset"
  kBrokenPipe,   // a RST after which only sending fails
  kRefused,      // "connection refused"
  kTimedOut,     // "connection aborted due to user timeout"
  // §3.9.2.2: by an ICMP error
  kNetUnreachable,
  kHostUnreachable,
  kProtocolUnreachable,
  kSourceRouteFailed,
  kParameterProblem,
  kLingerOver,  // SO_LINGER's time is over
};
struct TellUser {
  Signal signal;
};

// Nothing happens, and the rule says why.
struct Remark {};

// The rule says how the arriving segment was taken; other effects may follow from it.
struct Accepted {};

struct Effect {
  template <typename What>
  Effect(Rule why, What that) : rule(why), what(std::in_place_type<What>, that) {}

  Rule rule;
  std::variant<SendSegment, ArmTimer, CancelTimer, StateChange, DropSegment, TextReady, TellUser,
               Remark, Accepted>
      what;
};

static_assert(std::is_trivially_copyable_v<Effect>);

// Most inputs need no more, and so no allocation.
using Effects = SmallVector<Effect, 8>;
using Segments = SmallVector<wire::Segment, 2>;

}  // namespace tcplab::tcp
