#include "exercise/check_answers.hpp"

#include <algorithm>
#include <set>
#include <string>

#include "exercise/about.hpp"
#include "exercise/answer_key.hpp"
#include "exercise/kinds/kind.hpp"
#include "exercise/numbers.hpp"
#include "exercise/told_answers.hpp"
#include "tcp/behaviour.hpp"

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

// One text is told of once, whichever questions it answers.
void refuse_told(const Reader& text, const format::Text& what, const Reader& question,
                 const Json& right, Told& told) {
  const auto named = kind_of(question.json()).gives_away(text.text(), right);
  if (named.empty() || !told.insert(text.pointer()).second) return;
  text.problem(
      say({"{0} names the {1} that are the answer to {2}", "{0}里写出了问题 {2} 的答案（{1}）"},
          {what, named, format::quote(question["id"].text())}));
}

// What a hint tells is refused; a task or a question may have to name the same states.
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

bool is_declared(const Json& value, std::string_view id) {
  if (value.is_object()) {
    const auto shows = value.find("shows");
    if (shows != value.end() && *shows == id) return true;
  }
  if (!value.is_structured()) return false;
  return std::any_of(value.begin(), value.end(),
                     [&](const Json& inner) { return is_declared(inner, id); });
}

// Whether the mutant's world has another value. Where it has none, a student who believes in it has
// none either.
bool differs(const Json& real, const Json& mutated) {
  if (mutated.is_null()) return false;
  if (!real.is_object() || !mutated.is_object()) return real != mutated;
  for (const auto& [key, value] : real.get_ref<const Json::object_t&>()) {
    const auto other = mutated.find(key);
    if (other != mutated.end() && differs(value, *other)) return true;
  }
  return false;
}

// Whether a student who believes in the mutant's world could be told by the answer: it differs in
// something that the misconception bears on, as a diagnosis asks. Not by events: that they
// have other numbers there is no student's belief, and none is diagnosed by it.
bool shows_in(const Json& question, const Json& real, const Json& mutated, std::string_view id) {
  if (kind_of(question).lists_events) return false;
  if (!question.contains("parts")) {
    const auto shows = [&](const std::string& field, const Json& right, const Json& value) {
      return differs(right, value) && bearing(id, question, field, value, right) != Bearing::kNone;
    };
    if (!real.is_object()) return shows("", real, mutated);
    // In a world without what is asked about, nothing is answered.
    if (!mutated.is_object()) return false;
    const auto& fields = real.get_ref<const Json::object_t&>();
    return std::any_of(fields.begin(), fields.end(), [&](const auto& field) {
      return shows(field.first, field.second, mutated.value(field.first, Json()));
    });
  }
  const auto& parts = question.at("parts");
  return std::any_of(parts.begin(), parts.end(), [&](const Json& part) {
    const auto& name = part.at("id").get_ref<const std::string&>();
    return shows_in(part, real.at(name), mutated.at(name), id);
  });
}

bool is_shown_by_mutant(const Instance& instance, const Json& real, std::string_view id) {
  const auto is_shown = [&](const Json& key) {
    const Json& questions = instance.exercise.at("questions");
    return std::any_of(questions.begin(), questions.end(), [&](const Json& question) {
      const auto& name = question.at("id").get_ref<const std::string&>();
      return shows_in(question, real.at(name), key.at(name), id);
    });
  };
  for (const auto& mutant : tcp::mutants()) {
    if (mutant.misconception != id && mutant.also != id) continue;
    const auto key = answer_key(instance, mutant.id);
    if (key && is_shown(*key)) return true;
  }
  return false;
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

std::vector<std::string> shown_by(const Instance& instance, const Json& right_answers) {
  const Json& e = instance.exercise;
  std::vector<std::string> shown;
  for (const Json& taught : e.at("teaches")) {
    const auto& id = taught.get_ref<const std::string&>();
    const auto& chaffs = e.at("chaffs");
    const bool by_chaff = std::any_of(chaffs.begin(), chaffs.end(), [&](const Json& chaff) {
      return chaff.at("diagnosed_as") == id;
    });
    if (by_chaff || is_declared(e.at("questions"), id) ||
        is_shown_by_mutant(instance, right_answers, id)) {
      shown.push_back(id);
    }
  }
  return shown;
}

}  // namespace tcplab::exercise
