// Sums of parameters: "4294967290 + 100 + 1", "2 * 50ms".
//
//   formula = term {("+" | "-") term}        term = [number "*"] (number | duration)
//
// A term of a sum of durations may be "never": with the factor 1, the sum is "never" too; with the
// factor 0, the term is ignored.
//
// All terms are numbers, and the result is modulo 2^32, as sequence numbers are; or all are
// durations, and the result is one. A result below zero or above the longest duration is an error.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "format/json.hpp"
#include "format/text.hpp"

namespace tcplab::exercise {

// A number, or the text of a duration. The error is the message for the author: it quotes the
// formula as `written`, with its placeholders, and with their values.
tl::expected<format::Json, format::Text> evaluate(std::string_view formula,
                                                  std::string_view written);
inline tl::expected<format::Json, format::Text> evaluate(std::string_view formula) {
  return evaluate(formula, formula);
}

// The number, if the text is a sum of numbers with at least one operator; else none.
std::optional<format::Json> evaluate_numbers(std::string_view text);

}  // namespace tcplab::exercise
