// Checks the files of a lesson, which have to fit together.
#pragma once
#include <string>
#include <vector>

#include "checked.hpp"
#include "format/shape.hpp"

namespace tcplab::cli {

// The shape of a lesson's format such as "tcplab-lesson/1"; nullptr for any other format.
const format::Shape* lesson_format(const std::string& format);

// Checks every lesson.json, terms.json, path.json and pack.json in `all`, together with the files
// in its folder. Adds the prose of each lesson as two more files.
void check_lessons(std::vector<Checked>& all);

}  // namespace tcplab::cli
