// The numbers in a lesson's prose: each is a field of an event in the run of its beat.
#pragma once
#include <set>
#include <string>

#include "exercise/exercise.hpp"
#include "format/reader.hpp"

namespace tcplab::lesson {

// Problems of the figures of one beat ({"name": {"of", "nth", "field"}}): names that do not exist,
// or an event or field that a variant's run does not have. Reports only the first variant with a
// problem. `early` are the figures that students read before the answer, when the run has only got
// to the beat's pause.
void check_figures(const format::Reader& figures, const exercise::Exercise& beat,
                   const std::set<std::string>& early);

// The names that prose about this beat can use: its parameters and its figures.
std::set<std::string> names_for_prose(const exercise::Exercise& beat, const format::Json& figures);

}  // namespace tcplab::lesson
