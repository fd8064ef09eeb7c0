#include "check_file_names.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <string>
#include <string_view>

namespace tcplab::cli {

namespace fs = std::filesystem;

using format::say;
using format::Text;

namespace {

struct NamedFormat {
  std::string_view format;
  const char* name;
};

constexpr NamedFormat kNamed[] = {{"tcplab-lesson/1", "lesson.json"},
                                  {"tcplab-terms/1", "terms.json"},
                                  {"tcplab-path/1", "path.json"},
                                  {"tcplab-contents/1", "pack.json"}};

void check_name(Checked& checked) {
  const auto* named =
      std::find_if(std::begin(kNamed), std::end(kNamed),
                   [&](const NamedFormat& each) { return each.format == checked.format; });
  if (named == std::end(kNamed)) return;
  const auto found = fs::path(checked.file).filename().string();
  if (found == named->name) return;
  checked.findings.warnings.push_back(format::Source{checked.document.get(), ""}.problem(
      "/format", say({"a file of this format is found by the name {0}, in small letters; this one "
                      "is called {1}",
                      "这种格式的文件要叫 {0}（小写）才能找到；这个文件叫 {1}"},
                     {Text(std::string(named->name)), format::quote(found)})));
}

// Lessons and packs list exercises by the names of their files; answers name them by their ids.
void check_exercise_name(Checked& checked) {
  const fs::path file(checked.file);
  std::error_code error;
  const auto folder = fs::absolute(file, error).lexically_normal().parent_path();
  const bool is_listed = folder.filename() == "exercises" || folder.filename() == "beats";
  const auto name = file.stem().string();
  if (!is_listed || checked.exercise->id() == name) return;
  checked.findings.warnings.push_back(checked.exercise->source().problem(
      "/id", say({"found {0}; lessons and packs list this exercise as {1}, the name of its file",
                  "发现 {0}；课和课程包按文件名把这个练习列为 {1}"},
                 {format::quote(checked.exercise->id()), format::quote(name)})));
}

}  // namespace

void check_file_names(std::vector<Checked>& all) {
  for (Checked& checked : all) {
    if (checked.document) check_name(checked);
    if (checked.exercise) check_exercise_name(checked);
  }
}

}  // namespace tcplab::cli
