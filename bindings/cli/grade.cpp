// tcplab grade: the verdict on an answers file.
#include "exercise/grade.hpp"

#include <optional>
#include <string_view>

#include "commands.hpp"
#include "exercise/check.hpp"
#include "format/document.hpp"
#include "format/json.hpp"
#include "other_format.hpp"

namespace tcplab::cli {

namespace {

// The variant that an answers file is for, where it says one.
std::optional<std::uint64_t> seed_of(std::string_view answers) {
  const auto document = format::parse(answers);
  if (!document || !document->value().is_object()) return std::nullopt;
  const auto seed = document->value().find("seed");
  if (seed == document->value().end() || !seed->is_number_unsigned()) return std::nullopt;
  return seed->get<std::uint64_t>();
}

}  // namespace

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
  if (const auto seed = options.seed ? options.seed : seed_of(*answers)) {
    const auto wrong = exercise::check_variant(*exercise, *seed).errors;
    if (!wrong.empty()) return fail(options.exercise, wrong);
  }
  const auto verdict = exercise::grade(*exercise, *answers, options.seed);
  if (!verdict) return fail(options.answers, verdict.error());
  const auto failure = write_text("-", format::dump(*verdict, 2) + "\n");
  return failure ? fail(*failure) : ExitCode::kDone;
}

}  // namespace tcplab::cli
