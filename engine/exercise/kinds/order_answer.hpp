// What is said of an order by pairs of cards, so that a run, a mutant's run and an answer compare:
// of each card whether it has a place, of each pair which comes first.
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

// By card, its place in the answer; none: it was put aside.
using Places = std::vector<std::optional<std::size_t>>;

// A list of the cards' ids, or these in one text; each at most once.
tl::expected<Places, format::Text> read_places(const Json& question, const Json& answer);

// The name of a pair, "one other": the card that the question has first comes first.
std::string pair_name(const Json& question, std::size_t one, std::size_t other);

// What a run says: of each card whether it happens, of each pair that does which comes first.
Json values_of(const Json& question, const CardEvents& events, const Run& run);
// The same of an answer; null: one of the two was put aside, so that nothing is said of them.
Json given_values(const Json& question, const Places& places);
// What may stand either way is as it was given.
Json as_given(Json values, const Json& given);
// Without what may stand either way.
Json without_free(Json values);

// Calls visit(one, other) for each pair of cards, the one that the question has first before.
template <typename Visit>
void for_pairs(std::size_t cards, const Visit& visit) {
  for (std::size_t one = 0; one < cards; ++one) {
    for (std::size_t other = one + 1; other < cards; ++other) visit(one, other);
  }
}

}  // namespace tcplab::exercise
