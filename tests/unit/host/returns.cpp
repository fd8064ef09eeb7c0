#include "host/returns.hpp"

namespace tcplab::test {

std::vector<std::string> returns(const Run& r, const std::string& host) {
  std::vector<std::string> lines;
  for (const auto& event : r.events(lab::EventKind::kReturn)) {
    if (event["host"] != host) continue;
    std::string line = event["call"].get<std::string>() + " " + event["socket"].get<std::string>();
    if (event.contains("error")) line += " " + event["error"].get<std::string>();
    if (event.contains("bytes")) line += " " + event["bytes"].dump();
    if (event.contains("value")) line += " = " + event["value"].dump();
    lines.push_back(line);
  }
  return lines;
}

Run play(const std::string& script, const std::string& rest) {
  return run(
      two_hosts(R"({"isn": 100})", R"({"isn": 300})", rest + R"("script": [)" + script + "]"));
}

}  // namespace tcplab::test
