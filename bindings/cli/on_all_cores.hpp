// Distributes work over all cores.
#pragma once
#include <cstdint>
#include <functional>

namespace tcplab::cli {

// Calls work(0) to work(count - 1) once each, starting them in this order. If one throws, no more
// are started, and the exception is rethrown.
void on_all_cores(std::uint64_t count, const std::function<void(std::uint64_t)>& work);

}  // namespace tcplab::cli
