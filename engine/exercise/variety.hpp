// Tells whether variants of an exercise differ.
#pragma once
#include <cstdint>

#include "exercise/instance.hpp"

namespace tcplab::exercise {

// The digest of everything that a student is asked and told, and of the right answers: two copies
// with the same digest are the same task.
std::uint64_t digest(const Instance& instance, const Json& right_answers);

}  // namespace tcplab::exercise
