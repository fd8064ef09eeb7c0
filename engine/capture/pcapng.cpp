#include "capture/pcapng.hpp"

namespace tcplab::capture {
namespace {

constexpr std::uint32_t kSectionHeader = 0x0a0d0d0a;   // §4.1
constexpr std::uint32_t kInterfaceDescription = 1;     // §4.2
constexpr std::uint32_t kEnhancedPacket = 6;           // §4.3
constexpr std::uint32_t kByteOrderMagic = 0x1a2b3c4d;  // §4.1: written in the file's own byte order
constexpr std::uint16_t kLinkTypeRaw = 101;  // no link layer: a datagram starts with its IP header

constexpr std::uint16_t kOptionEnd = 0;          // §3.5.1
constexpr std::uint16_t kOptionComment = 1;      // §3.5.1
constexpr std::uint16_t kOptionApplication = 4;  // §4.1, shb_userappl
constexpr std::uint16_t kOptionName = 2;         // §4.2, if_name
constexpr std::uint16_t kOptionResolution = 9;   // §4.2, if_tsresol
constexpr std::uint16_t kOptionFlags = 2;        // §4.3, epb_flags

// Appends one block (§3.1): its type and length, whatever is put into it, its options, and at the
// end its length again. Everything in a block starts at a multiple of four octets.
class Block {
 public:
  Block(Bytes& file, std::uint32_t type) : file_(file), start_(file.size()) {
    put32(type);
    put32(0);  // the length, known at the end
  }

  void put16(std::uint32_t value) {
    file_.push_back(static_cast<std::uint8_t>(value));
    file_.push_back(static_cast<std::uint8_t>(value >> 8));
  }
  void put32(std::uint32_t value) {
    put16(value);
    put16(value >> 16);
  }
  template <typename Octets>
  void put_padded(const Octets& octets) {
    file_.insert(file_.end(), octets.begin(), octets.end());
    while (file_.size() % 4 != 0) file_.push_back(0);
  }

  void option(std::uint16_t code, std::string_view value) {
    value = value.substr(0, 0xffff);
    put16(code);
    put16(static_cast<std::uint32_t>(value.size()));
    put_padded(value);
  }

  void end() {
    option(kOptionEnd, {});
    const auto length = static_cast<std::uint32_t>(file_.size() - start_ + 4);
    put32(length);
    for (std::size_t i = 0; i < 4; ++i) file_[start_ + 4 + i] = file_[file_.size() - 4 + i];
  }

 private:
  Bytes& file_;
  std::size_t start_;
};

}  // namespace

Pcapng::Pcapng(std::string_view application) {
  Block block(bytes_, kSectionHeader);
  block.put32(kByteOrderMagic);
  block.put16(1);  // the format's version, 1.0
  block.put16(0);
  block.put32(0xffffffff);  // the section's length, 64 bits: unspecified, up to the end of the file
  block.put32(0xffffffff);
  block.option(kOptionApplication, application);
  block.end();
}

void Pcapng::add_interface(std::string_view name) {
  Block block(bytes_, kInterfaceDescription);
  block.put16(kLinkTypeRaw);
  block.put16(0);
  block.put32(0);  // no packet is cut
  block.option(kOptionName, name);
  block.option(kOptionResolution, "\x06");  // 10^-6 s
  block.end();
}

void Pcapng::add_packet(const Packet& packet, const Bytes& datagram) {
  const auto size = static_cast<std::uint32_t>(datagram.size());
  const char flags[] = {static_cast<char>(packet.direction), 0, 0, 0};
  Block block(bytes_, kEnhancedPacket);
  block.put32(packet.interface);
  block.put32(static_cast<std::uint32_t>(packet.time >> 32));
  block.put32(static_cast<std::uint32_t>(packet.time));
  block.put32(size);  // captured
  block.put32(size);  // on the wire
  block.put_padded(datagram);
  block.option(kOptionComment, packet.comment);
  block.option(kOptionFlags, {flags, sizeof flags});
  block.end();
}

}  // namespace tcplab::capture
