// The witness of an exercise: for each question an answer that must pass; for a build, a list of
// plans that must all pass, since one plan does not show that other right plans pass too.
#pragma once
#include <string>
#include <vector>

#include "exercise/run.hpp"

namespace tcplab::exercise {

inline constexpr std::size_t fewest_plans = 3;

// Complete sets of answers. The first has the first plan of every build, the second the second
// plan, and so on; a build with fewer plans than another starts again with its first.
std::vector<Json> witnesses(const Json& exercise);

// What a plan does, without times and amounts: plans with the same essence do not count as
// different.
std::string essence(const Json& plan);

}  // namespace tcplab::exercise
