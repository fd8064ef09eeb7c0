#include "claims.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>
#include <utility>

#include "exercise/shown_ideas.hpp"

namespace tcplab::students {

bool Claim::good() const { return shown >= exercise::fewest_shown(variants); }

std::vector<Claim> claims_of(const exercise::Exercise& exercise, std::uint64_t variants) {
  const auto tried = std::min(variants, exercise.variants());
  std::map<std::pair<std::string, std::string>, std::uint64_t> counts;
  for (const auto& taught : exercise.json().at("teaches")) counts[{taught, ""}] = 0;
  for (std::uint64_t seed = 1; seed <= tried; ++seed) {
    const auto shown = exercise::shown_ideas(exercise, seed, true);
    if (!shown) throw std::runtime_error(format::to_text(exercise.id(), shown.error()));
    std::set<std::string> here;
    for (const auto& [misconception, mutant] : *shown) {
      if (here.insert(misconception).second) ++counts[{misconception, ""}];
      if (!mutant.empty()) ++counts[{misconception, mutant}];
    }
  }
  std::vector<Claim> claims;
  for (const auto& [claim, count] : counts) {
    claims.push_back({claim.first, claim.second, count, tried});
  }
  return claims;
}

}  // namespace tcplab::students
