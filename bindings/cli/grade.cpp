// tcplab grade: prints the verdicts on answers files.
#include <algorithm>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "commands.hpp"
#include "exercise/check.hpp"
#include "exercise/grader.hpp"
#include "format/document.hpp"
#include "format/json.hpp"
#include "grade_table.hpp"
#include "other_format.hpp"

namespace tcplab::cli {

namespace {

using format::Json;

// The variant that an answers file is for, if it names one.
std::optional<std::uint64_t> seed_of(std::string_view answers) {
  const auto document = format::parse(answers);
  if (!document || !document->value().is_object()) return std::nullopt;
  const auto seed = document->value().find("seed");
  if (seed == document->value().end() || !seed->is_number_unsigned()) return std::nullopt;
  return seed->get<std::uint64_t>();
}

struct Answers {
  std::string path;
  std::string text;
  std::optional<std::uint64_t> seed;
  std::optional<Failure> failure;  // set if there is no text
};

Answers read_answers(const std::string& path) {
  auto read = read_text(path);
  if (!read) return {path, {}, std::nullopt, std::move(read.error())};
  const auto seed = seed_of(*read);
  return {path, std::move(*read), seed, std::nullopt};
}

// Nobody has checked variants other than those that students get.
void warn_of_seed(const Answers& answers, const exercise::Exercise& exercise) {
  if (!answers.seed || (*answers.seed >= 1 && *answers.seed <= exercise.variants())) return;
  format::Problem warning;
  warning.pointer = "/seed";
  warning.message =
      format::say({"warning: students are given the variants 1 to {0}, not {1}",
                   "警告：给学生的变体是 1 到 {0}，没有 {1}"},
                  {std::to_string(exercise.variants()), std::to_string(*answers.seed)});
  std::fputs((format::to_text(display_name(answers.path), warning) + "\n").c_str(), stderr);
}

// The problems of a file.
struct Wrong {
  std::string path;
  format::Problems problems;
  ExitCode code = ExitCode::kRefused;
};

// Strips the path and the line end from the message, which was made for standard error.
Wrong wrong_of(const std::string& path, const Failure& failure) {
  std::string_view why = failure.message;
  const std::string begin = display_name(path) + ": ";
  if (why.substr(0, begin.size()) == begin) why.remove_prefix(begin.size());
  while (!why.empty() && why.back() == '\n') why.remove_suffix(1);
  format::Problem problem;
  problem.message = failure.why.empty() ? format::Text(std::string(why)) : failure.why;
  return {path, {problem}, failure.code};
}

// The most earlier answers that are judged for each step.
constexpr std::size_t kMostEarlier = 20;

// Replaces the answer to "question" or "question/part".
void put(Json& answers, const std::string& step, const Json& answer) {
  const auto slash = step.find('/');
  Json& question = answers[step.substr(0, slash)];
  if (slash == std::string::npos) {
    question = answer;
  } else if (question.is_object() || question.is_null()) {
    question[step.substr(slash + 1)] = answer;
  }
}

// Grades all files, variant by variant, so that each variant is checked and run only once.
class Gradings {
 public:
  Gradings(const GradeOptions& options, const exercise::Exercise& exercise)
      : options_(options), exercise_(exercise), grader_(exercise) {}

  tl::expected<Json, Wrong> verdict(const Answers& answers) {
    if (answers.failure) return tl::unexpected(wrong_of(answers.path, *answers.failure));
    if (const auto other = of_other_format(answers.text, {"tcplab-answers/1"})) {
      return tl::unexpected(Wrong{answers.path, {*other}});
    }
    if (const auto seed = options_.seed ? options_.seed : answers.seed; seed && seed != checked_) {
      auto errors = exercise::check_variant(exercise_, *seed).errors;
      if (!errors.empty()) return tl::unexpected(Wrong{options_.exercise, std::move(errors)});
      checked_ = seed;
    }
    return grader_.grade(answers.text, options_.seed).map_error([&](format::Problems problems) {
      return Wrong{answers.path, std::move(problems)};
    });
  }

  // The misconceptions that fit earlier answers, by "question" or "question/part". Each earlier
  // answer is judged together with the last answers to all other steps.
  EarlierIdeas earlier_ideas(const Answers& answers) {
    EarlierIdeas ideas;
    const auto document = format::parse(answers.text);
    if (!document) return ideas;
    const Json earlier = document->value().value("earlier", Json::object());
    for (const auto& [step, list] : earlier.items()) {
      const std::size_t first = list.size() > kMostEarlier ? list.size() - kMostEarlier : 0;
      for (std::size_t i = first; i < list.size(); ++i) {
        Json file = document->value();
        for (const char* key : {"earlier", "tries", "revealed"}) file.erase(key);
        put(file["answers"], step, list[i]);
        const auto judged = grader_.grade(format::dump(file), options_.seed);
        if (judged) add_ideas(ideas[step], *judged, step);
      }
    }
    return ideas;
  }

 private:
  const GradeOptions& options_;
  const exercise::Exercise& exercise_;
  exercise::Grader grader_;
  std::optional<std::uint64_t> checked_;
};

using Verdict = tl::expected<Json, Wrong>;

// The verdicts in the order of the files.
std::vector<Verdict> verdicts_on(const std::vector<Answers>& all, Gradings& gradings) {
  std::vector<std::size_t> by_variant(all.size());
  for (std::size_t i = 0; i < all.size(); ++i) by_variant[i] = i;
  std::stable_sort(by_variant.begin(), by_variant.end(),
                   [&](std::size_t a, std::size_t b) { return all[a].seed < all[b].seed; });
  std::vector<Verdict> verdicts(all.size());
  for (const std::size_t i : by_variant) verdicts[i] = gradings.verdict(all[i]);
  return verdicts;
}

std::string lines_of(const std::vector<Answers>& all, const std::vector<Verdict>& verdicts) {
  std::string text;
  for (std::size_t i = 0; i < all.size(); ++i) {
    Json line{{"file", all[i].path}};
    line.update(verdicts[i] ? *verdicts[i] : format::to_json(verdicts[i].error().problems));
    text += format::dump(line) + "\n";
  }
  return text;
}

std::string table_of(const std::vector<Answers>& all, const std::vector<Verdict>& verdicts,
                     const exercise::Exercise& exercise, Gradings& gradings) {
  GradeTable table(exercise);
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (verdicts[i]) {
      table.add(all[i].path, *verdicts[i], gradings.earlier_ideas(all[i]));
    } else {
      table.add(all[i].path, verdicts[i].error().problems);
    }
  }
  return table.text();
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
  std::vector<Answers> all;
  for (const auto& path : options.answers) {
    all.push_back(read_answers(path));
    warn_of_seed(all.back(), *exercise);
  }
  Gradings gradings(options, *exercise);
  const auto verdicts = verdicts_on(all, gradings);
  auto code = ExitCode::kDone;
  for (const Verdict& verdict : verdicts) {
    if (verdict) continue;
    fail(verdict.error().path, verdict.error().problems);
    code = std::max(code, verdict.error().code);
  }
  const bool is_alone = all.size() == 1 && !options.csv;
  if (is_alone && code != ExitCode::kDone) return code;
  const auto printed = print(is_alone      ? format::dump(*verdicts.front(), 2) + "\n"
                             : options.csv ? table_of(all, verdicts, *exercise, gradings)
                                           : lines_of(all, verdicts));
  return printed == ExitCode::kDone ? code : printed;
}

}  // namespace tcplab::cli
