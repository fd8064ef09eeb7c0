#include "exercise/guess.hpp"

#include <algorithm>
#include <string>

#include "lab/predicate.hpp"

namespace tcplab::exercise {

namespace {

// A guessed number is one of the task's, plus a little; flags are one of the five usual sets.
constexpr double kNumber = 1.0 / 20;
constexpr double kLength = 1.0 / 4;
constexpr double kFlags = 1.0 / 5;

// Points that are guessed, and how likely all of the question is.
struct Chance {
  double points = 0;
  double all = 1;

  void add(double chance, double points_of_one) {
    points += chance * points_of_one;
    all *= chance;
  }
};

double of_field(const Json& field) {
  return field == "flags" ? kFlags : field == "len" ? kLength : kNumber;
}

double of_slot(const Json& slot, Bench& bench) {
  const auto& options = slot.at("options");
  const auto right = std::count_if(options.begin(), options.end(),
                                   [&](const Json& option) { return option_holds(option, bench); });
  return static_cast<double>(right) / static_cast<double>(options.size());
}

double of_need(const Json& need, const Run& run) {
  if (run.events.empty()) return 0;
  const auto met = std::count_if(run.events.begin(), run.events.end(), [&](const Json& event) {
    return std::any_of(need.begin(), need.end(),
                       [&](const Json& match) { return lab::matches(match, event); });
  });
  return static_cast<double>(met) / static_cast<double>(run.events.size());
}

Chance of(const Json& question, Bench& bench) {
  const auto& kind = question.at("kind").get_ref<const std::string&>();
  const double weight = static_cast<double>(question.value("weight", std::uint64_t{1}));
  Chance chance;
  if (kind == "state") {
    for (std::size_t i = 0; i < question.at("hosts").size(); ++i) {
      chance.add(1.0 / static_cast<double>(tcp::kStateNames.size()), weight);
    }
  } else if (kind == "segment") {
    for (const Json& field : question.at("fields")) chance.add(of_field(field), weight);
  } else if (kind == "role") {
    const auto hosts =
        question.contains("hosts") ? question.at("hosts").size() : bench.plain->hosts.size();
    chance.add(1.0 / static_cast<double>((std::size_t{1} << std::min<std::size_t>(hosts, 60)) - 1),
               weight);
  } else if (kind == "claim") {
    for (const Json& slot : question.at("slots")) chance.add(of_slot(slot, bench), weight);
  } else if (kind == "pick") {
    for (const Json& need : question.at("need")) chance.add(of_need(need, *bench.plain), weight);
  } else if (kind == "build") {
    chance.add(0, weight);
  } else if (kind == "explain") {
    for (const Json& part : question.at("parts")) {
      const Chance inner = of(part, bench);
      chance.points += inner.points;
      chance.all *= inner.all;
    }
  }
  return chance;
}

}  // namespace

Guess guess(const Json& questions, Bench& bench) {
  Guess result;
  double most = 0;
  for (const Json& question : questions) {
    const Chance chance = of(question, bench);
    result.share += chance.points;
    result.passes *= chance.all;
    most += static_cast<double>(points(question));
  }
  if (most > 0) result.share /= most;
  return result;
}

}  // namespace tcplab::exercise
