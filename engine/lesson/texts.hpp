// Visits the texts of an exercise.
#pragma once
#include <functional>
#include <string>

#include "format/json.hpp"
#include "lesson/words.hpp"

namespace tcplab::lesson {

using Visit = std::function<void(const std::string&, Language)>;

// Each text of the exercise's JSON that a student reads, before the answer or after it.
void each_text(const format::Json& exercise, const Visit& visit);

}  // namespace tcplab::lesson
