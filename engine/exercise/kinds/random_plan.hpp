// Random plans, to find out what guessing earns: allowed actions at random times.
#pragma once
#include "exercise/run.hpp"
#include "net/random.hpp"

namespace tcplab::exercise {

// A plan of `actions` actions. `idle` is the run without them.
Json random_plan(const Json& question, const Json& scenario, const Run& idle, std::size_t actions,
                 net::Random& random);

}  // namespace tcplab::exercise
