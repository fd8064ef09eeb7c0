// Any scenario's run as capture files: each is well-formed, block by block, its packets are in the
// order of their times, and what every host sent can be read as it was sent.
#include "capture/capture.hpp"

#include <algorithm>
#include <optional>

#include "bounded_scenario.hpp"
#include "fuzz.hpp"
#include "json_mutator.hpp"
#include "lab/session.hpp"
#include "wire/datagram.hpp"

using namespace tcplab;
using namespace tcplab::fuzz;

namespace {

constexpr std::uint32_t kMostSteps = 40;
constexpr std::uint64_t kSeed = 7;

// Block types of draft-ietf-opsawg-pcapng, sections 4.1 to 4.3.
constexpr std::uint32_t kSectionHeader = 0x0a0d0d0a;
constexpr std::uint32_t kInterface = 1;
constexpr std::uint32_t kPacket = 6;
constexpr std::size_t kAroundABlock = 12;  // its type, and its length before and after

// Little-endian, at this offset.
std::uint32_t number(const capture::Bytes& file, std::size_t at) {
  require(at + 4 <= file.size(), "a block ends within the file");
  std::uint32_t value = 0;
  for (std::size_t i = 4; i > 0; --i) value = value << 8 | file[at + i - 1];
  return value;
}

class File {
 public:
  explicit File(const capture::Bytes& bytes) : bytes_(bytes) {
    require(number(bytes, 0) == kSectionHeader, "a file begins with its section");
    for (std::size_t at = 0; at < bytes.size();) at += block(at);
  }

  std::size_t packets() const { return packets_; }

 private:
  std::size_t block(std::size_t at) {
    const std::size_t length = number(bytes_, at + 4);
    require(length >= kAroundABlock && length % 4 == 0,
            "a block is a multiple of four octets long");
    require(number(bytes_, at + length - 4) == length, "a block says its length twice");
    switch (number(bytes_, at)) {
      case kSectionHeader:
        require(at == 0, "there is one section");
        break;
      case kInterface:
        ++interfaces_;
        break;
      case kPacket:
        packet(at + 8, length - kAroundABlock);
        break;
      default:
        fail("every block is of a type that is written");
    }
    return length;
  }

  // Its interface, the two halves of its time, and its lengths, captured and on the wire
  // (section 4.3).
  void packet(std::size_t at, std::size_t room) {
    constexpr std::size_t kHead = 20;
    require(number(bytes_, at) < interfaces_, "a packet's interface came before it");
    const std::uint64_t time = std::uint64_t{number(bytes_, at + 4)} << 32 | number(bytes_, at + 8);
    require(time >= last_, "packets are in the order of their times");
    last_ = time;
    const std::size_t captured = number(bytes_, at + 12);
    require(captured == number(bytes_, at + 16) && kHead + captured <= room, "a packet is whole");
    const auto first = bytes_.begin() + static_cast<std::ptrdiff_t>(at + kHead);
    (void)wire::decode(wire::Bytes(first, first + static_cast<std::ptrdiff_t>(captured)));
    ++packets_;
  }

  const capture::Bytes& bytes_;
  std::uint32_t interfaces_ = 0;
  std::uint64_t last_ = 0;
  std::size_t packets_ = 0;
};

// What a file shows of the run, by capture.hpp: what all hosts send, or what one sends and what
// arrives there.
std::size_t shown(const lab::Session& session, std::optional<net::HostIndex> only) {
  const auto& events = session.trace().events;
  const auto count = std::count_if(events.begin(), events.end(), [&](const lab::Event& event) {
    if (only && event.host != *only) return false;
    if (event.kind == lab::EventKind::kSegmentReceived) return only.has_value();
    return event.kind == lab::EventKind::kSegmentSent || event.kind == lab::EventKind::kIcmp;
  });
  return static_cast<std::size_t>(count);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto scenario = bounded_scenario(data, size);
  if (!scenario) return 0;
  lab::Session session(scenario, kSeed);
  session.step(kMostSteps);
  const auto& names = session.host_names();
  const auto all = capture::capture(session.trace(), names, "");
  require(all && File(*all).packets() == shown(session, std::nullopt),
          "what all hosts send is in the file, once");
  const std::size_t host = size % names.size();
  const auto seen = capture::capture(session.trace(), names, names[host]);
  require(seen && File(*seen).packets() == shown(session, static_cast<net::HostIndex>(host)),
          "what a host sends and what arrives there is in its file");
  require(!capture::capture(session.trace(), names, "no such host"), "a host must be there");
  return 0;
}
