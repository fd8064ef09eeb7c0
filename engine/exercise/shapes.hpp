// Shapes that several parts of the format have.
#pragma once
#include "format/shape.hpp"

namespace tcplab::exercise {

format::Shape sentence();
format::Shape bilingual();
format::Shape hints_shape();
format::Shape misconception_shape();
format::Shape scenario_shape();
// The name of a mutant, or two of them.
format::Shape mutant_shape();
// A change to a run's scenario.
format::Shape change_shape();

// "pause": where the run pauses for the question.
format::Field pause_field();
// `doc` says what it means to have no pause.
format::Field optional_pause_field(format::Doc doc);

}  // namespace tcplab::exercise
