// What somebody earns who understands the questions but guesses the answers.
#pragma once
#include <cstdint>

#include "exercise/bench.hpp"

namespace tcplab::exercise {

// The expected points of a guess at a question, and the probability that all of it is right.
struct Chance {
  double points = 0;
  double all = 1;

  void add(double chance, std::uint64_t points_of_one) {
    points += chance * static_cast<double>(points_of_one);
    all *= chance;
  }
};

struct Guess {
  double share = 0;   // of the points, expected
  double passes = 1;  // the probability that every answer is right
};

// For all questions of a variant.
Guess guess(const Json& questions, Bench& bench);

}  // namespace tcplab::exercise
