// Checks the variants of exercises on all cores, because each exercise has hundreds.
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "exercise/check.hpp"

namespace tcplab::cli {

struct VariantsOf {
  const exercise::Exercise* exercise;
  std::uint64_t seeds;  // checks seeds 1 to this
};

// The wanted number of seeds, but no more than students get.
std::uint64_t seeds_of(const exercise::Exercise& exercise, std::optional<std::uint64_t> wanted);

// The variants of each exercise in the order of the seeds, up to the first with errors.
std::vector<std::vector<exercise::Variant>> check_variants(const std::vector<VariantsOf>& wanted);

}  // namespace tcplab::cli
