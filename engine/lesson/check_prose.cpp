#include "lesson/check_prose.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <sstream>
#include <utility>

#include "base/rule.hpp"
#include "exercise/language.hpp"
#include "format/substitute.hpp"
#include "lesson/figures.hpp"
#include "lesson/markdown.hpp"
#include "lesson/texts.hpp"
#include "lesson/words.hpp"

namespace tcplab::lesson {

using format::Json;
using format::Reader;
using format::say;
using format::Text;

namespace {

Text list_or_none(const Names& names) {
  if (names.empty()) return say({"none", "没有"});
  return say({"{0}", "有 {0}"}, {format::list(words(names))});
}

bool fit(const Prose& prose, const Reader& root) {
  return prose.sections.size() == root["beats"].items().size() + 1;
}

class ProseCheck {
 public:
  ProseCheck(const Folder& folder, const Reader& root, const std::vector<Term>& terms,
             Language language, Findings& findings)
      : folder_(folder), root_(root), terms_(terms), language_(language), findings_(findings) {
    prose_ = read_prose(language == Language::kEnglish ? folder.english : folder.chinese,
                        findings.errors);
  }

  void check() {
    if (!prose_.is_read) return;
    check_sections();
    check_links();
    if (!fits()) return;
    const auto beats = root_["beats"].items();
    for (std::size_t i = 0; i < beats.size(); ++i) check_beat(beats[i].text(), prose_.sections[i]);
    check_names(prose_.sections.back(), {});
    check_openings();
    warn_of_lookalikes();
    warn_of_terms();
    warn_of_names_without_card();
    warn_of_language();
  }

  bool fits() const { return fit(prose_, root_); }
  Prose take() { return std::move(prose_); }

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
    for (const Link& link : prose_.links) {
      if (link.kind == "term") check_term_link(link);
      if (link.kind == "rule") check_rule_link(link);
    }
  }

  void check_term_link(const Link& link) {
    const auto term = std::find_if(terms_.begin(), terms_.end(),
                                   [&](const Term& each) { return each.id == link.target; });
    const auto number = root_["number"].integer<int>();
    if (term == terms_.end()) {
      if (folder_.page_terms.count(link.target) == 0)
        error(link.line, no_card(link.target, terms_));
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

  // A section whose title differs from its beat's may belong to another beat.
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

  void check_openings() {
    for (const Section& section : prose_.sections) {
      const auto line = line_where(section, format::has_stray_opening);
      if (!line) continue;
      error(*line, say({"found \"${\" without a name and \"}\"; a number of the run is written "
                        "\"${name}\"",
                        "发现 \"${\"，后面缺少名字和 \"}\"；运行中的数字写作 \"${name}\""}));
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

  // Readers understand ordinary words without their cards, but not names in capitals.
  void warn_of_names_without_card() {
    const auto beats = root_["beats"].items();
    for (std::size_t i = 0; i < beats.size(); ++i) {
      const auto beat = folder_.beats.find(beats[i].text());
      if (beat == folder_.beats.end()) continue;
      const Section& section = prose_.sections[i];
      for (const Term* term : named_without_card(beat->second->json(), section)) {
        warning(section.line,
                say({"this step asks with {0}, whose card comes later; link it before \"---\", or "
                     "in an earlier step",
                     "这个环节的提问用到 {0}，而它的卡片后面才出现；请在 \"---\" "
                     "之前或更早的环节链接它"},
                    {term->name}));
      }
    }
  }

  // The terms of this lesson that the beat uses before a reader could have seen their cards.
  std::set<const Term*> named_without_card(const Json& beat, const Section& section) const {
    Names met;
    for (const Link& link : prose_.links) {
      if (link.kind == "term" && link.line < section.after_line) met.insert(link.target);
    }
    std::set<const Term*> named;
    each_text(beat, [&](const std::string& text, Language language) {
      if (language != language_) return;
      for (const Term& term : terms_) {
        const std::string& name = language == Language::kEnglish ? term.name.en : term.name.zh;
        if (term.lesson == root_["number"].integer<int>() && is_in_capitals(name) &&
            met.count(term.id) == 0 && has_term(text, name, language)) {
          named.insert(&term);
        }
      }
    });
    return named;
  }

  // Warns about paragraphs in the other language.
  void warn_of_language() {
    const Names terms = names_in_beats();
    warn_of_language(terms, 1, prose_.title + "\n\n" + prose_.promise + "\n\n" + prose_.question);
    for (const Section& section : prose_.sections) {
      warn_of_language(terms, section.line, section.title);
      warn_of_language(terms, section.before_line, section.before);
      warn_of_language(terms, section.after_line, section.after);
    }
  }

  void warn_of_language(const Names& terms, int first, const std::string& text) {
    std::istringstream lines(text);
    std::string paragraph;
    int begin = first;
    int number = first;
    for (std::string line; std::getline(lines, line); ++number) {
      if (line.find_first_not_of(" \t\r") != std::string::npos) {
        if (paragraph.empty()) begin = number;
        paragraph += without_code(line) + "\n";
        continue;
      }
      warn_of_paragraph(terms, begin, std::exchange(paragraph, {}));
    }
    warn_of_paragraph(terms, begin, paragraph);
  }

  void warn_of_paragraph(const Names& terms, int line, const std::string& paragraph) {
    const auto text = visible(paragraph);
    const bool is_english = language_ == Language::kEnglish;
    const auto strange =
        is_english ? exercise::chinese_in(text) : exercise::english_in(text, terms);
    if (strange.empty()) return;
    warning(
        line,
        is_english
            ? say({"found Chinese where English should stand: {0}", "应为英文的地方是中文：{0}"},
                  {format::quote(strange)})
            : say({"found English where Chinese should stand: {0}", "应为中文的地方是英文：{0}"},
                  {format::quote(strange)}));
  }

  // Names that the beats use count as neither language.
  Names names_in_beats() const {
    Names names;
    for (const auto& [id, beat] : folder_.beats) names.merge(exercise::terms_of(beat->json()));
    return names;
  }

  // The first line that has the term; one that stands in two lines is told at the title.
  // The first line of the section's texts of which this holds.
  template <typename Holds>
  static std::optional<int> line_where(const Section& section, Holds holds) {
    for (const auto& [first, text] : {std::pair(section.before_line, section.before),
                                      std::pair(section.after_line, section.after)}) {
      std::istringstream lines(text);
      int number = first;
      for (std::string line; std::getline(lines, line); ++number) {
        if (holds(line)) return number;
      }
    }
    return std::nullopt;
  }

  int line_of(const Term& term, const Section& section) const {
    const auto& name = language_ == Language::kEnglish ? term.name.en : term.name.zh;
    const auto line = line_where(
        section, [&](const std::string& each) { return has_term(visible(each), name, language_); });
    return line.value_or(section.line);
  }

  const Folder& folder_;
  const Reader& root_;
  const std::vector<Term>& terms_;
  Language language_;
  Findings& findings_;
  Prose prose_;
};

}  // namespace

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

Text no_card(const std::string& id, const std::vector<Term>& terms) {
  std::vector<std::string> ids;
  ids.reserve(terms.size());
  for (const Term& term : terms) ids.push_back(term.id);
  return say({"terms.json has no term {0}{1}", "terms.json 里没有术语 {0}{1}"},
             {format::quote(id), format::suggestion(id, ids)});
}

Prose check_prose(const Folder& folder, const Reader& root, const std::vector<Term>& terms,
                  Language language, Findings& findings) {
  ProseCheck prose(folder, root, terms, language, findings);
  prose.check();
  return prose.take();
}

void check_placeholders(const Reader& root, const Prose& english, const Prose& chinese,
                        Findings& of_chinese) {
  if (!fit(english, root) || !fit(chinese, root)) return;
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

}  // namespace tcplab::lesson
