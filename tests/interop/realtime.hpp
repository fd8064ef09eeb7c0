// Steps are to happen at their time on a busy machine, too.
#pragma once

namespace tcplab::interop {

// As far as this process may: before all others, or at least before most.
void be_on_time();

}  // namespace tcplab::interop
