// `tcplab check --matrix`: misconceptions by exercises.
#pragma once
#include <vector>

#include "checked.hpp"
#include "commands.hpp"

namespace tcplab::cli {

// Prints which misconceptions each exercise can show, by which mutants, and on how many of its
// variants; at the end, the taught misconceptions that show on fewer than 95 % of the variants.
// Reports files with errors and leaves them out. `worst` is the worst exit code so far.
ExitCode print_matrix(const std::vector<Checked>& all, const CheckOptions& options, ExitCode worst);

}  // namespace tcplab::cli
