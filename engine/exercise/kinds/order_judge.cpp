// Judges how near an order is to one that the run allows, and what a wrong order says.
#include <algorithm>
#include <bit>
#include <cmath>
#include <utility>

#include "exercise/kinds/order_answer.hpp"
#include "exercise/verdict.hpp"

namespace tcplab::exercise {

using format::say;

namespace {

// The cards that happen, in an allowed order near the student's: of the cards that may come next,
// it takes the one that the student put first.
std::vector<std::size_t> nearest_order(const Json& question, const CardEvents& events,
                                       const Run& run, const Places& places) {
  std::vector<std::size_t> left;
  for (std::size_t card = 0; card < events.size(); ++card) {
    if (events[card]) left.push_back(card);
  }
  std::vector<std::size_t> order;
  while (!left.empty()) {
    const auto may_come = [&](std::size_t card) {
      return std::none_of(left.begin(), left.end(), [&](std::size_t other) {
        return comes_before(other, card, question, events, run);
      });
    };
    const auto is_sooner = [&](std::size_t one, std::size_t other) {
      if (may_come(one) != may_come(other)) return may_come(one);
      const auto last = events.size();
      return std::pair(places[one].value_or(last), *events[one]) <
             std::pair(places[other].value_or(last), *events[other]);
    };
    const auto next = std::min_element(left.begin(), left.end(), is_sooner);
    order.push_back(*next);
    left.erase(next);
  }
  return order;
}

// The cards that need not move: a largest set without a pair that is the wrong way round.
std::vector<bool> staying(const Json& question, const CardEvents& events, const Run& run,
                          const Places& places) {
  const std::size_t cards = events.size();
  std::vector<std::uint32_t> against(cards, 0);  // for each card, those that it cannot stay with
  std::uint32_t placed = 0;
  for (std::size_t one = 0; one < cards; ++one) {
    if (!events[one] || !places[one]) continue;
    placed |= 1u << one;
    for (std::size_t other = 0; other < cards; ++other) {
      if (!events[other] || !places[other] || *places[one] > *places[other]) continue;
      if (comes_before(other, one, question, events, run)) {
        against[one] |= 1u << other;
        against[other] |= 1u << one;
      }
    }
  }
  const auto size = [](std::uint32_t set) { return std::popcount(set); };
  std::uint32_t best = 0;
  for (std::uint32_t set = 0; set < 1u << cards; ++set) {
    if ((set & ~placed) != 0 || size(set) <= size(best)) continue;
    bool fits = true;
    for (std::size_t card = 0; card < cards && fits; ++card) {
      fits = (set >> card & 1u) == 0 || (set & against[card]) == 0;
    }
    if (fits) best = set;
  }
  std::vector<bool> stays(cards);
  for (std::size_t card = 0; card < cards; ++card) stays[card] = (best >> card & 1u) != 0;
  return stays;
}

// (Right pairs - wrong pairs) / all pairs, which is Kendall's tau for a complete order: random
// orders earn almost nothing. A card that does not happen counts as a pair with each card that
// does.
double share_of(const Json& right, const Json& given, std::uint64_t happening) {
  std::uint64_t good = 0;
  std::uint64_t bad = 0;
  for (const auto& [name, value] : right.get_ref<const Json::object_t&>()) {
    const bool is_pair = name.find(' ') != std::string::npos;
    if (!is_pair && value == kPlaced) continue;
    (given.at(name) == value ? good : bad) += is_pair ? 1 : happening;
  }
  if (good <= bad) return 0;
  return static_cast<double>(good - bad) / static_cast<double>(good + bad);
}

Json place_json(const std::optional<std::size_t>& place) {
  return place ? Json(*place + 1) : Json(kAside);
}

Json judged_cards(const Json& question, const CardEvents& events, const Run& run,
                  const Places& places) {
  const auto order = nearest_order(question, events, run, places);
  const auto stays = staying(question, events, run, places);
  Json fields = Json::array();
  for (std::size_t card = 0; card < events.size(); ++card) {
    const auto right = std::find(order.begin(), order.end(), card);
    const Json expected = right == order.end() ? Json(kAside) : Json(right - order.begin() + 1);
    const bool correct = events[card] ? stays[card] : !places[card];
    fields.push_back({{"name", card_id(question, card)},
                      {"answer", place_json(places[card])},
                      {"expected", expected},
                      {"correct", correct}});
    if (!correct && events[card]) fields.back()["evidence"] = Json::array({*events[card]});
  }
  return fields;
}

// The misconceptions that the author declared for wrong pairs.
Json declared_by(const Json& question, const Json& right, const Json& given) {
  Json declared = Json::array();
  const Json& cards = question.at("cards");
  const auto index = [&](const Json& id) {
    return static_cast<std::size_t>(
        std::find_if(cards.begin(), cards.end(),
                     [&](const Json& card) { return card.at("id") == id; }) -
        cards.begin());
  };
  for (const Json& idea : question.value("ideas", Json::array())) {
    const std::size_t first = index(idea.at("first"));
    const std::size_t then = index(idea.at("then"));
    const auto name = pair_name(question, std::min(first, then), std::max(first, then));
    const char* believed = first < then ? kBefore : kAfter;
    if (given.at(name) != believed || right.value(name, Json(believed)) == believed) continue;
    declared.push_back({{"misconception", idea.at("shows")}, {"fields", Json::array({name})}});
  }
  return declared;
}

void note_evidence(const Json& question, const CardEvents& events, Statement& statement) {
  for (std::size_t card = 0; card < events.size(); ++card) {
    if (!events[card]) continue;
    statement.evidence[card_id(question, card)] = {*events[card]};
    statement.shown.push_back(*events[card]);
  }
  for_pairs(events.size(), [&](std::size_t one, std::size_t other) {
    if (!events[one] || !events[other]) return;
    statement.evidence[pair_name(question, one, other)] = {*events[one], *events[other]};
  });
  std::sort(statement.shown.begin(), statement.shown.end());
}

}  // namespace

Json judge_order(const Json& question, const Json& answer, Bench& bench) {
  const Run& run = *bench.plain;
  const auto events = card_events(question, run);
  if (!events) {
    return unreadable(question, say({"the run of this seed does not come to this question",
                                     "这个种子的运行到不了这个问题"}));
  }
  const auto places = read_places(question, answer);
  if (!places) return unreadable(question, places.error());
  const Json given = given_values(question, *places);
  const Json right = without_free(values_of(question, *events, run));

  Json verdict = blank_verdict(question);
  const auto happening = static_cast<std::uint64_t>(
      std::count_if(events->begin(), events->end(), [](const auto& n) { return n.has_value(); }));
  const double share = share_of(right, given, happening);
  const auto max = static_cast<double>(points(question));
  verdict["score"] = static_cast<std::uint64_t>(std::floor(max * share));
  verdict["correct"] = share == 1;
  verdict["fields"] = judged_cards(question, *events, run, *places);

  const auto run_under = [&bench](const Json& mutants) {
    return bench.runs.with_mutants(mutants).value_or(nullptr);
  };
  const auto under = [&question, run_under](const Json& mutants) -> std::optional<Json> {
    const RunPtr there = run_under(mutants);
    const auto found = there ? card_events(question, *there) : std::nullopt;
    return found ? std::optional(values_of(question, *found, *there)) : std::nullopt;
  };
  bench.attempt.push_back({&question, given, right, under, bench.plain, run_under});
  Statement& statement = bench.attempt.back();
  statement.declared = declared_by(question, right, given);
  statement.as_given = [given](Json values) { return as_given(std::move(values), given); };
  note_evidence(question, *events, statement);
  verdict["evidence"] = statement.shown;
  return verdict;
}

Json right_order(const Json& question, Bench& bench) {
  const auto events = card_events(question, *bench.plain);
  if (!events) return nullptr;
  Json ids = Json::array();
  for (const auto card :
       nearest_order(question, *events, *bench.plain, Places(events->size(), std::nullopt))) {
    ids.push_back(card_id(question, card));
  }
  return ids;
}

}  // namespace tcplab::exercise
