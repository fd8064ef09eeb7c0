// Judges what a text says about the ideas of a rubric.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "format/problem.hpp"
#include "rubric/rubric.hpp"

namespace tcplab::rubric {

// The longest text that is read, in code points.
inline constexpr std::size_t kLongestText = 6'000;

enum class Outcome { kNotFound, kFound, kContradicted };

struct Span {
  std::uint32_t from;  // UTF-16 code units
  std::uint32_t to;
};

struct Finding {
  std::string id;
  bool wrong;
  Outcome outcome = Outcome::kNotFound;
  std::vector<Span> spans = {};  // the words that decide it
};

// One finding for each idea, in the rubric's order. The error: the text is too long.
tl::expected<std::vector<Finding>, format::Problems> match(const Rubric& rubric,
                                                           std::string_view text);

std::string_view name_of(Outcome outcome);

// {"ideas": [{"id", "wrong", "outcome", "spans": [[from, to]]}]}
format::Json to_json(const std::vector<Finding>& findings);

}  // namespace tcplab::rubric
