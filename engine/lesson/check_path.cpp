#include "lesson/check_path.hpp"

#include <algorithm>
#include <iterator>

#include "base/rule.hpp"
#include "exercise/exercise.hpp"
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
  const std::vector<std::string> rules(std::begin(kRuleIds), std::end(kRuleIds));
  for (const Reader& term : root["terms"].items()) {
    const Reader rule = term["rule"];
    if (!rule || std::find(rules.begin(), rules.end(), rule.text()) != rules.end()) continue;
    rule.problem(say({"no rule is called {0}{1}", "没有叫 {0} 的规则{1}"},
                     {format::quote(rule.text()), format::suggestion(rule.text(), rules)}));
  }
  return problems;
}

Problems check_contents(const Document& contents, const std::set<std::string>& lessons) {
  Problems problems;
  const format::Source source{&contents, ""};
  const Reader root(contents.value(), source, problems);
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
  for (const Reader& id : root["lessons"].items()) {
    if (lessons.count(id.text()) != 0) continue;
    id.problem(say(
        {"no folder {0} with a lesson.json is here{1}", "这里没有含 lesson.json 的文件夹 {0}{1}"},
        {format::quote(id.text()),
         format::suggestion(id.text(), {lessons.begin(), lessons.end()})}));
  }
  return problems;
}

}  // namespace tcplab::lesson
