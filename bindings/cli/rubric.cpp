// tcplab rubric: measures how well rules for a free text do on answers that people have labelled.
#include "rubric/rubric.hpp"

#include "commands.hpp"
#include "other_format.hpp"
#include "rubric/measure.hpp"

namespace tcplab::cli {

ExitCode rubric(const RubricOptions& options) {
  const auto text = read_text(options.rubric);
  if (!text) return fail(text.error());
  if (const auto other = of_other_format(*text, {"tcplab-rubric/1"})) {
    return fail(options.rubric, {*other});
  }
  const auto rules = tcplab::rubric::parse_rubric(*text);
  if (!rules) return fail(options.rubric, rules.error());
  const auto labelled = read_text(options.labelled);
  if (!labelled) return fail(labelled.error());
  if (const auto other = of_other_format(*labelled, {"tcplab-labelled/1"})) {
    return fail(options.labelled, {*other});
  }
  const auto answers = tcplab::rubric::parse_labelled(*rules, *labelled);
  if (!answers) return fail(options.labelled, answers.error());
  const auto failure = write_text("-", tcplab::rubric::report(*rules, *answers));
  return failure ? fail(*failure) : ExitCode::kDone;
}

}  // namespace tcplab::cli
