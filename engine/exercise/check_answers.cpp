#include "exercise/check_answers.hpp"

#include <algorithm>
#include <set>
#include <string>

#include "exercise/about.hpp"
#include "exercise/answer_key.hpp"
#include "exercise/formula.hpp"
#include "exercise/plain_text.hpp"
#include "tcp/behaviour.hpp"
#include "tcp/state.hpp"
#include "wire/segment.hpp"

namespace tcplab::exercise {

namespace {

using format::Reader;
using format::say;

constexpr const char* kLanguages[] = {"en", "zh"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Numbers that stand by themselves in a text, written "1001", "1,001", "1 001" or "1000 + 1": not
// those of "3.10.7", "M20" or "2MSL".
class Numbers {
 public:
  explicit Numbers(std::string_view text) : text_(plain(text)) {
    for (std::size_t at = 0; at < text_.size();) {
      const std::size_t end = end_of_digits(at);
      if (end > at && stands_alone(at, end)) add_from(at, end);
      at = std::max(end, at + 1);
    }
  }

  std::vector<std::string> take() { return std::move(found_); }

 private:
  char at(std::size_t i) const { return i < text_.size() ? text_[i] : ' '; }
  bool is_part(std::size_t i) const {
    const char c = at(i);
    return is_digit(c) || (c >= 'A' && c <= 'Z') || c == '_';
  }
  std::size_t end_of_digits(std::size_t i) const {
    while (is_digit(at(i))) ++i;
    return i;
  }
  bool stands_alone(std::size_t begin, std::size_t end) const {
    const bool joined_before = begin > 0 && (is_part(begin - 1) || text_[begin - 1] == '.');
    const bool joined_behind =
        (is_part(end) && at(end) != '_') || (at(end) == '.' && is_digit(at(end + 1)));
    return !joined_before && !joined_behind;
  }

  // The number, with the groups of three digits that go on behind it, and the sum that it begins.
  void add_from(std::size_t begin, std::size_t end) {
    found_.push_back(text_.substr(begin, end - begin));
    std::string grouped = found_.back();
    for (std::size_t i = end; std::string_view(" ,_'").find(at(i)) != std::string_view::npos;) {
      const std::size_t last = end_of_digits(i + 1);
      if (last != i + 4) break;
      grouped += text_.substr(i + 1, 3);
      i = last;
    }
    if (grouped != found_.back()) found_.push_back(std::move(grouped));
    const std::size_t formula =
        std::min(text_.find_first_not_of("0123456789 +-*", begin), text_.size());
    std::string sum = text_.substr(begin, formula - begin);
    sum.erase(sum.find_last_of("0123456789") + 1);
    if (const auto value = evaluate_numbers(sum)) found_.push_back(format::dump(*value));
  }

  std::string text_;
  std::vector<std::string> found_;
};

std::vector<std::string> numbers_in(std::string_view text) { return Numbers(text).take(); }

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

bool is_of_name(char c) {
  return is_digit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
}

// What stands in a text between all that can be in no name.
std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  bool goes_on = false;
  for (const char c : text) {
    if (is_of_name(c) && !goes_on) words.emplace_back();
    goes_on = is_of_name(c);
    if (goes_on) words.back() += c;
  }
  return words;
}

// Whether a hint names the states that are the answer, and no other state. A single state is an
// answer only with the hosts that are in it: "in SYN_RCVD, an end waits" is none.
bool tells_states(std::string_view hint, const Json& right) {
  std::set<std::string> states;
  std::set<std::string> hosts;
  for (const auto& [host, state] : right.get_ref<const Json::object_t&>()) {
    if (!state.is_string()) return false;
    states.insert(state.get<std::string>());
    hosts.insert(host);
  }
  std::set<std::string> named;
  for (const auto& word : words_of(hint)) {
    if (tcp::state_named(word)) named.insert(word);
    hosts.erase(word);
  }
  return !states.empty() && named == states && (states.size() > 1 || hosts.empty());
}

// Whether "flags" in a hint is followed at once by the flags that are the answer.
bool tells_flags(std::string_view hint, std::string_view right) {
  const auto wanted = wire::parse_flags(right);
  for (const std::string_view lead : {"lags", "标志位"}) {
    const auto at = hint.find(lead);
    if (!wanted || at == std::string_view::npos) continue;
    wire::Flags told = 0;
    for (const auto& word : words_of(hint.substr(at + lead.size()))) {
      if (word == "are" || word == "and") continue;
      const auto flag = wire::parse_flags(word);
      if (!flag) break;
      told = static_cast<wire::Flags>(told | *flag);
    }
    if (told != 0 && told == *wanted) return true;
  }
  return false;
}

// The Chinese characters of a text but for those that only join: "就是…和…".
std::string without_glue(std::string_view text) {
  constexpr std::string_view kGlue = "是就它们这那台主机和与及以即为答案两端都";
  std::string left;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t size = 1;
    while (at + size < text.size() && (text[at + size] & 0xc0) == 0x80) ++size;
    const auto character = text.substr(at, size);
    const bool is_han = character >= "\xe3\x90" && character < "\xea";
    if (is_han && kGlue.find(character) == std::string_view::npos) left += character;
    at += size;
  }
  return left;
}

// Whether a text says nothing but "It is the client and the server", "就是 client 和 server".
bool tells_hosts(std::string_view hint, const Json& right) {
  static const std::set<std::string> kGlue{"It", "is", "The", "the", "They", "are", "and"};
  if (!without_glue(hint).empty()) return false;
  std::set<std::string> named;
  for (const auto& word : words_of(hint)) {
    if (kGlue.count(word) == 0) named.insert(word);
  }
  return !named.empty() && named == right.get<std::set<std::string>>();
}

// What of the answer a text tells, but for numbers.
void refuse_told(const Reader& text, const format::Text& what, const std::string& kind,
                 const Json& right) {
  const std::string written = text.text();
  if (kind == "state" && tells_states(written, right)) {
    text.problem(
        say({"{0} names the states that are the answer", "{0}里写出了作为答案的状态"}, {what}));
  }
  if (kind == "segment" && tells_flags(written, right.value("flags", ""))) {
    text.problem(
        say({"{0} names the flags that are the answer", "{0}里写出了作为答案的标志位"}, {what}));
  }
  if (kind == "role" && tells_hosts(written, right)) {
    text.problem(
        say({"{0} names the hosts that are the answer", "{0}里写出了作为答案的主机"}, {what}));
  }
}

// What a hint tells is refused; a task or a question may have to name the same states.
void check_words_of(const Reader& question, const Reader& root, const Reader& warned_question,
                    const Reader& warned_root, Bench& bench) {
  const std::string kind = question["kind"].text();
  if (kind != "state" && kind != "segment" && kind != "role") return;
  const Json right = right_answer(question.json(), bench);
  if (right.is_null()) return;
  for (const char* language : kLanguages) {
    auto hints = root["hints"][language].items();
    for (const Reader& hint : question["hints"][language].items()) hints.push_back(hint);
    for (const Reader& hint : hints) refuse_told(hint, say({"the hint", "提示"}), kind, right);
    refuse_told(warned_root["text"][language]["task"], say({"the task", "任务"}), kind, right);
    refuse_told(warned_question["text"][language], say({"the question", "问题"}), kind, right);
  }
}

void check_hints(const Reader& root, const std::set<std::string>& secrets) {
  for (const char* language : kLanguages) {
    for (const Reader& hint : hints_in(root, language)) {
      refuse_secret(hint, hint.text(), secrets, say({"the hint", "提示"}));
    }
  }
}

// The options are on show from the beginning. A number that stands there on some seed is an error;
// what placeholders make may be meant, if wrong options show such numbers too.
void check_option(const Reader& option, const Reader& written, const Reader& warn,
                  const std::set<std::string>& secrets) {
  for (const char* language : kLanguages) {
    const std::string text = option["text"][language].text();
    const std::string literal = written["text"][language].text();
    refuse_secret(option["text"][language], literal, secrets, say({"the option", "选项"}));
    if (text == literal) continue;
    refuse_secret(warn["text"][language], text, secrets, say({"the option", "选项"}));
  }
}

void check_hints_against(const Reader& root, const Reader& option) {
  constexpr std::size_t kSaysSomething = 8;  // letters; "yes" is in many a hint
  for (const char* language : kLanguages) {
    const std::string text = option["text"][language].text();
    const std::string wanted = squeezed(text);
    // A Chinese character, of three bytes, says as much as two letters.
    if ((wanted.size() + format::characters(wanted)) / 2 < kSaysSomething) continue;
    for (const Reader& hint : hints_in(root, language)) {
      if (squeezed(hint.text()).find(wanted) == std::string::npos) continue;
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
// something that the misconception bears on, as a diagnosis asks. Not by a pick: that the events
// have other numbers there is nobody's belief, and no pick is diagnosed by it.
bool shows_in(const Json& question, const Json& real, const Json& mutated, std::string_view id) {
  const auto& kind = question.at("kind").get_ref<const std::string&>();
  if (kind == "pick") return false;
  if (kind != "explain") {
    const auto shows = [&](const std::string& field, const Json& right, const Json& value) {
      return differs(right, value) && bearing(id, question, field, value, right) != Bearing::kNone;
    };
    if (!real.is_object()) return shows("", real, mutated);
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

}  // namespace

void check_giveaways(const Reader& root, const Exercise& exercise, Bench& bench, Variant& variant) {
  const auto secrets = secret_numbers(root, bench);
  check_hints(root, secrets);
  const format::Source source = exercise.source();
  Problems ignored;
  const Reader written(exercise.json(), source, ignored);
  const Reader warn(root.json(), source, variant.warnings);
  const auto questions = root["questions"].items();
  const auto warned_questions = warn["questions"].items();
  for (std::size_t q = 0; q < questions.size(); ++q) {
    check_words_of(questions[q], root, warned_questions[q], warn, bench);
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
        const auto warned_options = warned_slots[s]["options"].items();
        for (std::size_t o = 0; o < options.size(); ++o) {
          check_option(options[o], written_options[o], warned_options[o], secrets);
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
