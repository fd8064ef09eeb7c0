// A choice in a tune: one option of each setting. The first option of a setting leaves the scenario
// as it is; every other one changes it and has a cost.
#pragma once
#include <cstdint>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "exercise/run.hpp"
#include "format/shape.hpp"

namespace tcplab::exercise {

// The largest number of choices, because all of them are tried.
inline constexpr std::size_t most_choices = 128;

format::Field settings_field();
// "most": how many settings may be changed.
format::Field most_field();

// Reads an answer. A choice is complete: {"setting": "option"} for every setting. A setting that
// the answer leaves out keeps its first option.
tl::expected<Json, format::Text> read_choice(const Json& question, const Json& answer);
Json untouched(const Json& question);

const Json& option_in(const Json& setting, const Json& id);
std::uint64_t cost_of(const Json& question, const Json& choice);

// All allowed choices, the cheapest first; among those with the same cost, the one that changes
// fewer settings. At most most_choices + 1.
std::vector<Json> choices_of(const Json& question);

// The scenario with the choice applied.
Json tuned(const Json& question, const Json& choice, Json scenario);

}  // namespace tcplab::exercise
