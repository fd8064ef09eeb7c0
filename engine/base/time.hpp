// Virtual time. Nothing in the engine reads a real clock.
#pragma once
#include <chrono>

namespace tcplab {

using Duration = std::chrono::microseconds;
using Time = std::chrono::microseconds;  // since the world began

}  // namespace tcplab
