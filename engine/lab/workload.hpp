// A scenario's workload: named actions, each repeated at a fixed interval. They are unrolled into
// entries of the script, so that a world knows nothing of workloads. A change of the workload is a
// JSON merge patch (RFC 7396).
#pragma once
#include "format/json.hpp"
#include "format/shape.hpp"

namespace tcplab::lab {

format::Field workload_field();

// The script entries of one workload item, one for each round, in order. In the action's texts "#"
// stands for the number of the round, from 1; from a list each round takes the next value, and the
// first again after the last. JSON without the shape of an item gives none.
format::Json rounds_of(const format::Json& item);

// The number of entries that a workload makes, and its maximum.
std::size_t rounds_in(const format::Json& workload);
inline constexpr std::size_t most_rounds_in_all = 10'000;

}  // namespace tcplab::lab
