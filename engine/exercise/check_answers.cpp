#include "exercise/check_answers.hpp"

#include <algorithm>
#include <set>
#include <string>

#include "exercise/answer_key.hpp"
#include "exercise/kinds/kind.hpp"
#include "exercise/numbers.hpp"
#include "exercise/told_answers.hpp"

namespace tcplab::exercise {

using format::Reader;
using format::say;

void refuse_secret(const Reader& text, const std::string& written,
                   const std::set<std::string>& secrets, const format::Text& what) {
  for (const auto& number : numbers_in(written)) {
    if (secrets.count(number) == 0) continue;
    return text.problem(say({"{0} holds an answer, {1}", "{0}里有一个答案：{1}"}, {what, number}));
  }
}

std::vector<Reader> hints_in(const Reader& root, const char* language) {
  std::vector<Reader> hints = root["hints"][language].items();
  for (const char* inner : {"questions", "parts"}) {
    for (const Reader& question : root[inner].items()) {
      for (const Reader& hint : hints_in(question, language)) hints.push_back(hint);
    }
  }
  return hints;
}

namespace {

using Told = std::set<std::string>;  // pointers of texts

// Reports a text at most once, even if it answers several questions.
void refuse_told(const Reader& text, const format::Text& what, const Reader& question,
                 const Json& right, Told& told) {
  const auto named = kind_of(question.json()).gives_away(text.text(), right);
  if (named.empty() || !told.insert(text.pointer()).second) return;
  text.problem(
      say({"{0} names the {1} that are the answer to {2}", "{0}里写出了问题 {2} 的答案（{1}）"},
          {what, named, format::quote(question["id"].text())}));
}

// A hint that tells the answer is an error. In a task or a question it is only a warning, because
// they may have to name the same states.
void check_words_of(const Reader& question, const Reader& root, const Reader& warned_question,
                    const Reader& warned_root, Bench& bench, Told& told) {
  if (!kind_of(question.json()).gives_away) return;
  const Json right = right_answer(question.json(), bench);
  if (right.is_null()) return;
  const auto refuse = [&](const Reader& text, const format::Text& what) {
    refuse_told(text, what, question, right, told);
  };
  for (const char* language : kLanguages) {
    auto hints = root["hints"][language].items();
    for (const Reader& hint : question["hints"][language].items()) hints.push_back(hint);
    for (const Reader& hint : hints) refuse(hint, say({"the hint", "提示"}));
    refuse(warned_root["text"][language]["task"], say({"the task", "任务"}));
    refuse(warned_question["text"][language], say({"the question", "问题"}));
  }
}

void check_hints(const Reader& root, const std::set<std::string>& secrets) {
  for (const char* language : kLanguages) {
    for (const Reader& hint : hints_in(root, language)) {
      refuse_secret(hint, hint.text(), secrets, say({"the hint", "提示"}));
    }
  }
}

void check_own_texts(const Authored& authored, Bench& bench) {
  const auto& kind = kind_of(authored.question.json());
  if (kind.check_texts) kind.check_texts(authored, bench);
  const auto parts = authored.question["parts"].items();
  for (std::size_t p = 0; p < parts.size(); ++p) {
    const auto same = [p](const Reader& question) { return question["parts"].items()[p]; };
    check_own_texts(
        {parts[p], same(authored.written), same(authored.warned), authored.root, authored.secrets},
        bench);
  }
}

}  // namespace

void check_giveaways(const Reader& root, const Exercise& exercise, Bench& bench, Variant& variant) {
  const auto secrets = secret_numbers(root, bench);
  check_hints(root, secrets);
  const format::Source source = exercise.source();
  Problems ignored;
  const Reader written(exercise.json(), source, ignored);
  const Reader warn(root.json(), source, variant.warnings);
  warn_of_told_answers(warn, bench);
  const auto questions = root["questions"].items();
  const auto warned_questions = warn["questions"].items();
  Told told;
  for (std::size_t q = 0; q < questions.size(); ++q) {
    check_words_of(questions[q], root, warned_questions[q], warn, bench, told);
    check_own_texts(
        {questions[q], written["questions"].items()[q], warned_questions[q], root, secrets}, bench);
  }
}

}  // namespace tcplab::exercise
