#include "check_lessons.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <set>

#include "check_files.hpp"
#include "files.hpp"
#include "lesson/check_lesson.hpp"
#include "lesson/check_path.hpp"
#include "lesson/formats.hpp"
#include "lesson/prose.hpp"
#include "shipped.hpp"

namespace tcplab::cli {

namespace fs = std::filesystem;

using format::Document;
using format::say;
using format::Text;

namespace {

constexpr const char* kLesson = "tcplab-lesson/1";
constexpr const char* kTerms = "tcplab-terms/1";
constexpr const char* kPath = "tcplab-path/1";
constexpr const char* kContents = "tcplab-contents/1";

// The folder of the file. A file name without a folder is in the current one.
fs::path folder_of(const std::string& file) {
  std::error_code error;
  const auto whole = fs::absolute(file, error);
  return (error ? fs::path(file) : whole.lexically_normal()).parent_path();
}

// The files of a folder that are checked, by name without extension.
std::map<std::string, fs::path> json_files(const fs::path& folder) {
  std::map<std::string, fs::path> files;
  std::error_code error;
  for (fs::directory_iterator it(folder, error); !error && it != fs::directory_iterator();
       it.increment(error)) {
    if (is_checked(it->path().filename().string())) {
      files.emplace(it->path().stem().string(), it->path());
    }
  }
  return files;
}

// Reads a file without reporting problems: they are reported when the file itself is checked.
std::optional<Document> quietly(const fs::path& file, const format::Shape& shape) {
  const auto text = read_text(file.string());
  if (!text) return std::nullopt;
  auto document = format::parse(*text);
  if (!document || !format::check(shape, *document).empty()) return std::nullopt;
  return std::move(*document);
}

// Owns the exercises of a folder that can be read, while they are checked.
class Shelf {
 public:
  void add(const fs::path& folder) {
    for (const auto& [name, file] : json_files(folder)) {
      names_.insert(name);
      const auto text = read_text(file.string());
      if (!text) continue;
      if (auto exercise = exercise::parse_exercise(*text)) {
        exercises_.emplace(name, std::move(*exercise));
      }
    }
  }
  const std::set<std::string>& names() const { return names_; }
  lesson::Exercises exercises() const {
    lesson::Exercises found;
    for (const auto& [name, exercise] : exercises_) found.emplace(name, &exercise);
    return found;
  }

 private:
  std::set<std::string> names_;
  std::map<std::string, exercise::Exercise> exercises_;
};

// The terms from the terms.json in the lesson's folder and next to it. None if one of them is
// wrong: adds a problem, and no term can be checked.
std::optional<std::vector<lesson::Term>> terms_for(Checked& lesson, const fs::path& folder) {
  std::vector<lesson::Term> terms;
  for (const fs::path& place : {folder, folder.parent_path()}) {
    std::error_code error;
    if (!fs::exists(place / "terms.json", error)) continue;
    const auto document = quietly(place / "terms.json", lesson::terms_shape());
    if (!document) {
      lesson.findings.errors.push_back(format::Source{lesson.document.get(), ""}.problem(
          "/terms",
          say({"{0} is not right: the rest waits for it", "{0} 有错误：其余检查等它改好再做"},
              {Text(display_name((place / "terms.json").string()))})));
      return std::nullopt;
    }
    for (auto& term : lesson::read_terms(*document)) terms.push_back(std::move(term));
  }
  return terms;
}

// A folder with a path.json is a course with all its own terms. Any other is opened by the page,
// which supplies its terms.
bool is_opened_by_page(const fs::path& lessons) {
  std::error_code error;
  return !fs::exists(lessons / "path.json", error);
}

std::set<std::string> page_terms_for(const fs::path& lessons) {
  return is_opened_by_page(lessons) ? page_terms() : std::set<std::string>();
}

void add(exercise::Findings& to, const exercise::Findings& found) {
  to.errors.insert(to.errors.end(), found.errors.begin(), found.errors.end());
  to.warnings.insert(to.warnings.end(), found.warnings.begin(), found.warnings.end());
}

// The prose in one language; none if the file cannot be read, which is a problem of the lesson.
std::optional<std::string> prose_of(Checked& lesson, const fs::path& file) {
  auto text = read_text(file.string());
  if (text) return std::move(*text);
  lesson.findings.errors.push_back(format::Source{lesson.document.get(), ""}.problem(
      "", say({"the file {0} is missing, or cannot be read", "缺少文件 {0}，或无法读取"},
              {Text(file.filename().string())})));
  return std::nullopt;
}

Checked prose_file(const std::string& file, const exercise::Findings& findings) {
  Checked checked;
  checked.file = file;
  checked.findings = findings;
  return checked;
}

std::set<std::string> written_in(const fs::path& lessons) {
  std::set<std::string> names;
  std::error_code error;
  for (fs::directory_iterator it(lessons, error); !error && it != fs::directory_iterator();
       it.increment(error)) {
    std::error_code none;
    if (fs::exists(it->path() / "lesson.json", none)) names.insert(it->path().filename().string());
  }
  return names;
}

// The lessons in the folder, and those that its path announces.
std::set<std::string> lessons_in(const fs::path& lessons) {
  std::set<std::string> names = written_in(lessons);
  const auto path = quietly(lessons / "path.json", lesson::path_shape());
  for (const auto& step : path ? path->value().at("lessons") : format::Json::array()) {
    names.insert(step.at("id").get<std::string>());
  }
  return names;
}

// Checks a lesson. Returns its prose, as two more files.
std::vector<Checked> check_lesson(Checked& checked) {
  const fs::path folder = folder_of(checked.file);
  const fs::path written = fs::path(checked.file).parent_path();
  Shelf beats;
  beats.add(folder / "beats");
  // The exercises of the lesson, of its pack, and of the page.
  const fs::path shelves[] = {folder / "exercises", folder.parent_path() / "exercises",
                              folder.parent_path().parent_path()};
  Shelf own;
  own.add(shelves[0]);
  Shelf exercises;
  for (const fs::path& shelf : shelves) exercises.add(shelf);
  auto exercise_files = exercises.names();
  if (is_opened_by_page(folder.parent_path())) {
    exercise_files.insert(page_exercises().begin(), page_exercises().end());
  }
  const auto english = prose_of(checked, folder / "lesson.en.md");
  const auto chinese = prose_of(checked, folder / "lesson.zh.md");
  const auto terms = terms_for(checked, folder);
  if (!english || !chinese || !terms) return {};
  const auto found =
      lesson::check_lesson({folder.filename().string(),
                            checked.document.get(),
                            *english,
                            *chinese,
                            beats.names(),
                            exercise_files,
                            beats.exercises(),
                            exercises.exercises(),
                            lessons_in(folder.parent_path()),
                            {shelves[0].string(), shelves[1].string(), shelves[2].string()},
                            own.names(),
                            page_terms_for(folder.parent_path())},
                           *terms);
  add(checked.findings, found.lesson);
  std::vector<Checked> prose;
  prose.push_back(prose_file((written / "lesson.en.md").string(), found.english));
  prose.push_back(prose_file((written / "lesson.zh.md").string(), found.chinese));
  return prose;
}

// The lessons without a lesson.json, recognised by a folder of beats.
std::vector<Checked> missing_lessons(const std::vector<Checked>& all) {
  std::set<fs::path> seen;
  std::vector<Checked> missing;
  for (const Checked& checked : all) {
    const fs::path beats = fs::path(checked.file).parent_path();
    if (!checked.exercise || folder_of(checked.file).filename() != "beats") continue;
    const fs::path lesson = beats.parent_path() / "lesson.json";
    std::error_code error;
    if (!seen.insert(lesson).second || fs::exists(lesson, error)) continue;
    missing.push_back(prose_file(lesson.string(), {}));
    missing.back().findings.errors.push_back(
        {"", 0, 0,
         say({"this file is missing: beats stand beside it, so the folder is a lesson's",
              "缺少这个文件：旁边有 beats 文件夹，所以这里应是一课"})});
  }
  return missing;
}

std::set<std::string> used_by(const std::set<std::string>& lessons, const fs::path& pack) {
  std::set<std::string> used;
  for (const auto& lesson : lessons) {
    const auto document = quietly(pack / lesson / "lesson.json", lesson::lesson_shape());
    for (const auto& id : document ? document->value().at("exercises") : format::Json::array()) {
      used.insert(id.get<std::string>());
    }
  }
  return used;
}

void check_contents(Checked& checked) {
  const fs::path pack = folder_of(checked.file);
  Shelf exercises;
  exercises.add(pack / "exercises");
  const auto lessons = written_in(pack);
  checked.findings = lesson::check_contents(
      *checked.document, {lessons, exercises.names(), page_exercises(), used_by(lessons, pack)});
}

std::optional<lesson::Prose> quiet_prose(const fs::path& file) {
  const auto text = read_text(file.string());
  if (!text) return std::nullopt;
  format::Problems none;
  auto prose = lesson::read_prose(*text, none);
  return prose.is_read ? std::optional(std::move(prose)) : std::nullopt;
}

// Checks the path against every lesson in its folder, by the name of the lesson's folder.
void check_path(Checked& checked) {
  const fs::path folder = folder_of(checked.file);
  std::map<std::string, Document> documents;
  std::map<std::string, lesson::Written> lessons;
  std::error_code error;
  for (fs::directory_iterator it(folder, error); !error && it != fs::directory_iterator();
       it.increment(error)) {
    auto document = quietly(it->path() / "lesson.json", lesson::lesson_shape());
    const auto english = quiet_prose(it->path() / "lesson.en.md");
    const auto chinese = quiet_prose(it->path() / "lesson.zh.md");
    if (!document || !english || !chinese) continue;
    const auto name = it->path().filename().string();
    const auto& kept = documents.emplace(name, std::move(*document)).first->second;
    lessons[name] = {
        &kept, {english->title, chinese->title}, {english->question, chinese->question}};
  }
  std::set<std::string> scenarios;
  for (const auto& [name, file] : json_files(folder.parent_path() / "scenarios")) {
    scenarios.insert(name);
  }
  checked.findings.errors = lesson::check_path(*checked.document, lessons, scenarios);
}

}  // namespace

const format::Shape* lesson_format(const std::string& format) {
  if (format == kLesson) return &lesson::lesson_shape();
  if (format == kTerms) return &lesson::terms_shape();
  if (format == kContents) return &lesson::contents_shape();
  return format == kPath ? &lesson::path_shape() : nullptr;
}

void check_lessons(std::vector<Checked>& all) {
  std::vector<Checked> prose = missing_lessons(all);
  for (Checked& checked : all) {
    if (!checked.document) continue;
    if (checked.format == kTerms) {
      checked.findings.errors = lesson::check_terms_file(*checked.document);
    } else if (checked.format == kPath) {
      check_path(checked);
    } else if (checked.format == kContents) {
      check_contents(checked);
    } else {
      for (Checked& each : check_lesson(checked)) prose.push_back(std::move(each));
    }
  }
  for (Checked& each : prose) all.push_back(std::move(each));
}

}  // namespace tcplab::cli
