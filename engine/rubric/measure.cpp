#include "rubric/measure.hpp"

#include <algorithm>
#include <utility>

#include "format/reader.hpp"

namespace tcplab::rubric {

namespace {

using namespace format::shapes;
using format::Reader;
using format::say;

format::Shape answer() {
  return object(
      {"answer", "答案"},
      {required("id", identifier(), "Its name"),
       required("language", enumeration({"en", "zh"}), "Of most of its text"),
       required("part", enumeration({"tuned", "held_out"}),
                "Whether the rules were written with it in sight"),
       required("kind", enumeration({"right", "wrong", "adversarial", "metamorphic"}),
                "What it tries"),
       required("text", string(1, kLongestText), "The answer"),
       required("found", array(identifier(), 0, 40), "Ideas that it has, right and wrong ones"),
       optional("contradicted", array(identifier(), 0, 40), "Ideas whose opposite it says"),
       optional("same_as", identifier(), "The answer that says the same")});
}

class AnswersDecoder {
 public:
  AnswersDecoder(const Rubric& rubric, const Reader& root) : rubric_(rubric), root_(root) {
    for (const Idea& idea : rubric.ideas) ids_.push_back(idea.id);
  }

  std::vector<Labelled> answers() {
    if (root_["rubric"].text() != rubric_.exercise) {
      root_["rubric"].problem(say(
          {"found {0}; allowed: the rubric's exercise, {1}", "发现 {0}；允许：规则所属的练习 {1}"},
          {format::quote(root_["rubric"].text()), format::quote(rubric_.exercise)}));
    }
    std::vector<Labelled> all;
    for (const Reader& each : root_["answers"].items()) all.push_back(answer(each, all));
    return all;
  }

 private:
  Labelled answer(const Reader& read, const std::vector<Labelled>& before) {
    Labelled answer{read["id"].text(),     read["language"].text(), read["part"].text(),
                    read["kind"].text(),   read["text"].text(),     {},
                    read["same_as"].text()};
    const auto is_there = [&](const std::string& id) {
      return std::any_of(before.begin(), before.end(),
                         [&](const Labelled& each) { return each.id == id; });
    };
    if (is_there(answer.id)) {
      read["id"].problem(
          say({"two answers are called {0}", "有两个答案都叫 {0}"}, {format::quote(answer.id)}));
    }
    if (!answer.same_as.empty() && !is_there(answer.same_as)) {
      read["same_as"].problem(say({"no answer before it is called {0}", "前面没有叫 {0} 的答案"},
                                  {format::quote(answer.same_as)}));
    }
    answer.outcomes.resize(ids_.size(), Outcome::kNotFound);
    label(read["found"], Outcome::kFound, answer);
    label(read["contradicted"], Outcome::kContradicted, answer);
    return answer;
  }

  void label(const Reader& list, Outcome outcome, Labelled& answer) {
    for (const Reader& each : list.items()) {
      const auto at = std::find(ids_.begin(), ids_.end(), each.text());
      if (at == ids_.end()) {
        each.problem(
            say({"no idea is called {0}{1}; there are: {2}", "没有叫 {0} 的要点{1}；已有：{2}"},
                {format::quote(each.text()), format::suggestion(each.text(), ids_),
                 format::list(ids_)}));
        continue;
      }
      answer.outcomes[static_cast<std::size_t>(at - ids_.begin())] = outcome;
    }
  }

  const Rubric& rubric_;
  const Reader& root_;
  std::vector<std::string> ids_;
};

std::vector<Outcome> told(const Rubric& rubric, const std::string& text) {
  std::vector<Outcome> outcomes;
  const auto findings = match(rubric, text);  // its length was checked
  for (const Finding& each : *findings) outcomes.push_back(each.outcome);
  return outcomes;
}

constexpr std::size_t index(Outcome outcome) { return static_cast<std::size_t>(outcome); }

double ratio(std::size_t part, std::size_t whole) {
  return whole == 0 ? -1 : static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

const format::Shape& labelled_shape() {
  static const format::Shape shape =
      object({"labelled answers", "标注的答案"},
             {required("format", constant("tcplab-labelled/1"), "The format and its version"),
              optional("$schema", string(1, 1000), "The JSON Schema, for editors"),
              required("rubric", identifier(), "The exercise of the rubric"),
              required("answers", array(answer(), 1, 5'000), "The answers")});
  return shape;
}

tl::expected<std::vector<Labelled>, format::Problems> parse_labelled(const Rubric& rubric,
                                                                     std::string_view text) {
  const auto document = format::parse(text);
  if (!document) return tl::unexpected(document.error());
  format::Problems problems = format::check(labelled_shape(), *document);
  if (!problems.empty()) return tl::unexpected(std::move(problems));
  const Reader root(document->value(), format::Source{&*document, ""}, problems);
  auto answers = AnswersDecoder(rubric, root).answers();
  if (!problems.empty()) return tl::unexpected(std::move(problems));
  return answers;
}

void Counts::add(Outcome labelled, Outcome told) { ++of[index(labelled)][index(told)]; }

Counts& Counts::operator+=(const Counts& other) {
  for (std::size_t row = 0; row < 3; ++row) {
    for (std::size_t column = 0; column < 3; ++column) of[row][column] += other.of[row][column];
  }
  return *this;
}

std::size_t Counts::all() const {
  std::size_t sum = 0;
  for (const auto& row : of) {
    for (const std::size_t each : row) sum += each;
  }
  return sum;
}

double Counts::precision() const {
  return ratio(of[1][1] + of[2][2],
               of[0][1] + of[1][1] + of[2][1] + of[0][2] + of[1][2] + of[2][2]);
}

double Counts::recall() const {
  return ratio(of[1][1] + of[2][2],
               of[1][0] + of[1][1] + of[1][2] + of[2][0] + of[2][1] + of[2][2]);
}

double Counts::kappa() const {
  const auto n = static_cast<double>(all());
  if (n == 0) return -1;
  double same = 0;
  double by_chance = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    const auto row = static_cast<double>(of[i][0] + of[i][1] + of[i][2]);
    const auto column = static_cast<double>(of[0][i] + of[1][i] + of[2][i]);
    same += static_cast<double>(of[i][i]) / n;
    by_chance += row * column / (n * n);
  }
  return by_chance >= 1 ? 1 : (same - by_chance) / (1 - by_chance);
}

Measured measure(const Rubric& rubric, const std::vector<Labelled>& answers, std::string_view part,
                 std::string_view language, std::string_view kind) {
  Measured measured;
  measured.ideas.resize(rubric.ideas.size());
  const auto is_asked = [](std::string_view asked, std::string_view here) {
    return asked.empty() || asked == here;
  };
  for (const Labelled& answer : answers) {
    if (!is_asked(part, answer.part) || !is_asked(language, answer.language) ||
        !is_asked(kind, answer.kind)) {
      continue;
    }
    const auto outcomes = told(rubric, answer.text);
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
      measured.ideas[i].add(answer.outcomes[i], outcomes[i]);
      if (outcomes[i] == answer.outcomes[i]) continue;
      measured.misses.push_back({answer.id, rubric.ideas[i].id, answer.outcomes[i], outcomes[i]});
    }
    ++measured.answers;
    measured.whole += outcomes == answer.outcomes ? 1 : 0;
    if (answer.same_as.empty()) continue;
    const auto other = std::find_if(answers.begin(), answers.end(), [&](const Labelled& each) {
      return each.id == answer.same_as;
    });
    ++measured.pairs;
    measured.alike += told(rubric, other->text) == outcomes ? 1 : 0;
  }
  for (const Counts& each : measured.ideas) measured.all += each;
  return measured;
}

}  // namespace tcplab::rubric
