#include "play.hpp"

#include "engine_side.hpp"

namespace tcplab::interop {

using namespace std::chrono_literals;

namespace {

constexpr Duration kSpread = 2ms;  // between the beginnings of two scenes

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
    auto records = kernel.play(todo, spread);
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
