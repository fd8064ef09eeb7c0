// A TCB in TIME-WAIT or CLOSED with nothing outstanding, unread or unusual, packed into 80 octets.
// The TCB is made from it again when a segment, a timer or a reader needs it.
#pragma once
#include <cstdint>
#include <optional>

#include "tcp/tcb.hpp"

namespace tcplab::tcp {

class RestingTcb {
 public:
  // `at`: the address of the connection's host. None: the TCB would not come back the same.
  static std::optional<RestingTcb> of(const Tcb& tcb, wire::Address at, const Behaviour& behaviour);
  Tcb tcb(wire::Address at, const Behaviour& behaviour) const;

  std::uint16_t local_port() const { return local_port_; }
  TimerState timer(Timer which) const;
  wire::Endpoint remote() const { return {{remote_address_}, remote_port_}; }

 private:
  explicit RestingTcb(const Tcb& tcb);

  // Times are split in two, as a Time would need alignment. 48 bits of microseconds are nine years.
  std::uint32_t remote_address_ = 0;
  wire::Seq iss_;
  wire::Seq snd_nxt_;
  wire::Seq snd_wl1_;
  std::uint32_t snd_wnd_ = 0;
  std::uint32_t max_snd_wnd_ = 0;
  wire::Seq irs_;
  wire::Seq rcv_nxt_;
  std::uint32_t rcv_wnd_ = 0;
  std::uint32_t ts_recent_ = 0;
  std::uint32_t ts_recent_at_low_ = 0;
  std::uint32_t timer_at_low_ = 0;
  std::uint32_t rto_ = 0;
  std::uint32_t smoothed_rtt_ = 0;
  std::uint32_t rtt_variation_ = 0;
  wire::SegmentId syn_origin_ = 0;
  std::uint16_t ts_recent_at_high_ = 0;
  std::uint16_t timer_at_high_ = 0;
  std::uint16_t remote_port_ = 0;
  std::uint16_t local_port_ = 0;
  std::uint16_t send_mss_ = 0;
  std::uint16_t flags_ = 0;
  std::uint8_t shifts_ = 0;
  State state_;
  OpenedBy opened_by_;
};
static_assert(sizeof(RestingTcb) == 80);

}  // namespace tcplab::tcp
