// Timeouts: RFC 9293 §3.10.8, with the retransmission timer of RFC 6298 §5.4 to §5.6.
#include <algorithm>

#include "tcp/connection.hpp"

namespace tcplab::tcp {

using wire::Bytes;
using wire::kAck;

void Connection::on_timer(Context& c, Timer timer) {
  tcb_.timers[static_cast<std::size_t>(timer)].armed = false;
  switch (timer) {
    case Timer::kRetransmission:
      retransmit_head(c, Rule::retransmission_timeout);
      tcb_.rto.back_off(c.behaviour);
      arm(c, Timer::kRetransmission, tcb_.rto.value(), Rule::retransmission_restarted);
      return;
    case Timer::kPersist: {
      // §3.8.6.1: what the window allows, or one octet whatever the window; from now on it is
      // retransmitted like any other.
      const auto most = std::min<std::size_t>(tcb_.send_mss, tcb_.unsent.size());
      const auto size = std::clamp<std::size_t>(usable_window(), 1, most);
      const auto end = tcb_.unsent.begin() + static_cast<std::ptrdiff_t>(size);
      Bytes probe(tcb_.unsent.begin(), end);
      tcb_.unsent.erase(tcb_.unsent.begin(), end);
      send_new(c, Rule::persist_probe, kAck, std::move(probe));
      return;
    }
    case Timer::kTimeWait:
      delete_tcb(c, Trigger::kTimeout2Msl, Rule::time_wait_over);
      return;
    case Timer::kUser:
      tell_user(c, Signal::kTimedOut, Rule::user_timeout);
      delete_tcb(c, Trigger::kUserTimeout, Rule::user_timeout);
      return;
  }
}

}  // namespace tcplab::tcp
