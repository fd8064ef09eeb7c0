// Slips: wrong answers that come from no misconception but from a mistake that can be recognised
// and told to the student.
#pragma once
#include "exercise/statement.hpp"

namespace tcplab::exercise {

// A single slip.
Json slip(const char* kind, Json fields, const format::Text& text);

// [{kind, fields, text: {en, zh}}]: "swapped" (two fields have each other's value), "relative" (a
// relative number instead of the absolute one), "answered" (values of the segment before),
// "off_by_one", "one_field" (all but one are right). Never tells the right value, and leaves out
// fields that a diagnosis explains. A kind of question may have slips of its own instead
// (kinds/kind.hpp).
Json slips(const Statement& statement, const Json& diagnoses);

}  // namespace tcplab::exercise
