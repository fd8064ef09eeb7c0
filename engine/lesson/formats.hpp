// The JSON files of lessons: "tcplab-lesson/1", "tcplab-terms/1", "tcplab-path/1",
// "tcplab-contents/1".
#pragma once
#include "format/shape.hpp"

namespace tcplab::lesson {

// A lesson: its beats in order, its exercises, the terms that it teaches first.
const format::Shape& lesson_shape();
// What each term means, and the lesson that teaches it.
const format::Shape& terms_shape();
// All lessons in order, including those that are not written yet, and the lesson for each symptom.
const format::Shape& path_shape();
// pack.json: the lessons and exercises of a pack that a teacher hands out.
const format::Shape& contents_shape();

}  // namespace tcplab::lesson
