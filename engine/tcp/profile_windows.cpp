// Windows, as the registry reference of Windows Server 2003 and the articles on Windows 7 tell it.
#include "tcp/provenance.hpp"

namespace tcplab::tcp {
namespace {

using enum Provenance;

constexpr ProfileValue kWindows[] = {
    {TCPLAB_SET(initial_rto, 3s), kRead, "TcpInitialRTT"},
    {TCPLAB_SET(syn_retries, 2), kRead, "TcpMaxConnectRetransmissions: given up after 21 s"},
    {TCPLAB_SET(syn_ack_retries, 2), kRead, "TcpMaxConnectResponseRetransmissions"},
    {TCPLAB_SET(data_retries, 5), kRead, "TcpMaxDataRetransmissions"},
    {TCPLAB_SET(msl, 60s), kRead, "TcpTimedWaitDelay is 120 s"},
    {TCPLAB_SET(delayed_ack, 200ms), kRead, "TcpDelAckTicks 2"},
    {TCPLAB_SET(keep_alive, {2h, 1s, 5}), kRead,
     "KeepAliveTime, KeepAliveInterval, TcpMaxDataRetransmissions"},
    {TCPLAB_SET(timestamps, false), kRead, "Tcp1323Opts: only when the peer asks"},
    {TCPLAB_SET(first_port, 49'152), kRead, "netsh int ipv4 show dynamicport tcp"},
    {TCPLAB_SET(last_port, 65'535), kRead, "netsh int ipv4 show dynamicport tcp"},
    {TCPLAB_SET(port_choice, PortChoice::kInOrder), kAssumed, "RFC 6056 section 2.2"},
    {TCPLAB_SET(hard_errors, HardErrors::kAbortOpening), kAssumed, "RFC 5927 section 5.2"},
};

}  // namespace

ProfileValues windows_values() {
  static const std::span<const ProfileValue> groups[] = {stack_values(), kWindows};
  return groups;
}

}  // namespace tcplab::tcp
