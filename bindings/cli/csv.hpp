// Tables for spreadsheets: RFC 4180.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace tcplab::cli {

// One line with its line end. Keeps spreadsheets from evaluating cells that look like formulas.
std::string csv_row(const std::vector<std::string>& cells);

}  // namespace tcplab::cli
