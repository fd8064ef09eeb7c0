#include "exercise/guess.hpp"

#include "exercise/kinds/kind.hpp"
#include "exercise/verdict.hpp"

namespace tcplab::exercise {

Guess guess(const Json& questions, Bench& bench) {
  Guess result;
  double most = 0;
  for (const Json& question : questions) {
    const Chance chance = kind_of(question).guess(question, bench);
    result.share += chance.points;
    result.passes *= chance.all;
    most += static_cast<double>(points(question));
  }
  if (most > 0) result.share /= most;
  return result;
}

}  // namespace tcplab::exercise
