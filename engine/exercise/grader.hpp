// Grades the answers of many students to one exercise: what all of a variant share is made once.
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

  // As exercise::grade() of an answers file. Fast while the variant is the last one's.
  tl::expected<Json, Problems> grade(std::string_view answers,
                                     std::optional<std::uint64_t> seed = std::nullopt);

 private:
  struct Variant;
  tl::expected<Variant*, Problems> variant(std::uint64_t seed);

  const Exercise& exercise_;
  std::unique_ptr<Variant> last_;
};

}  // namespace tcplab::exercise
