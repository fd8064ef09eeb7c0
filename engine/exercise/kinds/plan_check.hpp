// What an author is told about the plans of a witness.
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
  // Why the plan does not pass; empty if it does. `run` is the plan's run; null if it cannot be
  // run.
  std::function<format::Text(const Json& plan, const RunPtr& run)> missed;
  // When the run has reached what is asked: actions after that do not make a different plan.
  std::function<std::optional<Time>(const Json& plan, const Run& run)> decided_at;
};

// Checks that hosts that may inject have no stack.
void check_injectors(const format::Reader& question, const Json& scenario);

// Checks that every plan passes and has no action without effect, and that enough plans differ.
// Warning: the run of a plan does not end by itself.
void try_plans(const format::Reader& question, const format::Reader& plans, Trial& trial,
               const PlanJudge& judge);

}  // namespace tcplab::exercise
