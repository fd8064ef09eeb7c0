// What can be said of an exercise without running it.
#include <algorithm>
#include <set>
#include <string>

#include "exercise/check.hpp"
#include "format/reader.hpp"
#include "format/substitute.hpp"
#include "tcp/behaviour.hpp"

namespace tcplab::exercise {

namespace {

using format::Reader;
using Names = std::set<std::string>;

// Calls visit(reader) for every value below, and for the value itself.
template <typename Visit>
void walk(const Reader& reader, const Visit& visit) {
  visit(reader);
  for (const Reader& item : reader.items()) walk(item, visit);
  for (const auto& [key, member] : reader.members()) walk(member, visit);
}

Names placeholders(const Reader& reader) {
  Names names;
  walk(reader, [&](const Reader& value) {
    for (auto& name : format::placeholder_names(value.text())) names.insert(std::move(name));
    for (const auto& [key, member] : value.members()) {
      for (auto& name : format::placeholder_names(key)) names.insert(std::move(name));
    }
  });
  return names;
}

void check_parameters(const Reader& root) {
  Names used = placeholders(root);
  for (const auto& [name, parameter] : root["params"].members()) {
    used.insert(parameter["map"]["of"].text());
    used.insert(parameter["words"]["of"].text());
  }
  for (const auto& [name, parameter] : root["params"].members()) {
    if (used.count(name) == 0) {
      parameter.key_problem("nothing uses the parameter " + format::quote(name));
    }
  }
}

std::string list(const Names& names) {
  return format::list(std::vector<std::string>(names.begin(), names.end()));
}

void check_languages(const Reader& root) {
  walk(root, [](const Reader& value) {
    const Reader en = value["en"];
    const Reader zh = value["zh"];
    if (!en || !zh) return;
    if (en.json().is_array() && en.json().size() != zh.json().size()) {
      zh.problem("found " + std::to_string(zh.json().size()) + " elements, but \"en\" has " +
                 std::to_string(en.json().size()));
    }
    if (en.has("after") != zh.has("after")) zh.problem("\"after\" is in one language only");
    const Names of_en = placeholders(en);
    const Names of_zh = placeholders(zh);
    if (of_en != of_zh) {
      zh.problem("the languages differ in their placeholders: \"en\" has " +
                 (of_en.empty() ? "none" : list(of_en)) + ", \"zh\" has " +
                 (of_zh.empty() ? "none" : list(of_zh)));
    }
  });
}

// Answers for parts that do not exist; and, for a witness, parts without an answer.
void check_answers(const Reader& answers, const Reader& questions, const char* what, bool whole) {
  std::vector<std::string> ids;
  for (const Reader& question : questions.items()) {
    const std::string id = question["id"].text();
    ids.push_back(id);
    const Reader answer = answers[id];
    const std::string kind = question["kind"].text();
    if (!answer && whole && kind != "say") {
      answers.problem(std::string("the witness has no answer for the ") + what + " " +
                      format::quote(id));
    }
    if (answer && kind == "explain") check_answers(answer, question["parts"], "part", whole);
  }
  for (const auto& [key, answer] : answers.members()) {
    if (std::find(ids.begin(), ids.end(), key) != ids.end()) continue;
    answer.key_problem(std::string("no ") + what + " is called " + format::quote(key) +
                       format::suggestion(key, ids) + "; allowed: " + format::list(ids));
  }
}

// The misconceptions that a verdict of this exercise can name.
Names known_misconceptions(const Reader& root) {
  Names names;
  for (const auto& mutant : tcp::mutants()) names.emplace(mutant.misconception);
  walk(root["questions"], [&](const Reader& value) {
    if (const Reader shows = value["shows"]) names.insert(shows.text());
  });
  return names;
}

void check_misconceptions(const Reader& root) {
  const Names known = known_misconceptions(root);
  const auto check = [&](const Reader& name) {
    if (known.count(name.text()) != 0) return;
    name.problem(
        "no answer can be diagnosed as " + format::quote(name.text()) +
        ": no mutant of the engine has it, and nothing says that it \"shows\" it; known: " +
        list(known));
  };
  for (const Reader& taught : root["teaches"].items()) check(taught);
  for (const Reader& chaff : root["chaffs"].items()) check(chaff["diagnosed_as"]);
}

}  // namespace

Problems check_texts(const Exercise& exercise) {
  Problems problems;
  const format::Source source = exercise.source();
  const Reader root(exercise.json(), source, problems);
  check_parameters(root);
  check_languages(root);
  check_misconceptions(root);
  check_answers(root["witness"], root["questions"], "question", true);
  for (const Reader& chaff : root["chaffs"].items()) {
    check_answers(chaff["answers"], root["questions"], "question", false);
  }
  if (problems.size() > format::max_problems) problems.resize(format::max_problems);
  return problems;
}

}  // namespace tcplab::exercise
