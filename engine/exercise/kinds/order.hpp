// Cards that name events, to be put in order: which part of the order the run determines.
//
// The times of two cards' events determine which comes first; if the times are equal, a cause comes
// before its effect. All other pairs may be in either order, and so may those that the author
// names.
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

// The event of each card, in the order of the question; none if it does not happen in the run.
using CardEvents = std::vector<std::optional<std::uint32_t>>;
// None if the run never comes to the question, or to a moment that a card counts from.
std::optional<CardEvents> card_events(const Json& question, const Run& run);

// The id of a card, by its index in the question.
const std::string& card_id(const Json& question, std::size_t card);
// Whether the event `before` is a direct or indirect cause of `event`.
bool led_to(std::uint32_t before, std::uint32_t event, const Run& run);
// Whether the run determines that card `one` comes before card `other`.
bool comes_before(std::size_t one, std::size_t other, const Json& question,
                  const CardEvents& events, const Run& run);
// Whether the author allows two cards in either order.
bool is_free(const Json& question, std::size_t one, std::size_t other);

// Judging: order_judge.cpp, order_guess.cpp.
Json judge_order(const Json& question, const Json& answer, Bench& bench);
Json right_order(const Json& question, Bench& bench);
Chance guess_order(const Json& question, Bench& bench);

// For authors: order_check.cpp.
void check_cards(const format::Reader& question, Bench& bench, Matches& matches);
void check_card_ids(const format::Reader& question);

}  // namespace tcplab::exercise
