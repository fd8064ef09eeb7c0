// The choices that fields of Behaviour offer. The first value is what the specifications say,
// unless the field's row has another default.
#pragma once
#include <cstdint>

#include "base/time.hpp"

namespace tcplab::tcp {

using namespace std::chrono_literals;

// How a listener's SYN becomes an ESTABLISHED connection.
enum class Handshake : std::uint8_t {
  kThreeWay,  // RFC 9293 §3.5
  kTwoWay,    // mutant: ESTABLISHED as soon as the SYN has come
};

// How an active open becomes ESTABLISHED.
enum class ActiveOpen : std::uint8_t {
  kEstablishedOnSynAck,  // RFC 9293 §3.10.7.3, fourth
  kViaSynRcvd,           // mutant: passes through SYN_RCVD, as if the open were simultaneous
};

// Which end waits 2 MSL.
enum class TimeWait : std::uint8_t {
  kActiveCloser,   // RFC 9293 §3.6, figures 12 and 13
  kPassiveCloser,  // mutant
  kNobody,         // mutant
};

enum class FinStops : std::uint8_t {
  kOneDirection,    // RFC 9293 §3.6
  kBothDirections,  // mutant
};

// What FIN-WAIT-1 makes of a FIN that also acknowledges the local FIN.
enum class FinWithAck : std::uint8_t {
  kTimeWait,  // RFC 9293 figure 5, note 2
  kClosing,   // mutant
};

// RFC 9293 §3.10.7.4, second.
enum class RstCheck : std::uint8_t {
  kInWindow,            // RFC 793
  kExactElseChallenge,  // RFC 5961 §3.2
};

// RFC 9293 §3.10.7.4, fourth: a SYN in a synchronized state.
enum class SynCheck : std::uint8_t {
  kResetInWindow,  // RFC 793
  kChallenge,      // RFC 5961 §4.2
};

// RFC 9293 §3.10.7.4, fifth.
enum class AckCheck : std::uint8_t {
  kUpToSndNxt,    // RFC 793: any old ACK is a duplicate
  kWithinMaxWnd,  // RFC 5961 §5.2, MAY-12
  kWithinAcked,   // Linux's tcp_ack(): the same, and no number from before the connection
};

// RFC 9293 §3.6.1 MAY-2: which SYN may take the place of a connection in TIME-WAIT.
enum class TimeWaitReuse : std::uint8_t {
  kNever,
  kLaterSequence,  // a sequence number beyond all that the old connection used
  kTimestamps,     // RFC 6191 §2: timestamps decide first (SHLD-4)
};

// What becomes of a SYN that a connection in TIME-WAIT does not yield to.
enum class TimeWaitRefusal : std::uint8_t {
  kStepOne,                // RFC 9293 §3.10.7.4, first: an ACK answers what is unacceptable
  kDroppedWithTimestamps,  // RFC 6191 §2 "silently drop", where either end used timestamps
  kDropped,                // FreeBSD's tcp_twcheck(): without ACK nothing is answered
};

// What restarts the 2 MSL timer of TIME-WAIT. RFC 9293 §3.10.7.4 contradicts itself: its fifth and
// eighth steps let a repeated FIN restart it, but that FIN lies left of the window, so step one
// acknowledges and drops it.
enum class TimeWaitRestart : std::uint8_t {
  kRepeatedFin,  // the fifth step, and FreeBSD's tcp_twcheck(); the FIN is acknowledged, too
  kStepOne,      // nothing: a repeated FIN is only acknowledged
  kAnyAck,       // Linux's minisock: any segment with an ACK: tcp_timewait_state_process()
};

// RFC 7323 §4.3: when a segment's timestamp becomes TS.Recent.
enum class TsRecent : std::uint8_t {
  kBeforeRst,  // §5.3 R3: once the segment is in the window, whatever its RST, SYN and ACK
  kAfterAck,   // Linux's tcp_ack(): once its acknowledgment is acceptable, and not an old one
};

// How an acknowledgment measures the round-trip time if the two ends use timestamps.
enum class RoundTrip : std::uint8_t {
  kByTimestamp,  // RFC 7323 §4.1: what TSecr echoes
  kByOwnClock,   // Linux's tcp_ack_update_rtt(): the time since its oldest segment was sent, if no
                 // segment that it acknowledges was retransmitted
};

// SHLD-3: the RST that answers text after CLOSE. RFC 9293 gives it no number of its own.
enum class LateTextReset : std::uint8_t {
  kSndNxt,  // §3.10.5's form: the peer's RCV.NXT as soon as it has the FIN
  kSegAck,  // as without a TCB: one less while the FIN is unacknowledged (Linux, BSD)
};

// RFC 9293 §3.9.2.2: what hard ICMP errors do.
enum class HardErrors : std::uint8_t {
  kAbort,         // SHLD-26
  kAbortOpening,  // RFC 5927 §5.2: soft once the connection is synchronized
};

// What a listener's backlog limits; no RFC defines it.
enum class Backlog : std::uint8_t {
  kBothQueues,   // children in their handshake and children not yet accepted, together
  kEachQueue,    // Linux: each queue on its own, plus one: sk_acceptq_is_full(),
                 // inet_csk_reqsk_queue_is_full()
  kAcceptQueue,  // FreeBSD: the accept queue, to 3/2 of it plus one: solisten_clone()
};

// Where the half-open connections of listeners are kept.
enum class HalfOpenTable : std::uint8_t {
  kOfListener,  // as many as the backlog lets each listener have
  kOfHost,      // FreeBSD's SYN cache: one hash table; a full bucket drops its oldest entry
};

// Which port of the ephemeral range connect() takes (RFC 6056 §3).
enum class PortChoice : std::uint8_t {
  kInOrder,     // the one after the last, whatever the destination
  kRandom,      // §3.3.1: a random one, and on from there (FreeBSD's in_pcb_lport_dest())
  kDoubleHash,  // §3.3.4: the one after the last for this destination; Linux's
                // __inet_hash_connect() first tries ports of the same parity as the range's first
};

// Several listeners on one port, all with SO_REUSEPORT. RFC 9293 has no such option.
enum class ReusePort : std::uint8_t {
  kNoEffect,
  kSharesOut,  // Linux: a hash of the SYN's four-tuple picks its listener:
               // reuseport_select_sock()
  kNewest,     // FreeBSD: the newest listener gets every SYN: _in_pcbinshash_wild()
};

// The error of connect() to a pair of sockets that names a connection already (RFC 9293 §3.10.1).
enum class TakenPair : std::uint8_t {
  kAddressInUse,         // POSIX.1-2017 connect(): EADDRINUSE
  kAddressNotAvailable,  // Linux: EADDRNOTAVAIL, of __inet_check_established()
};

// A segment with an option whose length cannot be. RFC 9293 §3.1, MUST-7: it must do no harm.
enum class BadOptionLength : std::uint8_t {
  kDropsSegment,
  kEndsOptions,  // the segment is processed with the options before it
};

// An ICMP error about the SYN,ACK of a listener's half-open connection.
enum class IcmpInSynRcvd : std::uint8_t {
  kAsAnyOpening,  // RFC 9293 §3.9.2.2
  kUnreachable,   // Linux's tcp_req_err(): net or host unreachable, time exceeded and parameter
                  // problem end it; RFC 1122's hard errors do not
  kSecond,        // FreeBSD's syncache_unreach(): a second one ends it, after three retransmissions
};

// A SYN,ACK to a listener's half-open connection.
enum class SynAckInSynRcvd : std::uint8_t {
  kAsAnySyn,  // RFC 9293 §3.10.7.4
  kResets,    // FreeBSD's syncache_badack(): it ends the connection, and a RST answers it
};

// What becomes of half-open connections whose listener is closed; RFC 9293 does not say.
enum class ListenerClose : std::uint8_t {
  kResets,   // each is aborted
  kForgets,  // Linux: silently, at the next timeout or segment: reqsk_timer_handler(),
             // tcp_v4_rcv()
  kKeeps,    // FreeBSD: until the last SYN,ACK times out: syncache_timer()
};

// How a SYN cookie keeps the SYN's options.
enum class CookieLayout : std::uint8_t {
  kTimestampBits,  // Linux: 4 classes of MSS in the ISN, the rest in 6 bits of TSval: syncookies.c
  kIsnBits,        // FreeBSD: all in 8 bits of the ISN: syncookie_generate()
};

// RFC 4987 §3.6
enum class SynCookies : std::uint8_t { kNever, kOnOverflow, kAlways };

// RFC 7323 §3.2: a segment without the timestamps that were negotiated.
enum class MissingTimestamp : std::uint8_t {
  kDropped,   // "SHOULD be dropped silently"
  kAccepted,  // Linux
};

// RFC 9293 contradicts itself on the SYN,ACK that crosses ours in a simultaneous open: figure 7
// shows it lead to ESTABLISHED, §3.10.7.4 step one finds it left of the window.
enum class CrossingSynAck : std::uint8_t { kFigure7, kStepOne };

// A repeated SYN in SYN-RECEIVED: step one answers it with an ACK, like any unacceptable segment;
// stacks send their SYN,ACK again.
enum class RepeatedSyn : std::uint8_t {
  kAck,
  kSynAck,      // Linux, which also restarts the timeout: tcp_check_req()
  kSynAckAnew,  // FreeBSD, whatever the SYN's number; the RTO and the retransmission count start
                // again: syncache_add()
};

// Text and FIN of a SYN or SYN,ACK.
enum class TextWithSyn : std::uint8_t {
  kQueued,   // RFC 9293 §3.10.7.2, §3.10.7.3: "queued for processing later"
  kIgnored,  // Linux's tcp_rcv_synsent_state_process(), tcp_conn_request(): the peer repeats it
  kIgnoredInSyn,  // FreeBSD's syncache_add(); what comes with a SYN,ACK is queued
};

// A SYN that also has FIN, to a listener.
enum class SynFin : std::uint8_t {
  kOpens,    // RFC 9293 §3.10.7.2: the FIN is queued
  kDropped,  // Linux: tcp_rcv_state_process(), LISTEN
};

// A wrong ACK number in SYN-RECEIVED, where a listener's connection is half open.
enum class WrongAckInSynRcvd : std::uint8_t {
  kAfterSequence,  // RFC 9293 §3.10.7.4: the fifth step
  kFirst,          // Linux: before timestamps and sequence number: tcp_check_req()
};

// Another SYN in the window of a listener's half-open connection.
enum class SynInSynRcvd : std::uint8_t {
  kReturnsToListen,  // RFC 9293 §3.10.7.4, fourth: in silence
  kResets,           // Linux: embryonic_reset of tcp_check_req(), unless it is the same SYN
};

// The options of the SYN,ACK that answers a SYN in SYN-SENT.
enum class SimultaneousSynAck : std::uint8_t {
  kAgrees,     // RFC 7323 §1.3, RFC 2018 §2: what the other SYN offered
  kOffersAll,  // Linux's tcp_send_synack(): what its own SYN offered; RTT counts from it
};

// A RST that refuses a listener turned active: §3.10.7.3 deletes the TCB, §3.5 has both
// non-synchronized states return to LISTEN.
enum class RefusedListener : std::uint8_t { kClosed, kListen };

// The state of the end that sends a RST: §3.10.5 deletes the TCB, §3.5.2 enters TIME-WAIT.
enum class RstIssuer : std::uint8_t { kClosed, kTimeWait };

// CLOSE in SYN-RECEIVED with text that waits: §3.10.4 queues it until ESTABLISHED, figure 5 enters
// FIN-WAIT-1 at once.
enum class CloseInSynRcvd : std::uint8_t { kQueued, kFigure5 };

// Whether the end that gives a connection up sends a RST. RFC 9293 §3.10.8 sends nothing.
enum class GiveUpReset : std::uint8_t {
  kNever,
  kAfterKeepAlive,  // Linux: only when keep-alive probes were not answered
  kAlways,          // BSD
};

// The RST of the end that gives a connection up.
enum class ActiveReset : std::uint8_t {
  kSeq,        // RFC 9293 §3.10.5: <SEQ=SND.NXT><CTL=RST>
  kSeqAndAck,  // Linux's tcp_send_active_reset(), BSD's tcp_outflags: <ACK=RCV.NXT><CTL=RST,ACK>
};

// Which error a RST gives the user.
enum class ResetError : std::uint8_t {
  kByActiveOpen,  // RFC 9293 §3.10.7: refused in SYN-SENT, and in SYN-RECEIVED after an active open
  // Linux's tcp_reset(): refused in SYN-SENT alone; in CLOSE-WAIT only sending is broken (EPIPE).
  kByState,
};

// When CLOSE in CLOSE-WAIT enters LAST-ACK if text is still unsent.
enum class CloseInCloseWait : std::uint8_t {
  kWithFin,  // RFC 9293 §3.10.4
  kAtOnce,   // Linux's tcp_close_state()
};

// RFC 9293 §3.7.4: which text waits while something is unacknowledged.
enum class Nagle : std::uint8_t {
  kAnySmall,    // SHLD-7: all that is less than a full segment
  kAfterSmall,  // Linux's tcp_minshall_check(): only while a small segment is unacknowledged
};

// What becomes of unread text when a RST or a timeout ends the connection.
enum class UnreadAtEnd : std::uint8_t {
  kFlushed,   // RFC 9293 §3.10.7.4, second: "all segment queues should be flushed"
  kReadable,  // Linux's tcp_reset(): recv() hands it over before the error
};

// In which states close() answers unread text with a RST.
enum class UnreadAtClose : std::uint8_t {
  kUntilBothFins,  // RFC 9293 §3.10.5: none leaves in CLOSING, LAST-ACK and TIME-WAIT
  kAlways,         // Linux's __tcp_close(): as long as the socket has a connection
};

// Which segments are acceptable (RFC 9293 §3.10.7.4, first).
enum class WindowCheck : std::uint8_t {
  kFourCases,  // §3.4's table: some number of the segment lies in the window
  // Linux's tcp_sequence(): the segment touches the last advertised window, edges included, and its
  // end may lie beyond only while nothing is unread. In SYN-RECEIVED tcp_in_window(): an empty
  // segment may stand at the right edge.
  kTouches,
};

// Which segments update SND.WND.
enum class WindowUpdate : std::uint8_t {
  kBySeqAndAck,  // RFC 9293 §3.10.7.4, fifth
  // Linux's tcp_may_update_window(): with a new ACK, a later SEQ, or the same SEQ and a window that
  // is larger or zero.
  kNoShrinking,
};

// What is kept of a connection in TIME-WAIT, and in FIN-WAIT-2 once its socket is closed.
enum class TimeWaitTcb : std::uint8_t {
  kWhole,     // RFC 9293: segments go through the steps of §3.10.7.4
  kMinisock,  // Linux's tcp_timewait_state_process(): SND.NXT, RCV.NXT, RCV.WND, TS.Recent
};

// SHLD-3: which segments a socket that no longer reads answers with a RST.
enum class LateText : std::uint8_t {
  kNew,     // text that was not received before
  kBeyond,  // Linux's tcp_rcv_state_process(): also text at the window's end, and a FIN after a gap
};

// RFC 9293 §3.8.6.1: what a probe of a closed window carries.
enum class WindowProbe : std::uint8_t {
  kText,   // "at least one octet of new data": SHLD-30
  kEmpty,  // Linux's tcp_xmit_probe_skb(): nothing, at SND.UNA-1
};

// How long a delayed acknowledgment waits (RFC 9293 §3.8.6.3).
enum class AckDelay : std::uint8_t {
  kFixed,
  kAdaptive,  // Linux's tcp_event_data_recv(): not at first, then by the time between segments
};

// RFC 9293 §3.8.4
struct KeepAlive {
  Duration idle = 2h;        // MUST-28: at least two hours by default
  Duration interval = 75s;   // between unanswered probes
  std::uint16_t probes = 9;  // unanswered ones after which the connection is dead (MUST-29)
  friend bool operator==(const KeepAlive&, const KeepAlive&) = default;
};

}  // namespace tcplab::tcp
