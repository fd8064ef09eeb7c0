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

#include "base/box.hpp"
#include "base/chunked.hpp"
#include "base/kept.hpp"
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
  std::shared_ptr<const format::Json> arguments;  // the action's
};
struct SegmentEvent {
  net::SentSegmentPtr sent;
  std::uint32_t copy = 1;
  Box<std::vector<std::uint16_t>> corrupted{};  // net::Flight's, if it has any
};
// The datagram as it was at the event, with its corrupted bits.
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
  tcp::Reassembly::Pieces pieces;
  // Ranges [first, last) of octets that another incarnation of the connection sent.
  std::vector<std::pair<std::size_t, std::size_t>> stale;
};
std::string octets_of(const DeliverEvent& event);
struct Nothing {};

struct Event {
  Event() = default;
  // Its detail is made in its place.
  template <typename Detail>
  Event(Time when, std::uint32_t number, std::uint32_t in_step, std::uint32_t why,
        host::ConnectionId of, net::HostIndex where, Rule by, EventKind what, Detail&& its)
      : t(when),
        n(number),
        step(in_step),
        cause(why),
        connection(of),
        host(where),
        rule(by),
        kind(what),
        detail(std::forward<Detail>(its)) {}

  Time t;
  std::uint32_t n;
  std::uint32_t step;
  std::uint32_t cause;            // kNoCause: a root
  host::ConnectionId connection;  // 0: none
  net::HostIndex host;            // kTheNetwork: none
  Rule rule;
  EventKind kind;
  std::variant<Nothing, Kept<CallMade>, Kept<host::Return>, SegmentEvent, StateEvent, TimerEvent,
               Kept<DeliverEvent>, host::AcceptQueue, IcmpEvent>
      detail;
};
// A long run has very many of these.
static_assert(sizeof(void*) < 8 || sizeof(Event) == 80);

// A connection's variables after a step, for "before and after".
struct Snapshot {
  Duration rto;
  Duration srtt;
  Duration rtt_variation;
  std::uint32_t step;
  host::ConnectionId connection;
  wire::Seq iss;
  wire::Seq snd_una;
  wire::Seq snd_nxt;
  std::uint32_t snd_wnd;
  wire::Seq irs;
  wire::Seq rcv_nxt;
  std::uint32_t rcv_wnd;
  std::uint32_t unsent;
  std::uint32_t unread;
  std::uint16_t send_mss;
  tcp::State state;
};

// All of them, by step. Those of one connection are linked, so that finding two takes no search
// through a long run.
class Snapshots {
 public:
  // A fresh one, to be filled in, of a later step than those of its connection before.
  Snapshot& add(host::ConnectionId connection, std::uint32_t step);
  bool has(host::ConnectionId connection, std::uint32_t step) const {
    const auto last = last_of(connection);
    return last != kNone && all_[last].snapshot.step == step;
  }

  // null: there is none.
  struct Around {
    const Snapshot* before = nullptr;
    const Snapshot* after = nullptr;
  };
  Around around(host::ConnectionId connection, std::uint32_t step) const;

 private:
  using Index = std::uint32_t;
  static constexpr Index kNone = 0xffffffff;
  struct Linked {
    Snapshot snapshot;
    Index previous;  // of the same connection
  };
  Index last_of(host::ConnectionId connection) const {
    return connection < last_.size() ? last_[connection] : kNone;
  }

  Chunked<Linked, 32> all_;
  Chunked<Index> last_;  // by connection
};

// The run of one connection has one chunk of them.
using EventList = Chunked<Event, 128>;

struct Trace {
  EventList events;  // events[i].n == i
  Snapshots snapshots;
};

// One event as the trace's JSON object; one line of a trace file. Host names come from `names`.
format::Json to_json(const Event& event, const std::vector<std::string>& names);
// The same as compact text, appended to `text`.
void append_json(std::string& text, const Event& event, const std::vector<std::string>& names);
// JSON Lines: every event, each ended by a newline.
std::string to_json_lines(const Trace& trace, const std::vector<std::string>& names);
// The state, and the variables by their names of RFC 9293 §3.3.1: {"state", "snd.una", ...}
format::Json to_json(const Snapshot& snapshot);

}  // namespace tcplab::lab
