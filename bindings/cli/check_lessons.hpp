// The files of a lesson, which are right only together.
#pragma once
#include <string>
#include <vector>

#include "checked.hpp"
#include "format/shape.hpp"

namespace tcplab::cli {

// The shape of one of their formats ("tcplab-lesson/1"), or null: it is none of theirs.
const format::Shape* lesson_format(const std::string& format);

// Checks every lesson.json, terms.json, path.json and pack.json among `all` with what lies in its
// folder. The prose of each lesson is added as two files more.
void check_lessons(std::vector<Checked>& all);

}  // namespace tcplab::cli
