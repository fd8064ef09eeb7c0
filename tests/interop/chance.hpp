// Scenes by chance: each is given by the seed and its number alone.
#pragma once
#include <cstdint>

#include "scene.hpp"

namespace tcplab::interop {

Scene scene_by_chance(std::uint64_t seed, std::uint32_t number);

}  // namespace tcplab::interop
