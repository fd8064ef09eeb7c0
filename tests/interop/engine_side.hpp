// A scene played against the engine: a world of two hosts, one of which has no stack and injects.
#pragma once
#include <string>
#include <vector>

#include "record.hpp"
#include "scene.hpp"

namespace tcplab::interop {

struct EnginePlay {
  Record record;
  Json scenario;  // whose run (`tcplab run`) gives the same
};

// `isns`: those that the kernel chose, so that both sides show the same numbers.
EnginePlay play_on_engine(const Scene& scene, const std::vector<std::uint32_t>& isns,
                          const std::string& profile = "linux");

}  // namespace tcplab::interop
