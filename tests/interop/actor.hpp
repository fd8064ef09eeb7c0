// One scene on the kernel's side: the application's sockets, and the peer made by hand.
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "file_descriptor.hpp"
#include "numbers.hpp"
#include "record.hpp"
#include "scene.hpp"
#include "sock_diag.hpp"

namespace tcplab::interop {

class Actor {
 public:
  // `number` gives it an address and a port that no scene near it has.
  Actor(const Scene& scene, std::uint32_t number, int tun);

  wire::Endpoint host() const { return host_; }
  wire::Endpoint peer() const { return peer_; }

  // Step `i` begins at `at`, which is `late` behind its time.
  void begin(std::size_t i, Time at, Duration late);
  // The host has sent a segment.
  void on_sent(Time at, const wire::Segment& segment);
  // What an application that waits does: it accepts, and reads on.
  void go_on();
  // Looks at what the step that began last has come to.
  void look(const SockDiag& diag);
  // Leaves nothing of the scene in the kernel.
  void end();

  Record take_record();

 private:
  void inject(const wire::Bytes& datagram) const;
  std::string perform(const Step& step);
  std::string open();
  std::string recv();
  std::string abort();
  static std::string so_error(int socket);
  static std::string set(int socket, const SocketOption& option);

  const Scene& scene_;
  wire::Endpoint host_;
  wire::Endpoint peer_;
  int tun_;
  Numbers numbers_;
  Record record_;
  std::size_t step_ = 0;
  FileDescriptor listener_;
  FileDescriptor socket_;
  bool has_accepted_ = false;
  std::optional<std::size_t> waiting_recv_;  // its step
};

}  // namespace tcplab::interop
