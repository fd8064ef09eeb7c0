// Grades the answers of many students to one exercise. What the answers to a variant have in common
// is made only once.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <tl/expected.hpp>

#include "exercise/exercise.hpp"

namespace tcplab::exercise {

class Grader {
 public:
  // The exercise must outlive it.
  explicit Grader(const Exercise& exercise);
  ~Grader();

  // Like exercise::grade() for an answers file. Fast if the variant is the same as in the last
  // call.
  tl::expected<Json, Problems> grade(std::string_view answers,
                                     std::optional<std::uint64_t> seed = std::nullopt);

 private:
  struct Variant;
  tl::expected<Variant*, Problems> variant(std::uint64_t seed);

  const Exercise& exercise_;
  std::unique_ptr<Variant> last_;
};

}  // namespace tcplab::exercise
