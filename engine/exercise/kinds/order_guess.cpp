// What a random order earns.
#include <cmath>

#include "exercise/kinds/order.hpp"
#include "exercise/verdict.hpp"

namespace tcplab::exercise {

namespace {

// The number of orders of the cards that the run allows.
double orders(const Json& question, const CardEvents& events, const Run& run) {
  const std::size_t cards = events.size();
  std::vector<std::uint32_t> before(cards, 0);
  std::uint32_t all = 0;
  for (std::size_t one = 0; one < cards; ++one) {
    if (events[one]) all |= 1u << one;
    for (std::size_t other = 0; other < cards; ++other) {
      if (comes_before(other, one, question, events, run)) before[one] |= 1u << other;
    }
  }
  std::vector<double> ways(std::size_t{1} << cards, 0);
  ways[0] = 1;
  for (std::uint32_t set = 0; set < ways.size(); ++set) {
    for (std::size_t card = 0; card < cards; ++card) {
      const std::uint32_t bit = 1u << card;
      const bool is_next = (all & bit) != 0 && (set & bit) == 0 && (before[card] & ~set) == 0;
      if (is_next) ways[set | bit] += ways[set];
    }
  }
  return ways[all];
}

}  // namespace

// A random order by somebody who knows how many cards do not happen. For n cards, tau has the mean
// 0 and the variance 2 (2n + 5) / (9n (n - 1)) (Kendall 1938); only values above 0 earn points.
Chance guess_order(const Json& question, Bench& bench) {
  const auto events = card_events(question, *bench.plain);
  Chance chance;
  if (!events) return chance;
  double guesses = 1;
  double n = 0;
  for (const auto& event : *events) n += event ? 1 : 0;
  for (double left = static_cast<double>(events->size()), k = 0; k < n; ++k) guesses *= left - k;
  chance.all = guesses > 0 ? orders(question, *events, *bench.plain) / guesses : 0;
  const double deviation = n > 1 ? std::sqrt(2 * (2 * n + 5) / (9 * n * (n - 1))) : 0;
  // The mean of the positive part of a standard normal distribution: 1 / sqrt(2 pi).
  constexpr double kAboveZero = 0.3989;
  chance.points = kAboveZero * deviation * static_cast<double>(points(question));
  return chance;
}

}  // namespace tcplab::exercise
