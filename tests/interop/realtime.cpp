#include "realtime.hpp"

#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>

namespace tcplab::interop {

void be_on_time() {
  constexpr int kNice = -10;
  constexpr unsigned long kNanosecond = 1;
  prctl(PR_SET_TIMERSLACK, kNanosecond);
  const sched_param first{1};
  if (sched_setscheduler(0, SCHED_RR, &first) != 0) setpriority(PRIO_PROCESS, 0, kNice);
}

}  // namespace tcplab::interop
