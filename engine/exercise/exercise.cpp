#include "exercise/exercise.hpp"

#include <algorithm>

#include "exercise/kinds/kind.hpp"

namespace tcplab::exercise {

using format::Reader;
using format::say;
using format::Text;

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

namespace {

void check_names(const Reader& list, const Text& what) {
  check_ids(list, what);
  for (const Reader& question : list.items()) {
    const Kind* kind = kind_named(question["kind"].text());
    if (kind != nullptr && kind->check_ids) kind->check_ids(question);
    check_names(question["parts"], say({"parts", "部分"}));
  }
}

// Adds to "this kind is not allowed here" where the kind is allowed.
void tell_of_parts(const Reader& root, Problems& problems) {
  for (const Reader& question : root["questions"].items()) {
    const Kind* kind = kind_named(question["kind"].text());
    if (kind == nullptr || kind->stands_alone) continue;
    for (auto& problem : problems) {
      if (problem.pointer != question["kind"].pointer()) continue;
      problem.message = say({"{0}; a {1} stands among the \"parts\" of an \"explain\"",
                             "{0}；{1} 要放在 \"explain\" 的 \"parts\" 里"},
                            {problem.message, format::quote(kind->name)});
    }
  }
}

}  // namespace

tl::expected<Exercise, Problems> parse_exercise(std::string_view text) {
  auto document = format::parse(text);
  if (!document) return tl::unexpected(std::move(document.error()));
  auto problems = format::check(exercise_shape(), *document);
  if (!problems.empty()) {
    Problems none;
    tell_of_parts(Reader(document->value(), format::Source{&*document, ""}, none), problems);
    return tl::unexpected(std::move(problems));
  }
  Exercise exercise(std::move(*document));
  const format::Source source = exercise.source();
  const Reader root(exercise.json(), source, problems);
  check_names(root["questions"], say({"questions", "问题"}));
  if (!problems.empty()) return tl::unexpected(std::move(problems));
  return exercise;
}

}  // namespace tcplab::exercise
