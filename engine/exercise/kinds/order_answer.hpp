// An order as values that can be compared between a run, a mutant's run and an answer: for each
// card whether it has a place, for each pair of cards which comes first.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "exercise/kinds/order.hpp"

namespace tcplab::exercise {

constexpr const char* kBefore = "before";
constexpr const char* kAfter = "after";
constexpr const char* kEither = "either";
constexpr const char* kPlaced = "placed";
constexpr const char* kAside = "aside";

// Each card's place in the answer; none if it was put aside.
using Places = std::vector<std::optional<std::size_t>>;

// Reads a list of cards' ids, or one text with the ids; each id at most once.
tl::expected<Places, format::Text> read_places(const Json& question, const Json& answer);

// The name of a pair, "one other", in the order of the question.
std::string pair_name(const Json& question, std::size_t one, std::size_t other);

// The values of a run: for each card whether it happens, for each pair that happens which comes
// first.
Json values_of(const Json& question, const CardEvents& events, const Run& run);
// The values of an answer; null for a pair of which one was put aside, because the answer says
// nothing about it.
Json given_values(const Json& question, const Places& places);
// The values, with the given value for each pair that may be in either order.
Json as_given(Json values, const Json& given);
// The values without the pairs that may be in either order.
Json without_free(Json values);

// Calls visit(one, other) for each pair of cards, in the order of the question.
template <typename Visit>
void for_pairs(std::size_t cards, const Visit& visit) {
  for (std::size_t one = 0; one < cards; ++one) {
    for (std::size_t other = one + 1; other < cards; ++other) visit(one, other);
  }
}

}  // namespace tcplab::exercise
