// The checks of an exercise that need no run.
#include <algorithm>
#include <set>
#include <string>

#include "exercise/belief.hpp"
#include "exercise/check.hpp"
#include "exercise/kinds/kind.hpp"
#include "exercise/language.hpp"
#include "exercise/readable.hpp"
#include "exercise/tables.hpp"
#include "format/reader.hpp"
#include "format/substitute.hpp"
#include "tcp/behaviour.hpp"

namespace tcplab::exercise {

namespace {

using format::Reader;
using format::say;
using format::Text;
using Names = std::set<std::string>;

// Calls visit(reader) for the value itself and every value below it.
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
      parameter.key_problem(
          say({"nothing uses the parameter {0}", "没有用到参数 {0}"}, {format::quote(name)}));
    }
  }
}

std::string list(const Names& names) {
  return format::list(std::vector<std::string>(names.begin(), names.end()));
}

Text list_or_none(const Names& names) {
  return names.empty() ? say({"none", "没有"}) : say({"{0}", "有 {0}"}, {list(names)});
}

void check_languages(const Reader& root) {
  walk(root, [](const Reader& value) {
    const Reader en = value["en"];
    const Reader zh = value["zh"];
    if (!en || !zh) return;
    if (en.json().is_array() && en.json().size() != zh.json().size()) {
      zh.problem(say({"found {0} elements, but \"en\" has {1}", "有 {0} 项，而 \"en\" 有 {1} 项"},
                     {std::to_string(zh.json().size()), std::to_string(en.json().size())}));
    }
    if (en.has("after") != zh.has("after")) {
      zh.problem(say({"\"after\" is in one language only", "\"after\" 只有一种语言"}));
    }
    const Names of_en = placeholders(en);
    const Names of_zh = placeholders(zh);
    if (of_en != of_zh) {
      zh.problem(say({"the languages differ in their placeholders: \"en\" has {0}, \"zh\" has {1}",
                      "两种语言的占位符不同：\"en\" {0}，\"zh\" {1}"},
                     {list_or_none(of_en), list_or_none(of_zh)}));
    }
  });
}

// Elements that a student can tell apart only by their texts. The options of a claim are compared
// elsewhere, with their placeholders filled in.
void check_same_texts(const Reader& root) {
  walk(root["questions"], [](const Reader& value) {
    for (const char* key : {"cards", "counts", "times", "causes", "slots", "settings"}) {
      check_told_apart(value[key]);
    }
    for (const Reader& setting : value["settings"].items()) check_told_apart(setting["options"]);
  });
}

// Checks that each text is in its language.
void check_language(const Reader& root) {
  const Names terms = terms_of(root.json());
  walk(root, [&](const Reader& value) {
    if (!value.has("en") || !value.has("zh")) return;
    walk(value["zh"], [&](const Reader& text) {
      const std::string english = english_in(text.text(), terms);
      if (english.empty()) return;
      text.problem(
          say({"found English where Chinese should stand: {0}", "应为中文的地方是英文：{0}"},
              {format::quote(english)}));
    });
    walk(value["en"], [&](const Reader& text) {
      const std::string chinese = chinese_in(text.text());
      if (chinese.empty()) return;
      text.problem(
          say({"found Chinese where English should stand: {0}", "应为英文的地方是中文：{0}"},
              {format::quote(chinese)}));
    });
  });
}

Text a_question() { return say({"question", "问题"}); }
Text a_part() { return say({"part", "部分"}); }

// Checks for answers to questions or parts that do not exist and, if `whole`, for those without an
// answer.
void check_answers(const Reader& answers, const Reader& questions, const Text& what, bool whole) {
  std::vector<std::string> ids;
  for (const Reader& question : questions.items()) {
    const std::string id = question["id"].text();
    ids.push_back(id);
    const Reader answer = answers[id];
    const Kind* kind = kind_named(question["kind"].text());
    if (!answer && whole && (kind == nullptr || kind->is_scored)) {
      answers.problem(say({"the witness has no answer for the {0} {1}", "样例答案没有回答{0} {1}"},
                          {what, format::quote(id)}));
    }
    if (answer && question.has("parts")) check_answers(answer, question["parts"], a_part(), whole);
  }
  for (const auto& [key, answer] : answers.members()) {
    if (std::find(ids.begin(), ids.end(), key) != ids.end()) continue;
    answer.key_problem(
        say({"no {0} is called {1}{2}; allowed: {3}", "没有叫 {1} 的{0}{2}；允许：{3}"},
            {what, format::quote(key), format::suggestion(key, ids), format::list(ids)}));
  }
}

// The misconceptions that the engine can diagnose by itself.
Names diagnosed_misconceptions() {
  Names names;
  for (const auto& mutant : tcp::mutants()) {
    names.emplace(mutant.misconception);
    if (!mutant.also.empty()) names.emplace(mutant.also);
  }
  for (const auto& belief : beliefs()) names.emplace(belief.misconception);
  return names;
}

void check_misconceptions(const Reader& root) {
  Names shown = diagnosed_misconceptions();
  Names all = shown;
  for (const auto name : only_declared()) all.emplace(name);
  const auto exists = [&](const Reader& name) {
    if (all.count(name.text()) != 0) return true;
    name.problem(say(
        {"no misconception is called {0}{1}; exercises/misconceptions.json has all of "
         "them",
         "没有叫 {0} 的误解{1}；全部误解见 exercises/misconceptions.json"},
        {format::quote(name.text()), format::suggestion(name.text(), {all.begin(), all.end()})}));
    return false;
  };
  walk(root["questions"], [&](const Reader& value) {
    const Reader shows = value["shows"];
    if (shows && exists(shows)) shown.insert(shows.text());
  });
  const auto check = [&](const Reader& name) {
    if (!exists(name) || shown.count(name.text()) != 0) return;
    name.problem(
        say({"no answer can be diagnosed as {0}: no mutant of the engine has it, and nothing "
             "says that it \"shows\" it; known: {1}",
             "没有答案会被诊断为 {0}：引擎没有它的变异体，也没有哪一项用 \"shows\" "
             "指出它；已知的有：{1}"},
            {format::quote(name.text()), list(shown)}));
  };
  for (const Reader& taught : root["teaches"].items()) check(taught);
  for (const Reader& chaff : root["chaffs"].items()) check(chaff["diagnosed_as"]);
}

void check_repeats_in(const Reader& list, std::string_view name) {
  const auto items = list.items();
  for (std::size_t i = 1; i < items.size(); ++i) {
    const auto same = [&](const Reader& other) { return other.json() == items[i].json(); };
    const auto end = items.begin() + static_cast<std::ptrdiff_t>(i);
    if (std::none_of(items.begin(), end, same)) continue;
    items[i].problem(
        say({"this is in {0} twice", "这一项在 {0} 中出现了两次"}, {format::quote(name)}));
  }
}

// A duplicate in one of these lists counts twice, or hides what the author meant.
void check_repeats(const Reader& root) {
  walk(root, [](const Reader& value) {
    for (const char* key : {"teaches", "need", "fields", "goals", "veto", "holds", "hosts"}) {
      check_repeats_in(value[key], key);
    }
    check_repeats_in(value["allow"]["network"], "network");
    for (const auto& [host, calls] : value["allow"]["calls"].members()) {
      check_repeats_in(calls, host);
    }
  });
}

// Checks for counts that no run can have.
void check_counts(const Reader& root) {
  walk(root, [](const Reader& value) {
    const Json least = value["count"]["at_least"].json();
    const Json most = value["count"]["at_most"].json();
    if (!least.is_number() || !most.is_number() || least <= most) return;
    value["count"].problem(say({"no run has at least {0} and at most {1} of them",
                                "不会有运行既至少有 {0} 个又至多有 {1} 个"},
                               {format::dump(least), format::dump(most)}));
  });
}

std::string name_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  const auto is_part = [](char c) {
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  };
  while (end < text.size() && is_part(text[end])) ++end;
  return std::string(text.substr(at, end - at));
}

// A text that looks like a placeholder but is not, and the name in it: "$(delay)", "$delay",
// "{delay}".
struct Lookalike {
  std::string found;
  std::string name;
};
Lookalike lookalike_in(std::string_view text, const Reader& parameters) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool is_brace = text[at] == '{' && (at == 0 || text[at - 1] != '$');
    if (text[at] != '$' && !is_brace) continue;
    const bool is_shell = text.substr(at, 2) == "$(";
    const std::size_t begin = at + (is_shell ? 2 : 1);
    const std::string name = name_at(text, begin);
    const std::size_t end = begin + name.size();
    const bool is_closed = end < text.size() && text[end] == (is_shell ? ')' : '}');
    if ((is_shell || is_brace) && !is_closed) continue;
    const bool is_meant = is_shell ? format::has_placeholder("${" + name + "}")
                                   : !name.empty() && parameters.has(name);
    if (!is_meant) continue;
    const std::size_t size = end - at + (is_shell || is_brace ? 1 : 0);
    return {std::string(text.substr(at, size)), name};
  }
  return {};
}

}  // namespace

Problems warn_of_texts(const Exercise& exercise) {
  Problems problems;
  const format::Source source = exercise.source();
  const Reader root(exercise.json(), source, problems);
  walk(root, [&](const Reader& value) {
    const auto [found, name] = lookalike_in(value.text(), root["params"]);
    if (found.empty()) return;
    value.problem(say({"{0} stays as it is; a parameter is written \"${{1}}\"",
                       "{0} 会原样保留；参数要写成 \"${{1}}\""},
                      {format::quote(found), name}));
  });
  return problems;
}

Problems check_texts(const Exercise& exercise, const format::Shape& shape) {
  const format::Source source = exercise.source();
  Problems problems = format::check(shape, exercise.json(), source);
  const Reader root(exercise.json(), source, problems);
  // Of a copy without answers, some parameters were for these alone.
  if (root.has("witness")) check_parameters(root);
  check_languages(root);
  check_language(root);
  check_readable(root);
  check_one_line(root["text"]);
  check_same_texts(root);
  check_tables(root);
  check_misconceptions(root);
  check_repeats(root);
  check_counts(root);
  if (root.has("witness")) check_answers(root["witness"], root["questions"], a_question(), true);
  for (const Reader& chaff : root["chaffs"].items()) {
    check_answers(chaff["answers"], root["questions"], a_question(), false);
  }
  if (problems.size() > format::max_problems) problems.resize(format::max_problems);
  return problems;
}

}  // namespace tcplab::exercise
