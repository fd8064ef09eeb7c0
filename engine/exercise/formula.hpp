// Sums of parameters: "4294967290 + 100 + 1", "2 * 50ms".
//
//   formula = term {("+" | "-") term}        term = [number "*"] (number | duration)
//
// A term of a sum of durations may be "never": with the factor 1, so is the sum; with 0, it is not
// there.
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

// A number, or a duration's text; or the message for the author, which quotes the formula as it was
// `written`, with placeholders, and what stands in their places.
tl::expected<format::Json, format::Text> evaluate(std::string_view formula,
                                                  std::string_view written);
inline tl::expected<format::Json, format::Text> evaluate(std::string_view formula) {
  return evaluate(formula, formula);
}

// The number when the text is a sum of numbers, with at least one operator; none for any other
// text.
std::optional<format::Json> evaluate_numbers(std::string_view text);

}  // namespace tcplab::exercise
