#include "tcp/resting_tcb.hpp"

#include <array>

namespace tcplab::tcp {

namespace {

constexpr std::array kFlags{&Tcb::fin_queued,      &Tcb::fin_sent,          &Tcb::fin_acknowledged,
                            &Tcb::fin_received,    &Tcb::syn_retransmitted, &Tcb::was_listener,
                            &Tcb::reading_given_up};
constexpr std::array kAgreed{&Negotiated::window_scale, &Negotiated::timestamps,
                             &Negotiated::sack_permitted, &Negotiated::scales_syn};
constexpr unsigned kHasSample = 1u << 11;
constexpr unsigned kTimerArmed = 1u << 12;
constexpr auto kTimeWaitTimer = static_cast<std::size_t>(Timer::kTimeWait);

std::uint32_t low(Duration time) { return static_cast<std::uint32_t>(time.count()); }
std::uint16_t high(Duration time) { return static_cast<std::uint16_t>(time.count() >> 32); }
Duration whole(std::uint32_t low, std::uint16_t high) {
  return Duration((std::int64_t{high} << 32) | low);
}

}  // namespace

// Values that do not fit are cut off here; of() compares the result with the TCB.
RestingTcb::RestingTcb(const Tcb& tcb)
    : remote_address_(tcb.remote.address.value),
      iss_(tcb.snd.iss),
      snd_nxt_(tcb.snd.nxt),
      snd_wl1_(tcb.snd.wl1),
      snd_wnd_(tcb.snd.wnd),
      max_snd_wnd_(tcb.snd.max_wnd),
      irs_(tcb.rcv.irs),
      rcv_nxt_(tcb.rcv.nxt),
      rcv_wnd_(tcb.rcv.wnd),
      ts_recent_(tcb.ts.recent),
      ts_recent_at_low_(low(tcb.ts.recent_at)),
      rto_(low(tcb.rto.value())),
      smoothed_rtt_(low(tcb.rto.smoothed_rtt())),
      rtt_variation_(low(tcb.rto.rtt_variation())),
      syn_origin_(tcb.syn_origin),
      ts_recent_at_high_(high(tcb.ts.recent_at)),
      remote_port_(tcb.remote.port),
      local_port_(tcb.local.port),
      send_mss_(tcb.send_mss),
      shifts_(static_cast<std::uint8_t>(tcb.negotiated.send_shift << 4 |
                                        (tcb.negotiated.receive_shift & 15))),
      state_(tcb.state),
      opened_by_(tcb.opened_by) {
  unsigned flags = 0;
  for (std::size_t i = 0; i < kFlags.size(); ++i) flags |= unsigned{tcb.*kFlags[i]} << i;
  for (std::size_t i = 0; i < kAgreed.size(); ++i) {
    flags |= unsigned{tcb.negotiated.*kAgreed[i]} << (kFlags.size() + i);
  }
  if (tcb.rto.has_sample()) flags |= kHasSample;
  const auto& timer = tcb.timers[kTimeWaitTimer];
  if (timer.armed()) {
    flags |= kTimerArmed;
    timer_at_low_ = low(timer.at());
    timer_at_high_ = high(timer.at());
  }
  flags_ = static_cast<std::uint16_t>(flags);
}

std::optional<RestingTcb> RestingTcb::of(const Tcb& tcb, wire::Address at,
                                         const Behaviour& behaviour) {
  if (tcb.state != State::kTimeWait && tcb.state != State::kClosed) return std::nullopt;
  const RestingTcb resting(tcb);
  if (resting.tcb(at, behaviour) != tcb) return std::nullopt;
  return resting;
}

Tcb RestingTcb::tcb(wire::Address at, const Behaviour& behaviour) const {
  Tcb tcb(behaviour);
  tcb.state = state_;
  tcb.opened_by = opened_by_;
  tcb.local = {at, local_port_};
  tcb.remote = remote();
  tcb.snd = {snd_nxt_, snd_nxt_, snd_wnd_, max_snd_wnd_, snd_wl1_, snd_nxt_, iss_};
  tcb.rcv = {rcv_nxt_, rcv_wnd_, irs_};
  tcb.send_mss = send_mss_;
  tcb.negotiated.send_shift = shifts_ >> 4;
  tcb.negotiated.receive_shift = shifts_ & 15;
  tcb.ts = {ts_recent_, whole(ts_recent_at_low_, ts_recent_at_high_)};
  tcb.last_ack_sent = rcv_nxt_;
  tcb.rto = RetransmissionTimeout(Duration(rto_), Duration(smoothed_rtt_), Duration(rtt_variation_),
                                  (flags_ & kHasSample) != 0);
  tcb.syn_origin = syn_origin_;
  for (std::size_t i = 0; i < kFlags.size(); ++i) tcb.*kFlags[i] = (flags_ >> i & 1) != 0;
  for (std::size_t i = 0; i < kAgreed.size(); ++i) {
    tcb.negotiated.*kAgreed[i] = (flags_ >> (kFlags.size() + i) & 1) != 0;
  }
  tcb.timers[kTimeWaitTimer] = timer(Timer::kTimeWait);
  return tcb;
}

// No other timer runs in TIME-WAIT.
TimerState RestingTcb::timer(Timer which) const {
  if (which != Timer::kTimeWait || (flags_ & kTimerArmed) == 0) return {};
  return {true, whole(timer_at_low_, timer_at_high_)};
}

}  // namespace tcplab::tcp
