#include "on_all_cores.hpp"

#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace tcplab::cli {

void on_all_cores(std::uint64_t count, const std::function<void(std::uint64_t)>& work) {
  std::atomic<std::uint64_t> taken{0};
  std::mutex mutex;
  std::exception_ptr failure;
  const auto take_part = [&] {
    try {
      for (std::uint64_t next = taken++; next < count; next = taken++) work(next);
    } catch (...) {
      const std::lock_guard lock(mutex);
      if (!failure) failure = std::current_exception();
      taken = count;
    }
  };
  std::vector<std::thread> others;
  for (auto left = std::thread::hardware_concurrency(); left > 1; --left) {
    others.emplace_back(take_part);
  }
  take_part();
  for (auto& other : others) other.join();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace tcplab::cli
