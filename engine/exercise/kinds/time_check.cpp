// What the author of a time question is told.
#include <algorithm>
#include <set>

#include "exercise/check_answers.hpp"
#include "exercise/kinds/time.hpp"
#include "exercise/verdict.hpp"
#include "format/quantity.hpp"
#include "lab/match.hpp"
#include "tcp/behaviour.hpp"

namespace tcplab::exercise {

namespace {

using format::Reader;
using format::say;

void check_it_comes(const Reader& time, const Json& value) {
  if (value != kNever || time["or_never"].json() == true) return;
  time["of"].problem(say({"it never happens in the run; if that is meant, say \"or_never\": true",
                          "它在运行中从不发生；如果确实如此，请写 \"or_never\": true"}));
}

void check_it_is_ahead(const Reader& time, const std::vector<std::uint32_t>& evidence,
                       const Reader& question, const Run& run) {
  const Json* pause = pause_event(question.json(), run);
  if (pause == nullptr || evidence.empty()) return;
  if (run.events[evidence.back()].at("step") >= pause->at("step")) return;
  time["of"].problem(say({"it happens before the run stops, so that it is seen before it is asked",
                          "它发生在运行停下之前，所以还没提问就能看到"}));
}

// Wrong times that somebody may answer: those under the taught mutants, the other times that are
// asked for, and those of other events of the same kind.
std::set<Time> candidates(const Json& time, const Json& question, const Fields& right,
                          Bench& bench) {
  std::set<Time> times;
  const auto add = [&](const Json& value) {
    if (const auto moment = moment_of(value)) times.insert(*moment);
  };
  const auto& id = time.at("id").get_ref<const std::string&>();
  for (const auto& mutant : tcp::mutants()) {
    const auto& teaches = bench.teaches;
    const auto is_taught = [&](std::string_view name) {
      return std::find(teaches.begin(), teaches.end(), name) != teaches.end();
    };
    if (!is_taught(mutant.misconception) && !is_taught(mutant.also)) continue;
    const auto run = bench.runs.with_mutants(std::string(mutant.id));
    const auto there = run ? times_of(question, **run) : std::nullopt;
    if (there) add(there->values.value(id, Json()));
  }
  for (const Json& other : question.at("times")) {
    if (other.value("as", Json()) == time.value("as", Json())) {
      add(right.values.value(other.at("id").get_ref<const std::string&>(), Json()));
    }
  }
  if (time.contains("as") || !time.at("of").contains("kind")) return times;
  const Json of_kind{{"kind", time.at("of").at("kind")}};
  for (const auto n : lab::find_matches(of_kind, bench.plain->events)) {
    times.insert(bench.plain->events.time(n));
  }
  return times;
}

// The tolerance must not make a likely wrong time count as right.
void check_tolerance(const Reader& time, const Reader& question, const Fields& right,
                     Bench& bench) {
  const auto moment = moment_of(right.values.at(time["id"].text()));
  if (!moment) return;
  const Time apart = 2 * tolerance_of(question.json());
  for (const Time other : candidates(time.json(), question.json(), right, bench)) {
    if (other == *moment || std::chrono::abs(other - *moment) > apart) continue;
    return time.problem(
        say({"the right time is {0}, and someone may answer {1}: that is within twice the "
             "tolerance, so that the two cannot be told apart",
             "正确的时间是 {0}，而有人会答 {1}：两者相差不到容差的两倍，无法区分"},
            {format::to_text(*moment), format::to_text(other)}));
  }
}

void check_cause(const Reader& cause, const Fields& right) {
  if (!right.values.value(cause["id"].text(), Json()).is_null()) return;
  cause["options"].problem(
      say({"no option matches the event, or what led to it, so that none is right",
           "没有一个选项与这个事件或引起它的事件匹配，所以没有正确的选项"}));
}

}  // namespace

void check_times(const Reader& question, Bench& bench, Matches& matches) {
  const Run& run = *bench.plain;
  const auto right = times_of(question.json(), run);
  if (!right) return;
  matches.note(question.json(), run);
  for (const Reader& time : question["times"].items()) {
    const auto id = time["id"].text();
    if (!right->values.contains(id)) continue;
    check_it_comes(time, right->values.at(id));
    check_it_is_ahead(time, right->evidence.at(id), question, run);
    check_tolerance(time, question, *right, bench);
  }
  for (const Reader& cause : question["causes"].items()) check_cause(cause, *right);
}

// A hint may repeat what the task or the question tells.
void check_times_told(const Authored& authored, Bench& bench) {
  const auto right = times_of(authored.question.json(), *bench.plain);
  if (!right) return;
  std::set<Time> secrets;
  for (const Reader& time : authored.question["times"].items()) {
    const auto moment = moment_of(right->values.value(time["id"].text(), Json()));
    if (moment && *moment > Time{}) secrets.insert(*moment);
  }
  for (const char* language : kLanguages) {
    for (const Time told : times_in(authored.root["text"][language]["task"].text())) {
      secrets.erase(told);
    }
    for (const Time told : times_in(authored.question["text"][language].text())) {
      secrets.erase(told);
    }
  }
  for (const char* language : kLanguages) {
    auto hints = authored.question["hints"][language].items();
    for (const Reader& hint : authored.root["hints"][language].items()) hints.push_back(hint);
    for (const Reader& hint : hints) {
      for (const Time told : times_in(hint.text())) {
        if (secrets.count(told) == 0) continue;
        hint.problem(say({"the hint holds an answer, {0}", "提示里有一个答案：{0}"},
                         {format::to_text(told)}));
        break;
      }
    }
  }
}

}  // namespace tcplab::exercise
