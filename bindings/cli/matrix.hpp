// `tcplab check --matrix`: misconceptions by exercises.
#pragma once
#include <vector>

#include "checked.hpp"
#include "commands.hpp"

namespace tcplab::cli {

// Which misconception each exercise can show, by which mutant, on how many of the variants that it
// offers; last, where one that an exercise teaches shows on fewer than 95 % of them. A file with
// errors is told of, and left out. `worst`: what has gone wrong before.
ExitCode print_matrix(const std::vector<Checked>& all, const CheckOptions& options, ExitCode worst);

}  // namespace tcplab::cli
