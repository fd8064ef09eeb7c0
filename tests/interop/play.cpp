#include "play.hpp"

#include <stdexcept>

#include "engine_side.hpp"

namespace tcplab::interop {

using namespace std::chrono_literals;

namespace {

constexpr Duration kSpread = 2ms;  // between the beginnings of two scenes

// Plays those scenes on the kernel, in two groups: SACK is a setting of the whole namespace.
std::vector<Record> play_on_kernel(KernelSide& kernel, const std::vector<const Scene*>& scenes,
                                   Duration spread) {
  std::vector<Record> records(scenes.size());
  for (const bool sack : {false, true}) {
    std::vector<std::size_t> places;
    std::vector<const Scene*> group;
    for (std::size_t i = 0; i < scenes.size(); ++i) {
      if (scenes[i]->offers_sack() != sack) continue;
      places.push_back(i);
      group.push_back(scenes[i]);
    }
    if (group.empty()) continue;
    if (const auto set = Sandbox::set("tcp_sack", sack ? "1" : "0"); !set) {
      throw std::runtime_error(set.error());
    }
    auto played = kernel.play(group, spread);
    for (std::size_t i = 0; i < group.size(); ++i) records[places[i]] = std::move(played[i]);
  }
  return records;
}

Played held_together(const Scene& scene, Record kernel) {
  Played played;
  auto engine = play_on_engine(scene, kernel.isns);
  played.late = kernel.late > kTooLate;
  played.kernel = std::move(kernel);
  played.engine = std::move(engine.record);
  played.scenario = std::move(engine.scenario);
  played.difference = compare(scene, played.kernel, played.engine);
  return played;
}

}  // namespace

std::vector<Played> play_on_both(KernelSide& kernel, const std::vector<Scene>& scenes) {
  std::vector<Played> all(scenes.size());
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < scenes.size(); ++i) open.push_back(i);
  Duration spread = kSpread;
  for (int plays = 1; plays <= kMostPlays && !open.empty(); ++plays, spread *= 2) {
    std::vector<const Scene*> todo;
    for (const auto i : open) todo.push_back(&scenes[i]);
    auto records = play_on_kernel(kernel, todo, spread);
    std::vector<std::size_t> still_open;
    for (std::size_t k = 0; k < open.size(); ++k) {
      auto& known = all[open[k]];
      auto played = held_together(*todo[k], std::move(records[k]));
      const bool shown_twice = !played.late && !known.late && known.difference &&
                               played.difference &&
                               known.difference->signature == played.difference->signature;
      const bool settled = !played.late && (!played.difference || shown_twice);
      known = std::move(played);
      if (!settled) still_open.push_back(open[k]);
    }
    open = std::move(still_open);
  }
  return all;
}

}  // namespace tcplab::interop
