// The witness of an exercise: for each question an answer that must pass; for a build, a list of
// plans that must all pass, since what one author thought of is not all that is right.
#pragma once
#include <string>
#include <vector>

#include "exercise/run.hpp"

namespace tcplab::exercise {

inline constexpr std::size_t fewest_plans = 3;

// Complete answers. The first has every build's first plan, the second its second, and so on; a
// build with fewer plans than another begins again.
std::vector<Json> witnesses(const Json& exercise);

// What a plan does, without times and amounts: plans in which this is the same are not essentially
// different.
std::string essence(const Json& plan);

}  // namespace tcplab::exercise
