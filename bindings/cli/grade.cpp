// tcplab grade: the verdict on an answers file.
#include "exercise/grade.hpp"
#include "commands.hpp"
#include "format/json.hpp"

namespace tcplab::cli {

ExitCode grade(const GradeOptions& options) {
  const auto text = read_text(options.exercise);
  if (!text) return fail(text.error());
  const auto exercise = exercise::parse_exercise(*text);
  if (!exercise) return fail(options.exercise, exercise.error());
  const auto answers = read_text(options.answers);
  if (!answers) return fail(answers.error());
  const auto verdict = exercise::grade(*exercise, *answers, options.seed);
  if (!verdict) return fail(options.answers, verdict.error());
  const auto failure = write_text("-", format::dump(*verdict, 2) + "\n");
  return failure ? fail(*failure) : ExitCode::kDone;
}

}  // namespace tcplab::cli
