#include "exercise/check_witness.hpp"

#include "exercise/faults.hpp"
#include "exercise/grade.hpp"
#include "exercise/kinds/kind.hpp"
#include "exercise/witness.hpp"

namespace tcplab::exercise {

namespace {

using format::Reader;
using format::say;

void check_all_plans(const Reader& questions, const Reader& answers, Trial& trial) {
  for (const Reader& question : questions.items()) {
    const Reader answer = answers[question["id"].text()];
    if (!answer) continue;
    if (const auto check = kind_of(question.json()).check_plans) check(question, answer, trial);
    check_all_plans(question["parts"], answer, trial);
  }
}

}  // namespace

void check_witness(const Reader& root, const Instance& instance, Bench& bench,
                   const format::Source& source, Problems& warnings) {
  const Reader witness = root["witness"];
  Trial trial{bench, source, warnings};
  check_all_plans(root["questions"], witness, trial);
  if (root.has_problems()) return;
  const auto verdict = grade(instance, witnesses(instance.exercise).front(), bench);
  if (!verdict) return witness.problem(verdict.error().front().message);
  for (const Reader& question : root["questions"].items()) {
    for (const Json& judged : verdict->at("questions")) {
      if (judged.at("id") != question["id"].json()) continue;
      tell_faults(judged, question.json(), witness[question["id"].text()], *bench.plain);
    }
  }
  if (passes(*verdict) || root.has_problems()) return;
  witness.problem(
      say({"the witness does not pass: an answer is missing", "样例答案没有通过：少了一个答案"}));
}

}  // namespace tcplab::exercise
