// What a scenario does again and again is unrolled into its script.
#include "lab/workload.hpp"

#include "catch.hpp"
#include "lab/scenario.hpp"

using namespace tcplab;
using format::Json;

namespace workload_test {
namespace {

Json item() {
  return Json::parse(R"({"from": "10ms", "every": "2.5s", "times": 3,
    "action": {"host": "client", "do": "connect", "to": ["server:80", "server:81"], "as": "c#"}})");
}

std::string scenario(const std::string& workload) {
  return R"({"format": "tcplab-scenario/1", "hosts": [{"name": "client", "address": "10.0.0.1"},
    {"name": "server", "address": "10.0.0.2"}], "workload": )" +
         workload + "}";
}

std::string problem_of(const std::string& workload) {
  const auto read = lab::parse_scenario(scenario(workload));
  return read ? "" : read.error().front().pointer + ": " + read.error().front().message.en;
}

}  // namespace

TEST_CASE("a workload comes at even distances, numbered, with a list's values in turn") {
  CHECK(lab::rounds_of(item()) == Json::parse(R"([
    {"at": "10ms", "host": "client", "do": "connect", "to": "server:80", "as": "c1"},
    {"at": "2510ms", "host": "client", "do": "connect", "to": "server:81", "as": "c2"},
    {"at": "5010ms", "host": "client", "do": "connect", "to": "server:80", "as": "c3"}])"));
  const auto read = lab::parse_scenario(scenario(Json{{"calls", item()}}.dump()));
  REQUIRE(read);
  CHECK(read->script.size() == 3);
}

TEST_CASE("what is no item of a workload makes no entries") {
  for (const char* text : {"5", "{}", R"({"times": "3"})", R"({"times": -1, "action": 3})"}) {
    CHECK(lab::rounds_of(Json::parse(text)).empty());
  }
  CHECK(lab::rounds_in(Json::parse(R"({"a": 1, "b": {"times": 7}})")) == 7);
}

TEST_CASE("a workload's action is checked as an entry of the script, at its place") {
  const auto with = [](const char* key, const Json& value) {
    Json changed = item();
    changed["action"][key] = value;
    return problem_of(Json{{"calls", changed}}.dump());
  };
  CHECK(with("to", "nobody:80").find("/workload/calls/action: ") == 0);
  CHECK(with("label", "a") != "");
  CHECK(with("step", 3).find("\"step\"") != std::string::npos);
  Json all = Json::object();
  for (int i = 0; i < 11; ++i) {
    all["w" + std::to_string(i)] = item();
    all["w" + std::to_string(i)]["times"] = 1000;
  }
  CHECK(problem_of(all.dump()) == "/workload: it makes more than 10000 entries");
}

}  // namespace workload_test
