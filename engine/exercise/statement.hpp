// What a student's answer to one question says: the values given, the right ones, and those that
// the question has in other worlds.
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
  // The values under mutants (the name of one, or a list). A field that is missing, or no values at
  // all: that world says nothing of it. Null: there, the field has no value that could be answered.
  std::function<std::optional<Json>(const Json& mutants)> under;
  RunPtr run;  // the real run
  std::function<RunPtr(const Json& mutants)> run_under;
  // Whether it counts for and against what other answers show. What was tried out in a build says
  // nothing about what was believed before.
  bool is_evidence = true;
  // Misconceptions that the exercise's author wrote to what was chosen: [{misconception, fields}].
  Json declared = Json::array();
  // Where all values would cost many runs: whether the mutants' world has the student's value in
  // these fields.
  std::function<bool(const Json& mutants, const std::vector<std::string>& fields)> explains =
      nullptr;
  // Events of the real run: by field those that decide its value, and those that show the answer.
  std::map<std::string, std::vector<std::uint32_t>> evidence = {};
  std::vector<std::uint32_t> shown = {};
  // The values where no segment is lost; none: none is lost in the real run either.
  std::function<std::optional<Json>()> without_loss = nullptr;
  // Values of some world, with the given one in place of each that is the same answer.
  std::function<Json(Json values)> as_given = nullptr;
  Json plan = nullptr;  // what was done in a build
};

// All that a student said in one attempt.
using Attempt = std::vector<Statement>;

}  // namespace tcplab::exercise
