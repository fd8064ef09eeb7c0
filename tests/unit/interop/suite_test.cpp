// A run as a whole: what fails it, and how small a difference becomes. The "kernel" is the engine
// with one thing changed.
#include "suite.hpp"

#include <algorithm>

#include "catch.hpp"
#include "engine_side.hpp"

using namespace tcplab;
using interop::Do;
using interop::Known;
using interop::Played;
using interop::Scene;
using interop::Suite;

namespace suite_test {
namespace {

std::vector<Scene> scenes(const std::string& text) {
  auto read = interop::parse_scenes("{\"scenes\": [" + text + "]}");
  if (!read) FAIL(format::to_text("scenes", read.error()));
  return std::move(*read);
}

Known known(const std::string& kinds) {
  auto read = interop::parse_known("{\"kernel\": \"6.18\", \"kinds\": [" + kinds + "]}");
  if (!read) FAIL(format::to_text("known", read.error()));
  return std::move(*read);
}

// This kernel says nothing to a segment with FIN in ESTABLISHED.
void forget_fin(const Scene& scene, interop::Record& kernel) {
  auto& replies = kernel.replies;
  const auto answers_fin = [&](const interop::Reply& reply) {
    const auto& step = scene.steps[reply.step];
    return step.what == Do::kInject && (step.segment.flags & wire::kFin) != 0;
  };
  replies.erase(std::remove_if(replies.begin(), replies.end(), answers_fin), replies.end());
}

std::vector<Played> play(const std::vector<Scene>& all) {
  std::vector<Played> played;
  for (const auto& scene : all) {
    auto engine = interop::play_on_engine(scene, {});
    Played each{engine.record, engine.record, engine.scenario, std::nullopt, false};
    forget_fin(scene, each.kernel);
    each.difference = interop::compare(scene, each.kernel, each.engine);
    played.push_back(std::move(each));
  }
  return played;
}

const char* const kFin = R"({"name": "a FIN", "reach": "ESTABLISHED", "steps": [
    {"do": "send", "bytes": 10}, {"do": "inject", "flags": "ACK"},
    {"do": "inject", "flags": "ACK PSH", "len": 5, "win": 5000}, {"do": "recv"},
    {"do": "inject", "flags": "FIN ACK", "len": 4, "win": 6000}, {"do": "recv"},
    {"do": "close"}, {"do": "inject", "flags": "ACK"}]})";
const char* const kNoFin = R"({"name": "no FIN", "reach": "ESTABLISHED", "steps": []})";
const std::string kKind = R"({"kind": "fin-unanswered", "why": "It forgets.", "source": "this file",
    "signatures": ["ESTABLISHED | *FIN+ACK text | *"]})";

std::string with_shows(std::string scene, const std::string& kind) {
  return scene.insert(1, "\"shows\": \"" + kind + "\", ");
}

}  // namespace

TEST_CASE("interop, known: a star stands for anything") {
  CHECK(interop::covers("a | *", "a | b | c"));
  CHECK(interop::covers("*kernel: RST*", "x | kernel: RST+ACK | engine: RST"));
  CHECK(interop::covers("a*c*e", "abcde"));
  CHECK(interop::covers("abc", "abc"));
  CHECK_FALSE(interop::covers("abc", "abcd"));
  CHECK_FALSE(interop::covers("a*d", "abc"));
  CHECK_FALSE(interop::covers("", "a"));
}

TEST_CASE("interop, known: what is wrong with the table is refused at its place") {
  const auto twice =
      interop::parse_known("{\"kernel\": \"6.18\", \"kinds\": [\n" + kKind + ",\n" + kKind + "]}");
  REQUIRE_FALSE(twice);
  CHECK(format::to_text("known", twice.error()).find("/kinds/1/kind: two kinds have this name") !=
        std::string::npos);
  const auto no_reason =
      interop::parse_known(R"({"kernel": "6.18", "kinds": [{"kind": "a", "source": "b"}]})");
  CHECK_FALSE(no_reason);
}

TEST_CASE("interop, suite: a difference that is not known fails, and is shrunk") {
  const Known none = known("");
  Suite suite(none, scenes(std::string(kFin) + ", " + kNoFin));
  suite.run(play);
  CHECK(suite.failures() == 1);
  const auto report = suite.report("out", false);
  INFO(report);
  // Of eleven steps four are left: listen, the handshake, and the FIN.
  CHECK(report.find("as a scene: {\"name\":\"a FIN\",\"steps\":[") != std::string::npos);
  CHECK(report.find("\"do\":\"recv\"") == std::string::npos);
  CHECK(report.find("\"win\"") == std::string::npos);
  CHECK(report.find("  4  ") == std::string::npos);
  CHECK(report.find("!  3  ") == std::string::npos);
  CHECK(report.find("! 3  inject FIN ACK") != std::string::npos);
  REQUIRE(suite.scenarios().size() == 1);
  CHECK(suite.scenarios().begin()->second["format"] == "tcplab-scenario/1");
}

TEST_CASE("interop, suite: a known kind must still show in the scene that is kept for it") {
  const Known table = known(kKind);
  const auto failures = [&](const std::string& text) {
    Suite suite(table, scenes(text));
    suite.add_chance(1, 0);
    suite.run(play);
    return suite.failures();
  };
  CHECK(failures(with_shows(kFin, "fin-unanswered")) == 0);
  // Only the scene without a FIN is kept for it: it agrees.
  CHECK(failures(with_shows(kNoFin, "fin-unanswered")) == 1);
  // No scene is kept for it.
  CHECK(failures(kFin) == 1);
  // A scene is kept for what the table does not have.
  CHECK(failures(with_shows(kFin, "fin-unanswered") + ", " + with_shows(kNoFin, "other")) == 2);
}

TEST_CASE("interop, suite: what came late has not agreed") {
  const Known table = known("");
  Suite suite(table, scenes(std::string(kFin) + ", " + kNoFin));
  suite.run([](const std::vector<Scene>& all) {
    auto played = play(all);
    for (auto& each : played) each.late = true;
    return played;
  });
  CHECK(suite.failures() == 0);
  CHECK(suite.report("out", false).find("2: 0 agree, 0 differ") != std::string::npos);
  CHECK(suite.report("out", false).find("2 came late") != std::string::npos);
}

}  // namespace suite_test
