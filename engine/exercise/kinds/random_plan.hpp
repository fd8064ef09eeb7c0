// What someone does who acts at random: of what is allowed, at random times.
#pragma once
#include "exercise/run.hpp"
#include "net/random.hpp"

namespace tcplab::exercise {

// So many actions, in a world whose run without them is `idle`.
Json random_plan(const Json& question, const Json& scenario, const Run& idle, std::size_t actions,
                 net::Random& random);

}  // namespace tcplab::exercise
