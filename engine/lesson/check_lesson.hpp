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
  int lesson = 0;  // the number of the lesson that teaches it
  format::Text name;
};
// REQUIRES a document of terms_shape().
std::vector<Term> read_terms(const format::Document& terms);

using Exercises = std::map<std::string, const exercise::Exercise*>;

// A lesson's folder as read. Files that cannot be read are not in the maps; their problems are
// reported where they are.
struct Folder {
  std::string name;
  const format::Document* lesson = nullptr;  // of lesson_shape()
  std::string_view english;                  // lesson.en.md
  std::string_view chinese;                  // lesson.zh.md
  std::set<std::string> beat_files;          // the names in beats/, without their ending
  std::set<std::string> exercise_files;      // those in exercises/, and beside the lessons' folder
  Exercises beats;                           // by file name
  Exercises exercises;
  std::set<std::string> lessons;              // those in the path, and those next to this one
  std::vector<std::string> exercise_folders;  // searched for exercises
  std::set<std::string> own_exercises;        // the names in exercises/
  std::set<std::string> page_terms;           // terms whose cards the page always has
};

struct LessonFindings {
  Findings lesson;  // lesson.json
  Findings english;
  Findings chinese;
};

// The longest prose of a beat: English in words, Chinese in characters.
inline constexpr std::size_t most_words = 60;
inline constexpr std::size_t most_characters = 110;

// Errors: files that are named but missing or the reverse, prerequisite lessons that do not exist,
// terms of another lesson, sections or their titles that do not fit the beats, placeholders that
// have no value or differ between the languages, figures that the run does not have, broken links,
// Markdown that the page does not support. Warnings: prose that is too long or in the other
// language, terms that are used before they are taught, names in capitals that a beat uses before
// their cards, exercises that no list names.
LessonFindings check_lesson(const Folder& folder, const std::vector<Term>& terms);

}  // namespace tcplab::lesson
