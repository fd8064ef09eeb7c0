// Worlds of chance, the same for the same number: for properties that must hold in every world.
#pragma once
#include <string>
#include <string_view>

#include "format/json.hpp"
#include "lab/session.hpp"
#include "net/random.hpp"

namespace tcplab::test {

// Two hosts and a forger of segments, a listener, connections both ways, calls and faults at random
// moments (often the same), over links that lose, double and delay.
std::string random_scenario(net::Random& random, std::string_view profile,
                            std::string_view mutant = "");

// Something that can be done now in the session, or null.
format::Json random_action(net::Random& random, const lab::Session& session);

}  // namespace tcplab::test
