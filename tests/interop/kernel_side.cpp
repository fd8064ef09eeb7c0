#include "kernel_side.hpp"

#include <poll.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <memory>
#include <unordered_map>

#include "actor.hpp"
#include "wire/datagram.hpp"

namespace tcplab::interop {

namespace {

using Clock = std::chrono::steady_clock;

// A step of a scene, or its end, when its index is the number of steps.
struct Due {
  Time at;  // since the beginning of the play
  std::size_t scene;
  std::size_t step;
};

class KernelRun {
 public:
  KernelRun(const std::vector<const Scene*>& scenes, Duration spread, std::uint32_t first, int tun,
            const SockDiag& diag)
      : scenes_(scenes), tun_(tun), diag_(diag), records_(scenes.size()), actors_(scenes.size()) {
    Time begins{0};
    for (std::size_t k = 0; k < scenes.size(); ++k, begins += spread) {
      begins_.push_back(begins);
      Time at = begins;
      for (std::size_t i = 0; i < scenes[k]->steps.size(); ++i) {
        due_.push_back({at, k, i});
        at += scenes[k]->steps[i].lasts;
      }
      due_.push_back({at, k, scenes[k]->steps.size()});
    }
    std::stable_sort(due_.begin(), due_.end(),
                     [](const Due& a, const Due& b) { return a.at < b.at; });
    first_ = first;
  }

  std::vector<Record> run() {
    constexpr auto kStart = std::chrono::milliseconds(20);
    start_ = Clock::now() + kStart;
    for (const auto& due : due_) {
      wait_until(due.at);
      happen(due);
    }
    return std::move(records_);
  }

 private:
  Time now() const { return std::chrono::duration_cast<Duration>(Clock::now() - start_); }

  void wait_until(Time at) {
    while (true) {
      const Duration left = at - now();
      if (left <= Duration{0}) return;
      pollfd waiting{tun_, POLLIN, 0};
      const timespec most{left.count() / 1'000'000, left.count() % 1'000'000 * 1000};
      if (ppoll(&waiting, 1, &most, nullptr) > 0) receive();
    }
  }

  void happen(const Due& due) {
    auto& actor = actors_[due.scene];
    receive();
    if (due.step == 0) {
      actor = std::make_unique<Actor>(*scenes_[due.scene],
                                      first_ + static_cast<std::uint32_t>(due.scene), tun_);
      by_pair_[key(actor->host().port, actor->peer().address)] = due.scene;
    } else {
      actor->go_on();
      actor->look(diag_);
    }
    if (due.step == scenes_[due.scene]->steps.size()) {
      by_pair_.erase(key(actor->host().port, actor->peer().address));
      actor->end();
      records_[due.scene] = actor->take_record();
      actor.reset();
      return;
    }
    const Time at = now();
    actor->begin(due.step, at - begins_[due.scene], at - due.at);
    receive();
    actor->go_on();
    receive();
  }

  // Everything that hosts under test have sent.
  void receive() {
    while (true) {
      const auto size = read(tun_, buffer_.data(), buffer_.size());
      if (size <= 0) return;
      const auto segment = wire::decode({buffer_.begin(), buffer_.begin() + size});
      if (!segment) continue;
      const auto found = by_pair_.find(key(segment->src.port, segment->dst.address));
      if (found == by_pair_.end()) continue;
      actors_[found->second]->on_sent(now() - begins_[found->second], *segment);
    }
  }

  static std::uint64_t key(std::uint16_t port, wire::Address peer) {
    return std::uint64_t{port} << 32 | peer.value;
  }

  const std::vector<const Scene*>& scenes_;
  int tun_;
  const SockDiag& diag_;
  std::uint32_t first_;
  Clock::time_point start_;
  std::vector<Time> begins_;
  std::vector<Due> due_;
  std::vector<Record> records_;
  std::vector<std::unique_ptr<Actor>> actors_;
  std::unordered_map<std::uint64_t, std::size_t> by_pair_;
  std::array<std::uint8_t, 65'536> buffer_;
};

}  // namespace

std::vector<Record> KernelSide::play(const std::vector<const Scene*>& scenes, Duration spread) {
  const auto first = played_;
  played_ += static_cast<std::uint32_t>(scenes.size());
  return KernelRun(scenes, spread, first, sandbox_.tun(), diag_).run();
}

}  // namespace tcplab::interop
