// The blocks of a capture file, against octets written out by hand from draft-ietf-opsawg-pcapng.
#include "capture/pcapng.hpp"

#include <string>

#include "catch.hpp"

using namespace tcplab::capture;

namespace {

// Octets from hexadecimal digits, blanks between them.
Bytes octets(const std::string& hex) {
  Bytes bytes;
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    while (hex[i] == ' ') ++i;
    bytes.push_back(static_cast<std::uint8_t>(std::stoi(hex.substr(i, 2), nullptr, 16)));
  }
  return bytes;
}

// What `add` appends to a file.
template <typename Add>
Bytes appended(Add add) {
  Pcapng file("x");
  const auto before = static_cast<std::ptrdiff_t>(file.bytes().size());
  add(file);
  return Bytes(file.bytes().begin() + before, file.bytes().end());
}

Bytes packet_block(const Packet& packet, const Bytes& datagram) {
  return appended([&](Pcapng& file) { file.add_packet(packet, datagram); });
}

std::uint32_t little_endian(const Bytes& bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 4; i-- > 0;) value = value << 8 | bytes[at + i];
  return value;
}

}  // namespace

TEST_CASE("a file begins with a section header") {
  // §4.1: type, length, byte-order magic, version 1.0, section length -1 (not told); then the
  // option shb_userappl (4) of 6 octets and 2 of padding, the end of the options, and the length
  // again. Length: 4 + 4 + 4 + 4 + 8, 4 + 8, 4, 4 = 44 = 0x2c.
  CHECK(Pcapng("tcplab").bytes() == octets("0a0d0d0a 2c000000 4d3c2b1a 0100 0000 ffffffffffffffff "
                                           "0400 0600 7463706c6162 0000 "
                                           "0000 0000 2c000000"));
}

TEST_CASE("an interface has a name, and counts in microseconds") {
  // §4.2: type 1, length, link type 101 (LINKTYPE_RAW), reserved, no limit to a packet's length;
  // then if_name (2) of 3 octets and 1 of padding, if_tsresol (9) of the octet 6 (10^-6 s) and 3 of
  // padding. Length: 4 + 4 + 2 + 2 + 4, 4 + 4, 4 + 4, 4, 4 = 40 = 0x28.
  CHECK(appended([](Pcapng& file) { file.add_interface("abc"); }) ==
        octets("01000000 28000000 6500 0000 00000000 "
               "0200 0300 616263 00 0900 0100 06 000000 "
               "0000 0000 28000000"));
}

TEST_CASE("a packet: place, time, octets, comment, direction") {
  // §4.3: type 6, length, interface, the time's upper and lower 32 bits, captured and original
  // length, 5 octets and 3 of padding; then opt_comment (1) of 2 octets and 2 of padding, epb_flags
  // (2). Length: 4 + 4 + 4 + 8 + 8 + 8, 4 + 4, 4 + 4, 4, 4 = 60 = 0x3c.
  const Packet packet{3, 0x0003'5d01'3b37'e000, Direction::kOutbound, "hi"};
  CHECK(packet_block(packet, octets("4500010203")) ==
        octets("06000000 3c000000 03000000 015d0300 00e0373b 05000000 05000000 4500010203 000000 "
               "0100 0200 6869 0000 0200 0400 02000000 "
               "0000 0000 3c000000"));
}

TEST_CASE("everything in a block starts at a multiple of four octets") {
  // Without octets and text a packet's block has 28 octets before its data, 4 of the comment's
  // head, 8 of epb_flags, 4 of the options' end and 4 of the length: 48.
  const std::string text = "wxyz!";
  for (std::size_t data = 0; data <= 5; ++data) {
    for (std::size_t comment = 0; comment <= 5; ++comment) {
      const std::size_t padded[] = {0, 4, 4, 4, 4, 8};
      const auto block = packet_block(
          {0, 0, Direction::kInbound, std::string_view(text).substr(0, comment)}, Bytes(data, 1));
      INFO(data << " octets, a comment of " << comment);
      REQUIRE(block.size() == 48 + padded[data] + padded[comment]);
      CHECK(little_endian(block, 4) == block.size());
      CHECK(little_endian(block, block.size() - 4) == block.size());
    }
  }
}

TEST_CASE("a comment longer than an option can hold is cut") {
  const std::string text(70'000, 'c');
  const auto block = packet_block({0, 0, Direction::kInbound, text}, {});
  // 65,535 octets and 1 of padding.
  CHECK(block.size() == 48 + 65'536);
  CHECK(little_endian(block, 28) == 0xffff'0001);  // its length, and the option's code 1
}
