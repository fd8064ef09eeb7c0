#include "lesson/check_path.hpp"

#include <algorithm>
#include <iterator>

#include "base/rule.hpp"
#include "exercise/exercise.hpp"
#include "exercise/readable.hpp"
#include "format/reader.hpp"

namespace tcplab::lesson {

using format::Document;
using format::Json;
using format::Problems;
using format::Reader;
using format::say;
using format::Text;

namespace {

void check_same(const Reader& found, const Json& wanted) {
  if (found.json() == wanted) return;
  found.problem(say({"found {0}, but the lesson itself has {1}", "发现 {0}，而课文自己写的是 {1}"},
                    {Text(format::dump(found.json())), Text(format::dump(wanted))}));
}

void check_written(const Reader& step, const Written& written) {
  const Json& lesson = written.lesson->value();
  for (const char* key : {"number", "minutes", "rests_on"}) check_same(step[key], lesson.at(key));
  check_same(step["title"], format::to_json(written.title));
  check_same(step["question"], format::to_json(written.question));
}

void check_order(const Reader& lessons) {
  std::set<std::string> before;
  int number = 0;
  for (const Reader& step : lessons.items()) {
    ++number;
    if (step["number"].integer<int>() != number) {
      step["number"].problem(
          say({"found {0}; needed: {1}, its place in this list",
               "发现 {0}；需要：{1}，即在列表里的位置"},
              {std::to_string(step["number"].integer<int>()), std::to_string(number)}));
    }
    for (const Reader& id : step["rests_on"].items()) {
      if (before.count(id.text()) != 0) continue;
      id.problem(say({"no lesson before this one is called {0}", "这一课之前没有叫 {0} 的课"},
                     {format::quote(id.text())}));
    }
    before.insert(step["id"].text());
  }
}

void check_incidents(const Reader& root, const std::set<std::string>& scenarios) {
  const auto lessons = static_cast<std::int64_t>(root["lessons"].items().size());
  for (const Reader& incident : root["incidents"].items()) {
    if (incident["lesson"].integer() > lessons) {
      incident["lesson"].problem(
          say({"found {0}; there are {1} lessons", "发现 {0}；一共有 {1} 课"},
              {std::to_string(incident["lesson"].integer()), std::to_string(lessons)}));
    }
    const Reader scenario = incident["scenario"];
    if (!scenario || scenarios.count(scenario.text()) != 0) continue;
    scenario.problem(
        say({"no scenario is called {0}{1}", "没有叫 {0} 的场景{1}"},
            {format::quote(scenario.text()),
             format::suggestion(scenario.text(), {scenarios.begin(), scenarios.end()})}));
  }
}

}  // namespace

Problems check_path(const Document& path, const std::map<std::string, Written>& lessons,
                    const std::set<std::string>& scenarios) {
  Problems problems;
  const format::Source source{&path, ""};
  const Reader root(path.value(), source, problems);
  exercise::check_ids(root["lessons"], say({"lessons", "课"}));
  exercise::check_readable(root);
  for (const Reader& step : root["lessons"].items()) exercise::check_one_line(step["title"]);
  check_order(root["lessons"]);
  std::set<std::string> listed;
  for (const Reader& step : root["lessons"].items()) {
    listed.insert(step["id"].text());
    const auto written = lessons.find(step["id"].text());
    if (written != lessons.end()) check_written(step, written->second);
  }
  for (const auto& [id, written] : lessons) {
    if (listed.count(id) != 0) continue;
    root["lessons"].problem(
        say({"the lesson {0} is not here", "这里没有 {0} 这一课"}, {format::quote(id)}));
  }
  check_incidents(root, scenarios);
  return problems;
}

Problems check_terms_file(const Document& terms) {
  Problems problems;
  const format::Source source{&terms, ""};
  const Reader root(terms.value(), source, problems);
  exercise::check_ids(root["terms"], say({"terms", "术语"}));
  exercise::check_readable(root);
  for (const Reader& term : root["terms"].items()) exercise::check_one_line(term["name"]);
  const std::vector<std::string> rules(std::begin(kRuleIds), std::end(kRuleIds));
  for (const Reader& term : root["terms"].items()) {
    const Reader rule = term["rule"];
    if (!rule || std::find(rules.begin(), rules.end(), rule.text()) != rules.end()) continue;
    rule.problem(say({"no rule is called {0}{1}", "没有叫 {0} 的规则{1}"},
                     {format::quote(rule.text()), format::suggestion(rule.text(), rules)}));
  }
  return problems;
}

namespace {

std::vector<std::string> list_of(const std::set<std::string>& names) {
  return {names.begin(), names.end()};
}

std::set<std::string> ids_in(const Reader& list) {
  std::set<std::string> ids;
  for (const Reader& id : list.items()) ids.insert(id.text());
  return ids;
}

void check_named(const Reader& root, const Shelves& there) {
  for (const Reader& id : root["lessons"].items()) {
    if (there.lessons.count(id.text()) != 0) continue;
    id.problem(say(
        {"no folder {0} with a lesson.json is here{1}", "这里没有含 lesson.json 的文件夹 {0}{1}"},
        {format::quote(id.text()), format::suggestion(id.text(), list_of(there.lessons))}));
  }
  for (const Reader& id : root["exercises"].items()) {
    if (there.exercises.count(id.text()) != 0 || there.page_exercises.count(id.text()) != 0) {
      continue;
    }
    id.problem(say({"exercises/{0}.json is not here, and the page has no such exercise{1}",
                    "这里没有 exercises/{0}.json，页面里也没有这个习题{1}"},
                   {id.text(), format::suggestion(id.text(), list_of(there.exercises))}));
  }
}

void warn_of_unnamed(const Reader& root, const Shelves& there) {
  const auto lessons = ids_in(root["lessons"]);
  const auto exercises = ids_in(root["exercises"]);
  for (const auto& lesson : there.lessons) {
    if (lessons.count(lesson) != 0) continue;
    root.problem(say({"the lesson in the folder {0} is not named here, so no student meets it",
                      "没有列出文件夹 {0} 里的课，学生不会见到它"},
                     {format::quote(lesson)}));
  }
  for (const auto& exercise : there.exercises) {
    if (exercises.count(exercise) != 0 || there.used_by_lessons.count(exercise) != 0) continue;
    root.problem(say({"exercises/{0}.json is named neither here nor by a lesson, so no student "
                      "meets it",
                      "这里和各课都没有列出 exercises/{0}.json，学生不会见到它"},
                     {exercise}));
  }
}

}  // namespace

exercise::Findings check_contents(const Document& contents, const Shelves& there) {
  exercise::Findings found;
  const format::Source source{&contents, ""};
  const Reader root(contents.value(), source, found.errors);
  exercise::check_readable(root);
  exercise::check_one_line(root["title"]);
  std::set<std::string> named;
  for (const char* list : {"lessons", "exercises"}) {
    for (const Reader& id : root[list].items()) {
      if (named.insert(id.text()).second) continue;
      id.problem(say({"{0} is named twice", "{0} 出现了两次"}, {format::quote(id.text())}));
    }
  }
  if (named.empty()) {
    root.problem(say({"no lesson and no exercise is named", "没有列出任何课程或练习"}));
  }
  check_named(root, there);
  warn_of_unnamed(Reader(contents.value(), source, found.warnings), there);
  return found;
}

}  // namespace tcplab::lesson
