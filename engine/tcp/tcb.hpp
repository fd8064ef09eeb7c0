// The Transmission Control Block (RFC 9293 §3.3.1) as a value.
#pragma once
#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

#include "base/box.hpp"
#include "base/small_vector.hpp"
#include "tcp/behaviour.hpp"
#include "tcp/effect.hpp"
#include "tcp/reassembly.hpp"
#include "tcp/rto.hpp"
#include "tcp/settings.hpp"
#include "tcp/state.hpp"
#include "tcp/text_queue.hpp"
#include "wire/datagram.hpp"
#include "wire/icmp.hpp"
#include "wire/segment.hpp"

namespace tcplab::tcp {

// MUST-11: what SYN-RECEIVED does with a RST or SYN depends on how the connection was opened.
enum class OpenedBy : std::uint8_t { kNobody, kPassiveOpen, kActiveOpen };

// A segment that is kept for retransmission until it is acknowledged.
struct Unacknowledged {
  wire::Seq seq;
  wire::Flags flags = 0;  // SYN and FIN matter; ACK is added at each transmission
  bool lost = false;      // taken for lost, and not retransmitted since
  wire::Payload text;
  std::uint32_t length = 0;  // sequence numbers taken
  std::uint32_t transmissions = 0;
  Time sent_at{0};               // first transmission
  std::uint32_t unanswered = 0;  // retransmissions that R2 counts
  Time sent_again_at{0};         // the first of these
  friend bool operator==(const Unacknowledged&, const Unacknowledged&) = default;
};

struct SendSequence {
  wire::Seq una;
  wire::Seq nxt;
  std::uint32_t wnd = 0;
  std::uint32_t max_wnd = 0;  // the largest SND.WND so far (RFC 5961 §5.2)
  wire::Seq wl1;
  wire::Seq wl2;
  wire::Seq iss;
  friend bool operator==(const SendSequence&, const SendSequence&) = default;
};

struct ReceiveSequence {
  wire::Seq nxt;
  std::uint32_t wnd = 0;  // as last advertised, less what arrived since
  wire::Seq irs;
  friend bool operator==(const ReceiveSequence&, const ReceiveSequence&) = default;
};

inline constexpr std::uint32_t kLargestWindow = 65'535;  // of the header's field
inline constexpr std::uint8_t kLargestShift = 14;        // RFC 7323 §2.3: "more is treated as 14"

// What the two SYNs agreed on (RFC 7323 §2.2, §3.2; RFC 2018 §2).
struct Negotiated {
  bool window_scale = false;
  std::uint8_t send_shift = 0;     // Snd.Wind.Shift: of windows that arrive
  std::uint8_t receive_shift = 0;  // Rcv.Wind.Shift: of windows that leave
  bool timestamps = false;
  bool sack_permitted = false;
  bool scales_syn = false;  // mutant
  friend bool operator==(const Negotiated&, const Negotiated&) = default;
};

// TSval of the first and the last SYN,ACK sent, kept until one is acknowledged.
struct SynAckStamps {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  friend bool operator==(const SynAckStamps&, const SynAckStamps&) = default;
};

// RFC 7323 §4.3 and §5.2
struct TimestampState {
  std::uint32_t recent = 0;  // TS.Recent
  Time recent_at{0};
  friend bool operator==(const TimestampState&, const TimestampState&) = default;
};

// RFC 5961 §7
struct ChallengeAcks {
  std::uint32_t sent = 0;
  Time since{0};
  friend bool operator==(const ChallengeAcks&, const ChallengeAcks&) = default;
};

// The state of Linux's adaptive delayed ACK (inet_connection_sock's icsk_ack).
struct AckPace {
  std::uint32_t quick = 0;       // ACKs that are still to be sent without delay
  std::uint32_t segment = 0;     // octets of the largest segment so far
  std::uint8_t small_texts = 0;  // smaller ones or ones with PSH since the last ACK, at most 2
  bool interactive = false;      // this end answers text with text
  Duration wait{0};
  Time last_text{0};
  friend bool operator==(const AckPace&, const AckPace&) = default;
};

// RFC 5681 §3.2, RFC 6582; and the segments that RFC 6937 counts since recovery began.
struct FastRetransmit {
  std::uint32_t duplicates = 0;
  std::optional<wire::Seq> recover;  // SND.NXT when the oldest segment was sent again
  std::uint32_t window_before = 0;   // the congestion window then
  std::uint32_t delivered = 0;       // that have arrived, by the ACKs
  std::uint32_t sent = 0;            // new or retransmitted
  friend bool operator==(const FastRetransmit&, const FastRetransmit&) = default;
};

inline constexpr std::uint32_t kNoThreshold = 0x7fffffff;  // "arbitrarily high"

// RFC 5681 §3.1, in segments as Linux counts them.
struct Congestion {
  std::uint32_t window = 0;                // cwnd; 0: no congestion control
  std::uint32_t threshold = kNoThreshold;  // ssthresh
  std::uint32_t acknowledged = 0;          // towards the window's next segment
  std::uint32_t syn_timeouts = 0;
  // Whether the window was used, until flight_end is acknowledged (RFC 7661).
  wire::Seq flight_end;
  std::uint32_t most_in_flight = 0;
  bool was_full = false;
  Time last_text{0};  // when text was last sent
  friend bool operator==(const Congestion&, const Congestion&) = default;
};

// What a retransmission timeout took for lost (RFC 5681 §3.1), until all of it is acknowledged; and
// the window and threshold before it, in case the timeout was spurious (RFC 5682).
struct Loss {
  wire::Seq until;
  Time since{0};
  std::uint32_t window = 0;
  std::uint32_t threshold = kNoThreshold;
  bool may_be_spurious = true;
  friend bool operator==(const Loss&, const Loss&) = default;
};

// RFC 9293 §3.8.6.1: probes without text.
struct WindowProbes {
  std::uint16_t unanswered = 0;
  std::uint16_t back_offs = 0;
  Time since{0};
  friend bool operator==(const WindowProbes&, const WindowProbes&) = default;
};

// One word, because every connection has many timers.
class TimerState {
 public:
  TimerState() = default;
  TimerState(bool armed, Time at) : word_(at.count() * 2 + (armed ? 1 : 0)) {}

  bool armed() const { return word_ % 2 != 0; }
  Time at() const { return Time(word_ / 2); }  // when it was last armed for
  void disarm() { word_ -= word_ % 2; }
  friend bool operator==(TimerState a, TimerState b) {
    return a.word_ == b.word_ || (!a.armed() && !b.armed());
  }

 private:
  std::int64_t word_ = 0;
};

// §3.7.1: what an MTU leaves for a segment's options and text.
constexpr std::uint16_t mss_of_mtu(std::uint16_t mtu) {
  return static_cast<std::uint16_t>(std::max(mtu, wire::kSmallestMtu) - wire::kIpv4HeaderBytes -
                                    wire::kTcpHeaderBytes);
}

struct Tcb {
  explicit Tcb(const Behaviour& behaviour)
      : settings(behaviour), link_mss(mss_of_mtu(behaviour.mtu)), rto(behaviour) {}

  Settings settings;

  State state = State::kClosed;
  OpenedBy opened_by = OpenedBy::kNobody;
  wire::Endpoint local;
  wire::Endpoint remote;
  SendSequence snd;
  ReceiveSequence rcv;
  std::uint16_t send_mss = 536;     // §3.7.1 MUST-15: what the peer's SYN said, else 536
  std::uint16_t link_mss;           // what this end's own MTU leaves (§3.7.1 MUST-16)
  std::uint16_t path_mss = 65'535;  // what the path's MTU leaves (RFC 1191), if ICMP told it
  Negotiated negotiated;
  TimestampState ts;
  std::optional<SynAckStamps> syn_ack_stamps;
  wire::Seq last_ack_sent;  // Last.ACK.sent of RFC 7323 §4.3
  ChallengeAcks challenge_acks;
  AckPace ack_pace;
  FastRetransmit fast_retransmit;
  Congestion congestion;
  Box<Loss> loss;
  WindowProbes probes;
  std::uint32_t keep_alive_probes = 0;  // unanswered
  std::optional<Signal> soft_error;     // the last error by ICMP (§3.9.2.2 SHLD-25)
  RetransmissionTimeout rto;
  std::array<TimerState, kTimerCount> timers{};

  TextQueue unsent;
  std::optional<wire::Seq> small_end;  // the end of the last segment that was not full
  SmallVector<Unacknowledged, 1> retransmission_queue;
  Reassembly reassembly;
  Reassembly::Pieces unread;  // in order, ready for RECEIVE
  std::size_t unread_octets = 0;
  std::optional<wire::Seq> urgent;  // the octet that RECEIVE skips; none once it has
  wire::SegmentId syn_origin = 0;   // the segment whose SYN set IRS

  bool fin_queued = false;  // CLOSE was called; the FIN waits for the text before it
  bool fin_sent = false;
  bool fin_acknowledged = false;
  bool fin_received = false;
  bool fin_unread = false;  // RECEIVE has not yet returned the end of the stream
  bool syn_retransmitted = false;
  bool was_listener = false;           // OPEN or SEND turned it active (§3.10.1, §3.10.2)
  bool reading_given_up = false;       // close() rather than shutdown()
  bool reading_shut = false;           // shutdown(SHUT_RD)
  bool outlives_socket = false;        // Linux: a whole TCB in FIN-WAIT-2 of a closed socket
  std::uint32_t resets_to_repeat = 0;  // mutant
  friend bool operator==(const Tcb&, const Tcb&) = default;
};

}  // namespace tcplab::tcp
