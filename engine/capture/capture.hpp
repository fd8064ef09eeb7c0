// A run as a capture file, from one of two points of view:
//
// - All hosts (no host is named): what each host sends. Each segment appears once, at the time and
//   on the interface of its sender, even if the network then loses it. This is as if `tcpdump -Q
//   out` had run on all hosts and the files had been merged, except that the file also shows the
//   ICMP errors that reach a host, because no host sends them. Analyses of sequence numbers agree
//   with the trace: a retransmission always follows its original, and nothing appears twice.
// - One host: what it sends and what arrives there, as `tcpdump` on that host shows it. Segments
//   that the network loses on the way to it are absent, those that the network duplicates appear
//   twice, and those that the host refuses appear too. Times between segments are those that this
//   host measures. Arriving ICMP errors are included. A retransmission whose original was lost on
//   the way looks like an original.
//
// A file with everything that all hosts send and receive would show each segment twice, and every
// second one would look like a retransmission.
//
// A packet's comment names the trace's events: "event 12: segment.sent 5 retransmission; event 14:
// segment.dropped 5 network_lost" is event 12, which sent the segment with the id 5 again, and
// event 14, by which the network lost it; for an arrival, the drop is one by the host. "event 9:
// icmp host_unreachable about 1" quotes the segment with the id 1.
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

// `host` is one of `names`, or "" for what every host sends. Errors: there is no such host, or the
// file would be longer than kMostBytes.
tl::expected<Bytes, format::Text> capture(const lab::Trace& trace,
                                          const std::vector<std::string>& names,
                                          std::string_view host);

}  // namespace tcplab::capture
