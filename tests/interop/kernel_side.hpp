// Scenes played against this machine's kernel: on real sockets, many at once, each step at its
// time.
#pragma once
#include <cstdint>
#include <vector>

#include "record.hpp"
#include "sandbox.hpp"
#include "scene.hpp"
#include "sock_diag.hpp"

namespace tcplab::interop {

class KernelSide {
 public:
  explicit KernelSide(const Sandbox& sandbox) : sandbox_(sandbox) {}

  // A record of each. A scene begins `spread` after the one before it.
  std::vector<Record> play(const std::vector<const Scene*>& scenes, Duration spread);

 private:
  const Sandbox& sandbox_;
  SockDiag diag_;
  std::uint32_t played_ = 0;  // numbers scenes, for addresses and ports
};

}  // namespace tcplab::interop
