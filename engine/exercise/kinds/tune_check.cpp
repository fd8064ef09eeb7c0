// What an author is told about a tune: whether its settings have an effect, and whether some choice
// is right.
#include <algorithm>
#include <string>

#include "exercise/check_answers.hpp"
#include "exercise/check_witness.hpp"
#include "exercise/exercise.hpp"
#include "exercise/faults.hpp"
#include "exercise/kinds/choice.hpp"
#include "exercise/kinds/plan.hpp"
#include "exercise/kinds/tune.hpp"

namespace tcplab::exercise {

using format::Reader;
using format::say;
using format::Text;

namespace {

void check_first_option(const Reader& option) {
  if (option.has("change") || option["cost"].integer<std::int64_t>() != 0 || option.has("shows")) {
    option.problem(
        say({"the first option leaves all as it is: it has no change, costs 0 and shows "
             "nothing",
             "第一个选项保持原样：没有改动，代价为 0，也不显示误解"}));
  }
}

bool are_alike(const Reader& one, const Reader& other) {
  for (const char* language : kLanguages) {
    if (one["text"][language].text() == other["text"][language].text()) return true;
  }
  return one["change"].json() == other["change"].json();
}

void check_shows(const Reader& option, const Bench& bench) {
  const auto& teaches = bench.teaches;
  if (!option.has("shows") ||
      std::find(teaches.begin(), teaches.end(), option["shows"].json()) != teaches.end()) {
    return;
  }
  option["shows"].problem(say(
      {"this shows {0}, which \"teaches\" does not name", "这一项显示 {0}，而 \"teaches\" 中没有"},
      {option["shows"].text()}));
}

// Runs this option alone. An option without effect is only a warning, because it may have one on
// another variant.
void check_option(const Reader& question, const Reader& setting, const Reader& option,
                  Bench& bench) {
  Json choice = untouched(question.json());
  choice[setting["id"].text()] = option["id"].json();
  const auto run = run_of_choice(question.json(), choice, bench);
  if (!run) return option.problem(told(run.error()));
  if ((*run)->end == lab::End::kLimit) {
    return option.problem(
        say({"the run with this option reaches a limit", "选了这一项的运行会到达上限"}));
  }
  if (tuned(question.json(), choice, bench.runs.scenario()) == bench.runs.scenario()) {
    option.problem(say({"this option changes nothing", "这一项什么也不改变"}));
  }
}

void check_settings(const Reader& question, Bench& bench) {
  for (const Reader& setting : question["settings"].items()) {
    const auto options = setting["options"].items();
    check_first_option(options.front());
    for (std::size_t i = 1; i < options.size(); ++i) {
      check_shows(options[i], bench);
      for (std::size_t k = 0; k < i; ++k) {
        if (!are_alike(options[k], options[i])) continue;
        options[i].problem(
            say({"the options {0} and {1} are the same", "选项 {0} 和 {1} 相同"},
                {format::quote(options[k]["id"].text()), format::quote(options[i]["id"].text())}));
      }
      check_option(question, setting, options[i], bench);
    }
  }
}

}  // namespace

void check_tune(const Reader& question, Bench& bench, Matches& matches) {
  const Json& asked = question.json();
  const auto most = question["most"].integer<std::size_t>();
  if (most > asked.at("settings").size()) {
    return question["most"].problem(say({"there are only {0} settings", "只有 {0} 个设置"},
                                        {std::to_string(asked.at("settings").size())}));
  }
  if (choices_of(asked).size() > most_choices) {
    return question["settings"].problem(
        say({"there are more than {0} choices, which cannot all be tried",
             "可以选的组合超过 {0} 种，无法全部试过"},
            {std::to_string(most_choices)}));
  }
  check_settings(question, bench);
  if (question.has_problems()) return;
  matches.note(asked, *bench.plain);
  if (reaches_all(asked, *bench.plain)) {
    return question["goals"].problem(
        say({"the goals are reached without any change", "不做任何改动就达到了目标"}));
  }
  if (!cheapest(asked, bench)) {
    question["goals"].problem(say({"no choice reaches all goals", "没有哪种选择能达到全部目标"}));
  }
}

void check_choices(const Reader& question, const Reader& answers, Trial& trial) {
  const Json& asked = question.json();
  if (!answers.json().is_array() || answers.json().empty()) {
    return answers.problem(
        say({"the witness of a {0} is a list of answers", "{0} 的样例是答案的列表"},
            {question["kind"].text()}));
  }
  for (const Reader& answer : answers.items()) {
    const Json verdict = judge_tune(asked, answer.json(), trial.bench);
    if (verdict.at("correct").get<bool>()) continue;
    if (const auto problem = verdict.find("problem"); problem != verdict.end()) {
      answer.problem(format::read_text(*problem));
      continue;
    }
    const auto choice = read_choice(asked, answer.json());
    const auto run = run_of_choice(asked, *choice, trial.bench);
    Text why = missed_goals(verdict, asked.at("goals"), run.value_or(nullptr));
    if (why.empty()) {
      why = say({"it costs {0}; {1} is enough", "代价为 {0}；{1} 就够了"},
                {format::dump(verdict.at("tuned").at("cost")),
                 format::dump(verdict.at("tuned").at("best").at("cost"))});
    }
    answer.problem(std::move(why));
  }
}

}  // namespace tcplab::exercise
