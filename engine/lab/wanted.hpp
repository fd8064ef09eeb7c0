// A search in a long run: words, each of which stands for several things that an event may have. A
// thing is written "kind:id", with the ids of the catalogue: "state:TIME_WAIT".
#pragma once
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "base/rule.hpp"
#include "format/problem.hpp"
#include "host/call.hpp"
#include "host/socket.hpp"
#include "lab/trace.hpp"
#include "tcp/effect.hpp"
#include "tcp/state.hpp"
#include "wire/icmp.hpp"

namespace tcplab::lab {

// Traits of an event that its kind does not tell, but that readers have a word for.
enum class Trait : std::uint8_t {
  kAgain,    // a segment that was sent before
  kLost,     // the network dropped it
  kRefused,  // a host did not accept it
  kFailed,   // a call returned an error
  kEnd,      // recv() returned the end of the stream
  kStale,    // data of an earlier connection
};
inline constexpr std::array<std::string_view, 6> kTraitNames{"again",  "lost", "refused",
                                                             "failed", "end",  "stale"};

// The things that one word stands for; an event fits if it has any of them.
struct Things {
  template <std::size_t Size>
  using Set = std::bitset<Size>;

  Set<static_cast<std::size_t>(EventKind::kNote) + 1> kinds;
  Set<kRuleCount> rules;
  Set<tcp::kStateNames.size()> states;
  Set<tcp::kTimerCount> timers;
  Set<host::kCallNames.size()> calls;
  Set<host::kErrnoNames.size()> errors;
  Set<host::kOptionNames.size()> options;
  Set<wire::kIcmpNames.size()> icmp;
  Set<kTraitNames.size()> traits;
  std::vector<net::HostIndex> hosts;
  std::vector<host::ConnectionId> connections;
  std::vector<wire::Flags> flags;      // a segment with all of these
  std::vector<std::uint64_t> numbers;  // of a sequence, an acknowledgment, octets, a port
  std::vector<std::string> texts;      // in data or in a call's arguments; lower case

  bool fit(const Event& event) const;
};

class Wanted {
 public:
  // [["state:TIME_WAIT", "timer:time_wait"], ["host:client"]], as text: an event must have a thing
  // of every word. Host names come from `names`.
  static tl::expected<Wanted, format::Problems> read(std::string_view text,
                                                     const std::vector<std::string>& names);

  // The numbers of the events that fit, among `most` from number `since` on.
  std::vector<std::uint32_t> in(const EventList& events, std::size_t since, std::size_t most) const;

 private:
  std::vector<Things> words_;
};

}  // namespace tcplab::lab
