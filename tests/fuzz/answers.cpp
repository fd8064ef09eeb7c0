// Any text as an answers file to an exercise of this repository, with how its answers came about:
// the attempts before, hints, answers that were shown. It is refused with its problems, or earns no
// more than there is; and a grader that has seen other students' files says what a fresh one says.
#include <algorithm>
#include <cctype>
#include <filesystem>
#include <list>
#include <string>
#include <string_view>
#include <vector>

#include "exercise/exercise.hpp"
#include "exercise/grade.hpp"
#include "exercise/grader.hpp"
#include "fuzz.hpp"
#include "json_mutator.hpp"
#include "repository.hpp"

using namespace tcplab;
using namespace tcplab::fuzz;
using exercise::Exercise;

namespace {

struct Known {
  explicit Known(const std::string& text) : exercise(*exercise::parse_exercise(text)) {}

  Exercise exercise;
  exercise::Grader grader{exercise};
};

// Those before the lessons, and those of the unit tests: together they have every kind.
std::list<Known> read_exercises() {
  std::vector<std::filesystem::path> files;
  const auto add = [&](const char* folder, const auto& is_exercise) {
    for (const auto& entry : std::filesystem::directory_iterator(repository() / folder)) {
      const auto name = entry.path().filename();
      if (name.extension() == ".json" && is_exercise(name.string())) files.push_back(entry.path());
    }
  };
  add("exercises", [](const std::string& name) {
    return std::isdigit(static_cast<unsigned char>(name.front())) != 0;
  });
  add("tests/unit/exercise", [](const std::string&) { return true; });
  std::sort(files.begin(), files.end());
  std::list<Known> known;
  for (const auto& path : files) {
    known.emplace_back(read_file(path));
  }
  return known;
}

// The exercise that the file names, or the first.
Known& exercise_of(std::string_view answers) {
  static auto known = read_exercises();
  const auto found = std::find_if(known.begin(), known.end(), [&](const Known& each) {
    return answers.find('"' + each.exercise.id() + '"') != answers.npos;
  });
  return found == known.end() ? known.front() : *found;
}

void check_points(const Json& verdict) {
  const auto max = verdict.at("max").get<std::uint64_t>();
  require(verdict.at("score").get<std::uint64_t>() <= max, "nobody has more right than there is");
  require(verdict.at("half_points").get<std::uint64_t>() <= 2 * max,
          "nobody earns more points than there are");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view answers(reinterpret_cast<const char*>(data), size);
  auto& [exercise, grader] = exercise_of(answers);
  const auto verdict = grader.grade(answers);
  require(verdict.has_value() || !verdict.error().empty(), "who refuses says why");
  if (verdict) check_points(*verdict);
  if (!tries(0, 16, data, size)) return 0;
  const auto fresh = exercise::grade(exercise, answers);
  require(fresh.has_value() == verdict.has_value() && (!fresh || *fresh == *verdict),
          "what a grader has seen before changes no verdict");
  return 0;
}
