// What an exercise says that it teaches, and on how many of its variants that shows.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "exercise/exercise.hpp"

namespace tcplab::students {

struct Claim {
  std::string misconception;
  std::string mutant;  // whose answers differ; "": whoever shows it
  std::uint64_t shown = 0;
  std::uint64_t variants = 0;

  bool good() const;
};

// Of each misconception how often it shows at all, and by each mutant that shows it.
std::vector<Claim> claims_of(const exercise::Exercise& exercise, std::uint64_t variants);

}  // namespace tcplab::students
