// Work that is done on all cores, a piece at a time.
#pragma once
#include <cstdint>
#include <functional>

namespace tcplab::cli {

// Calls work(0) to work(count - 1), each once, in this order of their beginnings. What one of them
// throws ends it all, and is thrown.
void on_all_cores(std::uint64_t count, const std::function<void(std::uint64_t)>& work);

}  // namespace tcplab::cli
