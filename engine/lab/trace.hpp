// What happened: one event after the other, each with its rule and its cause. Every reader (page,
// grader, tests) reads this and nothing else.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/rule.hpp"
#include "base/time.hpp"
#include "format/json.hpp"
#include "host/effect.hpp"
#include "net/network.hpp"
#include "tcp/tcb.hpp"
#include "wire/icmp.hpp"

namespace tcplab::lab {

enum class EventKind : std::uint8_t {
  kCall,
  kReturn,
  kSegmentSent,
  kSegmentReceived,
  kSegmentDropped,
  kSegmentHeld,
  kSegmentReleased,
  kSegmentDelayed,
  kSegmentDuplicated,
  kSegmentCorrupted,
  kState,
  kTimerArmed,
  kTimerCancelled,
  kTimerFired,
  kDeliver,
  kQueue,
  kIcmp,
  kNote,
};
std::string_view to_text(EventKind kind);  // "segment.sent", ...
std::vector<std::string> event_kind_names();

inline constexpr std::uint32_t kNoCause = 0xffffffff;
inline constexpr net::HostIndex kTheNetwork = 0xffff;

struct CallMade {
  host::Call call;
  std::string socket;
  format::Json arguments;
};
struct SegmentEvent {
  net::SentSegmentPtr sent;
  std::uint32_t copy = 1;
  std::vector<std::uint16_t> corrupted{};  // net::Flight's
};
// Its datagram as it was then.
wire::Bytes bytes_of(const SegmentEvent& event);

// An ICMP error reached a host: the sender of the segment that it quotes, unless it was forged.
struct IcmpEvent {
  net::SentSegmentPtr about;
  wire::Icmp error;
  std::uint16_t mtu;
  wire::Address to;
};
struct StateEvent {
  tcp::State from;
  tcp::State to;
  tcp::Trigger trigger;
  std::string socket;
};
struct TimerEvent {
  tcp::Timer timer;
  Time at;
};
struct DeliverEvent {
  std::string octets;
  std::vector<wire::SegmentId> segments;
  // Ranges [first, last) of octets that another incarnation of the connection sent.
  std::vector<std::pair<std::size_t, std::size_t>> stale;
};
struct Nothing {};

struct Event {
  std::uint32_t n;
  std::uint32_t step;
  Time t;
  net::HostIndex host;            // kTheNetwork: none
  host::ConnectionId connection;  // 0: none
  EventKind kind;
  Rule rule;
  std::uint32_t cause;  // kNoCause: a root
  std::variant<Nothing, CallMade, host::Return, SegmentEvent, StateEvent, TimerEvent, DeliverEvent,
               host::AcceptQueue, IcmpEvent>
      detail;
};

// A connection's variables after a step, for "before and after".
struct Snapshot {
  std::uint32_t step;
  host::ConnectionId connection;
  tcp::State state;
  tcp::SendSequence snd;
  tcp::ReceiveSequence rcv;
  Duration rto;
  Duration srtt;
  Duration rtt_variation;
  std::uint16_t send_mss;
  std::uint32_t unsent;
  std::uint32_t unread;
};

struct Trace {
  std::vector<Event> events;        // events[i].n == i
  std::vector<Snapshot> snapshots;  // by step
};

// One event as the trace's JSON object; one line of a trace file. Host names come from `names`.
format::Json to_json(const Event& event, const std::vector<std::string>& names);
// JSON Lines: every event, each ended by a newline.
std::string to_json_lines(const Trace& trace, const std::vector<std::string>& names);
// "CLOSED" to the variables' names of RFC 9293 §3.3.1: {"state", "snd.una", ...}
format::Json to_json(const Snapshot& snapshot);

}  // namespace tcplab::lab
