#include "exercise/kinds/time.hpp"

#include <algorithm>
#include <set>

#include "exercise/about.hpp"
#include "exercise/check_names.hpp"
#include "exercise/exercise.hpp"
#include "exercise/kinds/moment.hpp"
#include "exercise/refutation.hpp"
#include "exercise/shapes.hpp"
#include "exercise/verdict.hpp"
#include "format/quantity.hpp"
#include "lab/match.hpp"

namespace tcplab::exercise {

namespace {

using namespace format::shapes;
using format::Reader;
using format::say;

constexpr const char* kTolerance = "1ms";
constexpr const char* kLength = "length";

std::vector<format::Field> fields_of_time() {
  const format::Shape time = object(
      {"time", "时间"},
      {required("id", identifier(), "Its name in the answer"),
       required("text", bilingual(), "What happens then, or what takes so long"),
       required("of", lab::match_shape(), "The event whose time is asked"),
       optional("nth", integer(1, 1000), "Which of the events that match", 1),
       optional("from", moment_shape(),
                "The first event that counts: \"pause\", or the first match; default: that of the "
                "run"),
       optional("as", enumeration({"moment", kLength}),
                "What is asked: when it happens, or how long after \"from\"", "moment"),
       optional("or_never", boolean(), "In some variants it may not happen", false)});
  const format::Shape option = object(
      {"option", "选项"},
      {required("id", identifier(), "Its name in the answer"),
       required("text", bilingual(), "How it reads"),
       required("by", alternatives({constant(std::string(kNever)), lab::match_shape()}),
                "The event, or one of those that led to it; \"never\": it does not happen")});
  const format::Shape cause = object(
      {"cause", "原因"},
      {required("id", identifier(), "Its name in the answer"),
       required("text", bilingual(), "What it explains"),
       required("of", identifier(), "One of the times: what its event comes of is asked"),
       required("options", array(option, 2, 8),
                "The choices; the one is right that matches first, from the event back along its "
                "causes")});
  return {optional_pause_field("Where the run stops and asks; default: before it begins"),
          required("times", array(time, 1, 6), "The times that are asked for"),
          optional("causes", array(cause, 1, 3), "What they come of"),
          optional("tolerance", duration(Time(1), std::chrono::seconds(10)),
                   "How far off an answer may be", kTolerance)};
}

const Json& causes_of(const Json& question) {
  static const Json none = Json::array();
  const auto causes = question.find("causes");
  return causes == question.end() ? none : *causes;
}

const Json* named(const Json& list, const std::string& id) {
  const auto found =
      std::find_if(list.begin(), list.end(), [&](const Json& each) { return each.at("id") == id; });
  return found == list.end() ? nullptr : &*found;
}

Json value_of(const Json& time, const FoundEvent& found, const Run& run) {
  if (!found.n) return kNever;
  const Time from = is_length(time) ? run.events.time(found.begin) : Time{};
  return format::to_text(run.events.time(*found.n) - from);
}

// The right option; null if there is none.
Json cause_of(const Json& cause, const std::optional<std::uint32_t>& n, const Run& run) {
  for (auto at = n; at;) {
    for (const Json& option : cause.at("options")) {
      const Json& by = option.at("by");
      if (by.is_object() && lab::matches(by, run.events, *at)) return option.at("id");
    }
    const auto before = run.events[*at].find("cause");
    at = before == run.events[*at].end() ? std::nullopt
                                         : std::optional(before->get<std::uint32_t>());
  }
  if (n) return nullptr;
  for (const Json& option : cause.at("options")) {
    if (option.at("by") == kNever) return option.at("id");
  }
  return nullptr;
}

Refusal cannot_ask_time(const Json& question, const Run& run) {
  const Json& times = question.at("times");
  for (std::size_t i = 0; i < times.size(); ++i) {
    if (find_event(times[i], question, run)) continue;
    return std::pair(format::child("/times", i),
                     say({"the run never comes to {0}, so there is no time to ask for",
                          "运行到不了 {0}，所以没有时间可问"},
                         {format::quote("from")}));
  }
  return std::nullopt;
}

tl::expected<Json, format::Text> read_option(const Json& cause, const Json& value) {
  if (value.is_string() && named(cause.at("options"), value.get<std::string>())) return value;
  std::vector<std::string> ids;
  for (const Json& option : cause.at("options")) ids.push_back(option.at("id"));
  return tl::unexpected(
      say({"{0}: found {1}; allowed: {2}", "{0}：发现 {1}；允许：{2}"},
          {format::read_text(cause.at("text")), format::show(value), format::list(ids)}));
}

// Messages name a time by its text, because students do not see its id.
tl::expected<Json, format::Text> read_one_of_times(const Json& question, const std::string& field,
                                                   const Json& value) {
  if (const Json* cause = named(causes_of(question), field)) return read_option(*cause, value);
  auto typed = typed_time(value.is_string() ? value.get<std::string>() : format::dump(value));
  if (typed) return Json(std::move(*typed));
  const Json& text = named(question.at("times"), field)->at("text");
  return tl::unexpected(
      say({"{0}: {1}", "{0}：{1}"}, {format::read_text(text), std::move(typed.error())}));
}

ReadAnswer read_times(const Json& question, const Json& answer, const Run&) {
  std::vector<std::string> names;
  for (const Json& time : question.at("times")) names.push_back(time.at("id"));
  for (const Json& cause : causes_of(question)) names.push_back(cause.at("id"));
  return by_field(question, answer, names, read_one_of_times);
}

bool is_same(const Json& question, const std::string& field, const Json& one, const Json& other) {
  if (one == other || named(question.at("times"), field) == nullptr) return one == other;
  const auto a = moment_of(one);
  const auto b = moment_of(other);
  return a && b && std::chrono::abs(*a - *b) <= tolerance_of(question);
}

// The right time in the unit of the answer. Without one, thousands of milliseconds are shown as
// seconds, which read better.
Json beside(const Json& given, const Json& right) {
  const auto moment = moment_of(right);
  if (!moment) return right;
  const auto& time = right.get_ref<const std::string&>();
  const auto answered = moment_of(given);
  if (answered && *answered > Time{}) return in_unit_of(given.get_ref<const std::string&>(), time);
  const bool is_long = *moment >= std::chrono::seconds(1) && time.find("ms") != std::string::npos;
  return is_long ? in_unit_of("1s", time) : time;
}

constexpr FieldsOf kTimeFields{
    .run = times_of, .answer = read_times, .same = is_same, .told_beside = beside};

void show_time(const Json& question, const Setting& setting, Json& shown) {
  shown["hosts"] = hosts_asked_about(question.at("times"), setting.run);
  shown["tolerance"] = tolerance_of(question).count();
  shown["times"] = Json::array();
  for (const Json& time : question.at("times")) {
    shown["times"].push_back(
        {{"id", time.at("id")}, {"text", time.at("text")}, {"is_length", is_length(time)}});
  }
  shown["causes"] = Json::array();
  for (const Json& cause : causes_of(question)) {
    Json options = Json::array();
    for (const Json& option : cause.at("options")) {
      options.push_back({{"id", option.at("id")}, {"text", option.at("text")}});
    }
    shown["causes"].push_back(
        {{"id", cause.at("id")}, {"text", cause.at("text")}, {"options", std::move(options)}});
  }
}

// The probability of a guess: the time of any event of this kind, or "never".
double likelihood_of_time(const Json& time, const Run& run) {
  Json of_kind = Json::object();
  if (time.at("of").contains("kind")) of_kind["kind"] = time.at("of").at("kind");
  std::set<Time> times;
  for (const auto n : lab::find_matches(of_kind, run.events)) times.insert(run.events.time(n));
  return 1.0 / static_cast<double>(1 + times.size());
}

Chance guess_time(const Json& question, Bench& bench) {
  Chance chance;
  for (const Json& time : question.at("times")) {
    chance.add(likelihood_of_time(time, *bench.plain), points_of(1, question));
  }
  for (const Json& cause : causes_of(question)) {
    chance.add(1.0 / static_cast<double>(cause.at("options").size()), points_of(1, question));
  }
  return chance;
}

// Telling if the misconception is about a state of the change whose time, or whose cause, the field
// asks for.
Bearing bearing_on_time(std::string_view misconception, const Json& question,
                        const std::string& field, const Json&, const Json&) {
  const Json* cause = named(causes_of(question), field);
  const std::string id = cause == nullptr ? field : cause->at("of").get<std::string>();
  const Json& of = named(question.at("times"), id)->at("of");
  const bool tells = is_about(misconception, of.value("to", Json())) ||
                     is_about(misconception, of.value("from", Json()));
  return tells ? Bearing::kTelling : Bearing::kRelated;
}

// The event that the text of a misconception mentions, for questions about times.
struct TellingEvent {
  std::string_view misconception;
  Json match;
};

const Json* telling_event(std::string_view misconception) {
  static const TellingEvent events[] = {{"M08", {{"kind", "state"}, {"to", "ESTABLISHED"}}},
                                        {"M46", {{"kind", "state"}, {"to", "ESTABLISHED"}}},
                                        {"M62", {{"kind", "state"}, {"from", "LAST_ACK"}}},
                                        {"M63", {{"kind", "segment.dropped"}}}};
  const auto* event =
      std::find_if(std::begin(events), std::end(events),
                   [&](const TellingEvent& each) { return each.misconception == misconception; });
  return event == std::end(events) ? nullptr : &event->match;
}

std::optional<std::uint32_t> refuting_time(std::string_view misconception,
                                           const Statement& statement,
                                           const std::vector<std::string>& fields,
                                           const RunPtr& world) {
  if (const Json* match = telling_event(misconception)) {
    return lab::first_match(*match, statement.run->events);
  }
  const auto n = refuted_by_states(misconception, statement, fields, world);
  return n ? n : refuted_by_parting(misconception, statement, fields, world);
}

bool is_a_time(const std::string& id, const Reader& question) {
  const auto times = question["times"].items();
  return std::any_of(times.begin(), times.end(),
                     [&](const Reader& time) { return time["id"].text() == id; });
}

void check_ids_of_time(const Reader& question) {
  check_ids(question["times"], say({"times", "时间"}));
  check_ids(question["causes"], say({"causes", "原因"}));
  for (const Reader& cause : question["causes"].items()) {
    check_ids(cause["options"], say({"options", "选项"}));
    if (is_a_time(cause["id"].text(), question)) {
      cause["id"].problem(say({"a time is called {0} too", "也有一个时间叫 {0}"},
                              {format::quote(cause["id"].text())}));
    }
    if (!is_a_time(cause["of"].text(), question)) {
      cause["of"].problem(
          say({"no time is called {0}", "没有叫 {0} 的时间"}, {format::quote(cause["of"].text())}));
    }
  }
  if (question["times"].items().size() < 2 && question["causes"].items().empty()) {
    question["times"].problem(
        say({"one time alone is guessed too easily; ask for two, or for its cause",
             "只问一个时间太容易猜中；请问两个，或者也问原因"}));
  }
}

void check_matches_of_time(const Reader& question, const Names& names) {
  for (const Reader& time : question["times"].items()) {
    names.match(time["of"]);
    if (time["from"].json().is_object()) names.match(time["from"]);
  }
  for (const Reader& cause : question["causes"].items()) {
    for (const Reader& option : cause["options"].items()) {
      if (option["by"].json().is_object()) names.match(option["by"]);
    }
  }
}

void watch_time(const Reader& question, Matches& matches) {
  for (const Reader& time : question["times"].items()) {
    matches.add(question.json(), time["of"], time["of"].json());
  }
}

format::Text unfit_for_time(std::string_view notation, const Json&) {
  if (notation != "tcb") return {};
  return say({"a TCB holds the times of the timers, which give the answer away",
              "TCB 里有定时器的时间，会泄露答案"});
}

}  // namespace

bool is_length(const Json& time) { return time.value("as", Json()) == kLength; }

std::optional<Fields> times_of(const Json& question, const Run& run) {
  if (question.contains("pause") && pause_event(question, run) == nullptr) return std::nullopt;
  Fields fields;
  std::set<std::uint32_t> shown;
  for (const Json& time : question.at("times")) {
    const auto found = find_event(time, question, run);
    if (!found) continue;
    const auto& id = time.at("id").get_ref<const std::string&>();
    fields.values[id] = value_of(time, *found, run);
    auto& evidence = fields.evidence[id];
    if (found->n && is_length(time)) evidence.push_back(found->begin);
    if (found->n) evidence.push_back(*found->n);
    shown.insert(evidence.begin(), evidence.end());
  }
  for (const Json& cause : causes_of(question)) {
    const auto& of = cause.at("of").get_ref<const std::string&>();
    const auto found = find_event(*named(question.at("times"), of), question, run);
    if (!found) continue;
    const auto& id = cause.at("id").get_ref<const std::string&>();
    fields.values[id] = cause_of(cause, found->n, run);
    if (found->n) fields.evidence[id] = {*found->n};
  }
  fields.shown.assign(shown.begin(), shown.end());
  return fields;
}

Time tolerance_of(const Json& question) {
  return *format::parse_duration(question.value("tolerance", std::string(kTolerance)));
}

std::optional<Time> moment_of(const Json& value) {
  if (!value.is_string()) return std::nullopt;
  const auto time = format::parse_duration(value.get_ref<const std::string&>());
  return time ? std::optional(*time) : std::nullopt;
}

const Kind& time_kind() {
  static const Kind kind{
      .name = "time",
      .doc = "When events happen, or how long they take, and what they come of",
      .fields = fields_of_time,
      .stands_alone = true,
      .check_ids = check_ids_of_time,
      .points =
          [](const Json& q) { return points_of(q.at("times").size() + causes_of(q).size(), q); },
      .cannot_be_asked = cannot_ask_time,
      .show = show_time,
      .judge = [](const Json& q, const Json& answer,
                  Bench& bench) { return judge_fields(kTimeFields, q, answer, bench); },
      .right_answer = [](const Json& q,
                         Bench& bench) { return right_fields(kTimeFields, q, bench); },
      .guess = guess_time,
      .asks_times = true,
      .runs_ahead = true,
      .notations = {"ladder", "dump", "list"},
      .unfit = unfit_for_time,
      .bearing = bearing_on_time,
      .refuting_event = refuting_time,
      .has_slips = true,
      .own_slips = slips_of_times,
      .check_names = check_matches_of_time,
      .watch = watch_time,
      .check = check_times,
      .check_texts = check_times_told,
  };
  return kind;
}

}  // namespace tcplab::exercise
