#include "show.hpp"

#include <algorithm>
#include <cstdio>
#include <vector>

namespace tcplab::interop {

namespace {

constexpr std::size_t kColumn = 66;

std::string milliseconds(Time at) {
  char text[32];
  std::snprintf(text, sizeof text, "%8.1f ms  ", static_cast<double>(at.count()) / 1000);
  return text;
}

// What one side did in a step, line by line.
std::vector<std::string> lines(const Scene& scene, const Record& record, std::size_t step) {
  std::vector<std::string> lines;
  for (const auto& reply : record.replies) {
    if (reply.step != step) continue;
    lines.push_back(milliseconds(reply.at) + describe(scene, record, reply));
    if (!reply.rule.empty()) lines.push_back("             rule " + reply.rule);
  }
  const auto& outcome = record.outcomes[step];
  if (!outcome.result.empty()) lines.push_back("             returns " + outcome.result);
  lines.push_back("             " + std::string(tcp::to_text(outcome.state)));
  return lines;
}

std::string padded(std::string text) {
  text.resize(std::max(text.size() + 1, kColumn), ' ');
  return text;
}

}  // namespace

std::string side_by_side(const Scene& scene, const Played& played) {
  std::string text = padded("  kernel") + "  engine\n";
  for (std::size_t i = 0; i < scene.steps.size(); ++i) {
    const bool differs = played.difference && played.difference->step == i;
    text += (differs ? "! " : "  ") + std::to_string(i) + "  " +
            (i == 0 ? scene.active ? "connect" : "listen" : to_text(scene.steps[i])) + '\n';
    const auto kernel = lines(scene, played.kernel, i);
    const auto engine = lines(scene, played.engine, i);
    for (std::size_t line = 0; line < std::max(kernel.size(), engine.size()); ++line) {
      text += padded(line < kernel.size() ? kernel[line] : "") +
              (line < engine.size() ? engine[line] : "") + '\n';
    }
  }
  return text;
}

}  // namespace tcplab::interop
