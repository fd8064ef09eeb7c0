// The bytes on the wire, against datagrams written out by hand.
#include "wire/datagram.hpp"

#include <random>

#include "catch.hpp"
#include "wire/options.hpp"

using namespace tcplab::wire;

namespace {

const Endpoint kClient{Address{0x0a000001}, 40'000};  // 10.0.0.1, 0x9c40
const Endpoint kServer{Address{0x0a000002}, 80};

// RFC 1071 as its text has it, one 16-bit word after the other: independent of the engine's.
std::uint16_t ones_complement_sum(const Bytes& bytes) {
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < bytes.size(); i += 2) {
    const std::uint32_t low = i + 1 < bytes.size() ? bytes[i + 1] : 0;
    sum += bytes[i] * 256u + low;
    if (sum > 0xffff) sum -= 0xffff;
  }
  return static_cast<std::uint16_t>(sum);
}

// The IPv4 and TCP checksums of a datagram without IP options, put right after a change.
Bytes with_checksums(Bytes d) {
  d[10] = d[11] = d[36] = d[37] = 0;
  const auto ip =
      static_cast<std::uint16_t>(~ones_complement_sum(Bytes(d.begin(), d.begin() + 20)));
  d[10] = static_cast<std::uint8_t>(ip >> 8);
  d[11] = static_cast<std::uint8_t>(ip);
  Bytes covered(d.begin() + 12, d.begin() + 20);  // both addresses
  const std::size_t length = d.size() - 20;
  for (const std::size_t byte : {std::size_t{0}, std::size_t{6}, length >> 8, length & 0xff}) {
    covered.push_back(static_cast<std::uint8_t>(byte));
  }
  covered.insert(covered.end(), d.begin() + 20, d.end());
  const auto tcp = static_cast<std::uint16_t>(~ones_complement_sum(covered));
  d[36] = static_cast<std::uint8_t>(tcp >> 8);
  d[37] = static_cast<std::uint8_t>(tcp);
  return d;
}

Segment syn() {
  Segment s;
  s.src = kClient;
  s.dst = kServer;
  s.seq = Seq(1000);
  s.flags = kSyn;
  s.window = 65'535;
  s.options.mss = 1460;
  return s;
}

Segment text_segment(std::string_view text) {
  Segment s;
  s.src = kServer;
  s.dst = kClient;
  s.seq = Seq(0xffffffff);
  s.ack = Seq(1001);
  s.flags = kAck | kPsh;
  s.window = 512;
  s.payload = Payload(text.begin(), text.end());
  return s;
}

// A SYN whose options are these octets (a multiple of 4).
Bytes with_options(const Bytes& options) {
  auto s = syn();
  s.options.mss.reset();
  Bytes d = encode(s, 1);
  d.insert(d.end(), options.begin(), options.end());
  d[3] = static_cast<std::uint8_t>(d.size());
  d[32] = static_cast<std::uint8_t>((20 + options.size()) / 4 << 4);
  return with_checksums(d);
}

std::string error_of(const Bytes& d) {
  const auto decoded = decode(d);
  return decoded ? "none" : std::string(to_text(decoded.error()));
}

}  // namespace

TEST_CASE("encode: a SYN with MSS, octet by octet") {
  // IP checksum: 4500+002c+0007+4000+4006+0000+0a00+0001+0a00+0002 = d93c; its complement 26c3.
  // TCP checksum: pseudo-header 0a00+0001+0a00+0002+0006+0018 = 1421; segment 9c40+0050+0000+03e8
  //   +0000+0000+6002+ffff+0000+0000+0204+05b4 = 20831 with 16-bit carries 1421 + ... = 1c54+...:
  //   1421+9c40 = b061, +0050 = b0b1, +03e8 = b499, +6002 = 1149b -> 149c, +ffff = 1149b -> 149c,
  //   +0204 = 16a0, +05b4 = 1c54; its complement e3ab.
  const Bytes expected{0x45, 0x00, 0x00, 0x2c, 0x00, 0x07, 0x40, 0x00, 0x40, 0x06, 0x26,
                       0xc3, 0x0a, 0x00, 0x00, 0x01, 0x0a, 0x00, 0x00, 0x02, 0x9c, 0x40,
                       0x00, 0x50, 0x00, 0x00, 0x03, 0xe8, 0x00, 0x00, 0x00, 0x00, 0x60,
                       0x02, 0xff, 0xff, 0xe3, 0xab, 0x00, 0x00, 0x02, 0x04, 0x05, 0xb4};
  CHECK(encode(syn(), 7) == expected);
}

TEST_CASE("encode: text of odd length, with ACK and PSH") {
  // TCP checksum: pseudo-header 0a00+0002+0a00+0001+0006+0017 = 1420; +0050 = 1470, +9c40 = b0b0,
  //   +ffff = b0b0, +ffff = b0b0, +0000, +03e9 = b499, +5018 = 104b1 -> 04b2, +0200 = 06b2,
  //   text "abc": +6162 = 6814, +6300 = cb14; its complement 34eb.
  const Bytes d = encode(text_segment("abc"), 0xffff);
  CHECK(Bytes(d.begin() + 20, d.end()) == Bytes{0x00, 0x50, 0x9c, 0x40, 0xff, 0xff, 0xff, 0xff,
                                                0x00, 0x00, 0x03, 0xe9, 0x50, 0x18, 0x02, 0x00,
                                                0x34, 0xeb, 0x00, 0x00, 'a',  'b',  'c'});
  CHECK(Bytes(d.begin(), d.begin() + 6) == Bytes{0x45, 0x00, 0x00, 0x2b, 0xff, 0xff});
}

TEST_CASE("encode: every datagram has the checksums of an independent implementation") {
  std::mt19937 random(1);
  for (int i = 0; i < 500; ++i) {
    std::string text(random() % 40, 'x');
    for (auto& octet : text) octet = static_cast<char>(random());
    auto s = text_segment(text);
    s.seq = Seq(static_cast<std::uint32_t>(random()));
    s.flags = static_cast<Flags>(random());
    s.window = static_cast<std::uint16_t>(random());
    if (random() % 2 == 0) s.options.mss = static_cast<std::uint16_t>(random());
    if (random() % 2 == 0) s.options.window_scale = static_cast<std::uint8_t>(random());
    s.options.sack_permitted = random() % 2 == 0;
    if (random() % 2 == 0) {
      s.options.timestamps = Timestamps{static_cast<std::uint32_t>(random()), 7};
    }
    const Bytes d = encode(s, static_cast<std::uint16_t>(i));
    REQUIRE(d == with_checksums(d));
    auto decoded = decode(d);
    REQUIRE(decoded);
    if (!s.has(kAck)) s.ack = Seq(0);
    REQUIRE(*decoded == s);
  }
}

TEST_CASE("encode: the longest payload fits") {
  Segment s = text_segment("");
  s.payload = Bytes(kMaxPayload, 'x');
  const auto decoded = decode(encode(s, 1));
  REQUIRE(decoded);
  CHECK(decoded->payload.size() == 65'455);
}

TEST_CASE("decode: what is malformed is said to be so") {
  const Bytes good = encode(text_segment("abc"), 1);
  const auto changed = [&](std::size_t at, std::uint8_t value) {
    Bytes d = good;
    d[at] = value;
    return with_checksums(d);
  };
  CHECK(error_of(good) == "none");
  CHECK(error_of({}) == "too short");
  CHECK(error_of(Bytes(good.begin(), good.begin() + 19)) == "too short");
  CHECK(error_of(Bytes(good.begin(), good.end() - 1)) == "too short");  // total length says more
  CHECK(error_of(changed(3, 39)) == "too short");                       // total length says less
  CHECK(error_of(changed(0, 0x65)) == "not IPv4");                      // version 6
  CHECK(error_of(changed(0, 0x44)) == "not IPv4");                      // header of 16 octets
  CHECK(error_of(changed(0, 0x4f)) == "too short");                     // header of 60 octets
  CHECK(error_of(changed(6, 0x20)) == "fragment");                      // more fragments
  CHECK(error_of(changed(7, 0x01)) == "fragment");                      // not the first fragment
  CHECK(error_of(changed(9, 17)) == "not TCP");                         // UDP
  CHECK(error_of(changed(32, 0x40)) == "data offset");                  // 16 octets
  CHECK(error_of(changed(32, 0xf0)) == "data offset");                  // beyond the datagram
  Bytes d = good;
  d[8] ^= 1;
  CHECK(error_of(d) == "IP checksum");
  d = good;
  d.back() ^= 1;
  CHECK(error_of(d) == "TCP checksum");
  // No room for a TCP header: 20 + 19 octets.
  d.assign(good.begin(), good.begin() + 39);
  d[3] = 39;
  CHECK(error_of(with_checksums(d)) == "too short");
}

TEST_CASE("decode: options at any octet, unknown ones skipped (MUST-5, MUST-6, MUST-64)") {
  struct Row {
    const char* what;
    Bytes options;
    bool bad_length;
    std::optional<std::uint16_t> mss;
  };
  const auto row = GENERATE(
      Row{"MSS alone", {2, 4, 5, 0xb4}, false, std::uint16_t{1460}},
      Row{"MSS after one NOP", {1, 2, 4, 5, 0xb4, 0, 0, 0}, false, std::uint16_t{1460}},
      Row{"MSS after three NOPs", {1, 1, 1, 2, 4, 0, 64, 0}, false, std::uint16_t{64}},
      Row{"an unknown option before it", {254, 3, 9, 2, 4, 1, 2, 1}, false, std::uint16_t{258}},
      Row{"nothing counts behind the end of the list", {0, 2, 4, 5}, false, std::nullopt},
      Row{"NOPs to the end", {1, 1, 1, 1}, false, std::nullopt},
      Row{"window scale of length 2", {3, 2, 1, 1}, true, std::nullopt},
      Row{"SACK-permitted of length 3", {4, 3, 1, 1}, true, std::nullopt},
      Row{"timestamps of length 4", {8, 4, 0, 0}, true, std::nullopt},
      Row{"an option of length 0", {254, 0, 1, 1}, true, std::nullopt},
      Row{"an option of length 1", {254, 1, 1, 1}, true, std::nullopt},
      Row{"an option beyond the header", {1, 1, 254, 3}, true, std::nullopt},
      Row{"a kind without its length", {1, 1, 1, 254}, true, std::nullopt},
      Row{"MSS of length 3", {2, 3, 5, 1}, true, std::nullopt},
      Row{"MSS before a length that cannot be",
          {2, 4, 5, 0xb4, 254, 0, 1, 1},
          true,
          std::uint16_t{1460}},
      Row{"MSS behind one", {254, 0, 2, 4, 5, 0xb4, 1, 1}, true, std::nullopt},
      Row{"MSS behind a length that is not its option's",
          {3, 2, 2, 4, 5, 0xb4, 1, 1},
          true,
          std::uint16_t{1460}});
  INFO(row.what);
  const Bytes d = with_options(row.options);
  const auto decoded = decode(d);
  REQUIRE(decoded);
  CHECK(decoded->bad_option_length == row.bad_length);
  CHECK(decoded->options.mss == row.mss);
}

TEST_CASE("options: their octets (RFC 9293 §3.2, RFC 7323 §2.2 and §3.2, RFC 2018 §2)") {
  Options all;
  all.mss = std::uint16_t{1460};
  all.sack_permitted = true;
  all.timestamps = Timestamps{0x01020304, 0x05060708};
  all.window_scale = std::uint8_t{7};
  Options sack_only;
  sack_only.sack_permitted = true;
  Options timestamps_only;
  timestamps_only.timestamps = Timestamps{1, 2};
  const auto octets = [](const Options& options) {
    Bytes bytes(options_size(options));
    encode_options(options, bytes.data());
    return bytes;
  };
  CHECK(octets(all) == Bytes{2, 4, 5, 0xb4, 4, 2, 8, 10, 1, 2, 3, 4, 5, 6, 7, 8, 1, 3, 3, 7});
  CHECK(octets(sack_only) == Bytes{1, 1, 4, 2});
  CHECK(octets(timestamps_only) == Bytes{1, 1, 8, 10, 0, 0, 0, 1, 0, 0, 0, 2});
  CHECK(octets({}).empty());
}

TEST_CASE("options: any of them end at a word, so that nothing is padded (MUST-69)") {
  for (unsigned chosen = 0; chosen < 16; ++chosen) {
    Options options;
    if (chosen & 1) options.mss = std::uint16_t{0xffff};
    if (chosen & 2) options.sack_permitted = true;
    if (chosen & 4) options.timestamps = Timestamps{0xffffffff, 0xffffffff};
    if (chosen & 8) options.window_scale = std::uint8_t{14};
    Segment s = syn();
    s.options = options;
    const auto datagram = encode(s, 1);
    const std::size_t header = (datagram[32] >> 4) * 4u;
    REQUIRE(datagram.size() == 20 + header);
    // One option after the other, from the fixed 20 octets on: the last ends with the header.
    std::size_t at = 20 + 20;
    while (at < datagram.size()) {
      INFO("options " << chosen << ", octet " << at);
      REQUIRE(datagram[at] != 0);  // end of list: what follows would be padding
      at += datagram[at] == 1 ? 1 : datagram[at + 1];
    }
    CHECK(at == datagram.size());
  }
}

TEST_CASE("decode: any octets at all are read without harm") {
  std::mt19937 random(2);
  const Bytes good = with_options({1, 254, 3, 9, 2, 4, 5, 0xb4});
  std::size_t read = 0;
  for (int i = 0; i < 20'000; ++i) {
    Bytes d = good;
    for (auto n = random() % 4; n > 0; --n) {
      d[random() % d.size()] = static_cast<std::uint8_t>(random());
    }
    if (random() % 8 == 0) d.resize(random() % 60);
    if (d.size() >= 40) d = with_checksums(d);
    read += decode(d) ? 1 : 0;
  }
  CHECK(read > 1'000);
}

TEST_CASE("flags as text, both ways") {
  CHECK(flags_text(kAck | kSyn) == "SYN ACK");
  CHECK(flags_text(0xff) == "SYN FIN RST PSH ACK URG ECE CWR");
  CHECK(flags_text(0).empty());
  CHECK(parse_flags("syn,Ack") == Flags{kSyn | kAck});
  CHECK(parse_flags(" FIN | ACK ") == Flags{kFin | kAck});
  CHECK(parse_flags("") == Flags{0});
  CHECK_FALSE(parse_flags("SYN FNI"));
  CHECK(to_text(kServer) == "10.0.0.2:80");
}
