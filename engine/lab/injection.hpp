// What a host without a stack sends: any segment, whole or mangled, or an ICMP error about one.
#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "net/network.hpp"
#include "wire/forgery.hpp"
#include "wire/icmp.hpp"
#include "wire/segment.hpp"

namespace tcplab::lab {

// The numbers of a segment that another may take over.
enum class Number : std::uint8_t {
  kSeq,
  kAck,
  kNext,
  kTsval,
  kTsecr
};  // kNext: SEQ plus the sequence numbers taken
inline constexpr std::array<std::string_view, 5> kNumberNames{"seq", "ack", "next", "tsval",
                                                              "tsecr"};
using Numbers = std::array<std::uint32_t, kNumberNames.size()>;

// A segment sent earlier in the run: the last that fits `match` (the nth, with `match.nth`), or the
// one that was injected under the label.
struct Model {
  net::Match match;
  std::string label;
};

// Segments that others may take numbers from.
struct Models {
  std::vector<std::string> labels;  // of injections that may be referred to
  std::vector<Model>* found;        // gets those that are referred to
};

struct Borrowed {
  Number into = Number::kSeq;
  std::uint32_t model = 0;  // index into Scenario::models
  Number which = Number::kSeq;
  std::uint32_t plus = 0;  // modulo 2^32
};

struct Injection {
  std::string label;
  wire::Segment segment;  // for an ICMP error: the segment that it quotes
  std::shared_ptr<const wire::Forgery> forgery;
  std::vector<Borrowed> borrowed;
  struct Icmp {
    wire::Icmp error;
    std::uint16_t mtu;
    std::optional<net::HostIndex> to;  // none: the source of the quoted segment
  };
  std::optional<Icmp> icmp;
  bool misses = false;  // it takes a number from a segment that was not sent
};

// Looks for a model's segment among those that are sent.
struct Search {
  std::uint32_t count = 0;  // of segments that fitted
  std::optional<Numbers> numbers;

  // The next one that fits.
  void take(const Model& model, const net::SentSegment& sent);
};

// The numbers of a segment that another may take over.
Numbers numbers_of(const net::SentSegment& sent);
void put(std::uint32_t number, Number into, wire::Segment& segment);

}  // namespace tcplab::lab
