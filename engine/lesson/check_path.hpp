// What is wrong with the path through the lessons, the terms that they teach, and what a pack of
// lessons names.
#pragma once
#include <map>
#include <set>
#include <string>

#include "exercise/check.hpp"
#include "format/document.hpp"
#include "format/problem.hpp"

namespace tcplab::lesson {

// A lesson that is written, as far as the path says it too.
struct Written {
  const format::Document* lesson = nullptr;  // of lesson_shape()
  format::Text title;                        // of its prose
  format::Text question;
};

// Problems of a document of path_shape(): numbers out of order, lessons that rest on none that
// comes before, what differs from a lesson that is written, lessons that the path leaves out,
// scenarios that do not exist.
format::Problems check_path(const format::Document& path,
                            const std::map<std::string, Written>& lessons,
                            const std::set<std::string>& scenarios);

// Problems of a document of terms_shape(): ids or names that are there twice, rules that do not
// exist.
format::Problems check_terms_file(const format::Document& terms);

// What lies beside a pack.json, and what the page has by itself.
struct Shelves {
  std::set<std::string> lessons;          // folders with a lesson.json
  std::set<std::string> exercises;        // the names in exercises/
  std::set<std::string> page_exercises;   // those that come with the page
  std::set<std::string> used_by_lessons;  // exercises that a lesson of the pack names
};

// Of a document of contents_shape(). Errors: what is named twice, folders without a lesson,
// exercises that are not there, nothing named at all. Warnings: what is there and not named.
exercise::Findings check_contents(const format::Document& contents, const Shelves& there);

}  // namespace tcplab::lesson
