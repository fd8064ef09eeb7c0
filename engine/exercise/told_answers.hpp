// Finds texts that tell an answer that is a number.
#pragma once
#include <set>
#include <string>

#include "exercise/bench.hpp"
#include "format/reader.hpp"

namespace tcplab::exercise {

// The numbers that are answers to questions of this copy and that neither its task nor its
// questions tell.
std::set<std::string> secret_numbers(const format::Reader& root, Bench& bench);

// Warns if the task, or a question that is asked no later, tells a number that the student has to
// find. Numbers in the scenario, such as an initial sequence number, are left out: the student may
// have to know them.
void warn_of_told_answers(const format::Reader& root, Bench& bench);

}  // namespace tcplab::exercise
