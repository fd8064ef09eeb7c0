// Why data of an earlier connection was taken: its number, and the one that was expected.
#pragma once
#include <cstdint>
#include <optional>

#include "exercise/run.hpp"
#include "wire/seq.hpp"

namespace tcplab::exercise {

struct OldData {
  std::uint32_t n;     // the event with which the segment arrives
  wire::Seq seq;       // the segment's
  wire::Seq expected;  // RCV.NXT of the connection that it arrives at, before it
};

// Of the data that the event `deliver` hands over, the first segment that was sent before this
// connection was there; none: all of it is the connection's own.
std::optional<OldData> old_data_in(std::uint32_t deliver, const Run& run);

}  // namespace tcplab::exercise
