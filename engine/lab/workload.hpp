// A scenario's workload: calls that come again at even distances, by name. Each is unrolled into
// entries of the script, so that a run knows nothing of it. A change of the workload is a JSON
// merge patch (RFC 7396).
#pragma once
#include "format/json.hpp"
#include "format/shape.hpp"

namespace tcplab::lab {

format::Field workload_field();

// The entries of one of its items, the first round's first. In the texts of the action a "#" stands
// for the number of the round, from 1; of a list, each round takes the next value, and after the
// last the first again. What has not the shape of an item makes none.
format::Json rounds_of(const format::Json& item);

// How many entries all of it makes, and may make.
std::size_t rounds_in(const format::Json& workload);
inline constexpr std::size_t most_rounds_in_all = 10'000;

}  // namespace tcplab::lab
