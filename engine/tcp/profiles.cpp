// Right behaviours: the specifications, and real stacks as their documentation and sources tell
// them. What a source does not tell stays as RFC 9293 has it.
#include "tcp/behaviour.hpp"

namespace tcplab::tcp {
namespace {

void follow_rfc5961(Behaviour& b) {
  b.rst_check = RstCheck::kExactElseChallenge;
  b.syn_check = SynCheck::kChallenge;
  b.ack_check = AckCheck::kWithinMaxWnd;
}

Behaviour rfc9293_with_5961() {
  Behaviour b;
  follow_rfc5961(b);
  return b;
}

// What today's stacks share: RFC 5961, RFC 7323, RFC 2018, Nagle, and limits by retransmissions.
Behaviour stack() {
  Behaviour b;
  follow_rfc5961(b);
  b.timestamps = true;
  b.sack_permitted = true;
  b.nagle = true;
  b.user_timeout.reset();
  b.syn_user_timeout.reset();
  b.time_wait_reuse = TimeWaitReuse::kLaterSequence;
  b.time_wait_refusal = TimeWaitRefusal::kStepOne;
  b.time_wait_yields_at_rcv_nxt = false;
  b.late_text_reset = LateTextReset::kSegAck;
  return b;
}

// Linux 6.x: Documentation/networking/ip-sysctl.rst, include/net/tcp.h.
Behaviour linux_6() {
  Behaviour b = stack();
  b.syn_retries = 6 + 4;         // tcp_syn_retries and, since 6.5, tcp_syn_linear_timeouts
  b.syn_linear_timeouts = 4;     // tcp_syn_linear_timeouts
  b.syn_ack_retries = 5;         // tcp_synack_retries
  b.r1 = 3;                      // tcp_retries1
  b.data_give_up = 924'600ms;    // tcp_retries2 15, as the time that it stands for
  b.orphan_give_up = 102'200ms;  // tcp_orphan_retries 8, the same way
  b.give_up_reset = GiveUpReset::kAfterKeepAlive;  // tcp_keepalive_timer()
  b.initial_rto = 1s;                              // TCP_TIMEOUT_INIT
  b.min_rto = 200ms;                               // TCP_RTO_MIN
  b.clock_granularity = 200ms;  // TCP_RTO_MIN bounds RTTVAR itself: tcp_rtt_estimator()
  b.max_rto = 120s;             // TCP_RTO_MAX
  b.msl = 30s;                  // TCP_TIMEWAIT_LEN is 60 s, fixed
  b.time_wait_reuse = TimeWaitReuse::kTimestamps;     // tcp_timewait_state_process()
  b.missing_timestamp = MissingTimestamp::kAccepted;  // tcp_validate_incoming()
  b.ts_recent = TsRecent::kAfterAck;                  // tcp_ack()
  b.challenge_acks = 1;                               // tcp_invalid_ratelimit
  b.challenge_ack_time = 500ms;                       // tcp_invalid_ratelimit
  b.unacceptable_acks_throttled = true;               // tcp_oow_rate_limited()
  b.right_edge_is_inside = true;                      // tcp_sequence()
  b.control_bits_come_first = true;                   // tcp_rcv_established()
  b.fin_wait_2_timeout = 60s;                         // tcp_fin_timeout
  b.delayed_ack = 40ms;                               // TCP_DELACK_MIN
  b.keep_alive = {2h, 75s, 9};                        // tcp_keepalive_time, _intvl, _probes
  b.window_shift = std::uint8_t{7};                   // of the default tcp_rmem
  b.receive_buffer = 65'536;                          // half of the default tcp_rmem, 131072
  b.largest_backlog = 4096;                           // SOMAXCONN since 5.4
  b.backlog = Backlog::kEachQueue;                    // sk_acceptq_is_full()
  b.syn_cookies = SynCookies::kOnOverflow;            // tcp_syncookies 1
  b.repeated_syn = RepeatedSyn::kSynAck;              // tcp_check_req()
  b.soft_errors_abort_opening = true;         // tcp_v4_err(); RFC 5461 section 4 describes it
  b.hard_errors = HardErrors::kAbortOpening;  // tcp_v4_err()
  return b;
}

// What FreeBSD and macOS have in common: netinet/tcp_timer.h.
Behaviour bsd() {
  Behaviour b = stack();
  b.syn_user_timeout = 75s;                // TCPTV_KEEP_INIT
  b.data_retries = 12;                     // TCP_MAXRXTSHIFT
  b.initial_rto = 1s;                      // TCPTV_RTOBASE
  b.min_rto = 30ms;                        // TCPTV_MIN
  b.rto_slop = 200ms;                      // TCPTV_CPU_VAR, tcp_rexmit_slop of TCPT_RANGESET()
  b.give_up_reset = GiveUpReset::kAlways;  // tcp_drop()
  b.max_rto = 64s;                         // TCPTV_REXMTMAX
  b.fin_wait_2_timeout = 60s;              // TCPTV_FINWAIT2_TIMEOUT
  b.keep_alive = {2h, 75s, 8};             // TCPTV_KEEP_IDLE, TCPTV_KEEPINTVL, TCPTV_KEEPCNT
  b.hard_errors = HardErrors::kAbortOpening;
  b.least_send_mss = 216;                           // net.inet.tcp.minmss
  b.time_wait_refusal = TimeWaitRefusal::kDropped;  // tcp_twcheck()
  return b;
}

// FreeBSD: netinet/tcp_timer.h, netinet/tcp_syncache.c.
Behaviour freebsd() {
  Behaviour b = bsd();
  b.syn_ack_retries = 3;                    // SYNCACHE_MAXREXMTS
  b.msl = 30s;                              // TCPTV_MSL
  b.time_wait_ignores_rst = true;           // RFC 1337 F1
  b.delayed_ack = 40ms;                     // TCPTV_DELACK
  b.window_shift = std::uint8_t{6};         // 64 KiB buffers that may grow to 2 MiB
  b.receive_buffer = 65'536;                // net.inet.tcp.recvspace
  b.syn_cookies = SynCookies::kOnOverflow;  // net.inet.tcp.syncookies 1
  return b;
}

// macOS: bsd/netinet/tcp_timer.h of xnu.
Behaviour macos() {
  Behaviour b = bsd();
  b.syn_retries = 12;  // TCP_MAXRXTSHIFT
  b.msl = 15s;         // TCPTV_MSL
  return b;
}

// Windows, as the registry reference of Windows Server 2003 and the articles on Windows 7 tell it.
Behaviour windows() {
  Behaviour b = stack();
  b.initial_rto = 3s;          // TcpInitialRTT
  b.syn_retries = 2;           // TcpMaxConnectRetransmissions: given up after 21 s
  b.syn_ack_retries = 2;       // TcpMaxConnectResponseRetransmissions
  b.data_retries = 5;          // TcpMaxDataRetransmissions
  b.msl = 60s;                 // TcpTimedWaitDelay is 120 s
  b.delayed_ack = 200ms;       // TcpDelAckTicks 2
  b.keep_alive = {2h, 1s, 5};  // KeepAliveTime, KeepAliveInterval, TcpMaxDataRetransmissions
  b.timestamps = false;        // Tcp1323Opts: only when the peer asks
  b.hard_errors = HardErrors::kAbortOpening;
  return b;
}

const Profile kProfiles[] = {
    {"rfc9293", Behaviour{}}, {"rfc9293+5961", rfc9293_with_5961()},
    {"linux", linux_6()},     {"freebsd", freebsd()},
    {"macos", macos()},       {"windows", windows()},
};

}  // namespace

std::span<const Profile> profiles() { return kProfiles; }

const Profile* find_profile(std::string_view id) {
  for (const auto& profile : kProfiles) {
    if (profile.id == id) return &profile;
  }
  return nullptr;
}

}  // namespace tcplab::tcp
