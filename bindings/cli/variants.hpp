// The variants of exercises, checked on all cores: there are hundreds of each.
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "exercise/check.hpp"

namespace tcplab::cli {

struct VariantsOf {
  const exercise::Exercise* exercise;
  std::uint64_t seeds;  // 1 to this
};

// As many as are wanted, and no more than students are given.
std::uint64_t seeds_of(const exercise::Exercise& exercise, std::optional<std::uint64_t> wanted);

// For each its variants in the order of the seeds, up to the first with errors.
std::vector<std::vector<exercise::Variant>> check_variants(const std::vector<VariantsOf>& wanted);

}  // namespace tcplab::cli
