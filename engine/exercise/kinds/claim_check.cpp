// What an author is told about a claim: options that are not a real choice, and texts that contain
// answers.
#include "exercise/check_answers.hpp"
#include "exercise/check_run.hpp"
#include "exercise/kinds/claim.hpp"
#include "exercise/plain_text.hpp"

namespace tcplab::exercise {

using format::Reader;
using format::say;

namespace {

// Options are visible from the beginning. An answer's number in the author's own text is an error.
// A number that placeholders produce is only a warning: it may be meant, if wrong options show such
// numbers too.
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
  constexpr std::size_t kSaysSomething = 8;  // letters: "yes" is in many hints
  for (const char* language : kLanguages) {
    const std::string text = option["text"][language].text();
    const std::string wanted = squeezed(text);
    // A Chinese character (three bytes) says as much as two letters.
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

}  // namespace

void check_claim(const Reader& question, Bench& bench, Matches&) {
  for (const Reader& slot : question["slots"].items()) {
    for (const Reader& option : slot["options"].items()) {
      for (const Reader& condition : option["holds"].items()) {
        check_change(condition["change"], bench.runs);
      }
    }
  }
}

void check_options(const Authored& authored, Bench& bench) {
  const auto slots = authored.question["slots"].items();
  const auto written_slots = authored.written["slots"].items();
  const auto warned_slots = authored.warned["slots"].items();
  for (std::size_t s = 0; s < slots.size(); ++s) {
    check_slot(slots[s], authored.root, bench, warned_slots[s]);
    const auto options = slots[s]["options"].items();
    const auto written_options = written_slots[s]["options"].items();
    const auto warned_options = warned_slots[s]["options"].items();
    for (std::size_t o = 0; o < options.size(); ++o) {
      check_option(options[o], written_options[o], warned_options[o], authored.secrets);
    }
  }
}

}  // namespace tcplab::exercise
