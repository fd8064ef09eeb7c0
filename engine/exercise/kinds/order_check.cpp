// What the author of an order question is told.
#include <algorithm>

#include "exercise/exercise.hpp"
#include "exercise/kinds/order.hpp"
#include "exercise/verdict.hpp"
#include "tcp/behaviour.hpp"

namespace tcplab::exercise {

namespace {

using format::Reader;
using format::say;

std::optional<std::size_t> index_of(const Reader& question, std::string_view id) {
  const auto cards = question["cards"].items();
  for (std::size_t i = 0; i < cards.size(); ++i) {
    if (cards[i]["id"].text() == id) return i;
  }
  return std::nullopt;
}

void check_card_named(const Reader& id, const Reader& question) {
  if (index_of(question, id.text())) return;
  id.problem(say({"no card is called {0}", "没有叫 {0} 的卡片"}, {format::quote(id.text())}));
}

void check_events(const Reader& question, const CardEvents& events, const Run& run) {
  const Json* pause = pause_event(question.json(), run);
  const auto cards = question["cards"].items();
  for (std::size_t i = 0; i < cards.size(); ++i) {
    if (!events[i]) {
      if (cards[i]["or_never"].json() == true) continue;
      cards[i]["of"].problem(
          say({"it never happens in the run; if that is meant, say \"or_never\": true",
               "它在运行中从不发生；如果确实如此，请写 \"or_never\": true"}));
    } else if (std::find(events.begin(), events.begin() + static_cast<std::ptrdiff_t>(i),
                         events[i]) != events.begin() + static_cast<std::ptrdiff_t>(i)) {
      cards[i]["of"].problem(
          say({"another card stands for the same event", "另一张卡片是同一个事件"}));
    } else if (pause != nullptr && run.events[*events[i]].at("step") < pause->at("step")) {
      cards[i]["of"].problem(
          say({"it happens before the run stops, so that it is seen before it is asked",
               "它发生在运行停下之前，所以还没提问就能看到"}));
    }
  }
}

// A pair in which one event causes the other cannot be in either order.
void check_free(const Reader& question, const CardEvents& events, const Run& run) {
  for (const Reader& pair : question["either_way"].items()) {
    const auto& one = events[*index_of(question, pair.items()[0].text())];
    const auto& other = events[*index_of(question, pair.items()[1].text())];
    if (!one || !other) continue;
    if (!led_to(*one, *other, run) && !led_to(*other, *one, run)) continue;
    pair.problem(
        say({"one of the two events leads to the other, so that they cannot stand either "
             "way",
             "两个事件中，一个引起另一个，所以不能任意排列"}));
  }
}

void check_ideas(const Reader& question, const CardEvents& events, const Run& run) {
  for (const Reader& idea : question["ideas"].items()) {
    const auto first = *index_of(question, idea["first"].text());
    const auto then = *index_of(question, idea["then"].text());
    if (!events[first] || !events[then]) continue;
    if (comes_before(then, first, question.json(), events, run)) continue;
    idea.problem(say({"this order is not wrong in the run, so it shows nothing",
                      "这个顺序在运行中并不错，所以说明不了什么"}));
  }
}

// A card that must be put aside has a purpose if it happens under a taught mutant.
void note_mutants(const Reader& question, Bench& bench, Matches& matches) {
  const auto is_taught = [&](std::string_view name) {
    return std::find(bench.teaches.begin(), bench.teaches.end(), name) != bench.teaches.end();
  };
  for (const auto& mutant : tcp::mutants()) {
    if (!is_taught(mutant.misconception) && !is_taught(mutant.also)) continue;
    const auto run = bench.runs.with_mutants(std::string(mutant.id));
    if (run) matches.note(question.json(), **run);
  }
}

}  // namespace

void check_card_ids(const Reader& question) {
  check_ids(question["cards"], say({"cards", "卡片"}));
  for (const Reader& pair : question["either_way"].items()) {
    for (const Reader& id : pair.items()) check_card_named(id, question);
  }
  for (const Reader& idea : question["ideas"].items()) {
    check_card_named(idea["first"], question);
    check_card_named(idea["then"], question);
  }
}

void check_cards(const Reader& question, Bench& bench, Matches& matches) {
  const Run& run = *bench.plain;
  const auto events = card_events(question.json(), run);
  if (!events) return;
  matches.note(question.json(), run);
  note_mutants(question, bench, matches);
  check_events(question, *events, run);
  check_free(question, *events, run);
  check_ideas(question, *events, run);
  if (std::count_if(events->begin(), events->end(), [](const auto& n) { return n.has_value(); }) <
      3) {
    question["cards"].problem(
        say({"fewer than three of the cards happen in the run", "运行中发生的卡片少于三张"}));
  }
}

}  // namespace tcplab::exercise
