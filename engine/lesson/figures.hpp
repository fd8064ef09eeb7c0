// The numbers in a lesson's prose: each is a field of an event in the run of its beat.
#pragma once
#include <set>
#include <string>

#include "exercise/exercise.hpp"
#include "format/reader.hpp"

namespace tcplab::lesson {

// Problems of the figures of one beat ({"name": {"of", "nth", "field"}}): names that exist nowhere;
// in a variant, that no such event happens or that it has no such field. The first variant with a
// problem is told.
// `early`: those that are read before the answer, when only what comes before the beat's pause has
// happened.
void check_figures(const format::Reader& figures, const exercise::Exercise& beat,
                   const std::set<std::string>& early);

// The names that prose about this beat can use: its parameters and its figures.
std::set<std::string> names_for_prose(const exercise::Exercise& beat, const format::Json& figures);

}  // namespace tcplab::lesson
