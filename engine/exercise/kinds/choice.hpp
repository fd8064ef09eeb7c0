// What is chosen in a tune: an option of each setting. The first option of a setting leaves the
// scenario as it is; every other one changes it, and costs something.
#pragma once
#include <cstdint>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "exercise/run.hpp"
#include "format/shape.hpp"

namespace tcplab::exercise {

// More choices than this cannot all be tried.
inline constexpr std::size_t most_choices = 128;

format::Field settings_field();
// "most": so many settings may be changed.
format::Field most_field();

// A choice is complete: {"setting": "option"} for every setting. In an answer, a setting that is
// missing is left as it is.
tl::expected<Json, format::Text> read_choice(const Json& question, const Json& answer);
Json untouched(const Json& question);

const Json& option_in(const Json& setting, const Json& id);
std::uint64_t cost_of(const Json& question, const Json& choice);

// All that may be chosen, the cheapest first; of those that cost the same, what changes fewer
// settings. At most one more than can be tried.
std::vector<Json> choices_of(const Json& question);

// The scenario with what was chosen.
Json tuned(const Json& question, const Json& choice, Json scenario);

}  // namespace tcplab::exercise
