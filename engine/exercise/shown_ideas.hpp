// Which misconceptions the answers to a variant can show.
#pragma once
#include <cstdint>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "exercise/exercise.hpp"
#include "exercise/instance.hpp"

namespace tcplab::exercise {

// The misconceptions of "teaches" that this variant can show: by a chaff that is diagnosed so, by
// an option or event that declares it, or by a mutant whose answers differ from the right ones.
std::vector<std::string> taught_and_shown(const Instance& instance, const Json& right_answers);

struct ShownIdea {
  std::string misconception;
  std::string mutant;  // whose answers show it; "": a chaff or a declaration of the author does
};
// All misconceptions that the variant of this seed can show: by each mutant, and those taught by a
// chaff or a declaration. `only_taught` leaves out what the exercise does not teach, which takes a
// tenth of the time.
tl::expected<std::vector<ShownIdea>, Problems> shown_ideas(const Exercise& exercise,
                                                           std::uint64_t seed,
                                                           bool only_taught = false);

// The smallest number of variants, of so many, on which a taught misconception has to show.
constexpr std::uint64_t fewest_shown(std::uint64_t variants) { return (variants * 95 + 99) / 100; }

}  // namespace tcplab::exercise
