// What a text says of a rubric's ideas.
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

// Code points of the longest text that is read.
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

// A finding for each idea, in their order. Refused: a text that is too long.
tl::expected<std::vector<Finding>, format::Problems> match(const Rubric& rubric,
                                                           std::string_view text);

std::string_view name_of(Outcome outcome);

// {"ideas": [{"id", "wrong", "outcome", "spans": [[from, to]]}]}
format::Json to_json(const std::vector<Finding>& findings);

}  // namespace tcplab::rubric
