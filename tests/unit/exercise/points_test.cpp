// Points of an attempt: full at the first try, half after feedback, none after the answer was
// shown.
#include "exercise/points.hpp"

#include "exercise/kinds/kind.hpp"
#include "exercise/notation.hpp"
#include "exercise/verdict.hpp"
#include "lab/trace.hpp"
#include "sample.hpp"

using namespace tcplab;
using namespace tcplab::test;

namespace {

// An answer to the third ACK (four fields, four points) of which `wrong` are wrong.
Json answer(const Json& params, std::size_t wrong) {
  Json fields{{"flags", "ACK"},
              {"seq", params.at("client_isn").get<std::uint32_t>() + 1},
              {"ack", params.at("server_isn").get<std::uint32_t>() + 1},
              {"len", 0}};
  const char* const order[] = {"len", "ack", "seq"};
  for (std::size_t i = 0; i < wrong; ++i) fields[order[i]] = 7;
  return fields;
}

struct Row {
  const char* about;
  std::vector<std::size_t> wrong;  // fields of each answer, in the order in which they were given
  bool revealed;
  int half_points;
};

}  // namespace

TEST_CASE("points are full at the first try, half after feedback, none after the answer is shown") {
  const auto exercise = shipped("02-third-ack-and-first-data");
  const auto params = copy_of(exercise, 7).params;
  // Four fields of two half points each.
  const Row rows[] = {
      {"all right at once", {0}, false, 4 * 2},
      {"one wrong, and left", {1}, false, 3 * 2},
      {"one wrong, then mended", {1, 0}, false, 3 * 2 + 1},
      {"three wrong, mended one by one", {3, 2, 1, 0}, false, 1 * 2 + 1 + 1 + 1},
      {"mended, then spoilt: what was earned stays", {2, 1, 3}, false, 2 * 2 + 1},
      {"one wrong twice, then shown", {1, 1}, true, 3 * 2},
      {"two wrong, one mended, then shown", {2, 1}, true, 2 * 2 + 1},
      {"one wrong, shown, then copied", {1, 0}, true, 3 * 2},
      {"shown before any answer, then copied", {0}, true, 0},
  };
  for (const Row& row : rows) {
    Json file{{"format", "tcplab-answers/1"},
              {"exercise", exercise.id()},
              {"rev", exercise.rev()},
              {"seed", 7}};
    file["tries"]["third-ack"] = row.wrong.size();
    file["revealed"]["third-ack"] = row.revealed;
    file["earlier"]["third-ack"] = Json::array();
    for (const auto& wrong : row.wrong) {
      file["answers"]["third-ack"] = answer(params, wrong);
      if (&wrong != &row.wrong.back()) {
        file["earlier"]["third-ack"].push_back(answer(params, wrong));
      }
    }
    const auto verdict = exercise::grade(exercise, format::dump(file));
    INFO(row.about);
    REQUIRE(verdict);
    CHECK(verdict->at("questions")[0].at("half_points") == row.half_points);
    CHECK(verdict->at("half_points") == row.half_points);
  }
}

TEST_CASE("a second try whose first is not told counts half; a part of an explain by its path") {
  const auto exercise = shipped("06-explain-time-wait");
  const auto instance = copy_of(exercise, 3);
  const Json& question = instance.exercise.at("questions")[0];
  REQUIRE(question.at("kind") == "explain");
  const std::string id = question.at("id");
  const Json& part = question.at("parts")[0];
  const std::string part_id = part.at("id");
  Json answers;
  answers[id][part_id] = instance.exercise.at("witness").at(id).at(part_id);
  const auto earned = [&](const Json& history) {
    const auto verdict = exercise::grade(exercise, instance, answers, {}, history);
    REQUIRE(verdict);
    const Json& judged = verdict->at("questions")[0];
    CHECK(judged.at("half_points") == judged.at("parts")[0].at("half_points"));
    return judged.at("half_points").get<std::uint64_t>();
  };
  const auto worth = exercise::points(part);
  REQUIRE(worth > 0);
  CHECK(earned(Json::object()) == 2 * worth);
  CHECK(earned({{"tries", {{id + "/" + part_id, 2}}}}) == worth);
  CHECK(earned({{"tries", {{id, 2}}}}) == 2 * worth);
}

TEST_CASE("what is covered while a segment is asked for are variables that a connection has") {
  lab::Snapshot established{};
  established.state = tcp::State::kEstablished;
  const Json snapshot = lab::to_json(established);
  const auto covered_for = [](const Json& fields) {
    Json shown;
    const Json question{{"of", {{"host", "client"}}}, {"fields", fields}};
    exercise::Runs runs(Json::object(), 1, format::Source{});
    exercise::kind_named("segment")->show(
        question, {runs, exercise::Run(), exercise::Notations("", 1)}, shown);
    return shown.at("covered");
  };
  const Json covered = covered_for({"flags", "ack"});
  CHECK(!covered.empty());
  for (const auto& name : covered) CHECK(snapshot.contains(name.get<std::string>()));
  CHECK(covered_for({"flags", "len"}).empty());
}
