#include "exercise/kinds/order_answer.hpp"

#include <algorithm>
#include <utility>

#include "base/fnv1a.hpp"
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

constexpr std::size_t kMostCards = 12;  // because all sets of cards are examined

std::vector<format::Field> fields_of_order() {
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

// Shuffled, because the file may have them in order. The shuffle is by a hash, so that a card's
// place tells nothing.
void show_order(const Json& question, const Setting& setting, Json& shown) {
  const std::string salt = format::dump(setting.runs.scenario());
  const auto key = [&](const Json& card) {
    return fnv1a(card.at("id").get_ref<const std::string&>() + salt);
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

// Without a `world`, the first event of the pairs that are the wrong way round.
std::optional<std::uint32_t> refuting_order(std::string_view misconception,
                                            const Statement& statement,
                                            const std::vector<std::string>& fields,
                                            const RunPtr& world) {
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

// The slip of putting aside cards that happen, if the order of all others is right. Names a single
// card; of several, tells only how many there are.
Json left_out(const Json& question, const Statement& statement,
              const std::vector<std::string>& wrong) {
  const auto is_left_out = [&](const std::string& id) { return statement.right.at(id) == kPlaced; };
  if (!std::all_of(wrong.begin(), wrong.end(), is_left_out)) return {};
  const auto which = wrong.size() == 1
                         ? format::read_text(text_of(question, wrong.front()))
                         : say({"{0} cards", "{0} 张卡片"}, {std::to_string(wrong.size())});
  return slip("left_out", wrong,
              say({"Put aside, though it happens: {0}. The order of the others is right.",
                   "放在了一边，其实会发生：{0}。其余卡片的顺序是对的。"},
                  {which}));
}

bool is_pair(const std::string& name) { return name.find(' ') != std::string::npos; }

// The slips: only one pair is the wrong way round, or all pairs are, or cards were left out.
Json slips_of_order(const Statement& statement, const std::vector<std::string>& wrong) {
  const Json& question = *statement.question;
  Json told = Json::array();
  if (wrong.empty()) return told;
  if (std::none_of(wrong.begin(), wrong.end(), is_pair)) {
    if (Json found = left_out(question, statement, wrong); !found.is_null()) {
      told.push_back(std::move(found));
    }
    return told;
  }
  if (wrong.size() == 1) {
    const auto blank = wrong.front().find(' ');
    const auto one = text_of(question, wrong.front().substr(0, blank));
    const auto other = text_of(question, wrong.front().substr(blank + 1));
    told.push_back(
        slip("swapped", wrong,
             say({"These two are swapped: “{0}” and “{1}”.", "这两张卡片放反了：“{0}”和“{1}”。"},
                 {format::read_text(one), format::read_text(other)})));
    return told;
  }
  std::size_t pairs = 0;
  for (const auto& [name, value] : statement.right.get_ref<const Json::object_t&>()) {
    pairs += is_pair(name) ? 1 : 0;
  }
  if (wrong.size() > 1 && wrong.size() == pairs) {
    told.push_back(slip("reversed", wrong,
                        say({"The order is right, but from the end to the beginning.",
                             "顺序是对的，但是从后往前放了。"})));
  }
  return told;
}

void check_matches_of_order(const Reader& question, const Names& names) {
  for (const Reader& card : question["cards"].items()) {
    names.match(card["of"]);
    if (card["from"].json().is_object()) names.match(card["from"]);
  }
}

void watch_order(const Reader& question, Matches& matches) {
  for (const Reader& card : question["cards"].items()) {
    matches.add(question.json(), card["of"], card["of"].json());
  }
}

Refusal cannot_ask_order(const Json& question, const Run& run) {
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

const Kind& order_kind() {
  static const Kind kind{
      .name = "order",
      .doc = "Cards that name events, in the order in which these happen",
      .fields = fields_of_order,
      .stands_alone = true,
      .check_ids = check_card_ids,
      .points = [](const Json& q) { return points_of(q.at("cards").size(), q); },
      .cannot_be_asked = cannot_ask_order,
      .show = show_order,
      .judge = judge_order,
      .right_answer = right_order,
      .guess = guess_order,
      .runs_ahead = true,
      .notations = {"ladder", "dump", "list"},
      .refuting_event = refuting_order,
      .has_slips = true,
      .own_slips = slips_of_order,
      .check_names = check_matches_of_order,
      .watch = watch_order,
      .check = check_cards,
  };
  return kind;
}

}  // namespace tcplab::exercise
