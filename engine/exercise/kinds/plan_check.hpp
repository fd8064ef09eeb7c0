// What an author is told of the plans of a witness.
#pragma once
#include <functional>
#include <optional>

#include "base/time.hpp"
#include "exercise/check_witness.hpp"
#include "exercise/run.hpp"
#include "format/reader.hpp"

namespace tcplab::exercise {

// How a kind judges a plan.
struct PlanJudge {
  // Why it does not pass; nothing: it does. `run`: of the plan; null: it cannot be played.
  std::function<format::Text(const Json& plan, const RunPtr& run)> missed;
  // When it has come to what is asked: what is done behind that makes no other plan.
  std::function<std::optional<Time>(const Json& plan, const Run& run)> decided_at;
};

// Whoever may inject has no stack.
void check_injectors(const format::Reader& question, const Json& scenario);

// Every plan passes, does nothing in vain, and enough of them differ. Warnings: the run of a plan
// does not end by itself.
void try_plans(const format::Reader& question, const format::Reader& plans, Trial& trial,
               const PlanJudge& judge);

}  // namespace tcplab::exercise
