// The values of an exercise's parameters for one seed.
#pragma once
#include <cstdint>
#include <tl/expected.hpp>

#include "exercise/exercise.hpp"

namespace tcplab::exercise {

// Objects of name to value, ready for placeholders. `words` parameters are in the texts only.
struct Parameters {
  Json values;
  Json english;
  Json chinese;
};

// Draws them in the order of the file. Problems: an empty range, a name that is not known (yet), a
// value that a map does not have, a formula that cannot be read.
tl::expected<Parameters, Problems> draw(const Exercise& exercise, std::uint64_t seed);

}  // namespace tcplab::exercise
