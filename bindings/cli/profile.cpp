// tcplab profile: prints a profile's values, each with its source.
#include <algorithm>
#include <array>

#include "commands.hpp"
#include "lab/profile_values.hpp"
#include "tcp/behaviour.hpp"

namespace tcplab::cli {

namespace {

constexpr std::array kColumns{"field", "value", "provenance", "source"};

std::string cell(const format::Json& row, const char* column) {
  return row.at(column).get<std::string>();
}

}  // namespace

std::vector<std::string> profile_ids() {
  std::vector<std::string> ids;
  for (const auto& profile : tcp::profiles()) ids.emplace_back(profile.id);
  return ids;
}

ExitCode profile(const std::string& id) {
  const auto rows = lab::profile_values().at(id);
  std::array<std::size_t, kColumns.size()> widths{};
  for (std::size_t i = 0; i < kColumns.size(); ++i) {
    for (const auto& row : rows) widths[i] = std::max(widths[i], cell(row, kColumns[i]).size());
  }
  std::string text;
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < kColumns.size(); ++i) {
      const auto written = cell(row, kColumns[i]);
      text += written;
      if (i + 1 < kColumns.size()) text.append(widths[i] - written.size() + 2, ' ');
    }
    text += '\n';
  }
  const auto failure = write_text("-", text);
  return failure ? fail(*failure) : ExitCode::kDone;
}

}  // namespace tcplab::cli
