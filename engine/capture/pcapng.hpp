// A capture file in the format pcapng (draft-ietf-opsawg-pcapng): one section, little-endian, whole
// IPv4 datagrams, times in microseconds.
#pragma once
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace tcplab::capture {

using Bytes = std::vector<std::uint8_t>;

// The values of the option epb_flags (§4.3.1), bits 0 and 1.
enum class Direction : std::uint8_t { kInbound = 1, kOutbound = 2 };

struct Packet {
  std::uint32_t interface;  // from 0, in the order of add_interface()
  std::uint64_t time;       // µs since 1970-01-01T00:00:00Z
  Direction direction;
  std::string_view comment;
};

// Texts are UTF-8 and cut to 65,535 octets, the most that an option holds.
class Pcapng {
 public:
  // Starts a file without packets. `application` is the program that writes it.
  explicit Pcapng(std::string_view application);

  // Must be called before the first packet of that interface is added.
  void add_interface(std::string_view name);
  void add_packet(const Packet& packet, const Bytes& datagram);

  const Bytes& bytes() const& { return bytes_; }
  Bytes bytes() && { return std::move(bytes_); }

 private:
  Bytes bytes_;
};

}  // namespace tcplab::capture
