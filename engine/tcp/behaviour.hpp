// Every decision that RFC 9293 makes and that could be made differently, as one field each. Right
// values form profiles; a wrong value is a misconception, and a mutant is a profile with one.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

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

// Who waits 2MSL.
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
  kWithinAcked,   // Linux's tcp_ack(): the same, and nothing from before the connection
};

// RFC 9293 §3.6.1 MAY-2: which SYN may take the place of a connection in TIME-WAIT.
enum class TimeWaitReuse : std::uint8_t {
  kNever,
  kLaterSequence,  // a sequence number beyond all that was used
  kTimestamps,     // RFC 6191 §2: timestamps decide first (SHLD-4)
};

// What becomes of a SYN that a connection in TIME-WAIT does not yield to.
enum class TimeWaitRefusal : std::uint8_t {
  kStepOne,                // RFC 9293 §3.10.7.4, first: an ACK answers what is unacceptable
  kDroppedWithTimestamps,  // RFC 6191 §2 "silently drop", where either end used timestamps
  kDropped,                // FreeBSD's tcp_twcheck(): without ACK nothing is answered
};

// RFC 7323 §4.3: when a segment's timestamp becomes TS.Recent.
enum class TsRecent : std::uint8_t {
  kBeforeRst,  // §5.3 R3: once the segment is in the window, whatever its RST, SYN and ACK
  kAfterAck,   // Linux's tcp_ack(): once its acknowledgment is acceptable, and not an old one
};

// SHLD-3: the RST that answers text after CLOSE. RFC 9293 gives it no number of its own.
enum class LateTextReset : std::uint8_t {
  kSndNxt,  // §3.10.5's form: the peer's RCV.NXT as soon as it has the FIN
  kSegAck,  // as without a TCB: one below that while the FIN is unacknowledged (Linux, BSD)
};

// RFC 9293 §3.9.2.2: what hard ICMP errors do.
enum class HardErrors : std::uint8_t {
  kAbort,         // SHLD-26
  kAbortOpening,  // RFC 5927 §5.2: soft once the connection is synchronized
};

// What a listener's backlog bounds: no RFC says.
enum class Backlog : std::uint8_t {
  kBothQueues,   // children whose handshake is not over and those not accepted, together
  kEachQueue,    // Linux: each queue apart, and one more in each: sk_acceptq_is_full(),
                 // inet_csk_reqsk_queue_is_full()
  kAcceptQueue,  // FreeBSD: 3/2 of it and one more wait for accept(): solisten_clone()
};

// Where half-open connections are kept that listeners have not yet seen completed.
enum class HalfOpenTable : std::uint8_t {
  kOfListener,  // as many as the backlog lets each listener have
  kOfHost,      // FreeBSD's SYN cache: one hash table, of whose full bucket the oldest entry goes
};

// Which port of the ephemeral range connect() takes (RFC 6056 §3).
enum class PortChoice : std::uint8_t {
  kInOrder,     // the one after the last, whatever the destination
  kRandom,      // §3.3.1: a random one, and on from there (FreeBSD's in_pcb_lport_dest())
  kDoubleHash,  // §3.3.4: on from the last of this destination; Linux's __inet_hash_connect() tries
                // those as even as the first of the range before the others
};

// Several listeners on one port, all with SO_REUSEPORT. RFC 9293 has no such option.
enum class ReusePort : std::uint8_t {
  kNoEffect,
  kSharesOut,  // Linux: a hash of its four-tuple picks the listener of a SYN:
               // reuseport_select_sock()
  kNewest,     // FreeBSD: the last that began to listen has every SYN: _in_pcbinshash_wild()
};

// A segment with an option whose length cannot be. RFC 9293 §3.1, MUST-7: it must do no harm.
enum class BadOptionLength : std::uint8_t {
  kDropsSegment,
  kEndsOptions,  // those before it count, and so does the segment
};

// An ICMP error about the SYN,ACK of a listener's half-open connection.
enum class IcmpInSynRcvd : std::uint8_t {
  kAsAnyOpening,  // RFC 9293 §3.9.2.2
  kUnreachable,   // Linux's tcp_req_err(): net or host unreachable, time exceeded and parameter
                  // problem end it, what RFC 1122 calls hard does not
  kSecond,        // FreeBSD's syncache_unreach(): the second error, after three retransmissions
};

// A SYN,ACK to a listener's half-open connection.
enum class SynAckInSynRcvd : std::uint8_t {
  kAsAnySyn,  // RFC 9293 §3.10.7.4
  kResets,    // FreeBSD's syncache_badack(): it ends the connection, and a RST answers it
};

// What becomes of half-open connections whose listener is closed. RFC 9293 knows no such thing.
enum class ListenerClose : std::uint8_t {
  kResets,   // each is aborted
  kForgets,  // Linux: at its next timeout or segment, in silence: reqsk_timer_handler(),
             // tcp_v4_rcv()
  kKeeps,    // FreeBSD: until the last SYN,ACK is in vain: syncache_timer()
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

// A SYN that comes again in SYN-RECEIVED: step one answers it like all that is unacceptable, stacks
// send their SYN,ACK again.
enum class RepeatedSyn : std::uint8_t {
  kAck,
  kSynAck,      // Linux, and the timeout begins anew: tcp_check_req()
  kSynAckAnew,  // FreeBSD, whatever the SYN's number, and all repetitions begin anew:
                // syncache_add()
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
  kOffersAll,  // Linux's tcp_send_synack(): what its own SYN offered, in a segment of its own time
};

// A RST that refuses a listener turned active: §3.10.7.3 deletes the TCB, §3.5 has both
// non-synchronized states return to LISTEN.
enum class RefusedListener : std::uint8_t { kClosed, kListen };

// Who sends a RST: §3.10.5 deletes the TCB, §3.5.2 wants TIME-WAIT entered.
enum class RstIssuer : std::uint8_t { kClosed, kTimeWait };

// CLOSE in SYN-RECEIVED with text that waits: §3.10.4 queues it until ESTABLISHED, figure 5 enters
// FIN-WAIT-1 at once.
enum class CloseInSynRcvd : std::uint8_t { kQueued, kFigure5 };

// Whether who gives a connection up tells the peer. RFC 9293 §3.10.8 sends nothing.
enum class GiveUpReset : std::uint8_t {
  kNever,
  kAfterKeepAlive,  // Linux: the probes were in vain, but a RST is tried
  kAlways,          // BSD
};

// The RST of the end that gives a connection up.
enum class ActiveReset : std::uint8_t {
  kSeq,        // RFC 9293 §3.10.5: <SEQ=SND.NXT><CTL=RST>
  kSeqAndAck,  // Linux's tcp_send_active_reset(), BSD's tcp_outflags: <ACK=RCV.NXT><CTL=RST,ACK>
};

// What the user is told of a RST.
enum class ResetError : std::uint8_t {
  kByActiveOpen,  // RFC 9293 §3.10.7: refused in SYN-SENT and in a SYN-RECEIVED that it led to
  // Linux's tcp_reset(): refused in SYN-SENT alone; in CLOSE-WAIT only sending is broken (EPIPE).
  kByState,
};

// When CLOSE in CLOSE-WAIT with text that waits leads to LAST-ACK.
enum class CloseInCloseWait : std::uint8_t {
  kWithFin,  // RFC 9293 §3.10.4
  kAtOnce,   // Linux's tcp_close_state()
};

// RFC 9293 §3.7.4: which text waits while something is unacknowledged.
enum class Nagle : std::uint8_t {
  kAnySmall,    // SHLD-7: all that is less than a full segment
  kAfterSmall,  // Linux's tcp_minshall_check(): only while a small segment is unacknowledged
};

// What was received and not read when a RST or a timeout ends the connection.
enum class UnreadAtEnd : std::uint8_t {
  kFlushed,   // RFC 9293 §3.10.7.4, second: "all segment queues should be flushed"
  kReadable,  // Linux's tcp_reset(): recv() hands it over before the error
};

// In which states close() finds unread text worth a RST.
enum class UnreadAtClose : std::uint8_t {
  kUntilBothFins,  // RFC 9293 §3.10.5: none leaves in CLOSING, LAST-ACK and TIME-WAIT
  kAlways,         // Linux's __tcp_close(): as long as the socket has a connection
};

// Which segments RFC 9293 §3.10.7.4, first, lets in.
enum class WindowCheck : std::uint8_t {
  kFourCases,  // §3.4's table: some number of the segment lies in the window
  // Linux's tcp_sequence(): it touches the window as last told, edges included, and its end lies
  // beyond only while nothing waits to be read. In SYN-RECEIVED tcp_in_window(): what is empty may
  // stand at the right edge.
  kTouches,
};

// Which segments tell SND.WND.
enum class WindowUpdate : std::uint8_t {
  kBySeqAndAck,  // RFC 9293 §3.10.7.4, fifth
  // Linux's tcp_may_update_window(): with a new ACK, a later SEQ, or the same and a window that is
  // larger or closed.
  kNoShrinking,
};

// What is kept of a connection in TIME-WAIT, and in FIN-WAIT-2 once its socket is closed.
enum class TimeWaitTcb : std::uint8_t {
  kWhole,     // RFC 9293: segments go through the steps of §3.10.7.4
  kMinisock,  // Linux's tcp_timewait_state_process(): SND.NXT, RCV.NXT, RCV.WND, TS.Recent
};

// SHLD-3: what a socket that reads no more answers with a RST.
enum class LateText : std::uint8_t {
  kNew,     // text that was not received before
  kBeyond,  // Linux's tcp_rcv_state_process(): also what lies outside, and a FIN behind a gap
};

// RFC 9293 §3.8.6.1: what asks about a closed window.
enum class WindowProbe : std::uint8_t {
  kText,   // "at least one octet of new data": SHLD-30
  kEmpty,  // Linux's tcp_xmit_probe_skb(): nothing, at SND.UNA-1
};

// How long RFC 9293 §3.8.6.3's acknowledgment waits.
enum class AckDelay : std::uint8_t {
  kFixed,
  kAdaptive,  // Linux's tcp_event_data_recv(): at once at first, then as the text comes
};

// RFC 9293 §3.8.4
struct KeepAlive {
  Duration idle = 2h;        // MUST-28: at least two hours by default
  Duration interval = 75s;   // between probes that nobody answers
  std::uint16_t probes = 9;  // unanswered ones after which the connection is dead (MUST-29)
  friend bool operator==(const KeepAlive&, const KeepAlive&) = default;
};

// Beliefs that no specification allows, each on its own: false in every profile.
struct Wrong {
  bool ack_is_last_octet = false;         // ACK = the last number received, not the next
  bool segments_take_one_number = false;  // SEQ counts segments
  bool isn_is_zero = false;
  bool isn_is_random = false;              // without RFC 6528's clock
  bool listener_is_busy = false;           // one handshake at a time
  bool handshake_on_accept = false;        // nothing is sent before accept()
  bool third_segment_is_pure_ack = false;  // only that completes a handshake
  bool third_ack_takes_no_text = false;    // text waits for a segment of its own
  bool mss_is_the_smaller = false;         // of both ends'
  bool window_scale_of_one_end = false;
  bool syn_window_is_scaled = false;
  bool closed_is_silent = false;     // no RST without a connection
  bool rst_repeats_the_isn = false;  // RST to a SYN: SEQ = SEG.SEQ
  bool rto_is_constant = false;
  bool fin_wait_1_is_close_wait = false;  // the names of the two are swapped
  bool close_wait_ends = false;           // by a timer
  bool fin_without_ack = false;
  bool fin_ack_of_its_own = false;  // a FIN is acknowledged at once, in a segment of its own
  bool no_closing = false;          // FIN-WAIT-1 goes to TIME-WAIT by any FIN
  bool fin_wait_2_ends = false;     // for every socket
  bool time_wait_is_one_round_trip = false;
  bool time_wait_never_restarts = false;
  bool time_wait_takes_any_syn = false;
  bool rst_is_acknowledged = false;
  bool rst_is_unchecked = false;
  bool rst_is_repeated = false;  // until the peer must have it
  bool killed_process_resets = false;
  bool timeout_sends_rst = false;
  bool closed_answers_fin = false;
  bool syn_replaces = false;  // a SYN makes an old connection go
  bool unacceptable_is_silent = false;
  bool syn_rcvd_lasts = false;  // for ever
  bool cookie_keeps_options = false;
  friend bool operator==(const Wrong&, const Wrong&) = default;
};

struct Behaviour {
  // Sequence numbers taken by SYN and FIN (RFC 9293 §3.4: one) and by a pure ACK (none).
  std::uint32_t syn_length = 1;
  std::uint32_t fin_length = 1;
  std::uint32_t pure_ack_length = 0;

  Handshake handshake = Handshake::kThreeWay;
  ActiveOpen active_open = ActiveOpen::kEstablishedOnSynAck;
  TimeWait time_wait = TimeWait::kActiveCloser;
  FinStops fin_stops = FinStops::kOneDirection;
  FinWithAck fin_with_ack = FinWithAck::kTimeWait;

  RstCheck rst_check = RstCheck::kInWindow;
  SynCheck syn_check = SynCheck::kResetInWindow;
  AckCheck ack_check = AckCheck::kUpToSndNxt;
  CrossingSynAck crossing_syn_ack = CrossingSynAck::kFigure7;
  RepeatedSyn repeated_syn = RepeatedSyn::kAck;
  RefusedListener refused_listener = RefusedListener::kClosed;
  RstIssuer rst_issuer = RstIssuer::kClosed;
  CloseInSynRcvd close_in_syn_rcvd = CloseInSynRcvd::kQueued;
  // shutdown() in SYN-RECEIVED waits for ESTABLISHED, text or not. Linux since 6.9: tcp_shutdown().
  bool shutdown_waits_in_syn_rcvd = false;
  SynFin syn_fin = SynFin::kOpens;
  WrongAckInSynRcvd wrong_ack_in_syn_rcvd = WrongAckInSynRcvd::kAfterSequence;
  SynInSynRcvd syn_in_syn_rcvd = SynInSynRcvd::kReturnsToListen;
  // RFC 7323 §5.2 exempts RSTs from PAWS; Linux does not in SYN-RECEIVED: tcp_check_req().
  bool paws_covers_rst_in_syn_rcvd = false;
  // TSecr of the third segment must be a TSval of the SYN,ACK. Linux since 6.15: tcp_check_req().
  bool echo_is_checked_in_syn_rcvd = false;
  // SYN-RECEIVED after SYN-SENT takes SEG.ACK = ISS for good, and the SYN stays unacknowledged.
  // Linux: tcp_ack() of tcp_rcv_state_process().
  bool iss_completes_simultaneous_open = false;
  TimeWaitReuse time_wait_reuse = TimeWaitReuse::kTimestamps;  // SHLD-4
  TimeWaitRefusal time_wait_refusal = TimeWaitRefusal::kDroppedWithTimestamps;
  // MAY-2: a SYN at RCV.NXT takes the first number that the connection in TIME-WAIT has not used.
  // Linux and BSD want it to be after that.
  bool time_wait_yields_at_rcv_nxt = true;
  // Linux's tcp_tw_reuse 1: connect() takes the place of a connection in TIME-WAIT whose timestamps
  // tell the two apart, once its last timestamp is as old as tcp_tw_reuse_delay.
  bool connect_over_time_wait = false;
  Duration connect_over_time_wait_after = 1s;
  // RFC 1337 §3, F1: a RST does not end TIME-WAIT.
  bool time_wait_ignores_rst = false;
  // RFC 9293 §3.6.1 MAY-1 and SHLD-3: close() also gives up reading, so unread or later text is
  // answered by RST. RFC 9293's own CLOSE is shutdown(SHUT_WR).
  bool close_gives_up_reading = true;
  LateTextReset late_text_reset = LateTextReset::kSndNxt;

  Duration msl = 2min;               // RFC 9293 §3.4.2
  Duration initial_rto = 1s;         // RFC 6298 §2.1
  Duration min_rto = 1s;             // RFC 6298 §2.4
  Duration max_rto = 60s;            // RFC 6298 §2.5
  Duration rto_after_lost_syn = 3s;  // RFC 6298 §5.7
  Duration clock_granularity = 1ms;  // G of RFC 6298 §2: 4 * RTTVAR counts as no less
  Duration rto_slop{0};              // on top of every RTO that comes from samples (BSD)
  // R2 of RFC 9293 §3.8.3 as a time since what is outstanding was first sent: nullopt leaves it to
  // the retransmissions below.
  std::optional<Duration> syn_user_timeout = 3min;  // MUST-23
  std::optional<Duration> user_timeout = 5min;      // §3.9.1.1; SHLD-11 wants 100 s or more
  // R1 and R2 as numbers of retransmissions; 0: no limit.
  std::uint16_t r1 = 3;  // SHLD-10
  std::uint16_t syn_retries = 0;
  std::uint16_t syn_ack_retries = 0;
  std::uint16_t data_retries = 0;
  // R2 of data as a time since its first retransmission.
  std::optional<Duration> data_give_up;
  // The same once the application has closed the socket; nullopt: as before it.
  std::optional<Duration> orphan_give_up;
  GiveUpReset give_up_reset = GiveUpReset::kNever;
  // Timeouts of a SYN before the first that doubles the RTO (Linux's tcp_syn_linear_timeouts).
  std::uint16_t syn_linear_timeouts = 0;

  // Long text leaves so many segments at a time, and the last of them has PSH; 0: PSH is where text
  // ends. Linux: tcp_tso_autosize(), __tcp_transmit_skb().
  std::uint8_t segments_per_push = 0;
  bool nagle = false;  // RFC 9293 §3.7.4 SHLD-7
  Nagle nagle_waits = Nagle::kAnySmall;
  Duration delayed_ack{0};  // RFC 9293 §3.8.6.3 SHLD-18, MUST-40: below 0.5 s; 0: at once
  KeepAlive keep_alive;     // for connections that switch it on (MUST-24, MUST-25)
  // How long a closed socket may stay in FIN-WAIT-2; nullopt: for ever, as RFC 9293 has it.
  std::optional<Duration> fin_wait_2_timeout;
  // RFC 9293 §3.9.2.2 MUST-56: soft ICMP errors abort nothing; stacks end an open with them.
  bool soft_errors_abort_opening = false;
  HardErrors hard_errors = HardErrors::kAbort;
  // RFC 5927 §4.1 wants a number in flight; Linux takes SND.NXT too: tcp_v4_err().
  bool icmp_may_quote_snd_nxt = false;
  // RFC 5961 §7: challenge ACKs of a connection in such a time.
  std::uint16_t challenge_acks = 10;
  Duration challenge_ack_time = 5s;
  // Linux's tcp_invalid_ratelimit: what answers an unacceptable segment without text counts too.
  bool unacceptable_acks_throttled = false;
  WindowCheck window_check = WindowCheck::kFourCases;
  // RFC 9293 §3.10.7.4 looks at the sequence number before the ACK bit; Linux drops a segment with
  // neither ACK, RST nor SYN before all else.
  bool control_bits_come_first = false;
  // What ESTABLISHED expects next, with the same window as before, is taken before its ACK is
  // judged: Linux's fast path, tcp_rcv_established().
  bool predicts_headers = false;
  // After the FIN, text from before it with another FIN at RCV.NXT takes one more number. Linux:
  // tcp_data_queue().
  bool second_fin_takes_number = false;
  Backlog backlog = Backlog::kBothQueues;
  HalfOpenTable half_open_table = HalfOpenTable::kOfListener;
  // FreeBSD's net.inet.tcp.syncache.hashsize and bucketlimit.
  std::uint16_t syn_cache_buckets = 512;
  std::uint16_t syn_cache_bucket_limit = 30;
  ListenerClose listener_close = ListenerClose::kResets;
  IcmpInSynRcvd icmp_in_syn_rcvd = IcmpInSynRcvd::kAsAnyOpening;
  SynAckInSynRcvd syn_ack_in_syn_rcvd = SynAckInSynRcvd::kAsAnySyn;
  // Ephemeral ports, both ends included. RFC 9293 leaves them to the host.
  std::uint16_t first_port = 40'000;
  std::uint16_t last_port = 65'535;
  PortChoice port_choice = PortChoice::kInOrder;
  ReusePort reuse_port = ReusePort::kNoEffect;
  BadOptionLength bad_option_length = BadOptionLength::kDropsSegment;
  // Linux's tcp_max_syn_backlog: without cookies, half-open connections leave a quarter of it free
  // for peers that are known to be real: tcp_conn_request().
  std::optional<std::uint32_t> max_syn_backlog;
  // Linux gives half-open connections up early while they fill more than half of a listener's
  // queue: reqsk_timer_handler().
  bool prunes_syn_queue = false;
  // TCP_DEFER_ACCEPT counts the SYN,ACK's timeouts that make up its time, and once a bare ACK has
  // come only the last of them repeats the SYN,ACK. Linux: syn_ack_recalc().
  bool defer_accept_counts_timeouts = false;
  // On top of every timeout of a SYN,ACK but the first (FreeBSD: syncache_timeout()).
  Duration syn_ack_slop{0};
  std::uint32_t largest_backlog = 65'535;  // what listen() silently makes of more
  bool reset_on_overflow = false;  // Linux's tcp_abort_on_overflow: a full accept queue answers RST
  SynCookies syn_cookies = SynCookies::kNever;
  CookieLayout cookie_layout = CookieLayout::kTimestampBits;
  std::uint16_t mss = 1460;  // octets, sent in our SYN (§3.7.1)
  // Of this end's own link: MUST-16 bounds what it sends by the largest datagram that IP takes.
  std::uint16_t mtu = 1500;
  // What is taken for a peer's MSS that is less; no RFC has a floor, and without one a SYN could
  // ask for a segment an octet (Linux's tcp_min_snd_mss).
  std::uint16_t least_send_mss = 48;
  std::uint32_t receive_buffer = 65'535;  // octets, at most 2^30 (RFC 7323 §2.3)

  // RFC 7323 §2: offers window scaling with this shift count, 0 to 14, if the option is to be sent.
  std::optional<std::uint8_t> window_shift;
  // RFC 7323 §3: offers timestamps, and with them PAWS (§5) and a round-trip sample from every
  // acknowledgment (§4).
  bool timestamps = false;
  MissingTimestamp missing_timestamp = MissingTimestamp::kDropped;
  // PAWS: a pure ACK with an old timestamp is taken where it only repeats, and passed over where it
  // lies left of the window. RFC 7323 §5.3 answers both.
  bool paws_spares_acks = false;
  TsRecent ts_recent = TsRecent::kBeforeRst;
  TextWithSyn text_with_syn = TextWithSyn::kQueued;
  SimultaneousSynAck simultaneous_syn_ack = SimultaneousSynAck::kAgrees;
  Duration timestamp_tick = 1ms;           // RFC 7323 §5.4: 1 ms to 1 s
  Duration timestamp_lifetime = 24 * 24h;  // RFC 7323 §5.5: then TS.Recent is outdated
  bool sack_permitted = false;             // RFC 2018 §2; the lab sends no SACK blocks

  ActiveReset active_reset = ActiveReset::kSeq;
  // RFC 7323 §3.2 leaves it open whether a RST that answers a segment has timestamps.
  bool answering_reset_has_timestamps = true;
  // SYN-SENT, an ACK of what was not sent: the first SYN goes again so soon. RFC 9293 leaves it to
  // the retransmission timer.
  std::optional<Duration> syn_after_wrong_ack;
  // After a FIN its sender's next number may not have told it of the end: a RST one before RCV.NXT
  // is as good as one at RCV.NXT.
  bool rst_before_fin_is_exact = false;
  UnreadAtEnd unread_at_end = UnreadAtEnd::kFlushed;
  UnreadAtClose unread_at_close = UnreadAtClose::kUntilBothFins;
  ResetError reset_error = ResetError::kByActiveOpen;
  // send() on a socket without a connection: POSIX has ENOTCONN. Linux: sk_stream_wait_connect().
  bool send_breaks_pipe_unconnected = false;
  // shutdown() is no error before the connection is open; in SYN-SENT it gives the open up,
  // whichever direction it names.
  bool shutdown_while_opening = false;
  CloseInCloseWait close_in_close_wait = CloseInCloseWait::kWithFin;
  WindowUpdate window_update = WindowUpdate::kBySeqAndAck;
  TimeWaitTcb time_wait_tcb = TimeWaitTcb::kWhole;
  LateText late_text = LateText::kNew;
  WindowProbe window_probe = WindowProbe::kText;
  // Probes that nobody answers after which the connection is given up; 0: no limit.
  std::uint16_t unanswered_probes = 0;
  AckDelay ack_delay = AckDelay::kFixed;
  // A FIN rides on the last text that waits, rather than in a segment of its own.
  bool fin_joins_text = false;
  // What is sent again begins at SND.UNA, and takes in what follows as far as it fits.
  bool retransmission_starts_at_una = false;
  bool retransmission_collapses = false;
  // RFC 6298 §5.3: an ACK of new data restarts the timer. Linux's tcp_clean_rtx_queue() wants a
  // whole segment acknowledged.
  bool partial_ack_restarts_timer = true;
  // RFC 5681 §3.2: duplicate ACKs that have the oldest segment sent again; 0: none do.
  std::uint8_t duplicate_acks = 0;
  // RFC 5681 §3.1: the loss window; after a timeout nothing new leaves until something is
  // acknowledged. All that the lab has of congestion control.
  bool timeout_holds_new_text = false;
  // The window offered at first is a whole number of segments.
  bool window_is_whole_segments = false;
  // A scaled window is rounded up, and told anew with every ACK.
  bool scaled_window_rounds_up = false;
  // An ACK's SEQ is SND.NXT only as far as the peer's window reaches.
  bool ack_stays_in_window = false;
  // A FIN that arrives takes its number out of the window, whose right edge stays.
  bool fin_takes_window = false;

  bool keep_alive_by_default = false;  // MUST-25
  Wrong wrong;

  friend bool operator==(const Behaviour&, const Behaviour&) = default;
};

// Named right behaviours.
struct ProfileValue;  // tcp/provenance.hpp
struct Profile {
  std::string_view id;
  Behaviour behaviour;
  std::span<const std::span<const ProfileValue>> values;  // that make it, each with its source
};
std::span<const Profile> profiles();
const Profile* find_profile(std::string_view id);

// A named wrong behaviour: one or more fields changed.
struct Mutant {
  std::string_view id;
  std::string_view misconception;  // its number in exercises/misconceptions.json
  void (*apply)(Behaviour&);
  std::string_view also = {};  // another that would answer the same
};
std::span<const Mutant> mutants();
const Mutant* find_mutant(std::string_view id);

}  // namespace tcplab::tcp
