// The number of events of a run over time, for a chart.
#pragma once
#include "exercise/run.hpp"
#include "format/shape.hpp"

namespace tcplab::exercise {

format::Field plot_field();

// For each plot of the question [[t, count], ...], in ascending order: the number of its events up
// to and including time t. The number of points is bounded: some may be left out, but never the
// last.
Json plotted(const Json& question, const Run& run);

// The time of the last event.
Json end_of(const Run& run);

}  // namespace tcplab::exercise
