// tcplab grade: the verdict on an answers file.
#include "exercise/grade.hpp"
#include "commands.hpp"
#include "format/json.hpp"
#include "other_format.hpp"

namespace tcplab::cli {

ExitCode grade(const GradeOptions& options) {
  const auto text = read_text(options.exercise);
  if (!text) return fail(text.error());
  if (const auto other = of_other_format(*text, {"tcplab-exercise/1"})) {
    return fail(options.exercise, {*other});
  }
  const auto exercise = exercise::parse_exercise(*text);
  if (!exercise) return fail(options.exercise, exercise.error());
  const auto answers = read_text(options.answers);
  if (!answers) return fail(answers.error());
  if (const auto other = of_other_format(*answers, {"tcplab-answers/1"})) {
    return fail(options.answers, {*other});
  }
  const auto verdict = exercise::grade(*exercise, *answers, options.seed);
  if (!verdict) return fail(options.answers, verdict.error());
  const auto failure = write_text("-", format::dump(*verdict, 2) + "\n");
  return failure ? fail(*failure) : ExitCode::kDone;
}

}  // namespace tcplab::cli
