#include "csv.hpp"

namespace tcplab::cli {

namespace {

// Spreadsheets treat a cell that begins with an apostrophe as text.
std::string as_text(const std::string& cell) {
  constexpr std::string_view kBegins = "=+-@\t\r\n";
  const bool is_formula = !cell.empty() && kBegins.find(cell.front()) != std::string_view::npos;
  return is_formula ? "'" + cell : cell;
}

std::string quoted(const std::string& cell) {
  if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
  std::string text = "\"";
  for (const char c : cell) {
    if (c == '"') text += '"';
    text += c;
  }
  return text + "\"";
}

}  // namespace

std::string csv_row(const std::vector<std::string>& cells) {
  std::string row;
  for (const std::string& cell : cells) {
    if (&cell != &cells.front()) row += ',';
    row += quoted(as_text(cell));
  }
  return row + "\r\n";
}

}  // namespace tcplab::cli
