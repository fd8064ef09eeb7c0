// tcplab check: everything that is wrong with scenarios and exercises, file by file.
#include "exercise/check.hpp"

#include <algorithm>
#include <filesystem>

#include "commands.hpp"
#include "format/document.hpp"
#include "lab/scenario.hpp"

namespace tcplab::cli {

namespace fs = std::filesystem;

namespace {

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

// Texts and schemas lie beside the exercises and are no exercises.
bool is_wanted(const std::string& name) {
  return ends_with(name, ".json") && !ends_with(name, ".schema.json") && name != "rules.json" &&
         name != "misconceptions.json";
}

tl::expected<std::vector<std::string>, Failure> files_below(const std::string& folder) {
  std::vector<std::string> files;
  std::error_code error;
  fs::recursive_directory_iterator it(folder, error);
  while (!error && it != fs::recursive_directory_iterator()) {
    if (it->is_regular_file(error) && is_wanted(it->path().filename().string())) {
      files.push_back(it->path().string());
    }
    if (!error) it.increment(error);
  }
  if (error) {
    return tl::make_unexpected(Failure{
        ExitCode::kFile, display_name(folder) + ": cannot be read: " + error.message() + "\n"});
  }
  std::sort(files.begin(), files.end());
  return files;
}

format::Problems check_exercise(std::string_view text, std::uint64_t seeds) {
  const auto exercise = exercise::parse_exercise(text);
  return exercise ? exercise::check(*exercise, seeds) : exercise.error();
}

format::Problems check_text(std::string_view text, std::uint64_t seeds) {
  const auto document = format::parse(text);
  if (!document) return document.error();
  const auto& value = document->value();
  const format::Source source{&*document, ""};
  if (!value.is_object()) {
    return {
        source.problem("", format::say({"found {0}; allowed: a scenario or an exercise (an object)",
                                        "发现 {0}；允许：一个场景或一个练习（对象）"},
                                       {format::show(value)}))};
  }
  const auto found = value.find("format");
  if (found == value.end()) {
    return {source.problem(
        "",
        format::say({R"(missing key "format"; needed: "tcplab-scenario/1" or "tcplab-exercise/1")",
                     R"(缺少键 "format"；需要："tcplab-scenario/1" 或 "tcplab-exercise/1")"}))};
  }
  if (*found == "tcplab-scenario/1") {
    const auto scenario = lab::read_scenario(value, source);
    return scenario ? format::Problems{} : scenario.error();
  }
  if (*found == "tcplab-exercise/1") return check_exercise(text, seeds);
  return {source.problem(
      "/format", format::say({R"(found {0}; allowed: "tcplab-scenario/1", "tcplab-exercise/1")",
                              R"(发现 {0}；允许："tcplab-scenario/1"、"tcplab-exercise/1")"},
                             {format::show(*found)}))};
}

}  // namespace

ExitCode check(const CheckOptions& options) {
  ExitCode worst = ExitCode::kDone;
  const auto note = [&](ExitCode code) { worst = std::max(worst, code); };
  std::vector<std::string> files;
  for (const auto& path : options.paths) {
    std::error_code error;
    if (path == "-" || !fs::is_directory(path, error)) {
      files.push_back(path);
      continue;
    }
    const auto below = files_below(path);
    if (!below) {
      note(fail(below.error()));
      continue;
    }
    if (below->empty()) {
      note(fail({ExitCode::kRefused, display_name(path) + ": holds no scenario or exercise\n"}));
    }
    files.insert(files.end(), below->begin(), below->end());
  }
  std::size_t right = 0;
  for (const auto& file : files) {
    const auto text = read_text(file);
    if (!text) {
      note(fail(text.error()));
      continue;
    }
    const auto problems = check_text(*text, options.seeds);
    if (problems.empty()) {
      ++right;
    } else {
      note(fail(file, problems));
    }
  }
  const auto failure =
      write_text("-", std::to_string(right) + " of " + std::to_string(files.size()) +
                          (files.size() == 1 ? " file is right\n" : " files are right\n"));
  if (failure) note(fail(*failure));
  return worst;
}

}  // namespace tcplab::cli
