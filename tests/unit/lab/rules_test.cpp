// Every rule of the catalogue is the reason of some event: in the scenarios that ship, in the
// mutants' witnesses, or in a run of rules.json that is there for it.
#include <filesystem>
#include <fstream>
#include <set>

#include "base/rule.hpp"
#include "catch.hpp"
#include "lab/run.hpp"
#include "tcp/behaviour.hpp"

using namespace tcplab;
using format::Json;

namespace rules_test {
namespace {

namespace fs = std::filesystem;
const fs::path kSource = TCPLAB_SOURCE_DIR;
using Rules = std::set<std::string>;

Json read(const fs::path& path) {
  INFO(path.string());
  std::ifstream file(path);
  REQUIRE(file);
  return Json::parse(file);
}

// Each with its scenario and the rules that it is there for.
Json rows() { return read(kSource / "tests/unit/lab/rules.json")["rows"]; }

Rules cited(const Json& scenario) {
  Rules rules;
  for (const auto& event : test::run(scenario.dump()).trace.events) {
    rules.insert(std::string(to_text(event.rule)));
  }
  return rules;
}

std::vector<Json> scenarios_in(const fs::path& folder, const std::string& ending) {
  std::vector<Json> found;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const auto name = entry.path().filename().string();
    const bool ends = name.size() > ending.size() &&
                      name.compare(name.size() - ending.size(), ending.size(), ending) == 0;
    if (ends && name != "mutants.json") found.push_back(read(entry.path()));
  }
  return found;
}

// No run can show this: the network delivers by address.
const Rules kBeyondRuns{"not_for_this_host"};

}  // namespace

TEST_CASE("rules: the rare ones are cited by the runs that are there for them") {
  for (const auto& row : rows()) {
    INFO(row.dump());
    const Rules found = cited(row["scenario"]);
    for (const auto& rule : row["rules"]) {
      INFO(rule);
      CHECK(found.count(rule.get<std::string>()) == 1);
    }
  }
}

TEST_CASE("rules: each is cited") {
  Rules found = kBeyondRuns;
  for (const auto& row : rows()) {
    for (const auto& rule : row["rules"]) found.insert(rule.get<std::string>());
  }
  for (const auto& witness : scenarios_in(kSource / "tests/mutants", ".differs.json")) {
    found.merge(cited(witness));
  }
  for (auto& scenario : scenarios_in(kSource / "exercises/scenarios", ".json")) {
    if (scenario.contains("limits")) continue;  // what is endless
    for (const char* profile : {"rfc9293", "linux"}) {
      scenario["profile"] = profile;
      found.merge(cited(scenario));
    }
  }
  for (const auto id : kRuleIds) {
    INFO("the rule " << id);
    CHECK(found.count(std::string(id)) == 1);
  }
}

}  // namespace rules_test
