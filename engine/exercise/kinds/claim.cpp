#include "exercise/kinds/claim.hpp"
#include "exercise/answer_key.hpp"

#include <algorithm>
#include <chrono>

#include "exercise/check_names.hpp"
#include "exercise/exercise.hpp"
#include "exercise/refutation.hpp"
#include "exercise/shapes.hpp"
#include "exercise/verdict.hpp"
#include "format/problem.hpp"
#include "format/quantity.hpp"
#include "lab/predicate.hpp"

namespace tcplab::exercise {

namespace {

using namespace format::shapes;
using format::Reader;
using format::say;
using Microseconds = std::int64_t;

format::Shape span() {
  return named(
      "span", alternatives({duration(), object({"span", "时间段"},
                                               {optional("from", lab::match_shape(), "First match"),
                                                optional("to", lab::match_shape(), "First match"),
                                                optional("timer", lab::match_shape(),
                                                         "A timer.armed event: for how long")},
                                               {{"from", "timer"}, {"to", "timer"}})}));
}

format::Shape condition() {
  return named("condition",
               object({"condition", "条件"},
                      {optional("goal", lab::goal_shape(), "Holds in the run"),
                       optional("same_time", array(span(), 2, 2), "Two spans are equally long"),
                       optional("change", change_shape(),
                                "What is changed in the run in which the condition must hold")},
                      {{"goal", "same_time"}}));
}

std::vector<format::Field> fields_of_claim() {
  const format::Shape option = object(
      {"option", "选项"},
      {required("id", identifier(), "Its name in the answer"),
       required("text", bilingual(), "How it reads"),
       required("holds", array(condition(), 1, 4), "True if all of them hold"),
       optional("shows", misconception_shape(), "What choosing it shows, when it is wrong")});
  const format::Shape slot =
      object({"slot", "空位"}, {required("id", identifier(), "Its name in the answer"),
                                required("text", bilingual(), "What it completes"),
                                required("options", array(option, 2, 8), "The choices")});
  return {optional_pause_field("Where the run stops and asks; default: after its end"),
          required("slots", array(slot, 1, 6), "The places to fill")};
}

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
  // `mutants` apply to every run whose condition has no mutant of its own.
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

  // The events that decide that the condition holds; none if it does not hold.
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

// The message for an answered slot that does not exist; empty if there is none.
format::Text unknown_slot(const Json& answer, const Json& slots) {
  for (const auto& [key, value] : answer.get_ref<const Json::object_t&>()) {
    const auto is_it = [&id = key](const Json& each) { return each.at("id") == id; };
    if (std::none_of(slots.begin(), slots.end(), is_it)) {
      return unknown({"slot", "空位"}, key, slots);
    }
  }
  return {};
}

format::Text unknown_option(const Json& slot, const Json& given) {
  return say({"{0}: {1}", "{0}：{1}"},
             {format::quote(slot.at("id").get_ref<const std::string&>()),
              unknown({"option", "选项"},
                      given.is_string() ? given.get<std::string>() : format::dump(given),
                      slot.at("options"))});
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
  const Json said = answer.value(id, Json());
  const Json* chosen = option_of(slot, said);
  const Json given = chosen == nullptr ? Json() : said;
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
  if (given != said) {
    judged.fields.back()["problem"] = format::to_json(unknown_option(slot, said));
    judged.fields.back().erase("expected");
  } else if (!correct) {
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

// For each slot, the option that is true in a mutant's world: the chosen one if it is, else the
// first. If none is true there, null; but a slot with a condition on a changed run is left out
// then, because such conditions are written for the real world and say nothing about others.
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

void show_claim(const Json& question, const Setting&, Json& shown) {
  shown["slots"] = Json::array();
  for (const Json& slot : question.at("slots")) {
    Json options = Json::array();
    for (const Json& option : slot.at("options")) {
      options.push_back({{"id", option.at("id")}, {"text", option.at("text")}});
    }
    shown["slots"].push_back(
        {{"id", slot.at("id")}, {"text", slot.at("text")}, {"options", options}});
  }
}

// The true options of each slot.
Json true_options(const Json& question, Bench& bench) {
  Json all = Json::object();
  for (const Json& slot : question.at("slots")) {
    Json& found = all[slot.at("id").get_ref<const std::string&>()] = Json::array();
    for (const Json& option : slot.at("options")) {
      if (option_holds(option, bench)) found.push_back(option.at("id"));
    }
  }
  return all;
}

Json right_options(const Json& question, Bench& bench) {
  Json chosen = true_options(question, bench);
  for (auto& [slot, options] : chosen.get_ref<Json::object_t&>()) {
    options = options.empty() ? Json() : Json(options.front());
  }
  return chosen;
}

double share_of_right(const Json& options, Bench& bench) {
  const auto right = std::count_if(options.begin(), options.end(),
                                   [&](const Json& option) { return option_holds(option, bench); });
  return static_cast<double>(right) / static_cast<double>(options.size());
}

Chance guess_claim(const Json& question, Bench& bench) {
  Chance chance;
  for (const Json& slot : question.at("slots")) {
    chance.add(share_of_right(slot.at("options"), bench), points_of(1, question));
  }
  return chance;
}

void check_ids_of_claim(const Reader& question) {
  check_ids(question["slots"], say({"slots", "空位"}));
  for (const Reader& slot : question["slots"].items()) {
    check_ids(slot["options"], say({"options", "选项"}));
  }
}

void check_conditions(const Reader& question, const Names& names) {
  for (const Reader& slot : question["slots"].items()) {
    for (const Reader& option : slot["options"].items()) {
      for (const Reader& condition : option["holds"].items()) {
        names.goal(condition["goal"]);
        for (const Reader& each : condition["same_time"].items()) {
          for (const char* end : {"from", "to", "timer"}) names.match(each[end]);
        }
        names.script(condition["change"]["script"]);
      }
    }
  }
}

}  // namespace

bool option_holds(const Json& option, Bench& bench) { return Judge(bench).of(option).holds; }

namespace {

Json judge_claim(const Json& question, const Json& answer, Bench& bench) {
  const Json& slots = question.at("slots");
  if (!answer.is_object()) {
    return unreadable(question, say({"found {0}; allowed: an object by slot",
                                     "发现 {0}；允许：一个对象，按空位列出"},
                                    {format::show(answer)}));
  }
  Judge judge(bench);
  Judged judged;
  for (const Json& slot : slots) judge_slot(slot, answer, judge, judged);

  Json verdict = blank_verdict(question);
  verdict["score"] = points_of(judged.correct, question);
  verdict["correct"] = judged.correct == slots.size();
  verdict["fields"] = std::move(judged.fields);
  verdict["evidence"] = std::move(judged.evidence);
  tell_unknown(verdict, unknown_slot(answer, slots));

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
  for (const Json& field : verdict.at("fields")) {
    const Json why = field.value("evidence", Json::array());
    bench.attempt.back().evidence[field.at("name").get<std::string>()] =
        why.get<std::vector<std::uint32_t>>();
  }
  return verdict;
}

}  // namespace

const Kind& claim_kind() {
  static const Kind kind{
      .name = "claim",
      .doc = "Choices whose truth the engine finds out",
      .fields = fields_of_claim,
      .is_part = true,
      .check_ids = check_ids_of_claim,
      .points = [](const Json& q) { return points_of(q.at("slots").size(), q); },
      .show = show_claim,
      .judge = judge_claim,
      .right_answer = right_options,
      .also_right = [](const Json& q,
                       Bench& bench) { return without_first(true_options(q, bench)); },
      .guess = guess_claim,
      .is_seen_in_run = true,
      .draws_the_run = [](const Json& q) { return !q.contains("pause"); },
      .notations = {"ladder", "dump", "ss", "list"},
      .refuting_event = refuted_by_states,
      .check_names = check_conditions,
      .check = check_claim,
      .check_texts = check_options,
  };
  return kind;
}

}  // namespace tcplab::exercise
