// The table of what a match can say of each kind of event, held against what events say.
#include "lab/event_keys.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <set>
#include <sstream>

#include "../catch.hpp"
#include "lab/predicate.hpp"
#include "lab/scenario.hpp"
#include "lab/world.hpp"

using namespace tcplab;
using format::Json;

namespace event_keys_test {
namespace {

using Seen = std::map<std::string, std::set<std::string>>;

// The keys that a match could name, of every kind of event in every scenario of the repository.
Seen seen_keys() {
  const std::string folder = std::string(TCPLAB_SOURCE_DIR) + "/exercises/scenarios";
  Seen seen;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".json") continue;
    std::stringstream text;
    text << std::ifstream(entry.path()).rdbuf();
    auto scenario = lab::parse_scenario(text.str());
    REQUIRE(scenario);
    std::vector<std::string> hosts;
    for (const auto& host : scenario->hosts) hosts.push_back(host.name);
    lab::World world(std::make_shared<const lab::Scenario>(std::move(*scenario)), 1);
    lab::Trace trace;
    while (world.steps() < 3'000 && world.step(&trace)) {
    }
    for (const auto& event : trace.events) {
      const Json json = to_json(event, hosts);
      auto& keys = seen[json.at("kind").get<std::string>()];
      for (const auto& [key, value] : json.items()) keys.insert(key);
      if (!json.contains("segment")) continue;
      for (const auto& [key, value] : json.at("segment").items()) {
        if (key != "text") keys.insert(key);  // a match's text is what is delivered or sent
      }
    }
  }
  return seen;
}

bool contains(const std::vector<std::string>& keys, const std::string& key) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

// What events say by these names is of another type than what a match asks by them.
const std::set<std::pair<std::string, std::string>> kOtherTypes{{"segment.sent", "bytes"},
                                                                {"call", "to"}};

}  // namespace

TEST_CASE("every kind of event that can be matched happens, with every key that can be matched") {
  const Seen seen = seen_keys();
  for (const auto& kind : lab::event_kind_names()) {
    INFO(kind);
    REQUIRE(seen.count(kind) == 1);
    for (const auto& key : lab::event_keys(kind)) {
      INFO(key);
      const bool counted_from_others = key == "len_min";
      const bool rare = key == "copy" || key == "conn" || key == "text" || key == "error";
      if (!counted_from_others && !rare) CHECK(seen.at(kind).count(key) == 1);
    }
  }
}

TEST_CASE("no event has a key that a match of its kind is refused") {
  std::set<std::string> matchable;
  for (const auto& kind : lab::event_kind_names()) {
    for (const auto& key : lab::event_keys(kind)) matchable.insert(key);
  }
  for (const auto& [kind, keys] : seen_keys()) {
    for (const auto& key : keys) {
      if (matchable.count(key) == 0 || kOtherTypes.count({kind, key}) != 0) continue;
      INFO(kind << " " << key);
      CHECK(contains(lab::event_keys(kind), key));
    }
  }
}

}  // namespace event_keys_test
