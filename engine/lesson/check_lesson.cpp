#include "lesson/check_lesson.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <sstream>
#include <utility>

#include "base/rule.hpp"
#include "format/reader.hpp"
#include "format/substitute.hpp"
#include "lesson/figures.hpp"
#include "lesson/prose.hpp"
#include "lesson/words.hpp"

namespace tcplab::lesson {

using exercise::Exercise;
using format::Json;
using format::Problems;
using format::Reader;
using format::say;
using format::Text;
using Names = std::set<std::string>;

namespace {

std::vector<std::string> words(const Names& names) { return {names.begin(), names.end()}; }

Text list_or_none(const Names& names) {
  if (names.empty()) return say({"none", "没有"});
  return say({"{0}", "有 {0}"}, {format::list(words(names))});
}

// --- files ------------------------------------------------------------------------------------

// Paths are of use only as they stand.
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

void check_terms(const Reader& root, const std::vector<Term>& terms) {
  const auto number = root["number"].integer<int>();
  Names listed;
  std::vector<std::string> ids;
  for (const Term& term : terms) ids.push_back(term.id);
  for (const Reader& id : root["terms"].items()) {
    listed.insert(id.text());
    const auto term = std::find_if(terms.begin(), terms.end(),
                                   [&](const Term& each) { return each.id == id.text(); });
    if (term == terms.end()) {
      id.problem(say({"terms.json has no term {0}{1}", "terms.json 里没有术语 {0}{1}"},
                     {format::quote(id.text()), format::suggestion(id.text(), ids)}));
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

// The first term in the text that a later lesson teaches.
const Term* taught_later(std::string_view text, const std::vector<Term>& terms, int number,
                         Language language) {
  for (const Term& term : terms) {
    if (term.lesson <= number) continue;
    const std::string& name = language == Language::kEnglish ? term.name.en : term.name.zh;
    if (has_term(text, name, language)) return &term;
  }
  return nullptr;
}

Text used_early(const Term& term) {
  return say({"{0} is used here, and lesson {1} teaches it", "这里用到 {0}，而它由第 {1} 课讲授"},
             {term.name, std::to_string(term.lesson)});
}

using Visit = std::function<void(const std::string&, Language)>;

void each_string(const Json& texts, Language language, const Visit& visit) {
  if (texts.is_string()) visit(texts.get_ref<const std::string&>(), language);
  for (const Json& text : texts.is_structured() ? texts : Json::array()) {
    each_string(text, language, visit);
  }
}

// Each text of the exercise that a student reads.
void each_text(const Json& value, const Visit& visit) {
  if (!value.is_object()) {
    for (const Json& item : value.is_array() ? value : Json::array()) each_text(item, visit);
    return;
  }
  for (const auto& [key, member] : value.get_ref<const Json::object_t&>()) {
    if (key == "en" || key == "zh") {
      each_string(member, key == "en" ? Language::kEnglish : Language::kChinese, visit);
    } else if (key != "witness" && key != "chaffs" && key != "model") {
      each_text(member, visit);
    }
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

// --- prose ------------------------------------------------------------------------------------

class ProseCheck {
 public:
  ProseCheck(const Folder& folder, const Reader& root, const std::vector<Term>& terms,
             Language language, Findings& findings)
      : folder_(folder), root_(root), terms_(terms), language_(language), findings_(findings) {
    prose_ = read_prose(language == Language::kEnglish ? folder.english : folder.chinese,
                        findings.errors);
  }

  void check() {
    check_sections();
    check_links();
    if (!fits()) return;
    const auto beats = root_["beats"].items();
    for (std::size_t i = 0; i < beats.size(); ++i) check_beat(beats[i].text(), prose_.sections[i]);
    check_names(prose_.sections.back(), {});
    warn_of_lookalikes();
    warn_of_terms();
  }

  bool fits() const { return prose_.sections.size() == root_["beats"].items().size() + 1; }
  const Prose& prose() const { return prose_; }

 private:
  void error(int line, Text message) {
    findings_.errors.push_back({"", line, 1, std::move(message)});
  }
  void warning(int line, Text message) {
    findings_.warnings.push_back({"", line, 1, std::move(message)});
  }

  void check_sections() {
    const auto beats = root_["beats"].items().size();
    if (!fits()) {
      const int line = prose_.sections.empty() ? 1 : prose_.sections.back().line;
      error(line, say({"found {0} sections (\"## \"); needed: one for each of the {1} beats, and a "
                       "last one that says where it matters",
                       "有 {0} 节（\"## \"）；需要：{1} 个环节各一节，最后再有一节讲用在哪里"},
                      {std::to_string(prose_.sections.size()), std::to_string(beats)}));
      return;
    }
    for (const Section& section : prose_.sections) {
      const bool is_last = &section == &prose_.sections.back();
      if (section.is_divided == !is_last) continue;
      error(section.line,
            is_last ? say({"the last section is read whole; it has no \"---\"",
                           "最后一节是一次读完的，没有 \"---\""})
                    : say({"this section lacks the \"---\" between what is read before the "
                           "prediction and what is read after it",
                           "这一节缺少 \"---\"：它把预测之前和之后读的内容分开"}));
    }
  }

  void check_links() {
    std::vector<std::string> ids;
    for (const Term& term : terms_) ids.push_back(term.id);
    for (const Link& link : prose_.links) {
      if (link.kind == "term") check_term_link(link, ids);
      if (link.kind == "rule") check_rule_link(link);
    }
  }

  void check_term_link(const Link& link, const std::vector<std::string>& ids) {
    const auto term = std::find_if(terms_.begin(), terms_.end(),
                                   [&](const Term& each) { return each.id == link.target; });
    const auto number = root_["number"].integer<int>();
    if (term == terms_.end()) {
      error(link.line, say({"terms.json has no term {0}{1}", "terms.json 里没有术语 {0}{1}"},
                           {format::quote(link.target), format::suggestion(link.target, ids)}));
    } else if (term->lesson > number) {
      error(link.line, used_early(*term));
    }
  }

  void check_rule_link(const Link& link) {
    const std::vector<std::string> ids(std::begin(kRuleIds), std::end(kRuleIds));
    if (std::find(ids.begin(), ids.end(), link.target) != ids.end()) return;
    error(link.line, say({"no rule is called {0}{1}", "没有叫 {0} 的规则{1}"},
                         {format::quote(link.target), format::suggestion(link.target, ids)}));
  }

  void check_beat(const std::string& id, const Section& section) {
    const auto beat = folder_.beats.find(id);
    if (beat == folder_.beats.end()) return;
    check_names(section, names_for_prose(*beat->second, root_["figures"][id].json()));
    check_title(section, id, beat->second->json().at("text"));
    const auto length = length_of(visible(section.before), language_) +
                        length_of(visible(section.after), language_);
    const bool is_english = language_ == Language::kEnglish;
    const auto most = is_english ? most_words : most_characters;
    if (length <= most) return;
    warning(
        section.line,
        is_english
            ? say({"this beat has {0} words; allowed: {1}", "这一节有 {0} 个词；允许：{1}"},
                  {std::to_string(length), std::to_string(most)})
            : say({"this beat has {0} characters; allowed: {1}", "这一节有 {0} 个字；允许：{1}"},
                  {std::to_string(length), std::to_string(most)}));
  }

  // A section that is called otherwise than its beat may be another's.
  void check_title(const Section& section, const std::string& id, const Json& text) {
    const char* language = language_ == Language::kEnglish ? "en" : "zh";
    const auto& wanted = text.at(language).at("title").get_ref<const std::string&>();
    if (format::has_placeholder(wanted) || visible(section.title) == wanted) return;
    error(section.line,
          say({"found the title {0}; the beat {1}, which stands here, is called {2}",
               "发现标题 {0}；这里的环节是 {1}，标题是 {2}"},
              {format::quote(section.title), format::quote(id), format::quote(wanted)}));
  }

  void check_names(const Section& section, const Names& known) {
    for (const std::string& name :
         format::placeholder_names(section.before + "\n" + section.after)) {
      if (known.count(name) != 0) continue;
      const int line = line_in(section, "${" + name + "}");
      error(line, known.empty()
                      ? say({"{0} stands for nothing here", "{0} 在这里没有所指"},
                            {format::quote("${" + name + "}")})
                      : say({"{0} stands for nothing here{1}; allowed: {2}",
                             "{0} 在这里没有所指{1}；允许：{2}"},
                            {format::quote("${" + name + "}"),
                             format::suggestion(name, words(known)), format::list(words(known))}));
    }
  }

  void warn_of_lookalikes() {
    for (const Section& section : prose_.sections) {
      const std::string text = section.before + "\n" + section.after;
      for (const char* mark : {"$(", "{{", "$["}) {
        if (text.find(mark) == std::string::npos) continue;
        warning(line_in(section, mark),
                say({"{0} stays as it is; a number of the run is written \"${name}\"",
                     "{0} 会原样保留；运行中的数字写作 \"${name}\""},
                    {format::quote(mark)}));
      }
    }
  }

  void warn_of_terms() {
    const auto number = root_["number"].integer<int>();
    for (const Section& section : prose_.sections) {
      const auto text = visible(section.title + "\n" + section.before + "\n" + section.after);
      if (const Term* term = taught_later(text, terms_, number, language_)) {
        warning(line_of(*term, section), used_early(*term));
      }
    }
  }

  // The first line that has the term; one that stands in two lines is told at the title.
  int line_of(const Term& term, const Section& section) const {
    const bool is_english = language_ == Language::kEnglish;
    for (const auto& [first, text] : {std::pair(section.before_line, section.before),
                                      std::pair(section.after_line, section.after)}) {
      std::istringstream lines(text);
      int number = first;
      for (std::string line; std::getline(lines, line); ++number) {
        if (has_term(visible(line), is_english ? term.name.en : term.name.zh, language_)) {
          return number;
        }
      }
    }
    return section.line;
  }

  const Folder& folder_;
  const Reader& root_;
  const std::vector<Term>& terms_;
  Language language_;
  Findings& findings_;
  Prose prose_;
};

// Both languages say the same numbers, and no figure is there for nothing.
void check_placeholders(const Reader& root, const Prose& english, const Prose& chinese,
                        Findings& of_chinese) {
  const auto names = [](const Section& section) {
    const auto all = format::placeholder_names(section.before + "\n" + section.after);
    return Names(all.begin(), all.end());
  };
  const auto beats = root["beats"].items();
  for (std::size_t i = 0; i < beats.size(); ++i) {
    const Names en = names(english.sections[i]);
    const Names zh = names(chinese.sections[i]);
    if (en != zh) {
      const auto strange =
          std::find_if(zh.begin(), zh.end(), [&](const auto& name) { return en.count(name) == 0; });
      const Section& section = chinese.sections[i];
      const int line = strange == zh.end() ? section.line : line_in(section, "${" + *strange + "}");
      of_chinese.errors.push_back(
          {"", line, 1,
           say({"the languages differ in their placeholders: \"en\" has {0}, \"zh\" has {1}",
                "两种语言的占位符不同：\"en\" {0}，\"zh\" {1}"},
               {list_or_none(en), list_or_none(zh)})});
    }
    for (const auto& [name, figure] : root["figures"][beats[i].text()].members()) {
      if (en.count(name) != 0) continue;
      figure.key_problem(
          say({"nothing uses the figure {0}", "没有用到数字 {0}"}, {format::quote(name)}));
    }
  }
}

// What prose uses before the answer to each beat.
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

// Says so at `member`, which stands under the id of a beat, if no beat has it.
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
  check_files(root["exercises"], folder.exercise_files, say({"exercise", "习题"}),
              folder.exercise_folders);
  check_mastery(root["mastery"], folder, root["exercises"]);
  check_terms(root, terms);
  const auto number = root["number"].integer<int>();
  warn_of_early_terms(to_warn["beats"], folder.beats, terms, number);
  warn_of_early_terms(to_warn["exercises"], folder.exercises, terms, number);

  ProseCheck english(folder, root, terms, Language::kEnglish, found.english);
  ProseCheck chinese(folder, root, terms, Language::kChinese, found.chinese);
  english.check();
  chinese.check();
  check_figures_of_all(root, folder, early_names(root, english.prose(), chinese.prose()));
  check_labels(root, folder);
  if (english.fits() && chinese.fits()) {
    check_placeholders(root, english.prose(), chinese.prose(), found.chinese);
  }
  return found;
}

}  // namespace tcplab::lesson
