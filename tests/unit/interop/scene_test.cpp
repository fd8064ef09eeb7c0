// Scenes as files: what is refused and where, what is filled in, and that nothing is lost.
#include "scene.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "catch.hpp"
#include "chance.hpp"
#include "known.hpp"

using namespace tcplab;
using namespace std::chrono_literals;
using interop::Do;
using interop::Scene;

namespace {

std::string one_scene(const std::string& scene) { return "{\"scenes\": [\n" + scene + "\n]}"; }

Scene read(const std::string& scene) {
  auto scenes = interop::parse_scenes(one_scene(scene));
  if (!scenes) FAIL(format::to_text("scenes", scenes.error()));
  return scenes->front();
}

std::string problems_of(const std::string& scene) {
  const auto scenes = interop::parse_scenes(one_scene(scene));
  return scenes ? "" : format::to_text("scenes", scenes.error());
}

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

const std::filesystem::path kFolder = TCPLAB_SOURCE_DIR "/tests/interop";

}  // namespace

TEST_CASE("interop, scene: what is wrong is refused at its place") {
  struct Row {
    const char* scene;
    const char* problem;
  };
  const Row row = GENERATE(values<Row>({
      {R"({"name": "a"})", "scenes:2:1: /scenes/0: "},
      {R"({"name": "a", "steps": [{"do": "sing"}]})", "scenes:2:32: /scenes/0/steps/0/do: "},
      {R"({"name": "a", "steps": [{"do": "inject", "flags": "SYN ARK"}]})",
       "scenes:2:51: /scenes/0/steps/0/flags: "},
      {R"({"name": "a", "steps": [{"do": "close", "how": "write"}]})",
       "scenes:2:41: /scenes/0/steps/0/how: "},
      {R"({"name": "a", "reach": "FIN_WAIT_3", "steps": []})", "scenes:2:24: /scenes/0/reach: "},
      {R"({"name": "a", "pace": "fast", "steps": []})", "scenes:2:23: /scenes/0/pace: "},
      {R"({"name": "a", "steps": [{"do": "close"}, {"do": "send", "bytes": 1}]})",
       "scenes:2:49: /scenes/0/steps/1/do: the socket is closed"},
      {R"({"name": "a", "opens": "active", "steps": [{"do": "close_listener"}]})",
       "scenes:2:51: /scenes/0/steps/0/do: there is no listener"},
      {"{\"name\": \"a\", \"steps\": []},\n{\"name\": \"a\", \"steps\": []}",
       "scenes:3:10: /scenes/1/name: two scenes have this name"},
  }));
  INFO(problems_of(row.scene));
  CHECK(problems_of(row.scene).find(row.problem) == 0);
}

TEST_CASE("interop, scene: numbers that are not written are the next in order") {
  const auto scene = read(R"({"name": "a", "reach": "ESTABLISHED", "steps": [
      {"do": "inject", "flags": "ACK", "len": 5}, {"do": "send", "bytes": 7},
      {"do": "inject", "flags": "ACK"}, {"do": "inject", "flags": "RST", "seq": 9},
      {"do": "shutdown"}, {"do": "inject", "flags": "FIN ACK"},
      {"do": "inject", "flags": "SYN", "mss": 536}, {"do": "inject", "flags": "ACK"}]})");
  const auto segment = [&](std::size_t i) { return scene.steps.at(i).segment; };
  REQUIRE(scene.steps.size() == 11);
  CHECK(scene.steps[0].what == Do::kOpen);
  CHECK(segment(1).flags == wire::kSyn);
  CHECK(segment(1).mss == 1460);
  CHECK(segment(3).seq.value == 1);
  CHECK(segment(3).ack == 1);
  CHECK(segment(5).seq.value == 6);  // behind 5 octets
  CHECK(segment(5).ack == 8);        // of 7 octets
  CHECK(segment(6).seq.value == 9);
  CHECK(segment(8).seq.value == 6);  // the RST moved nothing
  CHECK(segment(8).ack == 9);        // the host's FIN as well
  CHECK(segment(9).seq.value == 0);  // a SYN has no order
  CHECK(segment(10).seq.value == 7);
}

TEST_CASE("interop, scene: timestamps grow from segment to segment, unless a step says otherwise") {
  const auto scene = read(R"({"name": "a", "syn": {"tsval": 500}, "reach": "ESTABLISHED", "steps": [
      {"do": "inject", "flags": "ACK"}, {"do": "inject", "flags": "ACK", "timestamps": false},
      {"do": "inject", "flags": "ACK", "tsval": 3}, {"do": "inject", "flags": "ACK"}]})");
  std::vector<std::optional<std::uint32_t>> found;
  for (const auto& step : scene.steps) {
    if (step.what == Do::kInject) found.push_back(step.segment.tsval);
  }
  CHECK(found == std::vector<std::optional<std::uint32_t>>{500, 510, 520, std::nullopt, 3, 530});
  CHECK_FALSE(scene.steps[1].segment.mss);
}

TEST_CASE("interop, scene: written out and read again it is the same") {
  const auto same = [](const Scene& scene) {
    const auto again = read(format::dump(interop::to_json(scene)));
    INFO(format::dump(interop::to_json(scene)));
    CHECK(again.steps == scene.steps);
    CHECK(again.active == scene.active);
    CHECK(again.peer_isn == scene.peer_isn);
    CHECK(again.options == scene.options);
    CHECK(again.length() == scene.length());
  };
  for (std::uint32_t i = 0; i < 500; ++i) same(interop::scene_by_chance(1, i));
  same(read(R"({"name": "a", "opens": "active", "pace": "5ms",
      "options": [{"option": "TCP_KEEPIDLE", "value": "1s"}], "steps": [
      {"do": "inject", "flags": "RST", "seq": {"edge": -1}, "port": 7, "lasts": "1s"},
      {"do": "setsockopt", "set": {"option": "TCP_NODELAY", "value": true}}]})"));
}

TEST_CASE("interop, scene: chance is the seed's and nothing else's") {
  std::set<std::string> different;
  for (std::uint32_t i = 0; i < 200; ++i) {
    const auto steps = format::dump(interop::to_json(interop::scene_by_chance(5, i))["steps"]);
    CHECK(steps == format::dump(interop::to_json(interop::scene_by_chance(5, i))["steps"]));
    CHECK(steps != format::dump(interop::to_json(interop::scene_by_chance(6, i))["steps"]));
    different.insert(steps);
  }
  CHECK(different.size() > 150);
}

TEST_CASE("interop, scene: the files of the repository are read, and fit the table of kinds") {
  const auto known = interop::parse_known(text_of(kFolder / "known.json"));
  if (!known) FAIL(format::to_text("known.json", known.error()));
  std::vector<Scene> all;
  std::set<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(kFolder / "scenes")) {
    auto scenes = interop::parse_scenes(text_of(entry.path()));
    if (!scenes) FAIL(format::to_text(entry.path().string(), scenes.error()));
    for (auto& scene : *scenes) {
      INFO(scene.name);
      CHECK(names.insert(scene.name).second);
      all.push_back(std::move(scene));
    }
  }
  CHECK(interop::contradictions(*known, all) == std::vector<std::string>{});
}
