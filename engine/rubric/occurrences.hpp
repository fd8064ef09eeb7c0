// Where the words of a rubric's sets stand in a text.
#pragma once
#include <cstddef>
#include <vector>

#include "rubric/rubric.hpp"
#include "rubric/tokens.hpp"

namespace tcplab::rubric {

// Tokens of one phrase, both ends included.
struct Occurrence {
  std::size_t first;
  std::size_t last;
};

// By set, in the order of the text; of those that begin at one token, the longest.
using Occurrences = std::vector<std::vector<Occurrence>>;

Occurrences occurrences(const Rubric& rubric, const std::vector<Token>& text);

}  // namespace tcplab::rubric
