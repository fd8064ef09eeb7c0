// Which event each card stands for, and which of two cards comes first.
#include <algorithm>

#include "exercise/kinds/moment.hpp"
#include "exercise/kinds/order.hpp"
#include "exercise/verdict.hpp"

namespace tcplab::exercise {

const std::string& card_id(const Json& question, std::size_t card) {
  return question.at("cards").at(card).at("id").get_ref<const std::string&>();
}

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
  const auto& a = card_id(question, one);
  const auto& b = card_id(question, other);
  return std::any_of(pairs->begin(), pairs->end(), [&](const Json& pair) {
    return (pair[0] == a && pair[1] == b) || (pair[0] == b && pair[1] == a);
  });
}

}  // namespace tcplab::exercise
