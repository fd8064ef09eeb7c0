#include "variants.hpp"

#include <algorithm>
#include <atomic>

#include "on_all_cores.hpp"

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

  std::uint64_t total() const { return total_; }

  // Seeds are taken in order, so that all seeds below the first with errors are checked, whichever
  // thread finds it.
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

  std::vector<std::vector<exercise::Variant>> results() {
    for (std::size_t i = 0; i < done_.size(); ++i) {
      done_[i].resize(std::min<std::uint64_t>(first_bad_[i], wanted_[i].seeds));
    }
    return std::move(done_);
  }

 private:
  const std::vector<VariantsOf>& wanted_;
  std::vector<std::atomic<std::uint64_t>> first_bad_;
  std::vector<std::vector<exercise::Variant>> done_;
  std::uint64_t total_ = 0;
};

}  // namespace

std::uint64_t seeds_of(const exercise::Exercise& exercise, std::optional<std::uint64_t> wanted) {
  const std::uint64_t all = exercise.variants();
  return std::min(wanted.value_or(all), all);
}

std::vector<std::vector<exercise::Variant>> check_variants(const std::vector<VariantsOf>& wanted) {
  Work work(wanted);
  on_all_cores(work.total(), [&](std::uint64_t index) { work.do_one(index); });
  return work.results();
}

}  // namespace tcplab::cli
