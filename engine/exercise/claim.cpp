// A claim with places to fill. Whether a choice is true is never written down: each carries
// conditions, and the engine finds out whether they hold in the run or in a changed run.
#include <algorithm>
#include <chrono>

#include "exercise/question.hpp"
#include "format/problem.hpp"
#include "format/quantity.hpp"
#include "lab/predicate.hpp"

namespace tcplab::exercise {

namespace {

using format::say;
using Microseconds = std::int64_t;

// A length of time, and the events between which it passes.
struct Length {
  Microseconds length;
  std::vector<const Json*> events = {};
};

std::optional<Length> length_of(const Json& span, const Run& run) {
  if (span.is_string()) {
    const auto duration = format::parse_duration(span.get_ref<const std::string&>());
    return duration ? std::optional(Length{duration->count()}) : std::nullopt;
  }
  const auto time = [](const Json* event, const char* key) {
    return event->at(key).get<Microseconds>();
  };
  if (const auto timer = span.find("timer"); timer != span.end()) {
    Json match = *timer;
    match["kind"] = "timer.armed";
    const Json* event = run.find(match);
    if (event == nullptr) return std::nullopt;
    return Length{time(event, "at") - time(event, "t"), {event}};
  }
  const Json* from = run.find(span.at("from"));
  const Json* to = run.find(span.at("to"));
  if (from == nullptr || to == nullptr) return std::nullopt;
  return Length{time(to, "t") - time(from, "t"), {from, to}};
}

struct Truth {
  bool holds = true;
  Json evidence = Json::array();   // events of the unchanged run
  Json elsewhere = Json::array();  // of changed ones: [{"change", "events"}]
};

class Judge {
 public:
  // Under mutants, every run that has none of its own has these.
  explicit Judge(Bench& bench, Json mutants = {}) : bench_(bench), mutants_(std::move(mutants)) {}

  Truth of(const Json& option) {
    Truth truth;
    for (const Json& condition : option.at("holds")) {
      Json change = condition.value("change", Json());
      if (!mutants_.is_null() && !change.contains("mutant")) change["mutant"] = mutants_;
      const auto run = bench_.runs.of(change);
      if (!run) return {false};
      const auto found = judge(condition, **run);
      if (!found) return {false};
      keep(*found, change, truth);
    }
    return truth;
  }

 private:
  using Events = std::vector<const Json*>;

  // The events that decided, or nothing where the condition does not hold.
  static std::optional<Events> judge(const Json& condition, const Run& run) {
    if (const auto goal = condition.find("goal"); goal != condition.end()) {
      const auto judgement = lab::judge(*goal, run.events);
      if (!judgement.holds) return std::nullopt;
      return judgement.n ? Events{&run.events[*judgement.n]} : Events{};
    }
    auto first = length_of(condition.at("same_time")[0], run);
    const auto second = length_of(condition.at("same_time")[1], run);
    if (!first || !second || first->length != second->length) return std::nullopt;
    first->events.insert(first->events.end(), second->events.begin(), second->events.end());
    return std::move(first->events);
  }

  static void keep(const Events& found, const Json& change, Truth& truth) {
    if (found.empty()) return;
    Json events = Json::array();
    for (const Json* event : found) events.push_back(change.is_null() ? event->at("n") : *event);
    if (change.is_null()) {
      truth.evidence.insert(truth.evidence.end(), events.begin(), events.end());
    } else {
      truth.elsewhere.push_back({{"change", change}, {"events", std::move(events)}});
    }
  }

  Bench& bench_;
  Json mutants_;
};

const Json* option_of(const Json& slot, const Json& id) {
  for (const Json& option : slot.at("options")) {
    if (option.at("id") == id) return &option;
  }
  return nullptr;
}

format::Text unknown(const format::Text& what, const std::string& id, const Json& list) {
  std::vector<std::string> ids;
  for (const Json& each : list) ids.push_back(each.at("id"));
  return say({"no {0} is called {1}{2}; allowed: {3}", "没有叫 {1} 的{0}{2}；允许：{3}"},
             {what, format::quote(id), format::suggestion(id, ids), format::list(ids)});
}

// What is wrong with the answer, or nothing.
format::Text wrong_with(const Json& answer, const Json& slots) {
  if (!answer.is_object()) {
    return say({"found {0}; allowed: an object by slot", "发现 {0}；允许：一个对象，按空位列出"},
               {format::show(answer)});
  }
  for (const auto& [key, value] : answer.get_ref<const Json::object_t&>()) {
    const auto slot = std::find_if(slots.begin(), slots.end(),
                                   [&id = key](const Json& each) { return each.at("id") == id; });
    if (slot == slots.end()) {
      return unknown({"slot", "空位"}, key, slots);
    }
    if (!value.is_null() && option_of(*slot, value) == nullptr) {
      return say({"{0}: {1}", "{0}：{1}"},
                 {format::quote(key),
                  unknown({"option", "选项"},
                          value.is_string() ? value.get<std::string>() : format::dump(value),
                          slot->at("options"))});
    }
  }
  return {};
}

struct Judged {
  Json given = Json::object();     // by slot: the chosen option or null
  Json expected = Json::object();  // the chosen option if it is true, else the first that is
  Json fields = Json::array();
  Json evidence = Json::array();
  Json declared = Json::array();  // what wrong options show
  std::uint64_t correct = 0;
};

void judge_slot(const Json& slot, const Json& answer, Judge& judge, Judged& judged) {
  const auto& id = slot.at("id").get_ref<const std::string&>();
  const Json given = answer.value(id, Json());
  const Json* chosen = option_of(slot, given);
  const bool correct = chosen != nullptr && judge.of(*chosen).holds;
  Json expected = correct ? given : Json();
  Truth why;
  for (const Json& option : slot.at("options")) {
    Truth truth = judge.of(option);
    if (!truth.holds) continue;
    for (const Json& n : truth.evidence) judged.evidence.push_back(n);
    if (!expected.is_null()) continue;
    expected = option.at("id");
    why = std::move(truth);
  }
  judged.correct += correct ? 1 : 0;
  judged.fields.push_back(
      {{"name", id}, {"answer", given}, {"expected", expected}, {"correct", correct}});
  if (!correct) {
    judged.fields.back()["evidence"] = std::move(why.evidence);
    judged.fields.back()["elsewhere"] = std::move(why.elsewhere);
  }
  if (chosen != nullptr && !correct && chosen->contains("shows")) {
    judged.declared.push_back(
        {{"misconception", chosen->at("shows")}, {"fields", Json::array({id})}});
  }
  judged.given[id] = given;
  judged.expected[id] = expected;
}

bool is_about_the_run_itself(const Json& slot) {
  for (const Json& option : slot.at("options")) {
    for (const Json& condition : option.at("holds")) {
      if (condition.contains("change")) return false;
    }
  }
  return true;
}

// By slot, what holds in a mutant's world: the chosen option if it does, else the first that does.
// Where none does: null, nothing can be said there. But conditions on a changed run are written for
// the real world; that none of them holds elsewhere says nothing, and the slot is left out.
Json claim_under(const Json& mutants, const Json& slots, const Json& given, Bench& bench) {
  Judge judge(bench, mutants);
  Json believed = Json::object();
  for (const Json& slot : slots) {
    const auto& id = slot.at("id").get_ref<const std::string&>();
    const Json* chosen = option_of(slot, given.at(id));
    if (chosen == nullptr) continue;
    const auto holds = [&](const Json& option) { return judge.of(option).holds; };
    const auto& options = slot.at("options");
    const auto option = holds(*chosen) ? options.begin() + (chosen - &options.front())
                                       : std::find_if(options.begin(), options.end(), holds);
    if (option != options.end()) {
      believed[id] = option->at("id");
    } else if (is_about_the_run_itself(slot)) {
      believed[id] = nullptr;
    }
  }
  return believed;
}

}  // namespace

bool option_holds(const Json& option, Bench& bench) { return Judge(bench).of(option).holds; }

Json judge_claim(const Json& question, const Json& answer, Bench& bench) {
  const Json& slots = question.at("slots");
  if (auto why = wrong_with(answer, slots); !why.empty()) {
    return unreadable(question, why);
  }
  Judge judge(bench);
  Judged judged;
  for (const Json& slot : slots) judge_slot(slot, answer, judge, judged);

  Json verdict = blank_verdict(question);
  verdict["score"] = judged.correct * question.value("weight", std::uint64_t{1});
  verdict["correct"] = judged.correct == slots.size();
  verdict["fields"] = std::move(judged.fields);
  verdict["evidence"] = std::move(judged.evidence);

  const auto run_under = [&bench](const Json& mutants) {
    return bench.runs.with_mutants(mutants).value_or(nullptr);
  };
  const auto under = [&bench, &slots, given = judged.given](const Json& mutants) {
    return std::optional(claim_under(mutants, slots, given, bench));
  };
  const auto explains = [&bench, &slots, given = judged.given](
                            const Json& mutants, const std::vector<std::string>& fields) {
    Judge there(bench, mutants);
    return std::all_of(slots.begin(), slots.end(), [&](const Json& slot) {
      const auto& id = slot.at("id").get_ref<const std::string&>();
      if (std::find(fields.begin(), fields.end(), id) == fields.end()) return true;
      return there.of(*option_of(slot, given.at(id))).holds;
    });
  };
  bench.attempt.push_back({&question, std::move(judged.given), std::move(judged.expected), under,
                           bench.plain, run_under, true, std::move(judged.declared), explains});
  return verdict;
}

}  // namespace tcplab::exercise
