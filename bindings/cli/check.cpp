// tcplab check: prints everything that is wrong with scenarios, exercises and lessons, file by
// file.
#include <cstdio>
#include <filesystem>
#include <map>
#include <memory>

#include "check_file_names.hpp"
#include "check_files.hpp"
#include "check_lessons.hpp"
#include "checked.hpp"
#include "commands.hpp"
#include "exercise/check.hpp"
#include "format/document.hpp"
#include "lab/scenario.hpp"
#include "matrix.hpp"
#include "other_format.hpp"
#include "rubric/rubric.hpp"
#include "variants.hpp"

namespace tcplab::cli {

namespace fs = std::filesystem;

namespace {

format::Problem of_no_format(const format::Json& value, const format::Source& source) {
  static const std::string kAllowed =
      format::list({"tcplab-scenario/1", "tcplab-exercise/1", "tcplab-lesson/1", "tcplab-terms/1",
                    "tcplab-path/1", "tcplab-contents/1", "tcplab-rubric/1"});
  if (!value.is_object()) {
    return source.problem("",
                          format::say({"found {0}; allowed: a scenario or an exercise (an object)",
                                       "发现 {0}；允许：一个场景或一个练习（对象）"},
                                      {format::show(value)}));
  }
  const auto found = value.find("format");
  if (found == value.end()) {
    return source.problem("", format::say({R"(missing key "format"; needed one of: {0})",
                                           R"(缺少键 "format"；需要其中之一：{0})"},
                                          {kAllowed}));
  }
  return source.problem("/format", format::say({"found {0}; allowed: {1}", "发现 {0}；允许：{1}"},
                                               {format::show(*found), kAllowed}));
}

// All findings that need no variant.
Checked read(const std::string& file, std::string_view text) {
  Checked checked;
  checked.file = file;
  auto document = format::parse(text);
  if (!document) {
    checked.findings.errors = document.error();
    return checked;
  }
  const auto& value = document->value();
  const format::Source source{&*document, ""};
  const auto format = value.is_object() ? value.value("format", format::Json()) : format::Json();
  if (format.is_string()) checked.format = format.get<std::string>();
  if (const auto* shape = lesson_format(checked.format)) {
    checked.findings.errors = format::check(*shape, *document);
    checked.has_more_to_check = !checked.findings.errors.empty();
    if (!checked.has_more_to_check) {
      checked.document = std::make_unique<format::Document>(std::move(*document));
    }
  } else if (format == "tcplab-scenario/1") {
    const auto scenario = lab::read_scenario(value, source);
    if (scenario) {
      checked.findings.warnings = exercise::warn_of_scenario(value, source);
    } else {
      checked.findings.errors = scenario.error();
    }
  } else if (format == "tcplab-rubric/1") {
    const auto rules = tcplab::rubric::parse_rubric(text);
    if (!rules) checked.findings.errors = rules.error();
  } else if (format != "tcplab-exercise/1") {
    const auto other = of_other_format(text, {"tcplab-scenario/1", "tcplab-exercise/1"});
    checked.findings.errors = {other ? *other : of_no_format(value, source)};
  } else if (auto exercise = exercise::parse_exercise(text)) {
    checked.exercise = std::make_unique<exercise::Exercise>(std::move(*exercise));
  } else {
    checked.findings.errors = exercise.error();
    checked.has_more_to_check = true;
  }
  return checked;
}

// The folder of the pack or single lesson that the file belongs to; empty if there is none. Ids
// need to differ only within a pack.
fs::path pack_of(const std::string& file) {
  std::error_code error;
  const auto has = [&](const fs::path& folder, const char* name) {
    return fs::exists(folder / name, error);
  };
  const fs::path whole = fs::absolute(file, error).lexically_normal();
  fs::path lesson;
  for (fs::path folder = whole.parent_path(); folder.has_relative_path();
       folder = folder.parent_path()) {
    if (has(folder, "pack.json")) return folder;
    const bool is_alone = has(folder, "lesson.json") && !has(folder.parent_path(), "path.json");
    if (is_alone && lesson.empty()) lesson = folder;
  }
  return lesson;
}

// The page stores students' work by the exercise's id, so ids must differ.
void check_ids(std::vector<Checked>& all) {
  std::map<std::pair<fs::path, std::string>, std::string> files;
  for (auto& checked : all) {
    if (!checked.exercise) continue;
    const auto [first, is_new] =
        files.emplace(std::pair(pack_of(checked.file), checked.exercise->id()), checked.file);
    if (is_new) continue;
    checked.findings.errors.push_back(checked.exercise->source().problem(
        "/id", format::say({"{0} is also the id of {1}", "{0} 也是 {1} 的 id"},
                           {format::quote(checked.exercise->id()), display_name(first->second)})));
  }
}

exercise::Guess average(const std::vector<exercise::Variant>& variants) {
  exercise::Guess sum{0, 0};
  for (const auto& variant : variants) {
    sum.share += variant.guess.share / static_cast<double>(variants.size());
    sum.passes += variant.guess.passes / static_cast<double>(variants.size());
  }
  return sum;
}

void check_exercises(std::vector<Checked>& all, std::optional<std::uint64_t> seeds) {
  std::vector<VariantsOf> wanted;
  std::vector<Checked*> whose;
  for (auto& checked : all) {
    if (!checked.exercise) continue;
    const auto found = exercise::check_static(*checked.exercise);
    auto& errors = checked.findings.errors;
    errors.insert(errors.end(), found.begin(), found.end());
    if (!found.empty()) {
      checked.findings.warnings = exercise::warn_of_texts(*checked.exercise);
      checked.has_more_to_check = true;
      continue;
    }
    wanted.push_back({checked.exercise.get(), seeds_of(*checked.exercise, seeds)});
    whose.push_back(&checked);
  }
  const auto variants = check_variants(wanted);
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    auto findings = exercise::conclude(*wanted[i].exercise, variants[i]);
    auto& errors = whose[i]->findings.errors;
    errors.insert(errors.end(), findings.errors.begin(), findings.errors.end());
    whose[i]->findings.warnings = std::move(findings.warnings);
    whose[i]->has_more_to_check = !variants[i].empty() && !variants[i].back().errors.empty();
    whose[i]->guess = average(variants[i]);
    whose[i]->variants = wanted[i].seeds;
  }
}

std::string percent(double share) {
  char text[16];
  std::snprintf(text, sizeof text, "%.1f %%", share * 100);
  return text;
}

// An exercise is checked in stages; each relies on what the earlier ones have checked.
void print_more_to_check(const std::string& file) {
  const std::string line = display_name(file) + ": further checks wait until these are mended\n";
  std::fputs(line.c_str(), stderr);
}

std::string summary(const Checked& checked) {
  if (checked.variants == 0) return "";
  return display_name(checked.file) + ": " + std::to_string(checked.variants) +
         (checked.variants == 1 ? " variant" : " variants") + ", guesses earn " +
         percent(checked.guess.share) + " of the points, " + percent(checked.guess.passes) +
         " pass\n";
}

// Reads all files; reports those that cannot be read at once.
std::vector<Checked> read_all(const std::vector<std::string>& paths, std::size_t& files,
                              ExitCode& worst) {
  const auto note = [&](ExitCode code) { worst = std::max(worst, code); };
  std::vector<std::string> found;
  for (const auto& path : paths) {
    std::error_code error;
    if (path == "-" || !std::filesystem::is_directory(path, error)) {
      found.push_back(path);
      continue;
    }
    const auto below = files_below(path);
    if (!below) {
      note(fail(below.error()));
    } else if (below->empty()) {
      note(fail({ExitCode::kRefused, display_name(path) + ": holds no scenario or exercise\n"}));
    } else {
      found.insert(found.end(), below->begin(), below->end());
    }
  }
  found = each_once(std::move(found));
  files = found.size();
  std::vector<Checked> all;
  for (const auto& file : found) {
    const auto text = read_text(file);
    if (text) {
      all.push_back(read(file, *text));
    } else {
      note(fail(text.error()));
    }
  }
  return all;
}

}  // namespace

ExitCode check(const CheckOptions& options) {
  ExitCode worst = ExitCode::kDone;
  std::size_t files = 0;
  auto all = read_all(options.paths, files, worst);
  check_ids(all);
  if (options.matrix) return print_matrix(all, options, worst);
  check_exercises(all, options.seeds);
  const auto before = all.size();
  check_lessons(all);
  files += all.size() - before;
  check_file_names(all);

  std::string told;
  std::size_t right = 0;
  for (const auto& checked : all) {
    const auto& [errors, warnings] = checked.findings;
    warn(checked.file, warnings);
    if (!errors.empty()) {
      worst = std::max(worst, fail(checked.file, errors));
      if (checked.has_more_to_check) print_more_to_check(checked.file);
      continue;
    }
    told += summary(checked);
    if (options.strict && !warnings.empty()) {
      worst = std::max(worst, ExitCode::kRefused);
    } else {
      ++right;
    }
  }
  if (files > 0) {
    told += std::to_string(right) + " of " + std::to_string(files) +
            (files == 1 ? " file is right\n" : " files are right\n");
  }
  if (const auto failure = write_text("-", told)) worst = std::max(worst, fail(*failure));
  return worst;
}

}  // namespace tcplab::cli
