// How many runs one grading may have.
#include "exercise/run.hpp"

#include "sample.hpp"

using namespace tcplab;
using namespace tcplab::test;

namespace runs_test {
namespace {

// Data that is never read: such a run goes on until its bound.
exercise::Runs endless_runs() {
  Json scenario = Json::parse(read_file("exercises/scenarios/endless.json"));
  scenario.erase("limits");
  return {std::move(scenario), 1, {}};
}

// A run of its own for each number.
exercise::RunResult run_of(exercise::Runs& runs, int number) {
  const Json call{{"at", std::to_string(number) + "ms"},
                  {"host", "server"},
                  {"do", "listen"},
                  {"port", 99},
                  {"as", "another"}};
  return runs.of({{"script", Json::array({call})}});
}

// How many runs a grading gets before it is refused one.
int granted(exercise::Runs& runs) {
  int count = 0;
  while (run_of(runs, count)) ++count;
  return count;
}

}  // namespace

TEST_CASE("a grading is granted as many runs whatever was graded before it") {
  auto alone = endless_runs();
  const int count = granted(alone);
  CHECK(count > 10);
  // The runs of another grading are kept, and are among the first that this one asks for.
  auto batch = endless_runs();
  for (int number = 2; number >= 0; --number) REQUIRE(run_of(batch, number));
  batch.refill();
  CHECK(granted(batch) == count);
  batch.refill();
  CHECK(granted(batch) == count);
}

TEST_CASE("what a grading has asked for lately, it is given again for nothing") {
  auto runs = endless_runs();
  const auto once = run_of(runs, 1);
  REQUIRE(once);
  for (int i = 0; i < 1'000; ++i) REQUIRE(run_of(runs, 1) == once);
}

}  // namespace runs_test
