// Scenarios that a person could get wrong, each with what it must be told: NAME.json is the
// scenario, NAME.expected one line a problem, "line:column: /pointer: message".
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "catch.hpp"
#include "format/bilingual.hpp"
#include "format/problem.hpp"
#include "lab/scenario.hpp"

namespace {

namespace fs = std::filesystem;
using Lines = std::vector<std::string>;

const fs::path kFolder = fs::path(TCPLAB_SOURCE_DIR) / "tests/unit/malformed/scenario";

std::string read(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

Lines lines_of(const std::string& text) {
  std::istringstream in(text);
  Lines lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

Lines told(const std::string& scenario) {
  const auto result = tcplab::lab::parse_scenario(scenario);
  if (result) return {"(the scenario was accepted)"};
  Lines lines = lines_of(to_text("f", result.error()));
  for (auto& line : lines) line.erase(0, 2);  // "f:"
  return lines;
}

// What a person needs to see: which lines are missing and which were told instead.
std::string difference(const Lines& expected, const Lines& found) {
  std::string text;
  for (std::size_t i = 0; i < std::max(expected.size(), found.size()); ++i) {
    const bool same = i < expected.size() && i < found.size() && expected[i] == found[i];
    if (same) continue;
    if (i < expected.size()) text += "\n  expected  " + expected[i];
    if (i < found.size()) text += "\n  told      " + found[i];
  }
  return text;
}

std::vector<fs::path> with_extension(const std::string& extension) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(kFolder)) {
    if (entry.path().extension() == extension) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

TEST_CASE("malformed scenarios are told what is wrong, where, and what is allowed") {
  for (const auto& file : with_extension(".json")) {
    auto expected_file = file;
    expected_file.replace_extension(".expected");
    const auto expected = lines_of(read(expected_file));
    const auto found = told(read(file));
    INFO(file.filename().string() << difference(expected, found));
    CHECK(!expected.empty());
    CHECK((expected == found));
  }
}

TEST_CASE("malformed scenarios are told so in Chinese too, with the same names and values") {
  for (const auto& file : with_extension(".json")) {
    const auto result = tcplab::lab::parse_scenario(read(file));
    REQUIRE_FALSE(result);
    for (const auto& problem : result.error()) {
      INFO(file.filename().string()
           << "\n  " << problem.message.en << "\n  " << problem.message.zh);
      CHECK(tcplab::test::is_bilingual(problem.message));
    }
  }
}

TEST_CASE("each malformed scenario has its expected messages, and there are many") {
  const auto scenarios = with_extension(".json");
  CHECK(scenarios.size() >= 40);
  CHECK(with_extension(".expected").size() == scenarios.size());
}

TEST_CASE("a text of 100 MB is refused at once") {
  const auto result = tcplab::lab::parse_scenario(std::string(100'000'000, ' '));
  REQUIRE(!result);
  REQUIRE(result.error().size() == 1);
  CHECK(result.error()[0].message.en ==
        "the text has 100000000 bytes; at most 4194304 are allowed");
}

TEST_CASE("every scenario cut short anywhere is refused, and never crashes") {
  const auto text =
      read(fs::path(TCPLAB_SOURCE_DIR) / "exercises/scenarios/no-time-wait-old-segment.json");
  const std::size_t whole = text.find_last_of('}') + 1;
  REQUIRE(tcplab::lab::parse_scenario(text));
  for (std::size_t length = 0; length < whole; ++length) {
    INFO("cut after " << length << " bytes");
    const auto result = tcplab::lab::parse_scenario(text.substr(0, length));
    CHECK(!result);
  }
}

TEST_CASE("a scenario with any one byte changed is read or refused with a place") {
  const auto text =
      read(fs::path(TCPLAB_SOURCE_DIR) / "exercises/scenarios/rfc9293-figure-08.json");
  for (std::size_t i = 0; i < text.size(); ++i) {
    for (const char byte : {'\0', '"', '}', '9', '-', '\xff', '\\'}) {
      auto changed = text;
      changed[i] = byte;
      const auto result = tcplab::lab::parse_scenario(changed);
      if (result) continue;
      REQUIRE(!result.error().empty());
      CHECK(result.error()[0].line > 0);
      CHECK(!result.error()[0].message.en.empty());
    }
  }
}
