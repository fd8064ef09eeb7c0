// Which misconception a wrong answer comes from: a mutant of the engine whose own answer it is.
#pragma once
#include <functional>
#include <optional>
#include <string_view>

#include "exercise/question.hpp"

namespace tcplab::exercise {

// A question's values under a mutant; none when the question cannot be asked there.
using Under = std::function<std::optional<Json>(std::string_view mutant)>;

// [{mutant, misconception, fields}], at most three, best first. `answer` and `right` have the same
// keys. A mutant that has the student's value in every wrong field is better than one that has it
// in some, one that keeps the right fields right better than one that does not; then those that
// the exercise teaches come first.
Json diagnose(const Json& answer, const Json& right, const Json& teaches, const Under& under);

// A diagnosis that the exercise's author wrote to an option or an event: [{misconception, fields}],
// with the mutant when there is one.
Json declared_diagnosis(std::string_view misconception, const Json& fields);

}  // namespace tcplab::exercise
