#include "exercise/kinds/order.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "exercise/check_names.hpp"
#include "exercise/kinds/moment.hpp"
#include "exercise/refutation.hpp"
#include "exercise/shapes.hpp"
#include "exercise/slip.hpp"
#include "exercise/verdict.hpp"
#include "lab/match.hpp"

namespace tcplab::exercise {

namespace {

using namespace format::shapes;
using format::Reader;
using format::say;

constexpr std::size_t kMostCards = 12;  // every set of them is looked at
constexpr const char* kBefore = "before";
constexpr const char* kAfter = "after";
constexpr const char* kEither = "either";
constexpr const char* kPlaced = "placed";
constexpr const char* kAside = "aside";

std::vector<format::Field> fields() {
  const format::Shape card = object(
      {"card", "卡片"},
      {required("id", identifier(), "Its name in the answer"),
       required("text", bilingual(), "How it reads"),
       required("of", lab::match_shape(), "The event that it stands for"),
       optional("nth", integer(1, 1000), "Which of the events that match", 1),
       optional("from", moment_shape(),
                "The first event that counts: \"pause\", or the first match; default: that of the "
                "run"),
       optional("or_never", boolean(),
                "In some variants, or in none, it happens: then it is put aside", false)});
  const format::Shape idea =
      object({"idea", "想法"},
             {required("first", identifier(), "A card"),
              required("then", identifier(), "One that is put behind it, which is wrong"),
              required("shows", misconception_shape(), "What this shows")});
  return {optional_pause_field("Where the run stops and asks; default: before it begins"),
          required("cards", array(card, 3, kMostCards), "The cards"),
          optional("either_way", array(array(identifier(), 2, 2), 1, 20),
                   "Pairs of cards that may stand either way"),
          optional("ideas", array(idea, 1, 8), "Wrong orders that show something")};
}

const std::string& id_of(const Json& question, std::size_t card) {
  return question.at("cards").at(card).at("id").get_ref<const std::string&>();
}

std::string pair_name(const Json& question, std::size_t one, std::size_t other) {
  return id_of(question, one) + " " + id_of(question, other);
}

// Calls visit(one, other) for each pair of cards, the one that the question has first before.
template <typename Visit>
void for_pairs(std::size_t cards, const Visit& visit) {
  for (std::size_t one = 0; one < cards; ++one) {
    for (std::size_t other = one + 1; other < cards; ++other) visit(one, other);
  }
}

// What a run says: of each card whether it happens, of each pair that does which comes first.
Json values_of(const Json& question, const CardEvents& events, const Run& run) {
  Json values = Json::object();
  for (std::size_t card = 0; card < events.size(); ++card) {
    values[id_of(question, card)] = events[card] ? kPlaced : kAside;
  }
  for_pairs(events.size(), [&](std::size_t one, std::size_t other) {
    if (!events[one] || !events[other]) return;
    values[pair_name(question, one, other)] =
        comes_before(one, other, question, events, run)   ? kBefore
        : comes_before(other, one, question, events, run) ? kAfter
                                                          : kEither;
  });
  return values;
}

// By card, its place in the answer.
using Places = std::vector<std::optional<std::size_t>>;

// The same of an answer; null: one of the two was put aside, so that nothing is said of them.
Json given_values(const Json& question, const Places& places) {
  Json values = Json::object();
  for (std::size_t card = 0; card < places.size(); ++card) {
    values[id_of(question, card)] = places[card] ? kPlaced : kAside;
  }
  for_pairs(places.size(), [&](std::size_t one, std::size_t other) {
    Json& value = values[pair_name(question, one, other)];
    if (places[one] && places[other]) value = *places[one] < *places[other] ? kBefore : kAfter;
  });
  return values;
}

// What may stand either way is as it was given.
Json as_given(Json values, const Json& given) {
  for (auto& [name, value] : values.get_ref<Json::object_t&>()) {
    if (value == kEither) value = given.at(name);
  }
  return values;
}

Json without_free(Json values) {
  Json fixed = Json::object();
  for (auto& [name, value] : values.get_ref<Json::object_t&>()) {
    if (value != kEither) fixed[name] = std::move(value);
  }
  return fixed;
}

std::vector<std::string> words_of(const Json& answer) {
  std::vector<std::string> words;
  if (answer.is_array()) {
    for (const Json& word : answer) {
      words.push_back(word.is_string() ? word.get<std::string>() : format::dump(word));
    }
    return words;
  }
  std::string word;
  for (const char c : answer.get_ref<const std::string&>() + " ") {
    if (c != ' ') {
      word += c;
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  return words;
}

tl::expected<Places, format::Text> read(const Json& question, const Json& answer) {
  const Json& cards = question.at("cards");
  std::vector<std::string> ids;
  for (const Json& card : cards) ids.push_back(card.at("id"));
  const auto refuse = [&](const format::Text& found) {
    return tl::unexpected(say({"found {0}; allowed: a list of cards, each once, of {1}",
                               "发现 {0}；允许：由卡片组成的列表，每张一次：{1}"},
                              {found, format::list(ids)}));
  };
  const bool is_text = answer.is_string() && answer.get_ref<const std::string&>().size() < 2'000;
  if (!is_text && !(answer.is_array() && answer.size() <= cards.size())) {
    return refuse(format::show(answer));
  }
  Places places(cards.size());
  std::size_t place = 0;
  for (const std::string& word : words_of(answer)) {
    const auto found = std::find(ids.begin(), ids.end(), word);
    if (found == ids.end()) return refuse(format::quote(word));
    auto& at = places[static_cast<std::size_t>(found - ids.begin())];
    if (at) return refuse(say({"{0} twice", "两次 {0}"}, {format::quote(word)}));
    at = place++;
  }
  return places;
}

// The cards that happen, in an order that the run allows and that keeps as much of the student's
// as it can: of those that may come next, the one that was put first.
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

// The cards that need not move: the most of which no two stand the wrong way round.
std::vector<bool> staying(const Json& question, const CardEvents& events, const Run& run,
                          const Places& places) {
  const std::size_t cards = events.size();
  std::vector<std::uint32_t> against(cards, 0);  // by card, those that it cannot stay with
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
  const auto size = [](std::uint32_t set) { return __builtin_popcount(set); };
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

// Right pairs less wrong ones, as a share of all, which for a whole order is Kendall's tau. Who
// puts cards down at random earns next to nothing. A card that does not happen stands for a pair
// with each that does.
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
    fields.push_back({{"name", id_of(question, card)},
                      {"answer", place_json(places[card])},
                      {"expected", expected},
                      {"correct", correct}});
    if (!correct && events[card]) fields.back()["evidence"] = Json::array({*events[card]});
  }
  return fields;
}

// What the author says that wrong pairs show.
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
    statement.evidence[id_of(question, card)] = {*events[card]};
    statement.shown.push_back(*events[card]);
  }
  for_pairs(events.size(), [&](std::size_t one, std::size_t other) {
    if (!events[one] || !events[other]) return;
    statement.evidence[pair_name(question, one, other)] = {*events[one], *events[other]};
  });
  std::sort(statement.shown.begin(), statement.shown.end());
}

Json judge_order(const Json& question, const Json& answer, Bench& bench) {
  const Run& run = *bench.plain;
  const auto events = card_events(question, run);
  if (!events) {
    return unreadable(question, say({"the run of this seed does not come to this question",
                                     "这个种子的运行到不了这个问题"}));
  }
  const auto places = read(question, answer);
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
    ids.push_back(id_of(question, card));
  }
  return ids;
}

// As the file has them they would be in order. No place in the shuffle tells anything.
void show(const Json& question, const Setting& setting, Json& shown) {
  const std::string salt = format::dump(setting.scenario);
  const auto key = [&](const Json& card) {
    std::uint64_t hash = 0xcbf29ce484222325;  // FNV-1a
    for (const char c : card.at("id").get_ref<const std::string&>() + salt) {
      hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    }
    return hash;
  };
  std::vector<std::pair<std::uint64_t, Json>> cards;
  for (const Json& card : question.at("cards")) {
    cards.emplace_back(key(card), Json{{"id", card.at("id")}, {"text", card.at("text")}});
  }
  std::stable_sort(cards.begin(), cards.end(),
                   [](const auto& one, const auto& other) { return one.first < other.first; });
  shown["hosts"] = setting.run.hosts;
  shown["cards"] = Json::array();
  for (auto& card : cards) shown["cards"].push_back(std::move(card.second));
}

// How many orders of the cards the run allows.
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

// Who knows how many cards do not happen. Of a random order of n cards, tau has the mean 0 and the
// variance 2 (2n + 5) / (9n (n - 1)) (Kendall 1938), of which what is above 0 counts.
Chance guess(const Json& question, Bench& bench) {
  const auto events = card_events(question, *bench.plain);
  Chance chance;
  if (!events) return chance;
  double guesses = 1;
  double n = 0;
  for (const auto& event : *events) n += event ? 1 : 0;
  for (double left = static_cast<double>(events->size()), k = 0; k < n; ++k) guesses *= left - k;
  chance.all = guesses > 0 ? orders(question, *events, *bench.plain) / guesses : 0;
  const double deviation = n > 1 ? std::sqrt(2 * (2 * n + 5) / (9 * n * (n - 1))) : 0;
  constexpr double kAboveZero = 0.3989;  // of a normal distribution: 1 / sqrt(2 pi)
  chance.points = kAboveZero * deviation * static_cast<double>(points(question));
  return chance;
}

// In no world, the first event of the pairs that were put the wrong way round.
std::optional<std::uint32_t> refuting(std::string_view misconception, const Statement& statement,
                                      const std::vector<std::string>& fields, const RunPtr& world) {
  if (world) {
    const auto n = refuted_by_states(misconception, statement, fields, world);
    return n ? n : refuted_by_parting(misconception, statement, fields, world);
  }
  std::optional<std::uint32_t> first;
  for (const auto& field : fields) {
    const auto events = statement.evidence.find(field);
    if (events == statement.evidence.end()) continue;
    for (const auto n : events->second) first = std::min(first.value_or(n), n);
  }
  return first;
}

Json text_of(const Json& question, const std::string& id) {
  for (const Json& card : question.at("cards")) {
    if (card.at("id") == id) return card.at("text");
  }
  return {};
}

// Two cards alone the wrong way round, or all of them.
Json slips_of_order(const Statement& statement, const std::vector<std::string>& wrong) {
  const Json& question = *statement.question;
  Json told = Json::array();
  if (wrong.size() == 1 && wrong.front().find(' ') != std::string::npos) {
    const auto blank = wrong.front().find(' ');
    const auto one = text_of(question, wrong.front().substr(0, blank));
    const auto other = text_of(question, wrong.front().substr(blank + 1));
    told.push_back(slip("swapped", wrong,
                        say({"These two are swapped: {0}; {1}.", "这两张卡片放反了：{0}；{1}。"},
                            {format::read_text(one), format::read_text(other)})));
    return told;
  }
  std::size_t pairs = 0;
  for (const auto& [name, value] : statement.right.get_ref<const Json::object_t&>()) {
    pairs += name.find(' ') != std::string::npos ? 1 : 0;
  }
  if (wrong.size() > 1 && wrong.size() == pairs) {
    told.push_back(slip("reversed", wrong,
                        say({"The order is right, but from the end to the beginning.",
                             "顺序是对的，但是从后往前放了。"})));
  }
  return told;
}

void check_matches(const Reader& question, const Names& names) {
  for (const Reader& card : question["cards"].items()) {
    names.match(card["of"]);
    if (card["from"].json().is_object()) names.match(card["from"]);
  }
}

void watch(const Reader& question, Matches& matches) {
  for (const Reader& card : question["cards"].items()) {
    matches.add(question.json(), card["of"], card["of"].json());
  }
}

Refusal cannot_be_asked_of(const Json& question, const Run& run) {
  const Json& cards = question.at("cards");
  for (std::size_t i = 0; i < cards.size(); ++i) {
    if (find_event(cards[i], question, run)) continue;
    return std::pair(format::child("/cards", i),
                     say({"the run never comes to {0}, so there is no event to look for",
                          "运行到不了 {0}，所以没有事件可找"},
                         {format::quote("from")}));
  }
  return std::nullopt;
}

}  // namespace

std::optional<CardEvents> card_events(const Json& question, const Run& run) {
  if (question.contains("pause") && pause_event(question, run) == nullptr) return std::nullopt;
  CardEvents events;
  for (const Json& card : question.at("cards")) {
    const auto found = find_event(card, question, run);
    if (!found) return std::nullopt;
    events.push_back(found->n);
  }
  return events;
}

bool led_to(std::uint32_t before, std::uint32_t event, const Run& run) {
  for (std::uint32_t at = event; at > before;) {
    const auto cause = run.events[at].find("cause");
    if (cause == run.events[at].end()) return false;
    at = cause->get<std::uint32_t>();
    if (at == before) return true;
  }
  return false;
}

bool comes_before(std::size_t one, std::size_t other, const Json& question,
                  const CardEvents& events, const Run& run) {
  if (one == other || !events[one] || !events[other] || is_free(question, one, other)) return false;
  const auto first = run.events.time(*events[one]);
  const auto second = run.events.time(*events[other]);
  return first < second || (first == second && led_to(*events[one], *events[other], run));
}

bool is_free(const Json& question, std::size_t one, std::size_t other) {
  const auto pairs = question.find("either_way");
  if (pairs == question.end()) return false;
  const auto& a = id_of(question, one);
  const auto& b = id_of(question, other);
  return std::any_of(pairs->begin(), pairs->end(), [&](const Json& pair) {
    return (pair[0] == a && pair[1] == b) || (pair[0] == b && pair[1] == a);
  });
}

const Kind& order_kind() {
  static const Kind kind{
      .name = "order",
      .doc = "Cards that name events, in the order in which these happen",
      .fields = fields,
      .stands_alone = true,
      .check_ids = check_card_ids,
      .points = [](const Json& q) { return points_of(q.at("cards").size(), q); },
      .cannot_be_asked = cannot_be_asked_of,
      .show = show,
      .judge = judge_order,
      .right_answer = right_order,
      .guess = guess,
      .runs_ahead = true,
      .refuting_event = refuting,
      .has_slips = true,
      .own_slips = slips_of_order,
      .check_names = check_matches,
      .watch = watch,
      .check = check_cards,
  };
  return kind;
}

}  // namespace tcplab::exercise
