#include "exercise/check_answers.hpp"

#include <algorithm>
#include <set>
#include <string>

#include "exercise/answer_key.hpp"
#include "tcp/behaviour.hpp"

namespace tcplab::exercise {

namespace {

using format::Reader;
using format::say;

constexpr const char* kLanguages[] = {"en", "zh"};

// The whole numbers that stand by themselves in a text: not those of "3.10.7", "M20" or "2MSL".
std::vector<std::string> numbers_in(const std::string& text) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto is_part = [&](std::size_t i) {
    const char c = i < text.size() ? text[i] : ' ';
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  };
  std::vector<std::string> numbers;
  for (std::size_t i = 0; i < text.size();) {
    if (!is_digit(text[i])) {
      ++i;
      continue;
    }
    const std::size_t begin = i;
    while (i < text.size() && is_digit(text[i])) ++i;
    const bool joined_before = begin > 0 && (is_part(begin - 1) || text[begin - 1] == '.');
    const bool joined_behind =
        is_part(i) || (i + 1 < text.size() && text[i] == '.' && is_digit(text[i + 1]));
    if (!joined_before && !joined_behind) numbers.push_back(text.substr(begin, i - begin));
  }
  return numbers;
}

// A number below this is in every text.
constexpr std::uint64_t kTelling = 10;

// The numbers that are answers, and are told neither by the task nor by the questions.
std::set<std::string> secret_numbers(const Reader& root, Bench& bench) {
  std::set<std::string> secrets;
  for (const Reader& question : root["questions"].items()) {
    if (question["kind"].text() != "segment") continue;
    const Json right = right_answer(question.json(), bench);
    if (!right.is_object()) continue;
    for (const auto& [field, value] : right.get_ref<const Json::object_t&>()) {
      if (value.is_number() && value >= kTelling) secrets.insert(format::dump(value));
    }
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

void refuse_secret(const Reader& text, const std::string& written,
                   const std::set<std::string>& secrets, const format::Text& what) {
  for (const auto& number : numbers_in(written)) {
    if (secrets.count(number) == 0) continue;
    return text.problem(say({"{0} holds an answer, {1}", "{0}里有一个答案：{1}"}, {what, number}));
  }
}

// The hints of the exercise, of its questions and of their parts, in a language.
std::vector<Reader> hints_in(const Reader& root, const char* language) {
  std::vector<Reader> hints = root["hints"][language].items();
  for (const char* inner : {"questions", "parts"}) {
    for (const Reader& question : root[inner].items()) {
      for (const Reader& hint : hints_in(question, language)) hints.push_back(hint);
    }
  }
  return hints;
}

void check_hints(const Reader& root, const std::set<std::string>& secrets) {
  for (const char* language : kLanguages) {
    for (const Reader& hint : hints_in(root, language)) {
      refuse_secret(hint, hint.text(), secrets, say({"the hint", "提示"}));
    }
  }
}

// The options are on show from the beginning. What they say with placeholders their author knows.
void check_option(const Reader& option, const Reader& written,
                  const std::set<std::string>& secrets) {
  for (const char* language : kLanguages) {
    refuse_secret(option["text"][language], written["text"][language].text(), secrets,
                  say({"the option", "选项"}));
  }
}

void check_hints_against(const Reader& root, const Reader& option) {
  constexpr std::size_t kSaysSomething = 8;  // "yes" is in many a hint
  for (const char* language : kLanguages) {
    const std::string text = option["text"][language].text();
    if (format::characters(text) < kSaysSomething) continue;
    for (const Reader& hint : hints_in(root, language)) {
      if (hint.text().find(text) == std::string::npos) continue;
      hint.problem(say({"the hint holds the right option {0}", "提示里有正确选项 {0}"},
                       {format::quote(text)}));
    }
  }
}

void check_slot(const Reader& slot, const Reader& root, Bench& bench, const Reader& warn) {
  const auto options = slot["options"].items();
  std::vector<std::string> right;
  for (std::size_t i = 0; i < options.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      for (const char* language : kLanguages) {
        if (options[i]["text"][language].text() != options[j]["text"][language].text()) continue;
        options[i]["text"][language].problem(
            say({"the options {0} and {1} read the same", "选项 {0} 和 {1} 的文字相同"},
                {format::quote(options[j]["id"].text()), format::quote(options[i]["id"].text())}));
      }
    }
    if (!option_holds(options[i].json(), bench)) continue;
    right.push_back(options[i]["id"].text());
    check_hints_against(root, options[i]);
  }
  if (right.size() > 1) {
    warn["options"].problem(say({"{0} options are right: {1}", "有 {0} 个选项都对：{1}"},
                                {std::to_string(right.size()), format::list(right)}));
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

// Whether the mutant's world answers a question differently. Where it has no answer, a student who
// believes in it has none either.
bool differs(const Json& real, const Json& mutated) {
  if (mutated.is_null()) return false;
  if (!real.is_object() || !mutated.is_object()) return real != mutated;
  for (const auto& [key, value] : real.get_ref<const Json::object_t&>()) {
    const auto other = mutated.find(key);
    if (other != mutated.end() && differs(value, *other)) return true;
  }
  return false;
}

bool is_shown_by_mutant(const Instance& instance, const Json& real, std::string_view id) {
  for (const auto& mutant : tcp::mutants()) {
    if (mutant.misconception != id && mutant.also != id) continue;
    const auto key = answer_key(instance, mutant.id);
    if (key && differs(real, *key)) return true;
  }
  return false;
}

}  // namespace

void check_giveaways(const Reader& root, const Exercise& exercise, Bench& bench, Variant& variant) {
  const auto secrets = secret_numbers(root, bench);
  check_hints(root, secrets);
  const format::Source source = exercise.source();
  Problems ignored;
  const Reader written(exercise.json(), source, ignored);
  const Reader warn(root.json(), source, variant.warnings);
  const auto questions = root["questions"].items();
  for (std::size_t q = 0; q < questions.size(); ++q) {
    const auto parts = questions[q]["parts"].items();
    for (std::size_t p = 0; p < parts.size(); ++p) {
      const auto slots = parts[p]["slots"].items();
      const auto at = [&](const Reader& other) {
        return other["questions"].items()[q]["parts"].items()[p]["slots"].items();
      };
      const auto written_slots = at(written);
      const auto warned_slots = at(warn);
      for (std::size_t s = 0; s < slots.size(); ++s) {
        check_slot(slots[s], root, bench, warned_slots[s]);
        const auto options = slots[s]["options"].items();
        const auto written_options = written_slots[s]["options"].items();
        for (std::size_t o = 0; o < options.size(); ++o) {
          check_option(options[o], written_options[o], secrets);
        }
      }
    }
  }
}

std::vector<std::string> shown_by(const Instance& instance, Bench& bench) {
  const Json& e = instance.exercise;
  std::vector<std::string> shown;
  Json real;
  for (const Json& taught : e.at("teaches")) {
    const auto& id = taught.get_ref<const std::string&>();
    const auto& chaffs = e.at("chaffs");
    const bool by_chaff = std::any_of(chaffs.begin(), chaffs.end(), [&](const Json& chaff) {
      return chaff.at("diagnosed_as") == id;
    });
    if (!by_chaff && real.is_null()) {
      real = Json::object();
      for (const Json& question : e.at("questions")) {
        real[question.at("id").get_ref<const std::string&>()] = right_answer(question, bench);
      }
    }
    if (by_chaff || is_declared(e.at("questions"), id) || is_shown_by_mutant(instance, real, id)) {
      shown.push_back(id);
    }
  }
  return shown;
}

}  // namespace tcplab::exercise
