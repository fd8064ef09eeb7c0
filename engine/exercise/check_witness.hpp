// What is wrong with an exercise's witness.
#pragma once
#include "exercise/instance.hpp"
#include "exercise/question.hpp"
#include "format/reader.hpp"

namespace tcplab::exercise {

// Every plan of a build and every other answer passes; a build has enough plans that differ, and
// none of them leaves a goal in doubt.
void check_witness(const format::Reader& root, const Instance& instance, Bench& bench);

}  // namespace tcplab::exercise
