// Misconceptions that no mutant makes true, but that an answer can show: each is a reading of the
// real run, by question.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "exercise/statement.hpp"

namespace tcplab::exercise {

struct Belief {
  std::string_view misconception;
  // What someone who holds it would answer; none where it says nothing.
  std::optional<Json> (*values)(const Statement& statement);
  // Another that such answers show as well; empty: none.
  std::string_view also = {};
};
// Of a belief: the misconceptions that it shows.
std::vector<std::string> names_of(const Belief& belief);
std::span<const Belief> beliefs();

// Misconceptions that neither a mutant nor a belief shows: only an author's "shows" points them
// out.
std::span<const std::string_view> only_declared();

}  // namespace tcplab::exercise
