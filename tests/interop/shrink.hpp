// Makes scenes smaller that differ, as long as they still differ in the same way.
#pragma once
#include <vector>

#include "play.hpp"
#include "scene.hpp"

namespace tcplab::interop {

struct Finding {
  Scene scene;
  Played played;
};

// All at once: playing takes time.
std::vector<Finding> shrink(std::vector<Finding> findings, const Play& play);

// Scenes that are a little smaller, smallest first.
std::vector<Scene> smaller(const Scene& scene, std::size_t needed_step);

}  // namespace tcplab::interop
