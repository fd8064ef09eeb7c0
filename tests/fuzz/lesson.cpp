// Any text as a part of a lesson of this repository: its lesson.json, its prose in either language,
// the terms, the path, what a pack holds. Every problem is told in words, at a place that the text
// has; the same way every time.
#include <algorithm>
#include <map>
#include <string>
#include <string_view>

#include "exercise/exercise.hpp"
#include "format/document.hpp"
#include "fuzz.hpp"
#include "json_mutator.hpp"
#include "lesson/check_lesson.hpp"
#include "lesson/check_path.hpp"
#include "lesson/formats.hpp"
#include "lesson/prose.hpp"
#include "repository.hpp"

using namespace tcplab;
using namespace tcplab::fuzz;
using format::Document;

namespace {

constexpr const char* kName = "01-what-a-connection-is";

Document document_of(const std::string& text, const format::Shape& shape) {
  auto document = format::parse(text);
  require(document && format::check(shape, *document).empty(), "the repository's file is right");
  return std::move(*document);
}

// The exercises of a folder by the names of their files.
std::map<std::string, exercise::Exercise> exercises_in(const std::filesystem::path& folder) {
  std::map<std::string, exercise::Exercise> found;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    auto read = exercise::parse_exercise(read_file(entry.path()));
    require(read.has_value(), "the repository's exercise is right");
    found.emplace(entry.path().stem().string(), std::move(*read));
  }
  return found;
}

// A lesson that is right, of which an input takes the place of one file.
struct Known {
  std::filesystem::path lessons = repository() / "exercises" / "lessons";
  std::filesystem::path folder = lessons / kName;
  std::string about = read_file(folder / "lesson.json");
  Document lesson = document_of(about, lesson::lesson_shape());
  Document path = document_of(read_file(lessons / "path.json"), lesson::path_shape());
  std::vector<lesson::Term> terms =
      lesson::read_terms(document_of(read_file(lessons / "terms.json"), lesson::terms_shape()));
  std::string english = read_file(folder / "lesson.en.md");
  std::string chinese = read_file(folder / "lesson.zh.md");
  std::map<std::string, exercise::Exercise> beats = exercises_in(folder / "beats");
  std::map<std::string, exercise::Exercise> exercises = exercises_in(folder / "exercises");

  // With its exercises and beats, their texts are read and their runs held against the prose: that
  // takes a hundred times as long as all the rest.
  lesson::LessonFindings check(const Document& file, std::string_view english_prose,
                               std::string_view chinese_prose, bool with_exercises) const {
    lesson::Folder read;
    read.name = kName;
    read.lesson = &file;
    read.english = english_prose;
    read.chinese = chinese_prose;
    read.lessons = {kName, "other"};
    read.exercise_folders = {"exercises"};
    for (const auto& [name, beat] : beats) {
      read.beat_files.insert(name);
      if (with_exercises) read.beats.emplace(name, &beat);
    }
    for (const auto& [name, each] : exercises) {
      read.exercise_files.insert(name);
      read.own_exercises.insert(name);
      if (with_exercises) read.exercises.emplace(name, &each);
    }
    return lesson::check_lesson(read, terms);
  }
};

const Known& known() {
  static const Known lesson;
  return lesson;
}

// Of the text of one file.
void check(const format::Problems& problems, std::string_view text) {
  const auto lines = 1 + std::count(text.begin(), text.end(), '\n');
  for (const auto& problem : problems) {
    require(!problem.message.en.empty() && !problem.message.zh.empty(),
            "a problem is told in both languages");
    require(problem.line >= 0 && problem.line <= lines,
            "a problem has a place in the text, or none");
  }
}

struct Texts {
  std::string_view about;  // lesson.json
  std::string_view english;
  std::string_view chinese;
};

std::string told(const lesson::LessonFindings& findings, const Texts& texts) {
  std::string all;
  const auto add = [&](const lesson::Findings& found, std::string_view text) {
    for (const auto* problems : {&found.errors, &found.warnings}) {
      check(*problems, text);
      all += format::to_text("file", *problems);
    }
  };
  add(findings.lesson, texts.about);
  add(findings.english, texts.english);
  add(findings.chinese, texts.chinese);
  return all;
}

void try_lesson(const Document& file, std::string_view text, bool with_exercises) {
  const Texts texts{text, known().english, known().chinese};
  const auto findings = [&] {
    return told(known().check(file, texts.english, texts.chinese, with_exercises), texts);
  };
  const auto once = findings();
  if (!with_exercises) require(once == findings(), "what was checked before changes no finding");
}

void try_prose(std::string_view text, bool is_english, bool with_exercises) {
  format::Problems problems;
  const auto prose = lesson::read_prose(text, problems);
  check(problems, text);
  for (const auto& section : prose.sections) {
    require(lesson::visible(section.after).size() <= section.after.size(),
            "what is read is no longer than what is written");
    lesson::line_in(section, prose.title);
  }
  const Texts texts{known().about, is_english ? text : known().english,
                    is_english ? known().chinese : text};
  told(known().check(known().lesson, texts.english, texts.chinese, with_exercises), texts);
}

void try_json(const Document& document, std::string_view text, const std::string& format,
              bool with_exercises) {
  if (format == "tcplab-lesson/1") {
    if (format::check(lesson::lesson_shape(), document).empty())
      try_lesson(document, text, with_exercises);
  } else if (format == "tcplab-terms/1") {
    if (!format::check(lesson::terms_shape(), document).empty()) return;
    check(lesson::check_terms_file(document), text);
    lesson::read_terms(document);
  } else if (format == "tcplab-path/1") {
    if (!format::check(lesson::path_shape(), document).empty()) return;
    const lesson::Written written{&known().lesson, {"A", "B"}, {"C", "D"}};
    check(lesson::check_path(document, {{kName, written}}, {"first-lab"}), text);
  } else if (format::check(lesson::contents_shape(), document).empty()) {
    const auto findings =
        lesson::check_contents(document, {{kName}, {"quiz", "spare"}, {"1a"}, {"spare"}});
    check(findings.errors, text);
    check(findings.warnings, text);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const bool with_exercises = tries(0, 256, data, size);
  const auto document = format::parse(text);
  if (document && document->value().is_object()) {
    const auto format = document->value().find("format");
    if (format == document->value().end() || !format->is_string()) return 0;
    try_json(*document, text, format->get<std::string>(), with_exercises);
    return 0;
  }
  if (!document) check(document.error(), text);
  for (std::size_t which = 0; which < 2; ++which) {
    if (tries(which, 2, data, size)) try_prose(text, which == 0, with_exercises);
  }
  return 0;
}
