#include "variants.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>

namespace tcplab::cli {

namespace {

class Work {
 public:
  explicit Work(const std::vector<VariantsOf>& wanted)
      : wanted_(wanted), first_bad_(wanted.size()) {
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      first_bad_[i] = wanted[i].seeds + 1;
      done_.emplace_back(wanted[i].seeds);
      total_ += wanted[i].seeds;
    }
  }

  // What each thread does until nothing is left. Seeds are taken in order, so that all below the
  // first with errors are checked, whoever finds it.
  void take_part() {
    try {
      for (std::uint64_t next = taken_++; next < total_; next = taken_++) do_one(next);
    } catch (...) {
      const std::lock_guard lock(mutex_);
      if (!failure_) failure_ = std::current_exception();
      taken_ = total_;
    }
  }

  std::vector<std::vector<exercise::Variant>> results() {
    if (failure_) std::rethrow_exception(failure_);
    for (std::size_t i = 0; i < done_.size(); ++i) {
      done_[i].resize(std::min<std::uint64_t>(first_bad_[i], wanted_[i].seeds));
    }
    return std::move(done_);
  }

 private:
  void do_one(std::uint64_t index) {
    std::size_t which = 0;
    while (index >= wanted_[which].seeds) index -= wanted_[which++].seeds;
    const std::uint64_t seed = index + 1;
    if (seed > first_bad_[which]) return;
    auto& variant = done_[which][index];
    variant = exercise::check_variant(*wanted_[which].exercise, seed);
    if (variant.errors.empty()) return;
    auto bad = first_bad_[which].load();
    while (seed < bad && !first_bad_[which].compare_exchange_weak(bad, seed)) {
    }
  }

  const std::vector<VariantsOf>& wanted_;
  std::vector<std::atomic<std::uint64_t>> first_bad_;
  std::vector<std::vector<exercise::Variant>> done_;
  std::uint64_t total_ = 0;
  std::atomic<std::uint64_t> taken_{0};
  std::mutex mutex_;
  std::exception_ptr failure_;
};

}  // namespace

std::vector<std::vector<exercise::Variant>> check_variants(const std::vector<VariantsOf>& wanted) {
  Work work(wanted);
  std::vector<std::thread> others;
  for (auto left = std::thread::hardware_concurrency(); left > 1; --left) {
    others.emplace_back([&] { work.take_part(); });
  }
  work.take_part();
  for (auto& other : others) other.join();
  return work.results();
}

}  // namespace tcplab::cli
