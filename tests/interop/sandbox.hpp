// A network namespace of this process's own with one TUN device: the kernel's TCP, and nothing of
// the machine's network. The host under test is the device's address; every other address of its
// network is a peer made by hand.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "file_descriptor.hpp"
#include "wire/segment.hpp"

namespace tcplab::interop {

inline constexpr wire::Address kSandboxHost{0x0a090001};  // 10.9.0.1/16
// The peer of scene number n: each has an address of its own.
constexpr wire::Address peer_address(std::uint32_t n) {
  return {0x0a090000 | (1 + n / 250 % 250) << 8 | (1 + n % 250)};
}
inline constexpr std::uint16_t kFirstPort = 1024;  // of the host under test
inline constexpr std::uint16_t kPorts = 58'000;    // from there on

class Sandbox {
 public:
  // Moves this process into it. The error says what is missing here.
  static tl::expected<Sandbox, std::string> make();

  int tun() const { return tun_.get(); }
  // Of net.ipv4. A name that this kernel does not have is left out.
  static tl::expected<void, std::string> set(std::string_view sysctl, std::string_view value);

 private:
  explicit Sandbox(FileDescriptor tun) : tun_(std::move(tun)) {}
  FileDescriptor tun_;
};

// "6.18.44-...": of the running kernel.
std::string kernel_release();
// "6.18": what stays the same while a series is mended.
std::string kernel_series(std::string_view release);

}  // namespace tcplab::interop
