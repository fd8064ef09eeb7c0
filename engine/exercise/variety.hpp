// How much the variants of an exercise differ.
#pragma once
#include <cstdint>

#include "exercise/instance.hpp"

namespace tcplab::exercise {

// Of what a student is asked and told, and of the right answers: two copies with one digest are the
// same task.
std::uint64_t digest(const Instance& instance, const Json& right_answers);

}  // namespace tcplab::exercise
