// "Can it be done?": asked once, before the student acts. The answer is yes, or no for one of the
// reasons that the exercise offers. Each reason is what a mutant does, in whose world it cannot be
// done, or a misconception that the author names. The witness shows that it can be done, so yes is
// right.
//
// The answer to the question is then {"can", "plan"} instead of the plan alone.
#pragma once
#include <cstdint>
#include <functional>
#include <string_view>

#include "exercise/bench.hpp"
#include "format/reader.hpp"
#include "format/shape.hpp"

namespace tcplab::exercise {

struct Trial;

inline constexpr std::string_view kCanBeDone = "yes";

// "doubts", an optional field of kinds in which the student acts.
format::Field doubts_field();
void check_ids_of_doubts(const format::Reader& question);
// How many fields it adds to those that earn points: 1, or 0 if it is not asked.
std::uint64_t fields_of_doubts(const Json& question);
// Adds the reasons to the student's copy, without the misconceptions that they show.
void show_doubts(const Json& question, Json& shown);

// The two parts of an answer.
struct Said {
  Json can;  // null: not answered
  Json plan;
  format::Text problem;  // why nothing of it can be read
};
Said said_in(const Json& answer, const Json& question);
// The answer that says that it can be done, with this plan.
Json handed_in(const Json& question, Json plan);

// Adds what was said to the verdict, as a field. True if it is right or was not asked.
bool judge_said(const Json& question, const Json& can, Json& verdict);
// Adds what was said to the bench's attempt. `run` and `run_under` are runs of the plan.
void state_said(const Json& question, const Json& can, const RunPtr& run,
                const std::function<RunPtr(const Json& mutants)>& run_under, Bench& bench);

// The right answer in the bench's world, for the answer key; null if it is not asked.
Json right_said(const Json& question, Bench& bench);

// Problems: reasons that read the same, or that show what the exercise does not teach.
void check_doubts(const format::Reader& question, Bench& bench);
// For a build: checks that no plan of the witness passes in the world of a mutant that is given as
// a reason. `passes` tells whether a plan reaches the goals in a mutant's world.
void check_worlds_of_doubts(
    const format::Reader& question, const format::Reader& plans,
    const std::function<bool(const Json& plan, const Json& mutant)>& passes);

}  // namespace tcplab::exercise
