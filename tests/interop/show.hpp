// A difference for people: what both sides did, next to each other.
#pragma once
#include <string>

#include "play.hpp"
#include "scene.hpp"

namespace tcplab::interop {

std::string side_by_side(const Scene& scene, const Played& played);

}  // namespace tcplab::interop
