#include "exercise/told_answers.hpp"

#include <vector>

#include "exercise/answer_key.hpp"
#include "exercise/check_answers.hpp"
#include "exercise/kinds/kind.hpp"
#include "exercise/numbers.hpp"

namespace tcplab::exercise {

namespace {

using format::Reader;
using format::say;
using Numbers = std::set<std::string>;

// Smaller numbers are in almost every text.
constexpr std::uint64_t kTelling = 10;
// The last number before sequence numbers wrap around: a text may have to name it.
constexpr std::uint64_t kGreatest = 4294967295;

Numbers answers_to(const Reader& question, Bench& bench) {
  Numbers answers;
  if (!kind_of(question.json()).is_numbers) return answers;
  const Json right = right_answer(question.json(), bench);
  if (!right.is_object()) return answers;
  for (const auto& [field, value] : right.get_ref<const Json::object_t&>()) {
    if (value.is_number() && value >= kTelling && value != kGreatest) {
      answers.insert(format::dump(value));
    }
  }
  return answers;
}

void add_numbers(const Json& value, Numbers& numbers) {
  if (value.is_number_integer()) numbers.insert(format::dump(value));
  if (value.is_string()) {
    for (auto& number : numbers_in(value.get_ref<const std::string&>())) {
      numbers.insert(std::move(number));
    }
  }
  if (!value.is_structured()) return;
  for (const Json& inner : value) add_numbers(inner, numbers);
}

// Warns about a text at most once, even if it answers several questions.
void warn(const Reader& text, const format::Text& what, const Numbers& answers,
          std::set<std::string>& warned) {
  for (const auto& number : numbers_in(text.text())) {
    if (answers.count(number) == 0 || !warned.insert(text.pointer()).second) continue;
    text.problem(say({"{0} tells an answer, {1}", "{0}里写出了一个答案：{1}"}, {what, number}));
  }
}

}  // namespace

Numbers secret_numbers(const Reader& root, Bench& bench) {
  Numbers secrets;
  for (const Reader& question : root["questions"].items()) {
    secrets.merge(answers_to(question, bench));
  }
  const auto told = [&](const Reader& texts) {
    for (const auto& [language, text] : texts.members()) {
      const Reader said = text.has("task") ? text["task"] : text;
      for (const auto& number : numbers_in(said.text())) secrets.erase(number);
    }
  };
  told(root["text"]);
  for (const Reader& question : root["questions"].items()) told(question["text"]);
  return secrets;
}

void warn_of_told_answers(const Reader& root, Bench& bench) {
  Numbers given;
  add_numbers(root["scenario"].json(), given);
  std::set<std::string> warned;
  const auto questions = root["questions"].items();
  for (std::size_t q = 0; q < questions.size(); ++q) {
    Numbers answers = answers_to(questions[q], bench);
    for (const auto& number : given) answers.erase(number);
    if (answers.empty()) continue;
    for (const char* language : kLanguages) {
      warn(root["text"][language]["task"], say({"the task", "任务"}), answers, warned);
      for (std::size_t k = 0; k <= q; ++k) {
        warn(questions[k]["text"][language], say({"the question", "问题"}), answers, warned);
      }
    }
  }
}

}  // namespace tcplab::exercise
