#pragma once
#include <cstdint>
#include <tl/expected.hpp>

#include "exercise/exercise.hpp"

namespace tcplab::exercise {

// The values of an exercise's parameters for one seed: objects of name to value, ready for
// placeholders. Parameters of the kind `words` are only in `english` and `chinese`.
struct Parameters {
  Json values;
  Json english;
  Json chinese;
};

// Draws the parameters in the order of the file. Problems: an empty range, a name that is unknown
// or that comes later, a value that a map does not have, a formula that cannot be read.
tl::expected<Parameters, Problems> draw(const Exercise& exercise, std::uint64_t seed);

}  // namespace tcplab::exercise
