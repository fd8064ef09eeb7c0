#include "lesson/check_lesson.hpp"

#include <algorithm>
#include <utility>

#include "format/reader.hpp"
#include "format/substitute.hpp"
#include "lesson/check_prose.hpp"
#include "lesson/figures.hpp"
#include "lesson/texts.hpp"
#include "lesson/words.hpp"

namespace tcplab::lesson {

using exercise::Exercise;
using format::Json;
using format::Problems;
using format::Reader;
using format::say;
using format::Text;

namespace {

// --- files ------------------------------------------------------------------------------------

// Lists paths without quotes or escapes, so that authors can copy them.
Text whole(const std::vector<std::string>& paths) {
  Text text;
  for (const std::string& path : paths) {
    text = text.empty() ? Text(path) : say({"{0} and {1}", "{0} 和 {1}"}, {text, path});
  }
  return text;
}

void check_files(const Reader& list, const Names& files, const Text& what,
                 const std::vector<std::string>& folders) {
  Names seen;
  for (const Reader& id : list.items()) {
    if (!seen.insert(id.text()).second) {
      id.problem(say({"this {0} is here twice", "这个{0}出现了两次"}, {what}));
    }
    if (files.count(id.text()) != 0) continue;
    id.problem(say({"no file has the {0} {1}{2}; looked for in: {3}",
                    "没有文件是{0} {1}{2}；查找过的文件夹：{3}"},
                   {what, format::quote(id.text()), format::suggestion(id.text(), words(files)),
                    whole(folders)}));
  }
}

void check_unlisted(const Reader& list, const Names& files) {
  Names listed;
  for (const Reader& id : list.items()) listed.insert(id.text());
  for (const std::string& file : files) {
    if (listed.count(file) != 0) continue;
    list.problem(say(
        {"beats/{0}.json is in no place of this list", "beats/{0}.json 不在这个列表里"}, {file}));
  }
}

void warn_of_unlisted(const Reader& list, const Names& files) {
  Names listed;
  for (const Reader& id : list.items()) listed.insert(id.text());
  for (const std::string& file : files) {
    if (listed.count(file) != 0) continue;
    list.problem(say({"exercises/{0}.json is in no place of this list, so no student meets it",
                      "exercises/{0}.json 不在这个列表里，学生不会见到它"},
                     {file}));
  }
}

Names kinds_of(const Exercise& exercise) {
  Names kinds;
  for (const Json& question : exercise.json().at("questions")) kinds.insert(question.at("kind"));
  return kinds;
}

void check_mastery(const Reader& mastery, const Folder& folder, const Reader& exercises) {
  Names listed;
  for (const Reader& id : exercises.items()) listed.insert(id.text());
  std::set<Names> kinds;
  bool is_known = true;
  for (const Reader& id : mastery.items()) {
    if (listed.count(id.text()) == 0) {
      id.problem(say({"found {0}, which is none of the lesson's exercises; allowed: {1}",
                      "发现 {0}，不是这一课的习题；允许：{1}"},
                     {format::quote(id.text()), format::list(words(listed))}));
    }
    const auto exercise = folder.exercises.find(id.text());
    if (exercise == folder.exercises.end()) {
      is_known = false;
    } else {
      kinds.insert(kinds_of(*exercise->second));
    }
  }
  const auto count = mastery.items().size();
  if (is_known && count > 0 && (count == 1 || kinds.size() == 1)) {
    mastery.problem(say({"mastery takes exercises of two kinds", "掌握一课需要两种题型的习题"}));
  }
}

// --- other lessons ------------------------------------------------------------------------------

void check_rests_on(const Reader& list, const Folder& folder) {
  Names others = folder.lessons;
  others.erase(folder.name);
  for (const Reader& id : list.items()) {
    if (others.count(id.text()) != 0) continue;
    id.problem(
        say({"no other lesson is called {0}{1}; there are: {2}", "没有别的课叫 {0}{1}；现有：{2}"},
            {format::quote(id.text()), format::suggestion(id.text(), words(others)),
             others.empty() ? say({"none", "没有"}) : Text(format::list(words(others)))}));
  }
}

// --- terms ------------------------------------------------------------------------------------

void check_terms(const Reader& root, const Folder& folder, const std::vector<Term>& terms) {
  const auto number = root["number"].integer<int>();
  Names listed;
  for (const Reader& id : root["terms"].items()) {
    listed.insert(id.text());
    const auto term = std::find_if(terms.begin(), terms.end(),
                                   [&](const Term& each) { return each.id == id.text(); });
    if (term == terms.end()) {
      if (folder.page_terms.count(id.text()) != 0) continue;
      id.problem(no_card(id.text(), terms));
    } else if (term->lesson != number) {
      id.problem(
          say({"{0} is taught by lesson {1}, says terms.json", "terms.json 说 {0} 由第 {1} 课讲授"},
              {format::quote(id.text()), std::to_string(term->lesson)}));
    }
  }
  for (const Term& term : terms) {
    if (term.lesson != number || listed.count(term.id) != 0) continue;
    root["terms"].problem(say({"terms.json says that this lesson teaches {0}, which is not here",
                               "terms.json 说这一课讲授 {0}，这里却没有"},
                              {format::quote(term.id)}));
  }
}

void warn_of_early_terms(const Reader& list, const Exercises& exercises,
                         const std::vector<Term>& terms, int number) {
  for (const Reader& id : list.items()) {
    const auto exercise = exercises.find(id.text());
    if (exercise == exercises.end()) continue;
    std::set<const Term*> found;
    each_text(exercise->second->json(), [&](const std::string& text, Language language) {
      if (const Term* term = taught_later(text, terms, number, language)) found.insert(term);
    });
    for (const Term* term : found) id.problem(used_early(*term));
  }
}

// The names that prose uses before the answer, by beat.
std::map<std::string, Names> early_names(const Reader& root, const Prose& english,
                                         const Prose& chinese) {
  std::map<std::string, Names> early;
  const auto beats = root["beats"].items();
  for (const Prose* prose : {&english, &chinese}) {
    for (std::size_t i = 0; i < std::min(beats.size(), prose->sections.size()); ++i) {
      const auto names = format::placeholder_names(prose->sections[i].before);
      early[beats[i].text()].insert(names.begin(), names.end());
    }
  }
  return early;
}

// Adds a problem at `member`, whose key should be the id of a beat, if there is no such beat.
void check_is_beat(const std::string& id, const Reader& member, const Folder& folder) {
  if (folder.beat_files.count(id) != 0) return;
  member.key_problem(say({"no beat is called {0}{1}", "没有叫 {0} 的环节{1}"},
                         {format::quote(id), format::suggestion(id, words(folder.beat_files))}));
}

void check_labels(const Reader& root, const Folder& folder) {
  for (const auto& [id, level] : root["labels"].members()) check_is_beat(id, level, folder);
}

void check_figures_of_all(const Reader& root, const Folder& folder,
                          const std::map<std::string, Names>& early) {
  for (const auto& [id, figures] : root["figures"].members()) {
    const auto beat = folder.beats.find(id);
    if (beat != folder.beats.end()) {
      const auto used = early.find(id);
      check_figures(figures, *beat->second, used == early.end() ? Names() : used->second);
    } else {
      check_is_beat(id, figures, folder);
    }
  }
}

void check_id(const Reader& root, const std::string& folder) {
  if (root["id"].text() == folder) return;
  root["id"].problem(say(
      {"found {0}; needed: {1}, the name of its folder", "发现 {0}；需要：{1}，即所在文件夹的名字"},
      {format::quote(root["id"].text()), format::quote(folder)}));
}

// A beat is one prediction.
void check_beats(const Reader& beats, const Folder& folder) {
  for (const Reader& id : beats.items()) {
    const auto beat = folder.beats.find(id.text());
    if (beat == folder.beats.end()) continue;
    const auto count = beat->second->json().at("questions").size();
    if (count == 1) continue;
    id.problem(
        say({"a beat asks one question; this one has {0}", "一个环节只问一个问题；这里有 {0} 个"},
            {std::to_string(count)}));
  }
}

}  // namespace

std::vector<Term> read_terms(const format::Document& document) {
  Problems none;
  const format::Source source{&document, ""};
  const Reader root(document.value(), source, none);
  std::vector<Term> terms;
  for (const Reader& term : root["terms"].items()) {
    terms.push_back(
        {term["id"].text(), term["lesson"].integer<int>(), format::read_text(term["name"].json())});
  }
  return terms;
}

LessonFindings check_lesson(const Folder& folder, const std::vector<Term>& terms) {
  LessonFindings found;
  const format::Source source{folder.lesson, ""};
  const Reader root(folder.lesson->value(), source, found.lesson.errors);
  const Reader to_warn(folder.lesson->value(), source, found.lesson.warnings);

  check_id(root, folder.name);
  check_rests_on(root["rests_on"], folder);
  check_files(root["beats"], folder.beat_files, say({"beat", "环节"}), {"beats"});
  check_unlisted(root["beats"], folder.beat_files);
  check_beats(root["beats"], folder);
  warn_of_unlisted(to_warn["exercises"], folder.own_exercises);
  check_files(root["exercises"], folder.exercise_files, say({"exercise", "习题"}),
              folder.exercise_folders);
  check_mastery(root["mastery"], folder, root["exercises"]);
  check_terms(root, folder, terms);
  const auto number = root["number"].integer<int>();
  warn_of_early_terms(to_warn["beats"], folder.beats, terms, number);
  warn_of_early_terms(to_warn["exercises"], folder.exercises, terms, number);

  const Prose english = check_prose(folder, root, terms, Language::kEnglish, found.english);
  const Prose chinese = check_prose(folder, root, terms, Language::kChinese, found.chinese);
  check_figures_of_all(root, folder, early_names(root, english, chinese));
  check_labels(root, folder);
  check_placeholders(root, english, chinese, found.chinese);
  return found;
}

}  // namespace tcplab::lesson
