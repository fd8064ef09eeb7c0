// What someone earns who knows what is asked, and guesses.
#pragma once
#include "exercise/question.hpp"

namespace tcplab::exercise {

struct Guess {
  double share = 0;   // of the points, on average
  double passes = 1;  // how likely every answer is right
};

// Of all questions of a variant.
Guess guess(const Json& questions, Bench& bench);

}  // namespace tcplab::exercise
