// Data of an earlier connection that was delivered: the sequence number of its segment, and the one
// that was expected.
#pragma once
#include <cstdint>
#include <optional>

#include "exercise/run.hpp"
#include "wire/seq.hpp"

namespace tcplab::exercise {

struct OldData {
  std::uint32_t n;     // the event of the segment's arrival
  wire::Seq seq;       // the segment's
  wire::Seq expected;  // RCV.NXT of the receiving connection before the arrival
};

// The first segment, of those whose data the event `deliver` delivers, that was sent before this
// connection existed; none if all data is the connection's own.
std::optional<OldData> old_data_in(std::uint32_t deliver, const Run& run);

}  // namespace tcplab::exercise
