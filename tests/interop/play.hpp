// Scenes played on both sides, and held against each other.
#pragma once
#include <functional>
#include <optional>
#include <vector>

#include "compare.hpp"
#include "kernel_side.hpp"
#include "record.hpp"
#include "scene.hpp"

namespace tcplab::interop {

struct Played {
  Record kernel;
  Record engine;
  Json scenario;  // for `tcplab run`
  std::optional<Difference> difference;
  bool late = false;  // the machine was too busy: it says nothing
};

// Plays scenes; what comes of each.
using Play = std::function<std::vector<Played>(const std::vector<Scene>&)>;

// A step that begins later than this may change what the kernel does.
inline constexpr Duration kTooLate{12'000};
// So often a scene is played that came late, or that differs: a difference must show twice.
inline constexpr int kMostPlays = 4;

std::vector<Played> play_on_both(KernelSide& kernel, const std::vector<Scene>& scenes);

}  // namespace tcplab::interop
