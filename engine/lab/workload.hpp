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
// last the first again. The item's shape has been checked, its action has not.
format::Json rounds_of(const format::Json& item);

// How many entries all of it makes.
std::size_t rounds_in(const format::Json& workload);

}  // namespace tcplab::lab
