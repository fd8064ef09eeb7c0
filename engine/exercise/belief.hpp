// Misconceptions that no mutant makes true but that an answer can show. Each belief is a wrong way
// to read the real run, for the questions that it covers.
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
  // What somebody who holds the belief would answer; none if it does not cover the question.
  std::optional<Json> (*values)(const Statement& statement);
  // Another misconception that the same answers show; empty: none.
  std::string_view also = {};
};
// The misconceptions that the belief shows.
std::vector<std::string> names_of(const Belief& belief);
std::span<const Belief> beliefs();

// Misconceptions that neither a mutant nor a belief shows: only an author's "shows" points them
// out.
std::span<const std::string_view> only_declared();

}  // namespace tcplab::exercise
