// Checks the path through the lessons, the terms that they teach, and the contents of a pack of
// lessons.
#pragma once
#include <map>
#include <set>
#include <string>

#include "exercise/check.hpp"
#include "format/document.hpp"
#include "format/problem.hpp"

namespace tcplab::lesson {

// The parts of a written lesson that the path repeats.
struct Written {
  const format::Document* lesson = nullptr;  // of lesson_shape()
  format::Text title;                        // from its prose
  format::Text question;
};

// Problems of a document of path_shape(): numbers out of order, prerequisites that do not come
// before, differences to the written lessons, lessons that the path leaves out, scenarios that do
// not exist.
format::Problems check_path(const format::Document& path,
                            const std::map<std::string, Written>& lessons,
                            const std::set<std::string>& scenarios);

// Problems of a document of terms_shape(): duplicate ids or names, rules that do not exist.
format::Problems check_terms_file(const format::Document& terms);

// The files next to a pack.json, and what the page has by itself.
struct Shelves {
  std::set<std::string> lessons;          // folders with a lesson.json
  std::set<std::string> exercises;        // the names in exercises/
  std::set<std::string> page_exercises;   // those that come with the page
  std::set<std::string> used_by_lessons;  // exercises that a lesson of the pack names
};

// Checks a document of contents_shape(). Errors: duplicate names, folders without a lesson, missing
// exercises, an empty pack. Warnings: lessons and exercises that are there but not named.
exercise::Findings check_contents(const format::Document& contents, const Shelves& there);

}  // namespace tcplab::lesson
