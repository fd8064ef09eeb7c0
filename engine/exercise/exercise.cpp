#include "exercise/exercise.hpp"

#include <algorithm>

#include "format/reader.hpp"

namespace tcplab::exercise {

namespace {

using format::Reader;
using format::say;
using format::Text;

// Two of a list's elements with one id could not be answered apart.
void check_ids(const Reader& list, const Text& what) {
  std::vector<std::string> seen;
  for (const Reader& item : list.items()) {
    const std::string id = item["id"].text();
    if (std::find(seen.begin(), seen.end(), id) != seen.end()) {
      item["id"].problem(
          say({"two {0} are called {1}", "有两个{0}都叫 {1}"}, {what, format::quote(id)}));
    }
    seen.push_back(id);
  }
}

void check_names(const Reader& root) {
  check_ids(root["questions"], say({"questions", "问题"}));
  for (const Reader& question : root["questions"].items()) {
    check_ids(question["parts"], say({"parts", "部分"}));
    for (const Reader& part : question["parts"].items()) {
      check_ids(part["slots"], say({"slots", "空位"}));
      for (const Reader& slot : part["slots"].items()) {
        check_ids(slot["options"], say({"options", "选项"}));
      }
    }
  }
}

}  // namespace

tl::expected<Exercise, Problems> parse_exercise(std::string_view text) {
  auto document = format::parse(text);
  if (!document) return tl::unexpected(std::move(document.error()));
  auto problems = format::check(exercise_shape(), *document);
  if (!problems.empty()) return tl::unexpected(std::move(problems));
  Exercise exercise(std::move(*document));
  const format::Source source = exercise.source();
  check_names(Reader(exercise.json(), source, problems));
  if (!problems.empty()) return tl::unexpected(std::move(problems));
  return exercise;
}

}  // namespace tcplab::exercise
