// FreeBSD (main of 2023, sys/netinet) and macOS (bsd/netinet of xnu), read; neither was measured.
#include "tcp/provenance.hpp"

namespace tcplab::tcp {
namespace {

using enum Provenance;

constexpr ProfileValue kBsd[] = {
    {TCPLAB_SET(syn_user_timeout, 75s), kRead, "TCPTV_KEEP_INIT"},
    {TCPLAB_SET(data_retries, 12), kRead, "TCP_MAXRXTSHIFT"},
    {TCPLAB_SET(initial_rto, 1s), kRead, "TCPTV_RTOBASE"},
    {TCPLAB_SET(min_rto, 30ms), kRead, "TCPTV_MIN"},
    {TCPLAB_SET(rto_slop, 200ms), kRead, "TCPTV_CPU_VAR, tcp_rexmit_slop of TCPT_RANGESET()"},
    {TCPLAB_SET(give_up_reset, GiveUpReset::kAlways), kRead, "tcp_drop()"},
    {TCPLAB_SET(active_reset, ActiveReset::kSeqAndAck), kRead, "tcp_outflags[]"},
    {TCPLAB_SET(max_rto, 64s), kRead, "TCPTV_REXMTMAX"},
    {TCPLAB_SET(fin_wait_2_timeout, 60s), kRead, "TCPTV_FINWAIT2_TIMEOUT"},
    {TCPLAB_SET(keep_alive, {2h, 75s, 8}), kRead,
     "TCPTV_KEEP_IDLE, TCPTV_KEEPINTVL, TCPTV_KEEPCNT"},
    {TCPLAB_SET(time_wait_refusal, TimeWaitRefusal::kDropped), kRead, "tcp_twcheck()"},
    {TCPLAB_SET(least_send_mss, 216), kRead, "net.inet.tcp.minmss"},
    {TCPLAB_SET(hard_errors, HardErrors::kAbortOpening), kAssumed, "RFC 5927 section 5.2"},
    {TCPLAB_SET(last_port, 65'535), kRead, "net.inet.ip.portrange.last"},
    {TCPLAB_SET(bad_option_length, BadOptionLength::kEndsOptions), kRead, "tcp_dooptions()"},
};

constexpr ProfileValue kFreebsd[] = {
    {TCPLAB_SET(syn_ack_retries, 3), kRead, "SYNCACHE_MAXREXMTS"},
    {TCPLAB_SET(syn_ack_slop, 200ms), kRead, "TCPT_RANGESET() of syncache_timeout()"},
    {TCPLAB_SET(repeated_syn, RepeatedSyn::kSynAckAnew), kRead, "syncache_add()"},
    {TCPLAB_SET(text_with_syn, TextWithSyn::kIgnoredInSyn), kRead, "syncache_add()"},
    {TCPLAB_SET(half_open_table, HalfOpenTable::kOfHost), kRead, "syncache_insert()"},
    {TCPLAB_SET(syn_cache_buckets, 512), kRead, "TCP_SYNCACHE_HASHSIZE"},
    {TCPLAB_SET(syn_cache_bucket_limit, 30), kRead, "TCP_SYNCACHE_BUCKETLIMIT"},
    {TCPLAB_SET(listener_close, ListenerClose::kKeeps), kRead, "syncache_timer()"},
    {TCPLAB_SET(icmp_in_syn_rcvd, IcmpInSynRcvd::kSecond), kRead, "syncache_unreach()"},
    {TCPLAB_SET(syn_ack_in_syn_rcvd, SynAckInSynRcvd::kResets), kRead, "syncache_badack()"},
    {TCPLAB_SET(first_port, 10'000), kRead, "net.inet.ip.portrange.first"},
    {TCPLAB_SET(port_choice, PortChoice::kRandom), kRead, "in_pcb_lport_dest()"},
    {TCPLAB_SET(reuse_port, ReusePort::kNewest), kRead, "_in_pcbinshash_wild()"},
    {TCPLAB_SET(backlog, Backlog::kAcceptQueue), kRead, "solisten_clone(): 3 * sol_qlimit / 2"},
    {TCPLAB_SET(largest_backlog, 128), kRead, "kern.ipc.soacceptqueue"},
    {TCPLAB_SET(reset_on_overflow, true), kRead, "net.inet.tcp.syncache.rst_on_sock_fail 1"},
    {TCPLAB_SET(msl, 30s), kRead, "TCPTV_MSL"},
    {TCPLAB_SET(time_wait_ignores_rst, true), kRead, "RFC 1337 section 3, F1: tcp_twcheck()"},
    {TCPLAB_SET(time_wait_yields_at_rcv_nxt, false), kRead, "tcp_twcheck()"},
    {TCPLAB_SET(time_wait_restart, TimeWaitRestart::kRepeatedFin), kRead, "tcp_twcheck()"},
    {TCPLAB_SET(late_text_reset, LateTextReset::kSegAck), kRead, "tcp_dropwithreset()"},
    {TCPLAB_SET(delayed_ack, 40ms), kRead, "TCPTV_DELACK"},
    {TCPLAB_SET(window_shift, std::uint8_t{6}), kRead, "64 KiB buffers that may grow to 2 MiB"},
    {TCPLAB_SET(receive_buffer, 65'536), kRead, "net.inet.tcp.recvspace"},
    {TCPLAB_SET(syn_cookies, SynCookies::kOnOverflow), kRead, "net.inet.tcp.syncookies 1"},
    {TCPLAB_SET(cookie_layout, CookieLayout::kIsnBits), kRead, "syncookie_generate()"},
};

constexpr ProfileValue kMacos[] = {
    {TCPLAB_SET(syn_retries, 12), kRead, "TCP_MAXRXTSHIFT"},
    {TCPLAB_SET(msl, 15s), kRead, "TCPTV_MSL"},
    {TCPLAB_SET(first_port, 49'152), kRead, "net.inet.ip.portrange.first"},
    {TCPLAB_SET(port_choice, PortChoice::kInOrder), kRead, "net.inet.tcp.randomize_ports 0"},
    {TCPLAB_SET(reuse_port, ReusePort::kNewest), kAssumed, "as FreeBSD"},
};

}  // namespace

ProfileValues freebsd_values() {
  static const std::span<const ProfileValue> groups[] = {stack_values(), kBsd, kFreebsd};
  return groups;
}

ProfileValues macos_values() {
  static const std::span<const ProfileValue> groups[] = {stack_values(), kBsd, kMacos};
  return groups;
}

}  // namespace tcplab::tcp
