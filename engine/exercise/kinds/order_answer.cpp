#include "exercise/kinds/order_answer.hpp"

#include <algorithm>
#include <utility>

namespace tcplab::exercise {

using format::say;

namespace {

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

}  // namespace

std::string pair_name(const Json& question, std::size_t one, std::size_t other) {
  return card_id(question, one) + " " + card_id(question, other);
}

Json values_of(const Json& question, const CardEvents& events, const Run& run) {
  Json values = Json::object();
  for (std::size_t card = 0; card < events.size(); ++card) {
    values[card_id(question, card)] = events[card] ? kPlaced : kAside;
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

Json given_values(const Json& question, const Places& places) {
  Json values = Json::object();
  for (std::size_t card = 0; card < places.size(); ++card) {
    values[card_id(question, card)] = places[card] ? kPlaced : kAside;
  }
  for_pairs(places.size(), [&](std::size_t one, std::size_t other) {
    Json& value = values[pair_name(question, one, other)];
    if (places[one] && places[other]) value = *places[one] < *places[other] ? kBefore : kAfter;
  });
  return values;
}

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

tl::expected<Places, format::Text> read_places(const Json& question, const Json& answer) {
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

}  // namespace tcplab::exercise
