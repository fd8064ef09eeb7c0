// tcplab answers: prints the right answers, and those under each mutant.
#include <algorithm>

#include "exercise/answer_key.hpp"
#include "exercise/check.hpp"

#include "commands.hpp"
#include "other_format.hpp"
#include "tcp/behaviour.hpp"

namespace tcplab::cli {

namespace {

using format::Json;

// The answers that differ from those in the real world.
Json differences(const Json& questions, const Json& real, const Json& other) {
  Json result = Json::object();
  for (const Json& question : questions) {
    const auto& id = question.at("id").get_ref<const std::string&>();
    if (exercise::is_answered_otherwise(question, real.at(id), other.at(id))) {
      result[id] = other.at(id);
    }
  }
  return result;
}

tl::expected<Json, format::Problems> all_answers(const exercise::Exercise& exercise,
                                                 const exercise::Instance& instance) {
  auto real = exercise::answer_key(instance);
  if (!real) return real;
  auto also = exercise::also_right(instance);
  if (!also) return also;
  Json mutants = Json::array();
  for (const auto& mutant : tcp::mutants()) {
    auto key = exercise::answer_key(instance, mutant.id);
    if (!key) return key;
    Json other = differences(instance.exercise.at("questions"), *real, *key);
    if (other.empty()) continue;
    mutants.push_back(
        {{"mutant", mutant.id}, {"misconception", mutant.misconception}, {"answers", other}});
  }
  return Json{{"exercise", exercise.id()}, {"rev", exercise.rev()}, {"seed", instance.seed},
              {"answers", *real},          {"also", *also},         {"mutants", mutants}};
}

}  // namespace

ExitCode answers(const AnswersOptions& options) {
  const auto text = read_text(options.exercise);
  if (!text) return fail(text.error());
  if (const auto other = of_other_format(*text, {"tcplab-exercise/1"})) {
    return fail(options.exercise, {*other});
  }
  const auto exercise = exercise::parse_exercise(*text);
  if (!exercise) return fail(options.exercise, exercise.error());
  auto wrong = exercise::check_variant(*exercise, options.seed).errors;
  const auto of_chaffs = std::stable_partition(
      wrong.begin(), wrong.end(),
      [](const format::Problem& problem) { return problem.pointer.rfind("/chaffs/", 0) != 0; });
  if (of_chaffs != wrong.begin()) return fail(options.exercise, wrong);
  // Problems of chaffs are only warnings, because authors use these answers to write chaffs.
  warn(options.exercise, wrong);
  const auto instance = exercise::instantiate(*exercise, options.seed);
  if (!instance) return fail(options.exercise, instance.error());
  const auto all = all_answers(*exercise, *instance);
  if (!all) return fail(options.exercise, all.error());
  const auto failure = write_text("-", format::dump(*all, 2) + "\n");
  return failure ? fail(*failure) : ExitCode::kDone;
}

}  // namespace tcplab::cli
