// In which notations what has happened is shown while a question is asked.
#include <filesystem>
#include <functional>
#include <map>
#include <set>

#include "exercise/check.hpp"
#include "exercise/notation.hpp"
#include "sample.hpp"

using namespace tcplab;
using namespace tcplab::test;

namespace notation_test {
namespace {

Json asked(const Exercise& exercise, std::uint64_t seed) {
  const auto json = exercise::to_json(exercise, copy_of(exercise, seed));
  INFO((json ? "" : format::to_text("", json.error())));
  REQUIRE(json);
  return *json;
}

// Every exercise that students are given variants of. The steps of a lesson are none: their prose
// speaks of the diagram, and all who read it see the same one.
std::vector<std::string> files() {
  std::vector<std::string> found;
  for (const auto& name : shipped_names()) found.push_back("exercises/" + name + ".json");
  const std::string lessons = "exercises/lessons";
  for (const auto& lesson :
       std::filesystem::directory_iterator(std::string(TCPLAB_SOURCE_DIR) + "/" + lessons)) {
    const auto folder = lesson.path() / "exercises";
    if (!std::filesystem::is_directory(folder)) continue;
    const auto of = lessons + "/" + lesson.path().filename().string() + "/exercises/";
    for (const auto& name : names_in(folder.string())) found.push_back(of + name + ".json");
  }
  return found;
}

void for_each_question(const Json& questions, const std::function<void(const Json&)>& visit) {
  for (const Json& question : questions) {
    if (const auto parts = question.find("parts"); parts != question.end()) {
      for_each_question(*parts, visit);
    } else {
      visit(question);
    }
  }
}

// Why a question has no notation; "": it is to have one. A spot is drawn as its own field says.
std::string excuse(const Json& question) {
  const auto& kind = question.at("kind").get_ref<const std::string&>();
  if (kind == "build" || kind == "break") return "it is answered by what is done in the diagram";
  if (kind == "tune") return "it shows charts of the runs that are chosen";
  if (question.at("pause").is_null() &&
      (kind == "role" || kind == "number" || kind == "time" || kind == "order")) {
    return "it is asked before anything has happened";
  }
  return "";
}

// 02-third-ack-and-first-data, whose questions are what `change` has made of them.
Exercise with(const std::function<void(Json& exercise)>& change) {
  Json exercise = shipped("02-third-ack-and-first-data").json();
  change(exercise);
  return parse(format::dump(exercise));
}

Exercise named(const Json& notations) {
  return with([&](Json& exercise) { exercise["questions"][0]["notations"] = notations; });
}

std::string first_of(const format::Problems& problems) {
  return problems.empty() ? "" : problems.front().pointer + ": " + problems.front().message.en;
}

}  // namespace

TEST_CASE("every question is shown in two notations or more among 20 variants") {
  for (const auto& file : files()) {
    const auto exercise = parse(read_file(file));
    std::map<std::string, std::set<std::string>> seen;
    std::map<std::string, std::string> excused;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
      for_each_question(asked(exercise, seed).at("questions"), [&](const Json& question) {
        const auto id = question.at("id").get<std::string>();
        const Json& shown =
            question.contains("as") ? question.at("as") : question.value("notation", Json("none"));
        seen[id].insert(shown.get<std::string>());
        excused[id] = excuse(question);
      });
    }
    for (const auto& [id, notations] : seen) {
      INFO(file << ", " << id << ": " << *notations.begin() << "; " << excused[id]);
      CHECK((notations.size() >= 2) == excused[id].empty());
    }
  }
}

TEST_CASE("a seed always draws the same notation, for all questions that it serves") {
  const auto exercise = shipped("02-third-ack-and-first-data");
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const auto json = asked(exercise, seed);
    CHECK(json == asked(exercise, seed));
    std::set<std::string> seen;
    for (const Json& question : json.at("questions")) seen.insert(question.at("notation"));
    CHECK(seen.size() == 1);
  }
}

// Each notation, in the order of the format, draws the next number of SplitMix64, begun at the seed
// xor FNV-1a of "picture" and the exercise's id; the least number of those that serve wins. The
// values were worked out so beside the engine; web/tests/notation.test.ts has the same for WASM.
TEST_CASE("the notation that a seed draws stays the same from version to version") {
  const std::vector<std::string> drawn{"bytes",  "ladder", "dump",   "bytes",  "dump",
                                       "ladder", "ladder", "ladder", "ladder", "list"};
  const auto exercise = shipped("02-third-ack-and-first-data");
  for (std::uint64_t seed = 1; seed <= drawn.size(); ++seed) {
    CHECK(asked(exercise, seed).at("questions")[0].at("notation") == drawn[seed - 1]);
  }
}

TEST_CASE("what else a seed draws does not depend on the notations") {
  const auto plain = shipped("02-third-ack-and-first-data");
  const auto other = named({"ladder", "dump"});
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    CHECK(copy_of(plain, seed).params == copy_of(other, seed).params);
    Json before = asked(plain, seed);
    Json after = asked(other, seed);
    for (Json* each : {&before, &after}) {
      for (Json& question : each->at("questions")) question.erase("notation");
    }
    CHECK(before == after);
  }
}

TEST_CASE("a question is shown in those that it names, and in no other") {
  std::set<std::string> seen;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    seen.insert(asked(named({"bytes", "dump"}), seed).at("questions")[0].at("notation"));
  }
  CHECK(seen == std::set<std::string>{"bytes", "dump"});
}

TEST_CASE("nothing is shown in a notation that has nothing to show") {
  // Before connect() there is a listener, but neither a segment nor a connection.
  std::set<std::string> seen;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    seen.insert(asked(shipped("01-handshake-states"), seed).at("questions")[0].at("notation"));
  }
  CHECK(seen == std::set<std::string>{"ladder", "list", "ss"});

  const auto early = with([](Json& exercise) {
    exercise["questions"][0]["pause"] =
        Json{{"before", {{"kind", "call"}, {"host", "client"}, {"call", "connect"}}}};
    exercise["questions"][0]["notations"] = {"ladder", "dump"};
  });
  CHECK(first_of(exercise::check_variant(early, 1).errors) ==
        "/questions/0/notations/1: nothing has happened yet that \"dump\" shows when this is "
        "asked");
}

TEST_CASE("an author is told of notations that do not serve") {
  const auto error = [](const Json& notations) {
    return first_of(exercise::check_variant(named(notations), 1).errors);
  };
  CHECK(error({"ladder", "dump", "bytes", "list"}) == "");
  CHECK(error({"ladder", "ss"}) ==
        "/questions/0/notations/1: \"ss\" shows no segments, and one is asked for");
  CHECK(error({"tcb", "ladder"}) ==
        "/questions/0/notations/0: the variables that would tell the answer are covered, and a "
        "TCB shows no segments");
  CHECK(error({"dump", "dump"}) == "/questions/0/notations/1: \"dump\" is named twice");
  CHECK(first_of(exercise::check_variant(named({"dump"}), 1).warnings) ==
        "/questions/0/notations: every variant is shown in this notation; with two, students "
        "learn the thing and not the picture");

  Json unknown = shipped("02-third-ack-and-first-data").json();
  unknown["questions"][0]["notations"] = {"ladder", "dmp"};
  const auto refused = exercise::parse_exercise(format::dump(unknown));
  REQUIRE(!refused);
  CHECK(first_of(refused.error()).find("/questions/0/notations/1") == 0);
  CHECK(first_of(refused.error()).find("dump") != std::string::npos);

  Json acted = shipped("05-both-in-closing").json();
  acted["questions"][0]["notations"] = {"ladder", "dump"};
  CHECK(!exercise::parse_exercise(format::dump(acted)));
}

TEST_CASE("events are picked where all of them are, and times are not given away") {
  const auto error = [](const std::string& text, const std::string& id, const Json& notations) {
    Json exercise = parse(text).json();
    const std::function<void(Json&)> name = [&](Json& questions) {
      for (Json& question : questions) {
        if (question.contains("parts")) name(question["parts"]);
        if (question.at("id") == id) question["notations"] = notations;
      }
    };
    name(exercise["questions"]);
    return first_of(exercise::check_variant(parse(format::dump(exercise)), 1).errors);
  };
  CHECK(error(read_file("exercises/06-explain-time-wait.json"), "evidence", {"list", "dump"}) ==
        "/questions/0/parts/1/notations/1: events are picked in what is shown, and \"dump\" does "
        "not show all of them");
  CHECK(error(read_file("tests/unit/exercise/when-each-is-up.json"),
              parse(read_file("tests/unit/exercise/when-each-is-up.json"))
                  .json()
                  .at("questions")[0]
                  .at("id"),
              {"ladder", "tcb"}) ==
        "/questions/0/notations/1: a TCB holds the times of the timers, which give the answer "
        "away");
}

}  // namespace notation_test
