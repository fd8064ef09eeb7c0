// Tables for spreadsheets: RFC 4180.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace tcplab::cli {

// One line, with its end. What a spreadsheet would take for a formula is shown as the text it is.
std::string csv_row(const std::vector<std::string>& cells);

}  // namespace tcplab::cli
