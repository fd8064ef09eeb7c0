// What an author is told that one wrong file beside its expectation (malformed/) does not show.
#include "exercise/check.hpp"

#include <algorithm>
#include <set>

#include "exercise/numbers.hpp"
#include "exercise/plain_text.hpp"
#include "exercise/tables.hpp"
#include "lab/scenario.hpp"
#include "sample.hpp"
#include "tcp/behaviour.hpp"

using namespace tcplab;
using namespace tcplab::test;

namespace {

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("a plan whose run goes on without end is told, and bounds of the author's own end it") {
  const auto text = read_file("exercises/06-explain-time-wait.json");
  CHECK(exercise::check_variant(parse(text), 1).warnings.empty());
  const auto endless = replaced(text, "\"limits\": {\"events\": 400},", "");
  const auto variant = exercise::check_variant(parse(endless), 1);
  CHECK(variant.errors.empty());
  REQUIRE(variant.warnings.size() == 5);
  CHECK(variant.warnings.front().pointer == "/witness/explain/old-data/0");
  CHECK(variant.warnings.front().message.en.find("does not end by itself") != std::string::npos);
}

TEST_CASE("the shipped exercises differ from variant to variant") {
  for (const auto& name : shipped_names()) {
    const auto exercise = shipped(name);
    std::set<std::uint64_t> digests;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
      digests.insert(exercise::check_variant(exercise, seed).digest);
    }
    INFO(name);
    CHECK(digests.size() > 5);
  }
}

TEST_CASE("numbers stand by themselves; those of sections, names and RFCs are none") {
  using Numbers = std::vector<std::string>;
  CHECK(exercise::numbers_in("seq 1461, then 1,462") == Numbers{"1461", "1", "1462", "462"});
  CHECK(exercise::numbers_in("RFC 9293 §3.10.7, M20, 2MSL").empty());
  CHECK(exercise::numbers_in("1460 + 1") == Numbers{"1460", "1461", "1"});
}

TEST_CASE("tables are lines that begin with a bar; bars at the ends part nothing") {
  using Tables = std::vector<exercise::Table>;
  CHECK(exercise::tables_in("no table | here").empty());
  CHECK(exercise::tables_in("| a | b |\n|---|---|\n| 1 | 2 |") == Tables{{2, 2, 2}});
  CHECK(exercise::tables_in("  | a | b\n\n| c |\ntext\n| d | e | f |") == Tables{{2}, {1}, {3}});
}

TEST_CASE("a state is read however it is spelt: as the RFC, as netstat, as ss, in any case") {
  for (const char* text : {"FIN_WAIT_1", "FIN-WAIT-1", "FIN_WAIT1", "fin wait 1", " Fin-Wait-1 "}) {
    INFO(text);
    CHECK(exercise::typed_state(text) == tcp::State::kFinWait1);
  }
  CHECK(exercise::typed_state("Established") == tcp::State::kEstablished);
  for (const char* text : {"", "FIN_WAIT", "LISTEN?", "TIME_WAIT, CLOSED"}) {
    INFO(text);
    CHECK(!exercise::typed_state(text));
  }
}

TEST_CASE("a pick that a veto strikes is not marked right, even if it would meet a need") {
  const auto text = read_file("tests/unit/exercise/malformed/pick-matches-nothing.json");
  const auto exercise = parse(replaced(text, R"("flags": "RST")", R"("flags": "SYN")"));
  const Json syn = Json::array({Json{{"kind", "segment.sent"}, {"flags", "SYN"}}});
  const auto verdict = judged(exercise, 1, "syn", syn);
  CHECK(verdict.at("score") == 0);
  CHECK(verdict.at("fields").at(0).at("correct") == false);
}

TEST_CASE("a run under mutants is the same whether the scenario is read anew or not") {
  const auto exercise = shipped("03-close-states");
  const auto scenario = copy_of(exercise, 1).exercise.at("scenario");
  exercise::Runs runs(scenario, 1, {});
  std::size_t changed = 0;
  for (const auto& mutant : tcp::mutants()) {
    std::uint64_t budget = exercise::max_events_of_all;
    const auto anew = exercise::run_scenario(lab::with_mutants(scenario, mutant.id), 1, {}, budget);
    const auto kept = runs.with_mutants(mutant.id);
    REQUIRE(anew);
    REQUIRE(kept);
    INFO(mutant.id);
    CHECK(std::equal((*anew)->events.begin(), (*anew)->events.end(), (*kept)->events.begin(),
                     (*kept)->events.end()));
    changed += (*kept)->events.size() != (*runs.plain())->events.size() ? 1 : 0;
  }
  CHECK(changed > 5);
}
