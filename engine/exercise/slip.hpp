// Wrong answers that no idea stands behind, but whose mistake shows: told as what they are.
#pragma once
#include "exercise/statement.hpp"

namespace tcplab::exercise {

// One of them.
Json slip(const char* kind, Json fields, const format::Text& text);

// [{kind, fields, text: {en, zh}}]: "swapped" (two fields have each other's value), "relative"
// (a relative number where the absolute one is asked), "answered" (what the segment before has),
// "off_by_one", "one_field" (all but one are right). Never tells the right value, and says nothing
// of a field that a diagnosis explains. A kind may have its own in their place (kinds/kind.hpp).
Json slips(const Statement& statement, const Json& diagnoses);

}  // namespace tcplab::exercise
