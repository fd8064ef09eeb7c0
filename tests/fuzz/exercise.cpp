// Any text as an exercise: it is refused with its problems, or a copy can be drawn, asked, checked
// and graded; the same way every time, with a score that is not above what can be reached.
#include <string>

#include "exercise/check.hpp"
#include "exercise/exercise.hpp"
#include "exercise/grade.hpp"
#include "exercise/instance.hpp"
#include "exercise/run.hpp"
#include "exercise/witness.hpp"
#include "fuzz.hpp"
#include "json_mutator.hpp"
#include "net/random.hpp"

using namespace tcplab;
using namespace tcplab::fuzz;
using exercise::Exercise;
using exercise::Instance;

namespace {

// Longer runs are left to the scenario target: a grading makes many of them.
constexpr std::size_t kMostEvents = 150;

bool is_quick(const Exercise& exercise, const Instance& instance) {
  std::uint64_t budget = exercise::max_events_of_all;
  const auto run = exercise::run_scenario(instance.exercise.at("scenario"), instance.seed,
                                          exercise.source("/scenario"), budget);
  return !run || (*run)->events.size() <= kMostEvents;
}

// The witness's answers, some of them changed, missing or mixed up.
Json some_answers(const Instance& instance, std::uint64_t seed) {
  net::Random random(seed);
  const auto witnesses = exercise::witnesses(instance.exercise);
  Json answers = witnesses[seed % witnesses.size()];
  for (const Json& question : instance.exercise.at("questions")) {
    Json& answer = answers[question.at("id").get<std::string>()];
    switch (random.below(6)) {
      case 0:
        answer = random.below(5);
        break;
      case 1:
        answer = Json::array({1, 2, "ACK"});
        break;
      case 2:
        answer = Json{{"client", "LISTEN"}, {"seq", "1,001"}, {"flags", "syn+ack"}};
        break;
      case 3:
        answer = question.at("id");
        break;
      default:
        break;
    }
  }
  return answers;
}

void check_grading(const Exercise& exercise, const Instance& instance, const Json& answers) {
  const auto verdict = exercise::grade(exercise, instance, answers);
  if (!verdict) return require(!verdict.error().empty(), "who refuses says why");
  require(verdict->at("score").get<std::uint64_t>() <= verdict->at("max").get<std::uint64_t>(),
          "nobody has more points than there are");
  const auto again = exercise::grade(exercise, instance, answers);
  require(again && *again == *verdict, "the same answers have the same verdict");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto read = exercise::parse_exercise({reinterpret_cast<const char*>(data), size});
  if (!read) {
    require(!read.error().empty(), "who refuses says why");
    format::to_text("exercise.json", read.error());
    return 0;
  }
  exercise::check_texts(*read);
  const std::uint64_t seed = size % 5;
  const auto instance = exercise::instantiate(*read, seed);
  if (!instance) return 0;
  if (!is_quick(*read, *instance)) return 0;
  if (const auto asked = exercise::to_json(*read, *instance)) format::dump(*asked);
  check_grading(*read, *instance, some_answers(*instance, size));
  exercise::check_variant(*read, seed);
  return 0;
}
