// Grades answers to an exercise. The same exercise, seed and answers give the same bytes on every
// platform, because all numbers in a verdict are integers.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>
#include <tl/expected.hpp>

#include "exercise/bench.hpp"
#include "exercise/exercise.hpp"
#include "exercise/instance.hpp"

namespace tcplab::exercise {

// The verdict on an answers file ("tcplab-answers/1"). Problems: the file cannot be read, belongs
// to another exercise, revision or seed, or names questions that do not exist. A single answer that
// cannot be read is no problem of the file: its question's verdict says so.
tl::expected<Json, Problems> grade(const Exercise& exercise, std::string_view answers,
                                   std::optional<std::uint64_t> seed = std::nullopt);

// The same for answers to an instance, by question id. Returns {exercise, rev, seed, engine, score,
// max, half_points, questions}: only answered questions are listed, but `max` counts all. `score`
// counts what is right in the answers, `half_points` what they earn, given their `history`
// (points.hpp).
tl::expected<Json, Problems> grade(const Exercise& exercise, const Instance& instance,
                                   const Json& answers, const format::Source& source = {},
                                   const Json& history = Json::object());

// The same, with runs that several gradings of one instance share.
tl::expected<Json, Problems> grade(const Instance& instance, const Json& answers, Bench& bench,
                                   const format::Source& source = {},
                                   const Json& history = Json::object());

// Whether the verdict has full marks.
bool passes(const Json& verdict);

}  // namespace tcplab::exercise
