// Linux 6.18: Documentation/networking/ip-sysctl.rst, the kernel's source, and the kernel itself.
#include "tcp/provenance.hpp"

namespace tcplab::tcp {
namespace {

using enum Provenance;

constexpr ProfileValue kLinux[] = {
    {TCPLAB_SET(rst_check, RstCheck::kExactElseChallenge), kMeasured, "tcp_validate_incoming()"},
    {TCPLAB_SET(syn_check, SynCheck::kChallenge), kMeasured, "tcp_validate_incoming()"},
    {TCPLAB_SET(ack_check, AckCheck::kWithinMaxWnd), kMeasured, "tcp_ack()"},
    {TCPLAB_SET(timestamps, true), kMeasured, "tcp_timestamps 1"},
    {TCPLAB_SET(sack_permitted, true), kMeasured, "tcp_sack 1"},
    {TCPLAB_SET(nagle, true), kMeasured, "tcp_nagle_check()"},
    {TCPLAB_SET(user_timeout, std::nullopt), kRead, "icsk_user_timeout is 0"},
    {TCPLAB_SET(syn_user_timeout, std::nullopt), kRead, "icsk_user_timeout is 0"},
    {TCPLAB_SET(syn_retries, 6 + 4), kMeasured, "tcp_syn_retries and, since 6.5, linear ones"},
    {TCPLAB_SET(syn_linear_timeouts, 4), kMeasured, "tcp_syn_linear_timeouts"},
    {TCPLAB_SET(syn_ack_retries, 5), kMeasured, "tcp_synack_retries"},
    {TCPLAB_SET(r1, 3), kRead, "tcp_retries1"},
    {TCPLAB_SET(data_give_up, 924'600ms), kRead, "tcp_retries2 15, as the time it stands for"},
    {TCPLAB_SET(orphan_give_up, 102'200ms), kRead, "tcp_orphan_retries 8, as the time"},
    {TCPLAB_SET(give_up_reset, GiveUpReset::kAfterKeepAlive), kRead, "tcp_keepalive_timer()"},
    {TCPLAB_SET(initial_rto, 1s), kMeasured, "TCP_TIMEOUT_INIT"},
    {TCPLAB_SET(min_rto, 200ms), kMeasured, "TCP_RTO_MIN"},
    {TCPLAB_SET(clock_granularity, 200ms), kRead, "TCP_RTO_MIN bounds RTTVAR: tcp_rtt_estimator()"},
    {TCPLAB_SET(max_rto, 120s), kRead, "TCP_RTO_MAX"},
    {TCPLAB_SET(msl, 30s), kMeasured, "TCP_TIMEWAIT_LEN is 60 s, fixed"},
    {TCPLAB_SET(time_wait_reuse, TimeWaitReuse::kTimestamps), kMeasured,
     "tcp_timewait_state_process()"},
    {TCPLAB_SET(time_wait_refusal, TimeWaitRefusal::kStepOne), kMeasured,
     "tcp_timewait_state_process()"},
    {TCPLAB_SET(time_wait_yields_at_rcv_nxt, false), kMeasured, "tcp_timewait_state_process()"},
    {TCPLAB_SET(late_text_reset, LateTextReset::kSegAck), kMeasured, "tcp_v4_send_reset()"},
    {TCPLAB_SET(ts_recent, TsRecent::kAfterAck), kMeasured, "tcp_ack()"},
    {TCPLAB_SET(missing_timestamp, MissingTimestamp::kAccepted), kMeasured,
     "tcp_validate_incoming()"},
    {TCPLAB_SET(challenge_acks, 1), kMeasured, "tcp_invalid_ratelimit"},
    {TCPLAB_SET(challenge_ack_time, 500ms), kMeasured, "tcp_invalid_ratelimit"},
    {TCPLAB_SET(unacceptable_acks_throttled, true), kMeasured, "tcp_oow_rate_limited()"},
    {TCPLAB_SET(right_edge_is_inside, true), kMeasured, "tcp_sequence()"},
    {TCPLAB_SET(control_bits_come_first, true), kMeasured, "tcp_rcv_established()"},
    {TCPLAB_SET(fin_wait_2_timeout, 60s), kMeasured, "tcp_fin_timeout"},
    {TCPLAB_SET(delayed_ack, 40ms), kMeasured, "TCP_DELACK_MIN"},
    {TCPLAB_SET(keep_alive, {2h, 75s, 9}), kRead, "tcp_keepalive_time, _intvl, _probes"},
    {TCPLAB_SET(window_shift, std::uint8_t{7}), kMeasured, "of the default tcp_rmem"},
    {TCPLAB_SET(receive_buffer, 65'536), kRead, "half of the default tcp_rmem, 131072"},
    {TCPLAB_SET(largest_backlog, 4096), kRead, "SOMAXCONN since 5.4"},
    {TCPLAB_SET(backlog, Backlog::kEachQueue), kMeasured,
     "sk_acceptq_is_full(), inet_csk_reqsk_queue_is_full()"},
    {TCPLAB_SET(listener_close, ListenerClose::kForgets), kMeasured,
     "reqsk_timer_handler(), tcp_v4_rcv()"},
    {TCPLAB_SET(max_syn_backlog, 2048), kMeasured, "tcp_max_syn_backlog; more with more memory"},
    {TCPLAB_SET(prunes_syn_queue, true), kMeasured, "reqsk_timer_handler()"},
    {TCPLAB_SET(syn_cookies, SynCookies::kOnOverflow), kMeasured, "tcp_syncookies 1"},
    {TCPLAB_SET(cookie_layout, CookieLayout::kTimestampBits), kMeasured, "syncookies.c"},
    {TCPLAB_SET(repeated_syn, RepeatedSyn::kSynAck), kMeasured, "tcp_check_req()"},
    {TCPLAB_SET(shutdown_waits_in_syn_rcvd, true), kMeasured, "tcp_shutdown()"},
    {TCPLAB_SET(text_with_syn, TextWithSyn::kIgnored), kMeasured,
     "tcp_conn_request(), tcp_rcv_synsent_state_process()"},
    {TCPLAB_SET(syn_fin, SynFin::kDropped), kMeasured, "tcp_rcv_state_process()"},
    {TCPLAB_SET(wrong_ack_in_syn_rcvd, WrongAckInSynRcvd::kFirst), kMeasured, "tcp_check_req()"},
    {TCPLAB_SET(syn_in_syn_rcvd, SynInSynRcvd::kResets), kMeasured, "tcp_check_req()"},
    {TCPLAB_SET(paws_covers_rst_in_syn_rcvd, true), kMeasured, "tcp_check_req()"},
    {TCPLAB_SET(echo_is_checked_in_syn_rcvd, true), kMeasured, "tcp_check_req()"},
    {TCPLAB_SET(defer_accept_counts_timeouts, true), kMeasured, "syn_ack_recalc()"},
    {TCPLAB_SET(simultaneous_syn_ack, SimultaneousSynAck::kOffersAll), kMeasured,
     "tcp_send_synack()"},
    {TCPLAB_SET(soft_errors_abort_opening, true), kMeasured, "tcp_v4_err(); RFC 5461 section 4"},
    {TCPLAB_SET(hard_errors, HardErrors::kAbortOpening), kMeasured, "tcp_v4_err()"},
};

constexpr std::span<const ProfileValue> kGroups[] = {kLinux};

}  // namespace

ProfileValues linux_values() { return kGroups; }

}  // namespace tcplab::tcp
