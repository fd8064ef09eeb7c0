// What is wrong with the path through the lessons, the terms that they teach, and what a pack of
// lessons names.
#pragma once
#include <map>
#include <set>
#include <string>

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

// Problems of a document of contents_shape(): what is named twice, folders without a lesson,
// nothing named at all. `lessons` are the folders beside it that hold one.
format::Problems check_contents(const format::Document& contents,
                                const std::set<std::string>& lessons);

}  // namespace tcplab::lesson
