// "Can it be done?": said once, before anything is done in a world. Yes, or no for one of the
// reasons that the exercise offers: each is what a mutant does, in whose world it cannot be done,
// or an idea that the author names. The witness shows that it can, so yes is right.
//
// The answer is then {"can", "plan"} instead of the plan alone.
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

// "doubts", an optional field of kinds that are played.
format::Field doubts_field();
void check_ids_of_doubts(const format::Reader& question);
// What it adds to the fields that earn points: 1, or 0 where it is not asked.
std::uint64_t fields_of_doubts(const Json& question);
// Adds the reasons to the student's copy, without what they show.
void show_doubts(const Json& question, Json& shown);

// An answer, in its two halves.
struct Said {
  Json can;  // null: nothing was said
  Json plan;
  format::Text problem;  // nothing of it can be read
};
Said said_in(const Json& answer, const Json& question);
// The answer of someone who says that it can be done, and has this plan.
Json handed_in(const Json& question, Json plan);

// Adds to the verdict what was said, as a field; true if it is right, or was not asked.
bool judge_said(const Json& question, const Json& can, Json& verdict);
// Adds what it says to the bench's attempt. `run`, `run_under`: of the plan.
void state_said(const Json& question, const Json& can, const RunPtr& run,
                const std::function<RunPtr(const Json& mutants)>& run_under, Bench& bench);

// What is said in the bench's world, as the answer key has it; null: it is not asked.
Json right_said(const Json& question, Bench& bench);

// Reasons that read the same, or show what the exercise does not teach.
void check_doubts(const format::Reader& question, Bench& bench);
// Of a build: no plan of the witness passes in a world in which it is said not to. `passes`:
// whether the goals are reached in a mutant's world.
void check_worlds_of_doubts(
    const format::Reader& question, const format::Reader& plans,
    const std::function<bool(const Json& plan, const Json& mutant)>& passes);

}  // namespace tcplab::exercise
