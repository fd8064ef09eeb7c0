// Answers that are numbers, and the texts that tell them.
#pragma once
#include <set>
#include <string>

#include "exercise/bench.hpp"
#include "format/reader.hpp"

namespace tcplab::exercise {

// The numbers that are answers to questions of this copy, and are told neither by its task nor by
// its questions.
std::set<std::string> secret_numbers(const format::Reader& root, Bench& bench);

// A task, or a question that is asked no later, that tells a number which is to be found. What the
// scenario is given, such as an initial sequence number, the student may have to be told.
void warn_of_told_answers(const format::Reader& root, Bench& bench);

}  // namespace tcplab::exercise
