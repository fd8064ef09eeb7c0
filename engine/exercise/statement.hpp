// What a student's answer to one question says: the given values, the right ones, and those that
// would be right in other worlds.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "exercise/run.hpp"

namespace tcplab::exercise {

struct Statement {
  const Json* question;
  Json given;  // by field; null: not answered
  Json right;  // by the same fields
  // The values under mutants (the name of one, or a list). A missing field, or no values at all,
  // means that the world says nothing about it; null means that the field has no value there that a
  // student could answer.
  std::function<std::optional<Json>(const Json& mutants)> under;
  RunPtr run;  // the real run
  std::function<RunPtr(const Json& mutants)> run_under;
  // Whether it is evidence for or against diagnoses of other answers. What a student tries out in a
  // build says nothing about what the student believed before.
  bool is_evidence = true;
  // Misconceptions that the author declared for what was chosen: [{misconception, fields}].
  Json declared = Json::array();
  // For questions whose values would cost many runs: whether the mutants' world has the student's
  // value in these fields.
  std::function<bool(const Json& mutants, const std::vector<std::string>& fields)> explains =
      nullptr;
  // Events of the real run: for each field those that decide its value, and those that show the
  // answer.
  std::map<std::string, std::vector<std::uint32_t>> evidence = {};
  std::vector<std::uint32_t> shown = {};
  // The values of a run without losses; none if the real run has no losses either.
  std::function<std::optional<Json>()> without_loss = nullptr;
  // Replaces each value of some world that is the same answer as the given value by the given
  // value.
  std::function<Json(Json values)> as_given = nullptr;
  Json plan = nullptr;  // what was done in a build
};

// All that a student said in one attempt.
using Attempt = std::vector<Statement>;

}  // namespace tcplab::exercise
