// Which mutant a wrong answer is explained by.
#include "exercise/diagnosis.hpp"

#include <map>

#include "sample.hpp"

using namespace tcplab;
using namespace tcplab::test;

namespace {

using Answers = std::map<std::string, Json>;  // by mutant

std::vector<std::string> found(const Json& answer, const Json& right, const Answers& mutants,
                               const Json& teaches = Json::array()) {
  const auto diagnoses =
      exercise::diagnose(answer, right, teaches, [&](auto mutant) -> std::optional<Json> {
        const auto it = mutants.find(std::string(mutant));
        return it == mutants.end() ? std::nullopt : std::optional(it->second);
      });
  std::vector<std::string> names;
  for (const Json& diagnosis : diagnoses) {
    names.push_back(diagnosis.at("misconception").get<std::string>() +
                    format::dump(diagnosis.at("fields")));
  }
  return names;
}

using Names = std::vector<std::string>;

const Json right{{"seq", 11}, {"ack", 21}};

}  // namespace

TEST_CASE("a mutant that answers as the student did is the diagnosis") {
  const Answers mutants{{"syn_takes_no_number", {{"seq", 10}, {"ack", 20}}},
                        {"pure_ack_takes_a_number", {{"seq", 12}, {"ack", 21}}}};
  CHECK(found({{"seq", 10}, {"ack", 20}}, right, mutants) == Names{"M01[\"seq\",\"ack\"]"});
  CHECK(found({{"seq", 12}, {"ack", 21}}, right, mutants) == Names{"M02[\"seq\"]"});
  CHECK(found({{"seq", 10}, {"ack", 21}}, right, mutants) == Names{"M01[\"seq\"]"});
  CHECK(found({{"seq", 99}, {"ack", 21}}, right, mutants).empty());
}

TEST_CASE("a whole explanation silences a partial one") {
  const Answers mutants{{"syn_takes_no_number", {{"seq", 10}, {"ack", 0}}},
                        {"no_time_wait", {{"seq", 10}, {"ack", 20}}}};
  CHECK(found({{"seq", 10}, {"ack", 20}}, right, mutants) == Names{"M33[\"seq\",\"ack\"]"});
}

TEST_CASE("what contradicts the least comes first, then what the exercise teaches") {
  const Answers mutants{{"syn_takes_no_number", {{"seq", 10}, {"ack", 0}}},
                        {"two_way_handshake", {{"seq", 10}, {"ack", 21}}},
                        {"no_time_wait", {{"seq", 10}, {"ack", 21}}}};
  const Json answer{{"seq", 10}, {"ack", 21}};
  CHECK(found(answer, right, mutants) == Names{"M13[\"seq\"]", "M33[\"seq\"]", "M01[\"seq\"]"});
  CHECK(found(answer, right, mutants, {"M33"}) == Names{"M33[\"seq\"]"});
}

TEST_CASE("at most three diagnoses") {
  Answers mutants;
  for (const char* id : {"syn_takes_no_number", "pure_ack_takes_a_number", "two_way_handshake",
                         "no_time_wait", "fin_takes_no_number"}) {
    mutants[id] = {{"seq", 10}, {"ack", 21}};
  }
  CHECK(found({{"seq", 10}, {"ack", 21}}, right, mutants).size() == 3);
}

TEST_CASE("the engine's own mutants diagnose the sequence numbers of a close") {
  // FIN takes no number: the last ACK would be one too low.
  const auto exercise = parse(R"({
    "format": "tcplab-exercise/1", "id": "fin", "rev": 1, "chapter": "4.3", "teaches": ["M24"],
    "scenario": {"format": "tcplab-scenario/1",
      "hosts": [{"name": "client", "address": "10.0.0.1", "tcp": {"isn": 100}},
                {"name": "server", "address": "10.0.0.2", "tcp": {"isn": 300}}],
      "script": [{"at": "0", "host": "server", "do": "listen", "port": 80},
                 {"at": "10ms", "host": "client", "do": "connect", "to": "server:80"},
                 {"at": "1s", "host": "client", "do": "close", "socket": "socket"}]},
    "questions": [{"id": "ack", "kind": "segment",
      "pause": {"before": {"kind": "segment.received", "host": "server", "flags": "FIN ACK"}},
      "of": {"host": "server"}, "fields": ["seq", "ack"], "text": {"en": "?", "zh": "？"}}],
    "text": {"en": {"title": "t", "task": "t"}, "zh": {"title": "t", "task": "t"}},
    "hints": {"en": [], "zh": []}, "witness": {"ack": {"seq": 301, "ack": 102}},
    "chaffs": [{"answers": {"ack": {"seq": 301, "ack": 101}}, "diagnosed_as": "M24"}]})");
  const auto verdict = judged(exercise, 1, "ack", {{"seq", 301}, {"ack", 101}});
  REQUIRE(verdict.at("diagnoses").size() == 1);
  CHECK(verdict.at("diagnoses").at(0).at("misconception") == "M24");
  CHECK(verdict.at("diagnoses").at(0).at("mutant") == "fin_takes_no_number");
  CHECK(judged(exercise, 1, "ack", {{"seq", 301}, {"ack", 102}}).at("correct") == true);
}
