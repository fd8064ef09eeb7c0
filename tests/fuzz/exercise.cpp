// Any text as an exercise: it is refused with its problems, or a copy can be drawn, asked, checked
// and graded; the same way every time, with a score that is not above what can be reached.
#include <iterator>
#include <string>

#include "exercise/answer_key.hpp"
#include "exercise/check.hpp"
#include "exercise/exercise.hpp"
#include "exercise/grade.hpp"
#include "exercise/instance.hpp"
#include "exercise/run.hpp"
#include "exercise/shown_ideas.hpp"
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
constexpr std::size_t kMostEvents = at_most(60);

bool is_quick(const Exercise& exercise, const Instance& instance) {
  std::uint64_t budget = exercise::max_events_of_all;
  const auto run = exercise::run_scenario(instance.exercise.at("scenario"), instance.seed,
                                          exercise.source("/scenario"), budget);
  return !run || (*run)->events.size() <= kMostEvents;
}

// What is tried with an exercise that can be read. To check a variant, and to look for what every
// mutant would answer, takes ten times as long as the rest.
enum class Try { kTexts, kAsk, kKey, kGrade, kGradeTwice, kCheck };
constexpr Try kTries[] = {Try::kTexts, Try::kTexts, Try::kAsk,        Try::kKey,
                          Try::kGrade, Try::kGrade, Try::kGradeTwice, Try::kCheck};

// Of a witness, or of a chaff where it says something.
Json whole_answers(const Instance& instance, std::uint64_t seed) {
  const auto witnesses = exercise::witnesses(instance.exercise);
  const auto chaffs = instance.exercise.find("chaffs");
  const std::size_t wrong = chaffs == instance.exercise.end() ? 0 : chaffs->size();
  const auto which = seed % (witnesses.size() + wrong);
  if (which < witnesses.size()) return witnesses[which];
  Json answers = witnesses.front();
  answers.update(chaffs->at(which - witnesses.size()).at("answers"));
  return answers;
}

// A number that is one too large, wherever one is.
void slip(Json& answer) {
  if (answer.is_number_integer()) answer = answer.get<std::int64_t>() + 1;
  if (answer.is_object()) {
    for (auto& part : answer) slip(part);
  }
}

// Some of them changed, missing or mixed up.
Json some_answers(const Instance& instance, std::uint64_t seed) {
  net::Random random(seed);
  Json answers = whole_answers(instance, seed);
  for (const Json& question : instance.exercise.at("questions")) {
    Json& answer = answers[question.at("id").get<std::string>()];
    switch (random.below(8)) {
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
      case 4:
        slip(answer);
        break;
      default:
        break;
    }
  }
  return answers;
}

void check_grading(const Exercise& exercise, const Instance& instance, std::uint64_t seed,
                   bool twice) {
  const Json answers = some_answers(instance, seed);
  const auto verdict = exercise::grade(exercise, instance, answers);
  if (!verdict) return require(!verdict.error().empty(), "who refuses says why");
  require(verdict->at("score").get<std::uint64_t>() <= verdict->at("max").get<std::uint64_t>(),
          "nobody has more points than there are");
  if (!twice) return;
  const auto again = exercise::grade(exercise, instance, answers);
  require(again && *again == *verdict, "the same answers have the same verdict");
}

// What `tcplab answers` and `tcplab check --matrix` print.
void look_up(const Exercise& exercise, const Instance& instance) {
  const auto key = exercise::answer_key(instance);
  require(key || !key.error().empty(), "who refuses says why");
  exercise::also_right(instance);
  const auto shown = exercise::shown_ideas(exercise, instance.seed, false);
  require(shown || !shown.error().empty(), "who refuses says why");
}

void try_it(Try what, const Exercise& exercise, std::uint64_t number) {
  if (what == Try::kTexts) {
    exercise::check_texts(exercise);
    exercise::warn_of_texts(exercise);
    return;
  }
  const std::uint64_t seed = number % 5;
  const auto instance = exercise::instantiate(exercise, seed);
  if (!instance || !is_quick(exercise, *instance)) return;
  if (what == Try::kAsk) {
    if (const auto asked = exercise::to_json(exercise, *instance)) format::dump(*asked);
  } else if (what == Try::kKey) {
    look_up(exercise, *instance);
  } else if (what == Try::kCheck) {
    if (number % 2 == 0 || kTriesAll) exercise::check(exercise, 1);
    if (number % 2 == 1 || kTriesAll) {
      exercise::conclude(exercise, {exercise::check_variant(exercise, seed)});
    }
  } else {
    constexpr std::uint64_t kGradings = kTriesAll ? 12 : 1;
    for (std::uint64_t i = 0; i < kGradings; ++i) {
      check_grading(exercise, *instance, number + i, what == Try::kGradeTwice);
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto read = exercise::parse_exercise({reinterpret_cast<const char*>(data), size});
  if (!read) {
    require(!read.error().empty(), "who refuses says why");
    format::to_text("exercise.json", read.error());
    return 0;
  }
  for (std::size_t i = 0; i < std::size(kTries); ++i) {
    if (tries(i, std::size(kTries), data, size)) try_it(kTries[i], *read, size);
  }
  return 0;
}
