// Everything that is wrong with a lesson, before a student meets it.
#pragma once
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "exercise/check.hpp"
#include "exercise/exercise.hpp"
#include "format/document.hpp"

namespace tcplab::lesson {

using exercise::Findings;

struct Term {
  std::string id;
  int lesson = 0;  // that teaches it
  format::Text name;
};
// REQUIRES a document of terms_shape().
std::vector<Term> read_terms(const format::Document& terms);

using Exercises = std::map<std::string, const exercise::Exercise*>;

// A lesson's folder as it was read. What cannot be read is not in the maps, and told where it is.
struct Folder {
  std::string name;
  const format::Document* lesson = nullptr;  // of lesson_shape()
  std::string_view english;                  // lesson.en.md
  std::string_view chinese;                  // lesson.zh.md
  std::set<std::string> beat_files;          // the names in beats/, without their ending
  std::set<std::string> exercise_files;      // those in exercises/, and beside the lessons' folder
  Exercises beats;                           // by the name of the file
  Exercises exercises;
  std::set<std::string> lessons;              // those of the path, and beside this one
  std::vector<std::string> exercise_folders;  // where exercises were looked for
  std::set<std::string> own_exercises;        // the names in exercises/
  std::set<std::string> page_terms;           // whose cards the page has in any case
};

struct LessonFindings {
  Findings lesson;  // lesson.json
  Findings english;
  Findings chinese;
};

// What a reader gets of a beat's prose at most: in words, and in Chinese characters.
inline constexpr std::size_t most_words = 60;
inline constexpr std::size_t most_characters = 110;

// Errors: files that are named and are not there or the reverse, lessons to rest on that do not
// exist, terms that are of another lesson, sections that do not fit the beats, also by their
// titles, placeholders that stand for nothing or differ between the languages, figures that the run
// does not have, links to nowhere, Markdown that is not drawn. Warnings: prose that is too long or
// in the other language, terms that are used before they are taught, names in
// capitals that a beat asks with before their cards, exercises that no list names.
LessonFindings check_lesson(const Folder& folder, const std::vector<Term>& terms);

}  // namespace tcplab::lesson
