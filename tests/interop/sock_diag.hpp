// Asks the kernel for a connection's state, whoever holds it: a socket, nobody any more (an orphan,
// TIME-WAIT), or not yet a socket (a request).
#pragma once
#include "file_descriptor.hpp"
#include "tcp/state.hpp"
#include "wire/segment.hpp"

namespace tcplab::interop {

class SockDiag {
 public:
  SockDiag();
  tcp::State state(wire::Endpoint local, wire::Endpoint remote) const;

 private:
  FileDescriptor netlink_;
};

}  // namespace tcplab::interop
