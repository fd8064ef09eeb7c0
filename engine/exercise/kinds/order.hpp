// Cards that name events, put in order: what of it the run fixes.
//
// Of two cards, the times of their events say which comes first; at one time, only what caused the
// other does. All else may stand either way, and so may what the author says.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "exercise/bench.hpp"
#include "exercise/kinds/kind.hpp"
#include "exercise/vain.hpp"
#include "format/reader.hpp"

namespace tcplab::exercise {

// The event of each card, in the order of the question; none: it does not happen in the run.
using CardEvents = std::vector<std::optional<std::uint32_t>>;
// No events: the run does not come to the question, or to a moment from which a card is looked for.
std::optional<CardEvents> card_events(const Json& question, const Run& run);

// The id of a card, by its place in the question.
const std::string& card_id(const Json& question, std::size_t card);
// Whether the event `before` is one of those that led to the other.
bool led_to(std::uint32_t before, std::uint32_t event, const Run& run);
// Whether the run says that the one card comes before the other.
bool comes_before(std::size_t one, std::size_t other, const Json& question,
                  const CardEvents& events, const Run& run);
// Whether the author lets two cards stand either way.
bool is_free(const Json& question, std::size_t one, std::size_t other);

// The question's answers: order_judge.cpp, order_guess.cpp.
Json judge_order(const Json& question, const Json& answer, Bench& bench);
Json right_order(const Json& question, Bench& bench);
Chance guess_order(const Json& question, Bench& bench);

// For authors: order_check.cpp.
void check_cards(const format::Reader& question, Bench& bench, Matches& matches);
void check_card_ids(const format::Reader& question);

}  // namespace tcplab::exercise
