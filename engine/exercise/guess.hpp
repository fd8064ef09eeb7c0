// What someone earns who knows what is asked, and guesses.
#pragma once
#include <cstdint>

#include "exercise/bench.hpp"

namespace tcplab::exercise {

// Points that are guessed in a question, and how likely all of it is.
struct Chance {
  double points = 0;
  double all = 1;

  void add(double chance, std::uint64_t points_of_one) {
    points += chance * static_cast<double>(points_of_one);
    all *= chance;
  }
};

struct Guess {
  double share = 0;   // of the points, on average
  double passes = 1;  // how likely every answer is right
};

// Of all questions of a variant.
Guess guess(const Json& questions, Bench& bench);

}  // namespace tcplab::exercise
