// A run as a capture file. There are two places to look from:
//
// - At every host, what it sends (no host is named): each segment once, at the moment and on the
//   interface of its sender, also when the network then loses it. As if `tcpdump -Q out` had run on
//   all hosts and the files had been merged; only the ICMP errors that reach a host are there too,
//   for no host sends them. Analyses of sequence numbers agree with the trace
//   here: a retransmission always stands behind its original, and nothing is in it twice.
// - At one host, what it sends and what arrives there, as `tcpdump` shows it to somebody who sits
//   at that host: what the network loses on the way to it is absent, what the network duplicates is
//   there twice, and what the host refuses is there too. Times between segments are those that this
//   host measures. ICMP errors are among what arrives. A retransmission whose original was lost on
//   the way looks like an original.
//
// All that all hosts send and receive, in one file, would show each segment twice, and every second
// one would look like a retransmission.
//
// A packet's comment names the trace's events: "event 12: segment.sent 5 retransmission; event 14:
// segment.dropped 5 network_lost" is event 12, which sent the segment with the id 5 again, and
// event 14, by which the network lost it; of an arrival, the drop is the host's. "event 9: icmp
// host_unreachable about 1" quotes the segment with the id 1.
#pragma once
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "base/time.hpp"
#include "capture/pcapng.hpp"
#include "format/text.hpp"
#include "lab/trace.hpp"

namespace tcplab::capture {

// The world's time 0 in a capture: 2000-01-01T00:00:00Z.
inline constexpr Time kWorldBegan = std::chrono::hours(24 * 10'957);

// A longer file is refused. A run cannot send so much, but copies of large segments add up.
inline constexpr std::size_t kMostBytes = 64 * 1024 * 1024;

// The file. `host` is the name of one of `names`, or "" for what every host sends. The error says
// what is wrong with it, or that the file would be too long.
tl::expected<Bytes, format::Text> capture(const lab::Trace& trace,
                                          const std::vector<std::string>& names,
                                          std::string_view host);

}  // namespace tcplab::capture
