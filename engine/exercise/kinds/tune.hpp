// Choosing settings so that a workload runs well: the answer is a choice, and what counts is
// whether the run with that choice reaches the goals, and what the choice costs.
#pragma once
#include <optional>
#include <vector>

#include "exercise/bench.hpp"
#include "exercise/kinds/goals.hpp"
#include "format/reader.hpp"

namespace tcplab::exercise {

struct Trial;

bool asks_cheapest(const Json& question);

RunResult run_of_choice(const Json& question, const Json& choice, Bench& bench,
                        const Json& mutants = nullptr);
bool reaches_all(const Json& question, const Run& run);

// The first of choices_of() whose run reaches all goals; none if no choice does. Runs all choices
// before it too.
std::optional<Json> cheapest(const Json& question, Bench& bench);

Json judge_tune(const Json& question, const Json& answer, Bench& bench);
// The slips of a wrong choice (slip.hpp), found by running other choices.
Json slips_of_choice(const Json& question, const Json& choice, const Run& run, Bench& bench);

// For authors: tune_check.cpp.
void check_tune(const format::Reader& question, Bench& bench, Matches& matches);
void check_choices(const format::Reader& question, const format::Reader& answers, Trial& trial);

}  // namespace tcplab::exercise
