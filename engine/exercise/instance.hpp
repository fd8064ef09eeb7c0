// A student's copy of an exercise: its parameters drawn from a seed and filled in everywhere.
#pragma once
#include <cstdint>
#include <tl/expected.hpp>

#include "exercise/exercise.hpp"

namespace tcplab::exercise {

struct Instance {
  std::uint64_t seed = 0;
  Json params;    // name to value
  Json exercise;  // the whole exercise without placeholders
};

// Problems: with the parameters, with placeholders, and with values that do not fit where they are
// inserted; each at its place in the exercise's text.
tl::expected<Instance, Problems> instantiate(const Exercise& exercise, std::uint64_t seed);

// What the page needs to ask the questions: texts, scenario, questions with their pauses; nothing
// that tells an answer. Problems: the scenario cannot be run, or the run never comes to a
// question's pause.
tl::expected<Json, Problems> to_json(const Exercise& exercise, const Instance& instance);

}  // namespace tcplab::exercise
