#include "rubric/rubric.hpp"

#include <algorithm>
#include <utility>

#include "format/reader.hpp"

namespace tcplab::rubric {

namespace {

using namespace format::shapes;
using format::Reader;
using format::say;
using format::Shape;

// Too many words share a beginning that is shorter.
constexpr std::size_t kShortestBeginning = 3;
constexpr std::size_t kUsualReach = 20;

Shape bilingual() {
  return named("bilingual", object({"text in both languages", "双语文本"},
                                   {required("en", string(1, 2'000), "English"),
                                    required("zh", string(1, 2'000), "Simplified Chinese")}));
}

Shape rule() {
  const Shape set = identifier();
  return named(
      "rule",
      object(
          {"rule", "规则"},
          {required("words", array(alternatives({set, array(set, 2, 8)}), 1, 8),
                    "Sets of words, one for each place; of a list of sets, any"),
           optional("within", integer(1, 80),
                    "Words, or Chinese characters, from the first to the last", kUsualReach),
           optional("sentences", integer(1, 3), "Over so many sentences it may reach", 1),
           optional("order", enumeration({"given", "any"}), "Whether the order matters", "given"),
           optional("negation", enumeration({"flips", "belongs"}),
                    "Whether a \"not\" makes it the opposite, or belongs to what it says", "flips"),
           optional("one_clause", boolean(), "No comma may part its words", false),
           optional("excludes", array(set, 1, 8), "Sets of which its sentences hold none")}));
}

Shape idea() {
  return object(
      {"idea", "要点"},
      {required("id", identifier(), "Its name in labelled answers"),
       optional("wrong", boolean(), "Whether a text had better not have it", false),
       required("says", bilingual(), "The idea, as what a text says"),
       required("next", bilingual(), "What to think about: where it is missing, or said wrongly"),
       required("for", array(rule(), 1, 40), "It is found where one of these fits"),
       optional("against", array(rule(), 1, 40), "It is contradicted where one of these fits")});
}

Phrase phrase_of(std::string_view text) {
  Phrase phrase;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    std::string_view piece = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const bool is_beginning = !piece.empty() && piece.back() == '*';
    if (is_beginning) piece.remove_suffix(1);
    for (Token& token : tokens(piece)) phrase.words.push_back({std::move(token.text), false});
    if (is_beginning && !phrase.words.empty()) phrase.words.back().is_beginning = true;
  }
  return phrase;
}

class RubricDecoder {
 public:
  explicit RubricDecoder(const Reader& root) : root_(root) {}

  Rubric rubric() {
    Rubric rubric;
    rubric.exercise = root_["exercise"].text();
    rubric.part = root_["part"].text();
    for (const auto& [name, list] : root_["words"].members()) {
      names_.push_back(name);
      rubric.sets.push_back({name, phrases(list)});
    }
    rubric.negation = index_of("negation", root_["words"]);
    rubric.denial = index_of("denial", root_["words"]);
    rubric.neutral = index_of("neutral", root_["words"]);
    rubric.speech = index_of("speech", root_["words"]);
    for (const Reader& each : root_["ideas"].items()) rubric.ideas.push_back(idea(each, rubric));
    return rubric;
  }

 private:
  static std::vector<Phrase> phrases(const Reader& list) {
    std::vector<Phrase> phrases;
    for (const Reader& each : list.items()) {
      Phrase phrase = phrase_of(each.text());
      const bool is_short = !phrase.words.empty() && phrase.words.front().is_beginning &&
                            phrase.words.front().text.size() < kShortestBeginning;
      if (phrase.words.empty() || is_short) {
        each.problem(say({"found {0}; allowed: words, the first with at least 3 letters before a *",
                          "发现 {0}；允许：词语，第一个词在 * 之前至少有 3 个字母"},
                         {format::quote(each.text())}));
      }
      phrases.push_back(std::move(phrase));
    }
    return phrases;
  }

  Idea idea(const Reader& read, const Rubric& so_far) {
    Idea idea{read["id"].text(), read["wrong"].boolean(), {}, {}};
    for (const Idea& other : so_far.ideas) {
      if (other.id != idea.id) continue;
      read["id"].problem(
          say({"two ideas are called {0}", "有两个要点都叫 {0}"}, {format::quote(idea.id)}));
    }
    for (const Reader& each : read["for"].items()) idea.rules.push_back(rule(each));
    for (const Reader& each : read["against"].items()) idea.against.push_back(rule(each));
    return idea;
  }

  Rule rule(const Reader& read) {
    Rule rule{};
    for (const Reader& place : read["words"].items()) rule.places.push_back(sets(place));
    rule.within = read["within"].integer<std::size_t>(kUsualReach);
    rule.sentences = read["sentences"].integer<std::size_t>(1);
    rule.one_clause = read["one_clause"].boolean();
    rule.any_order = read["order"].text() == "any";
    rule.negation_flips = read["negation"].text() != "belongs";
    for (const Reader& each : read["excludes"].items()) rule.excluded.push_back(set(each));
    return rule;
  }

  std::vector<std::size_t> sets(const Reader& place) {
    if (place.json().is_string()) return {set(place)};
    std::vector<std::size_t> all;
    for (const Reader& each : place.items()) all.push_back(set(each));
    return all;
  }

  std::size_t set(const Reader& name) { return index_of(name.text(), name); }

  std::size_t index_of(const std::string& name, const Reader& where) {
    const auto found = std::find(names_.begin(), names_.end(), name);
    if (found != names_.end()) return static_cast<std::size_t>(found - names_.begin());
    where.problem(say(
        {"no set of words is called {0}{1}; there are: {2}", "没有叫 {0} 的词语集合{1}；已有：{2}"},
        {format::quote(name), format::suggestion(name, names_), format::list(names_)}));
    return 0;
  }

  const Reader& root_;
  std::vector<std::string> names_;
};

}  // namespace

const format::Shape& rubric_shape() {
  static const Shape shape = object(
      {"rubric", "评分规则"},
      {required("format", constant("tcplab-rubric/1"), "The format and its version"),
       optional("$schema", string(1, 1000), "The JSON Schema, for editors"),
       required("exercise", identifier(), "The exercise whose free text it reads"),
       required("part", string(1, 200), "The part that is the free text: \"question/part\""),
       required("words", map(identifier(), array(string(1, 60), 1, 200)),
                "Sets of words, both languages together: \"last ack\", \"retransmi*\". Four are "
                "always needed: negation, denial, neutral, speech"),
       required("ideas", array(idea(), 1, 40), "What a text may say")});
  return shape;
}

tl::expected<Rubric, format::Problems> parse_rubric(std::string_view text) {
  constexpr format::Limits kLimits{
      .bytes = 256 * 1024, .depth = 12, .values = 20'000, .members = 200, .key = 100};
  const auto document = format::parse(text, kLimits);
  if (!document) return tl::unexpected(document.error());
  format::Problems problems = format::check(rubric_shape(), *document);
  if (!problems.empty()) return tl::unexpected(std::move(problems));
  const Reader root(document->value(), format::Source{&*document, ""}, problems);
  Rubric rubric = RubricDecoder(root).rubric();
  if (!problems.empty()) return tl::unexpected(std::move(problems));
  return rubric;
}

}  // namespace tcplab::rubric
