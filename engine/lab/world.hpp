// The world: hosts, network and virtual time. A value: copying it is branching history, and a copy
// and its original evolve identically and independently. It keeps no trace, but writes into one.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/chunked.hpp"
#include "base/small_vector.hpp"
#include "base/time.hpp"
#include "host/host.hpp"
#include "lab/due_queue.hpp"
#include "lab/scenario.hpp"
#include "lab/trace.hpp"
#include "net/network.hpp"
#include "net/random.hpp"
#include "net/segment_pool.hpp"

namespace tcplab::lab {

struct Verb;

enum class End : std::uint8_t { kNot, kQuiet, kUntil, kLimit };
std::string_view to_text(End end);  // "", "quiet", "until", "limit"

class World {
 public:
  World(std::shared_ptr<const Scenario> scenario, std::uint64_t seed);

  Time now() const { return now_; }
  // Steps taken. A step is one event of the queue with everything it causes at that moment.
  std::uint32_t steps() const { return steps_; }
  std::uint32_t events() const { return events_; }
  const Scenario& scenario() const { return *scenario_; }
  const std::vector<host::Host>& hosts() const { return hosts_; }
  const net::Network& network() const { return network_; }
  // The length of the queue: arrivals, timers, and stale entries that are not removed yet.
  std::size_t queued() const { return queue_.size(); }

  // The time of the next step, if there is one.
  std::optional<Time> next() const;
  End end() const;
  // Takes the next step and writes it into `trace`, unless that is null. False: the run has ended,
  // and nothing happens.
  bool step(Trace* trace);
  // Lets time pass up to `t`, taking every step before or at it.
  void run_until(Time t, Trace* trace);
  // Moves the clock to `t` without a step; not past the next one.
  void advance_to(Time t);
  // Does an action now: a step of its own.
  void act(const Action& action, Trace* trace);
  // The step that a recorded entry of the script took in this run, or the earliest still possible.
  std::uint32_t step_of_recorded(std::uint32_t entry) const;

  // The script's entries that still wait for a host to reach a state.
  std::span<const std::uint32_t> waiting() const { return {waiting_.begin(), waiting_.end()}; }

  // The numbers of the last segment that was injected under this label.
  std::optional<Numbers> numbers_labelled(const std::string& label) const;
  std::optional<net::HostIndex> host_at(wire::Address address) const;

  // The first broken invariant of any connection, or nullptr.
  const char* inconsistency() const;

 private:
  class Recorder;
  struct Reaction;

  bool still_holds(const Due& due) const;
  void forget_stale();
  // Script entries in the order of their times. Entries with a step are kept apart, in recording_.
  struct Timed {
    Chunked<std::uint32_t> entries;
    Chunked<std::uint32_t> done_in;  // the steps of those that are done
  };
  const ScriptEntry* next_of(const Timed& timed) const;
  // What is next: an entry of the script, of the recording, or the head of the queue.
  enum class Source : std::uint8_t { kNothing, kScript, kRecording, kQueue };
  struct Next {
    Source source;
    Time at;
  };
  Next find_next() const;

  void end_step(Recorder& recorder);
  void perform(Recorder& recorder, const Action& action);
  void call(Recorder& recorder, const Verb& verb, const Action& action);
  void change_flight(Recorder& recorder, const Verb& verb, const verb::Any& what);
  void reject(Recorder& recorder, const verb::Reject& what);
  // world_inject.cpp
  void inject(Recorder& recorder, net::HostIndex from, const Injection& injection);
  void inject_icmp(Recorder& recorder, net::HostIndex from, const Injection& injection,
                   const wire::Segment& quoted);
  bool take_over(const std::vector<Borrowed>& borrowed, wire::Segment& segment) const;
  void remember(const net::SentSegment& sent, const std::string& label = {});
  void handle(Recorder& recorder, const FlightDue& due);  // an arrival, or a fault that strikes
  void handle(Recorder& recorder, const TimerDue& due);
  void handle(Recorder& recorder, const EntryDue& due);
  void handle(Recorder& recorder, const IcmpDue& due);
  void send(Recorder& recorder, net::HostIndex from, host::ConnectionId connection,
            wire::Segment&& segment, bool retransmission, Rule rule, std::uint32_t cause);
  void launch(Recorder& recorder, net::SentSegmentPtr sent, Rule rule, std::uint32_t cause);
  void apply(Recorder& recorder, const net::Changes& changes, std::uint32_t cause);
  void react(Recorder& recorder, net::HostIndex host, host::Effects& effects, std::uint32_t cause);
  void watch(net::HostIndex host, tcp::State state);
  std::string socket_name(net::HostIndex host, host::ConnectionId connection) const;
  DeliverEvent deliver(net::HostIndex host, host::ConnectionId connection,
                       std::span<const tcp::Reassembly::Piece> pieces) const;
  void check_limits(Recorder& recorder);

  std::shared_ptr<const Scenario> scenario_;
  std::vector<host::Host> hosts_;
  net::Network network_;
  net::Random random_;
  Time now_{0};
  std::uint32_t steps_ = 0;
  std::uint32_t events_ = 0;
  DueQueue queue_;
  Timed script_;
  Timed recording_;
  SmallVector<std::uint32_t, 8> waiting_;  // script entries whose state has not been reached
  host::ConnectionId last_connection_ = 0;
  struct Rejection {
    IcmpEvent told;
    std::uint32_t cause;
  };
  std::vector<Rejection> rejections_;
  std::vector<Search> models_;  // one for each of Scenario::models
  std::map<std::string, Numbers> labelled_;
  wire::SegmentId last_segment_ = 0;
  net::SegmentPool sent_;
  Chunked<host::ConnectionId> senders_;   // by segment id: the connection that sent it
  std::uint64_t payload_asked_ = 0;       // octets that applications were told to send
  std::uint64_t payload_sent_ = 0;        // octets sent, retransmissions included
  const net::Flight* current_ = nullptr;  // while its arrival is processed
  bool limit_reached_ = false;
};

}  // namespace tcplab::lab
