#include "chance.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "draw.hpp"
#include "exercise/kinds/choice.hpp"
#include "exercise/kinds/places.hpp"
#include "exercise/kinds/plan.hpp"
#include "exercise/kinds/random_plan.hpp"
#include "exercise/kinds/spot.hpp"
#include "exercise/question.hpp"
#include "plausible.hpp"

namespace tcplab::students {

using exercise::Statement;

namespace {

void shuffle(Json& list, net::Random& random) {
  for (std::size_t left = list.size(); left > 1; --left) {
    std::swap(list.at(left - 1), list.at(random.below(left)));
  }
}

// So many cards as happen, whichever.
Json some_cards(const Json& question, std::size_t placed, net::Random& random) {
  Json cards = Json::array();
  for (const Json& card : question.at("cards")) cards.push_back(card.at("id"));
  shuffle(cards, random);
  cards.erase(cards.begin() + static_cast<Json::difference_type>(std::min(placed, cards.size())),
              cards.end());
  return cards;
}

// So many events as are asked for.
Json some_events(std::size_t count, std::size_t events, net::Random& random) {
  Json picks = Json::array();
  while (picks.size() < std::min(count, events)) {
    const Json n = random.below(events);
    if (std::find(picks.begin(), picks.end(), n) == picks.end()) picks.push_back(n);
  }
  return picks;
}

Json some_hosts(const Json& question, const exercise::Run& run, net::Random& random) {
  const auto names = exercise::place_names(question, run);
  const auto chosen = 1 + random.below((std::uint64_t{1} << names.size()) - 1);
  Json hosts = Json::array();
  for (std::size_t i = 0; i < names.size(); ++i) {
    if ((chosen >> i & 1) != 0) hosts.push_back(names[i]);
  }
  return hosts;
}

// One of those that change something.
Json some_choice(const Json& question, net::Random& random) {
  auto choices = exercise::choices_of(question);
  const Json untouched = exercise::untouched(question);
  choices.erase(std::remove(choices.begin(), choices.end(), untouched), choices.end());
  return choices.at(random.below(choices.size()));
}

Json what_may_be_said(const Json& question) {
  Json said = Json::array({"yes"});
  for (const Json& doubt : question.at("doubts")) said.push_back(doubt.at("id"));
  return said;
}

}  // namespace

bool Chance::passes(net::Random& random) {
  const Json& questions = desk_.exercise().at("questions");
  return std::all_of(questions.begin(), questions.end(), [&](const Json& question) {
    const auto parts = question.find("parts");
    if (parts == question.end()) return is_right(question, random);
    return std::all_of(parts->begin(), parts->end(),
                       [&](const Json& part) { return is_right(part, random); });
  });
}

bool Chance::is_right(const Json& question, net::Random& random) {
  if (question.at("kind") == "say") return true;  // is not scored
  const Json answer = answer_to(question, random);
  // It can be done, as the author's plans show.
  if (answer.is_object() && answer.contains("can") && answer.at("can") != "yes") return false;
  const auto [at, is_new] = judged_.try_emplace({&question, format::dump(answer)});
  if (is_new) at->second = judge(question, answer);
  return at->second;
}

bool Chance::judge(const Json& question, const Json& answer) {
  const Json verdict = exercise::judge(question, answer, desk_.fresh_bench());
  if (verdict.contains("problem")) {
    // A random action may be one that cannot be done: then nothing is reached.
    if (question.contains("allow")) return false;
    throw std::runtime_error(format::dump(answer) + ": " + format::dump(verdict));
  }
  return verdict.at("correct").get<bool>();
}

const Json& Chance::right_answer_to(const Json& question) {
  return desk_.answer_to(right_, question);
}

Json Chance::answer_to(const Json& question, net::Random& random) {
  const auto kind = question.at("kind").get<std::string>();
  const exercise::Run& run = *desk_.fresh_bench().plain;
  if (kind == "order")
    return some_cards(question, cards_of(right_answer_to(question)).size(), random);
  if (kind == "pick") {
    return some_events(right_answer_to(question).size(), run.events.size(), random);
  }
  if (kind == "role") return some_hosts(question, run, random);
  if (kind == "tune") return some_choice(question, random);
  if (kind == "spot") return spot_in(question, random);
  if (kind == "build" || kind == "break") return done_in(question, random);
  return values_for(question, random);
}

// Of each field one of its plausible values, of which one is right.
Json Chance::values_for(const Json& question, net::Random& random) {
  Json& offered = offered_[&question];
  if (offered.is_null()) {
    const auto& right = desk_.right();
    const auto statement = std::find_if(right.begin(), right.end(), [&](const Statement& each) {
      return each.question == &question;
    });
    for (const auto& [field, value] : statement->right.items()) {
      offered[field] = Json::array({value});
      for (const Plausible& each : plausible_values(*statement, field)) {
        offered[field].push_back(each.value);
      }
    }
  }
  Json values = Json::object();
  for (const auto& [field, choices] : offered.items()) values[field] = any_of(choices, random);
  return values;
}

// Any cell; in the one that is wrong a plausible value. In another, any value is as wrong.
Json Chance::spot_in(const Json& question, net::Random& random) {
  const auto forged = exercise::forge(question, desk_.fresh_bench().runs);
  if (!forged) return nullptr;
  Json places = Json::array();
  for (std::size_t row = 0; row < forged->shown.size(); ++row) {
    const auto& cells = forged->shown[row].cells;
    for (std::size_t cell = 0; cell < cells.size(); ++cell) {
      if (cells[cell].value.is_null()) continue;
      places.push_back(exercise::name_of({row, cell}, forged->shown));
    }
  }
  const Json place = any_of(places, random);
  Json value = values_for(question, random).at("value");
  // What stands there is no answer.
  const auto spot = exercise::spot_named(place.get<std::string>(), forged->shown);
  const auto& cell = exercise::cell_at(*spot, forged->shown);
  if (cell.value == value || !exercise::read_value(cell.field, value)) value = nullptr;
  return {{"place", place}, {"value", value}};
}

// At most so many actions as may be done, or as the author's longest plan has.
Json Chance::done_in(const Json& question, net::Random& random) {
  const bool is_said = question.contains("doubts");
  std::size_t most = question.value("most", std::size_t{1});
  if (!question.contains("most")) {
    for (Json answers : exercise::witnesses(desk_.exercise())) {
      const Json& answer = desk_.answer_to(answers, question);
      most = std::max(most, (is_said ? answer.at("plan") : answer).size());
    }
  }
  auto& bench = desk_.fresh_bench();
  const Json scenario = exercise::scenario_of(question, bench.runs.scenario());
  const auto idle = bench.runs.of_scenario(scenario);
  if (!idle) return nullptr;
  Json plan = exercise::random_plan(question, scenario, **idle, 1 + random.below(most), random);
  if (!is_said) return plan;
  return {{"can", any_of(what_may_be_said(question), random)}, {"plan", std::move(plan)}};
}

}  // namespace tcplab::students
