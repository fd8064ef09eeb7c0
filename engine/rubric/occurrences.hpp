// Finds the words of a rubric's sets in a text.
#pragma once
#include <cstddef>
#include <vector>

#include "rubric/rubric.hpp"
#include "rubric/tokens.hpp"

namespace tcplab::rubric {

// The tokens of one phrase, from `first` to `last` inclusive.
struct Occurrence {
  std::size_t first;
  std::size_t last;
};

// A list for each set, in the order of the text. Of the phrases that begin at the same token, only
// the longest is there.
using Occurrences = std::vector<std::vector<Occurrence>>;

Occurrences occurrences(const Rubric& rubric, const std::vector<Token>& text);

}  // namespace tcplab::rubric
