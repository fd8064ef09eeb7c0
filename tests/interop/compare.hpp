// Holds what the kernel did in a scene against what the engine did: the first difference.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "record.hpp"
#include "scene.hpp"

namespace tcplab::interop {

// In which order differences count: segments, states and results of calls; then when they came;
// then PSH; then the exact window.
enum class Aspect : std::uint8_t { kContent, kTime, kPush, kWindow };

struct Difference {
  Aspect aspect = Aspect::kContent;
  std::size_t step = 0;
  // In one line what differs, without numbers: differences with the same signature are of a kind.
  // "FIN_WAIT_2 (closed) | ACK text | kernel: RST, CLOSED | engine: ACK, FIN_WAIT_2"
  std::string signature;
};

std::optional<Difference> compare(const Scene& scene, const Record& kernel, const Record& engine);

// A reply in words that mean the same on both sides: numbers count from the ISNs.
std::string describe(const Scene& scene, const Record& record, const Reply& reply);

}  // namespace tcplab::interop
