// A student's copy: parameters, texts, and nothing that tells an answer.
#include "exercise/check.hpp"
#include "exercise/formula.hpp"
#include "lab/scenario.hpp"
#include "lab/session.hpp"
#include "sample.hpp"

using namespace tcplab;
using namespace tcplab::test;

namespace instance_test {
namespace {

Json asked(const Exercise& exercise, std::uint64_t seed) {
  const auto json = exercise::to_json(exercise, copy_of(exercise, seed));
  REQUIRE(json);
  return *json;
}

bool has_key(const Json& value, const std::string& key) {
  if (value.is_object() && value.contains(key)) return true;
  if (!value.is_structured()) return false;
  for (const Json& inner : value) {
    if (has_key(inner, key)) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("a seed always gives the same copy, and another seed another") {
  for (const auto& name : shipped_names()) {
    const auto exercise = shipped(name);
    CHECK(format::dump(asked(exercise, 1)) == format::dump(asked(exercise, 1)));
    CHECK(copy_of(exercise, 1).params != copy_of(exercise, 2).params);
    CHECK(exercise::instantiate(exercise, exercise::max_seed));
  }
}

TEST_CASE("parameters stay within their ranges and reach their ends") {
  const auto exercise = shipped("02-third-ack-and-first-data");
  bool wraps = false;
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    const auto params = copy_of(exercise, seed).params;
    const auto isn = params.at("client_isn").get<std::uint64_t>();
    const auto request = params.at("request").get<std::uint64_t>();
    CHECK(isn >= 1000);
    CHECK(isn <= 0xffffffff);
    CHECK(request >= 3);
    CHECK(request <= 1400);
    wraps = wraps || isn + 1 + request > 0xffffffff;
  }
  CHECK(wraps);
}

TEST_CASE("texts name things in their own language") {
  const auto exercise = shipped("03-close-states");
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const auto json = asked(exercise, seed);
    const bool client = copy_of(exercise, seed).params.at("first") == "client";
    const auto en = json.at("text").at("en").at("task").get<std::string>();
    const auto zh = json.at("text").at("zh").at("task").get<std::string>();
    CHECK(en.find(client ? "the client closes" : "the server closes") != std::string::npos);
    CHECK(zh.find(client ? "客户端先关闭" : "服务器先关闭") != std::string::npos);
    CHECK(format::dump(json).find("${") == std::string::npos);
  }
}

TEST_CASE("a question has its own hints, or those of what it is part of") {
  const auto hints = [](const char* en, const char* zh) {
    return Json{{"en", Json::array({en})}, {"zh", Json::array({zh})}};
  };
  const Json none{{"en", Json::array()}, {"zh", Json::array()}};
  const Json own = shipped("06-explain-time-wait").json();
  const auto of_part = [&](std::size_t part, const Json& exercise, const Json& explain) {
    Json written = own;
    Json& question = written.at("questions").at(0);
    question.at("parts").at(1).erase("hints");
    if (!explain.is_null()) question["hints"] = explain;
    if (!exercise.is_null()) written["hints"] = exercise;
    const auto json = asked(parse(format::dump(written)), 1);
    return json.at("questions").at(0).at("parts").at(part).at("hints");
  };
  const Json of_exercise = hints("Look at all.", "看整体。");
  const Json of_explain = hints("Look here.", "看这里。");
  CHECK(of_part(0, of_exercise, of_explain) ==
        own.at("questions").at(0).at("parts").at(0).at("hints"));
  CHECK(of_part(1, of_exercise, of_explain) == of_explain);
  CHECK(of_part(1, of_exercise, nullptr) == of_exercise);
  CHECK(of_part(1, nullptr, nullptr) == none);
}

TEST_CASE("a pick tells how few events can be a whole answer") {
  Json written = shipped("06-explain-time-wait").json();
  Json& pick = written.at("questions").at(0).at("parts").at(1);
  const auto fewest = [&] {
    const auto question = asked(parse(format::dump(written)), 1).at("questions").at(0);
    return question.at("parts").at(1).at("fewest");
  };
  CHECK(fewest() == 3);
  // The end of TIME_WAIT is shown by the event that shows a fourth thing, so three are enough.
  pick.at("need").push_back(Json::array({{{"kind", "state"}, {"from", "TIME_WAIT"}}}));
  CHECK(fewest() == 3);
  // Unless that event spoils the answer.
  pick.at("veto").push_back(
      {{"match", {{"kind", "state"}, {"from", "TIME_WAIT"}, {"to", "CLOSED"}}}});
  CHECK(fewest() == 4);
}

TEST_CASE("what the page gets tells no answer") {
  for (const auto& name : shipped_names()) {
    const auto json = asked(shipped(name), 1);
    for (const char* key :
         {"witness", "chaffs", "holds", "need", "veto", "which", "shows", "match"}) {
      INFO(name << " " << key);
      CHECK(!has_key(json, key));
    }
  }
  const auto json = asked(shipped("02-third-ack-and-first-data"), 1);
  CHECK(json.at("questions").at(1).at("of") == Json{{"host", "client"}});
  CHECK(json.at("params").contains("client_isn"));
  const auto close = asked(shipped("03-close-states"), 1);
  CHECK(!close.at("params").contains("first_waits_in"));
}

TEST_CASE("a pause stands just before the step that brings its event") {
  const auto json = asked(shipped("01-handshake-states"), 1);
  const auto scenario = lab::parse_scenario(json.at("scenario").get<std::string>());
  REQUIRE(scenario);
  for (const Json& question : json.at("questions")) {
    lab::Session session(std::make_shared<const lab::Scenario>(*scenario), 1);
    const auto step = question.at("pause").at("step").get<std::uint32_t>();
    session.step(step);
    CHECK(session.world().steps() == step);
    CHECK(session.world().next()->count() == question.at("pause").at("t").get<std::int64_t>());
  }
}

TEST_CASE("points are whole and add up") {
  for (const auto& name : shipped_names()) {
    const auto exercise = shipped(name);
    std::uint64_t sum = 0;
    const Json json = asked(exercise, 1);
    for (const Json& question : json.at("questions")) {
      CHECK(question.at("points").is_number_unsigned());
      sum += question.at("points").get<std::uint64_t>();
    }
    CHECK(graded(exercise, 1, Json::object()).at("max") == sum);
  }
}

TEST_CASE("formulas add numbers modulo 2^32, and durations") {
  const auto value = [](const char* text) {
    const auto result = exercise::evaluate(text);
    return result ? format::dump(*result) : "problem";
  };
  CHECK(value("5") == "5");
  CHECK(value("4294967295 + 1") == "0");
  CHECK(value("4294967290 + 10 - 4294967296") == "4");
  CHECK(value("4294967296 - 1") == "4294967295");
  CHECK(value("10 - 20") == "4294967286");
  CHECK(value(" 2*3 + 4 ") == "10");
  CHECK(value("2 * 30s") == "\"1min\"");
  CHECK(value("50ms + 0") == "\"50ms\"");
  CHECK(value("1s - 500ms") == "\"500ms\"");
  for (const char* bad :
       {"", "+", "1 +", "+ 1", "1 2", "4294967297", "1 + 1s", "1s - 2s", "a", "2 * * 3", "1s * 2",
        "99999999999999999999", "9999999 * 1000h", "1 / 2"}) {
    INFO(bad);
    CHECK(value(bad) == "problem");
  }
  CHECK(exercise::evaluate_numbers("1 + 1").value() == 2);
  CHECK(!exercise::evaluate_numbers("12"));
  CHECK(!exercise::evaluate_numbers("ACK"));
  CHECK(!exercise::evaluate_numbers("1s + 1s"));
}

TEST_CASE("free text is asked for where its pause says, and what is behind it is not seen before") {
  auto json = Json::parse(read_file("tests/unit/exercise/malformed/pause-after-a-say.json"));
  Json& words = json["questions"][1]["parts"][0];
  words["pause"] = json["questions"][0]["pause"];
  const auto exercise = parse(format::dump(json));
  CHECK(exercise::check_variant(exercise, 1).errors.empty());
  const auto parts = asked(exercise, 1).at("questions").at(1).at("parts");
  CHECK(parts.at(0).at("pause") == asked(exercise, 1).at("questions").at(0).at("pause"));
}

}  // namespace instance_test
