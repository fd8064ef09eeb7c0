// The bytes of ICMP errors, against datagrams written out by hand.
#include "wire/icmp.hpp"

#include <array>

#include "catch.hpp"
#include "wire/datagram.hpp"

using namespace tcplab::wire;

namespace {

// The datagram of datagram_test.cpp: a SYN from 10.0.0.1:40000 to 10.0.0.2:80, identification 7.
const Bytes kSynDatagram{0x45, 0x00, 0x00, 0x2c, 0x00, 0x07, 0x40, 0x00, 0x40, 0x06, 0x26,
                         0xc3, 0x0a, 0x00, 0x00, 0x01, 0x0a, 0x00, 0x00, 0x02, 0x9c, 0x40,
                         0x00, 0x50, 0x00, 0x00, 0x03, 0xe8, 0x00, 0x00, 0x00, 0x00, 0x60,
                         0x02, 0xff, 0xff, 0xe3, 0xab, 0x00, 0x00, 0x02, 0x04, 0x05, 0xb4};

Bytes octets(const Bytes& of, std::size_t from, std::size_t to) {
  return {of.begin() + static_cast<std::ptrdiff_t>(from),
          of.begin() + static_cast<std::ptrdiff_t>(to)};
}

}  // namespace

TEST_CASE("encode: host unreachable, octet by octet") {
  // 20 + 8 + 44 octets are 0x48. IP checksum: 4500+0048+0000+4000+4001 = c549, +c000 = 1_8549
  //   -> 854a, +0201 = 874b, +0a00+0001 = 914c; its complement 6eb3.
  // ICMP checksum: the quoted IP header, checksum included, sums to ffff, which is zero. So does
  //   the quoted segment with its pseudo-header, whose own sum is 1421 (datagram_test.cpp): the
  //   segment alone sums to ffff-1421 = ebde. 0301+ebde = eedf; its complement 1120.
  const Bytes headers{0x45, 0x00, 0x00, 0x48, 0x00, 0x00, 0x40, 0x00, 0x40, 0x01,
                      0x6e, 0xb3, 0xc0, 0x00, 0x02, 0x01, 0x0a, 0x00, 0x00, 0x01,
                      0x03, 0x01, 0x11, 0x20, 0x00, 0x00, 0x00, 0x00};
  const auto datagram = encode(Icmp::kHostUnreachable, 0, kSynDatagram);
  CHECK(octets(datagram, 0, 28) == headers);
  CHECK(octets(datagram, 28, datagram.size()) == kSynDatagram);
}

TEST_CASE("encode: the header of each ICMP error (RFC 792, RFC 1191 section 4)") {
  // The checksums: ebde of the quoted datagram plus the other words of the header, complemented.
  struct Row {
    Icmp what;
    std::array<std::uint8_t, 8> header;
  };
  const auto row = GENERATE(
      Row{Icmp::kNetUnreachable, {3, 0, 0x11, 0x21, 0, 0, 0, 0}},             // 0300: eede
      Row{Icmp::kProtocolUnreachable, {3, 2, 0x11, 0x1f, 0, 0, 0, 0}},        // 0302: eee0
      Row{Icmp::kPortUnreachable, {3, 3, 0x11, 0x1e, 0, 0, 0, 0}},            // 0303: eee1
      Row{Icmp::kFragmentationNeeded, {3, 4, 0x0e, 0x9d, 0, 0, 0x02, 0x80}},  // 0304+0280: f162
      Row{Icmp::kSourceRouteFailed, {3, 5, 0x11, 0x1c, 0, 0, 0, 0}},          // 0305: eee3
      Row{Icmp::kSourceQuench, {4, 0, 0x10, 0x21, 0, 0, 0, 0}},               // 0400: efde
      Row{Icmp::kTimeExceeded, {11, 0, 0x09, 0x21, 0, 0, 0, 0}},              // 0b00: f6de
      Row{Icmp::kParameterProblem, {12, 0, 0x07, 0x21, 0x01, 0x00, 0, 0}}     // 0c00+0100: f8de
  );
  INFO(to_text(row.what));
  CHECK(octets(encode(row.what, 640, kSynDatagram), 20, 28) ==
        Bytes(row.header.begin(), row.header.end()));
}

TEST_CASE("encode: a host tells of its protocols and ports, a router of all else") {
  const auto source = [](Icmp what) { return octets(encode(what, 576, kSynDatagram), 12, 16); };
  const Bytes server{10, 0, 0, 2};
  const Bytes router{192, 0, 2, 1};
  CHECK(source(Icmp::kProtocolUnreachable) == server);
  CHECK(source(Icmp::kPortUnreachable) == server);
  CHECK(source(Icmp::kNetUnreachable) == router);
  CHECK(source(Icmp::kFragmentationNeeded) == router);
  CHECK(source(Icmp::kTimeExceeded) == router);
  // With 0a00+0002 in place of c000+0201: c549+0a00+0002+0a00+0001 = d94c; its complement 26b3.
  CHECK(octets(encode(Icmp::kPortUnreachable, 0, kSynDatagram), 10, 12) == Bytes{0x26, 0xb3});
}

TEST_CASE("encode: the sender of what is quoted is told, or whoever is named") {
  const auto destination = [](std::optional<Address> to) {
    return octets(encode(Icmp::kHostUnreachable, 0, kSynDatagram, to), 16, 20);
  };
  CHECK(destination(std::nullopt) == Bytes{10, 0, 0, 1});
  CHECK(destination(Address{0x0a000003}) == Bytes{10, 0, 0, 3});
}

TEST_CASE("encode: time exceeded quotes a datagram with one hop left") {
  // 01 in place of 40 takes 3f00 from the header's sum d93c (datagram_test.cpp): 9a3c; its
  // complement 65c3.
  const auto datagram = encode(Icmp::kTimeExceeded, 0, kSynDatagram);
  CHECK(octets(datagram, 36, 40) == Bytes{0x01, 0x06, 0x65, 0xc3});
}

TEST_CASE("encode: a long datagram is quoted as far as 576 octets hold it (RFC 1812)") {
  Segment segment;
  segment.src = {Address{0x0a000001}, 40'000};
  segment.dst = {Address{0x0a000002}, 80};
  segment.flags = kAck;
  segment.payload = Bytes(1200, 'x');
  const auto about = encode(segment, 1);
  const auto datagram = encode(Icmp::kFragmentationNeeded, 576, about);
  REQUIRE(datagram.size() == 576);
  CHECK(octets(datagram, 2, 4) == Bytes{0x02, 0x40});
  CHECK(octets(datagram, 28, 576) == octets(about, 0, 548));
  // Whatever has its right checksum in it sums to ffff, whose complement is 0 (RFC 1071).
  CHECK(internet_checksum(datagram.data(), 20) == 0);
  CHECK(internet_checksum(datagram.data() + 20, 556) == 0);
}
