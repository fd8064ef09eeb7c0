// tcplab check: files that are found by their names.
#pragma once
#include <vector>

#include "checked.hpp"

namespace tcplab::cli {

// Warns of a file of a lesson or pack that the page would look for under another name.
void check_file_names(std::vector<Checked>& all);

}  // namespace tcplab::cli
