// Events of a run, counted as time goes on: what a chart draws.
#pragma once
#include "exercise/run.hpp"
#include "format/shape.hpp"

namespace tcplab::exercise {

format::Field plot_field();

// For each plot of the question [[t, count], ...], in ascending order: how many of its events there
// were once those of the moment t have happened. Bounded: of many points some are left out, never
// the last.
Json plotted(const Json& question, const Run& run);

// When the last event happens.
Json end_of(const Run& run);

}  // namespace tcplab::exercise
