// Questions about header fields of the next matching segment that is sent.
#include <algorithm>

#include "exercise/check_names.hpp"
#include "exercise/evidence.hpp"
#include "exercise/kinds/fields.hpp"
#include "exercise/kinds/kind.hpp"
#include "exercise/kinds/values.hpp"
#include "exercise/plain_text.hpp"
#include "exercise/refutation.hpp"
#include "exercise/shapes.hpp"
#include "exercise/verdict.hpp"
#include "lab/predicate.hpp"
#include "wire/segment.hpp"

namespace tcplab::exercise {

namespace {

using namespace format::shapes;
using format::Reader;
using format::say;

std::vector<format::Field> fields_of_segment() {
  return {pause_field(),
          required("of", lab::match_shape(), "The segment.sent event that is asked about"),
          required("fields", array(enumeration({"seq", "ack", "flags", "len"}), 1, 4),
                   "The fields that are asked for")};
}

// The event that sends the segment that is asked about, or nullptr.
const Json* asked_segment(const Json& question, const Run& run) {
  const Json* pause = pause_event(question, run);
  if (pause == nullptr) return nullptr;
  const Json& of = question.at("of");
  for (auto n = lab::first_match(of, run.events); n; n = lab::first_match(of, run.events, *n + 1)) {
    const Json& event = run.events[*n];
    if (event.at("kind") == "segment.sent" && event.at("step") >= pause->at("step")) return &event;
  }
  return nullptr;
}

Json value_of(const std::string& field, const Json& segment) {
  if (field != "flags") return segment.value(field, Json(0));  // without the ACK flag, ack is zero
  return without_push(segment.at(field));
}

std::optional<Fields> segment_of(const Json& question, const Run& run) {
  const Json* event = asked_segment(question, run);
  if (event == nullptr) return std::nullopt;
  const Json& segment = event->at("segment");
  Fields fields;
  fields.shown = {event->at("n").get<std::uint32_t>()};
  for (const Json& name : question.at("fields")) {
    const auto& key = name.get_ref<const std::string&>();
    fields.values[key] = value_of(key, segment);
    fields.evidence[key] = deciding(key, *event, run);
  }
  return fields;
}

ReadAnswer read_segment(const Json& question, const Json& answer, const Run&) {
  const auto read_one = [](const Json&, const std::string& name, const Json& value) {
    return name == "flags" ? read_flags(value) : read_number(format::Text(name), value);
  };
  return by_field(question, answer, question.at("fields").get<std::vector<std::string>>(),
                  read_one);
}

constexpr FieldsOf kSegmentFields{segment_of, read_segment};

Refusal cannot_ask_segment(const Json& question, const Run& run) {
  if (!question.at("of").contains("host")) {
    return std::pair("/of", say({"a segment question names the host that sends",
                                 "问报文段的问题要写明发送的主机"}));
  }
  if (!segment_of(question, run)) {
    return std::pair("/of", say({"no segment that is sent after the pause matches",
                                 "暂停之后发送的报文段没有一个匹配"}));
  }
  return std::nullopt;
}

// The connection's variables, by their names in the trace, that would tell the answer: the page
// hides them while the question is open. The seq and ack of a header come from the variables of
// either end.
std::vector<std::string> telling_variables(const Json& question) {
  for (const Json& field : question.at("fields")) {
    if (field == "seq" || field == "ack") return {"snd.una", "snd.nxt", "rcv.nxt"};
  }
  return {};
}

// The answer follows from earlier segments, so the notation must show segments.
format::Text unfit_for_segment(std::string_view notation, const Json& question) {
  if (notation == "tcb" && !telling_variables(question).empty()) {
    return say({"the variables that would tell the answer are covered, and a TCB shows no segments",
                "会泄露答案的变量都隐去了，而 TCB 又不显示报文段"});
  }
  if (notation == "tcb" || notation == "ss") {
    return say(
        {"{0} shows no segments, and one is asked for", "{0} 不显示报文段，而问的正是报文段"},
        {format::quote(notation)});
  }
  return {};
}

void show_segment(const Json& question, const Setting&, Json& shown) {
  shown["of"] = {{"host", question.at("of").at("host")}};
  shown["fields"] = question.at("fields");
  shown["covered"] = telling_variables(question);
}

// The probabilities of right guesses. A guessed number is near one that the task names; guessed
// flags are one of the five usual sets.
constexpr double kNumberByChance = 1.0 / 20;
constexpr double kLengthByChance = 1.0 / 4;
constexpr double kFlagsByChance = 1.0 / 5;

Chance guess_segment(const Json& question, Bench&) {
  Chance chance;
  for (const Json& field : question.at("fields")) {
    chance.add(field == "flags" ? kFlagsByChance
               : field == "len" ? kLengthByChance
                                : kNumberByChance,
               points_of(1, question));
  }
  return chance;
}

Bearing bearing_on_segment(std::string_view misconception, const Json&, const std::string& field,
                           const Json&, const Json&) {
  return is_about(misconception, field) ? Bearing::kTelling : Bearing::kNone;
}

// seq and ack relative to the initial sequence numbers.
Json relative_numbers(const Json& question, const Run& run) {
  Json numbers = Json::object();
  const Json* event = asked_segment(question, run);
  if (event == nullptr) return numbers;
  const Json& segment = event->at("segment");
  for (const char* field : {"seq", "ack"}) {
    const auto relative = segment.find(std::string("rel_") + field);
    if (relative != segment.end()) numbers[field] = *relative;
  }
  return numbers;
}

// The fields of the segment that the asked segment answers.
Json answered(const Json& question, const Run& run) {
  Json values = Json::object();
  const Json* sent = asked_segment(question, run);
  if (sent == nullptr || !sent->contains("cause")) return values;
  const Json& cause = run.events[sent->at("cause").get<std::size_t>()];
  if (cause.at("kind") != "segment.received") return values;
  for (const Json& name : question.at("fields")) {
    const auto& field = name.get_ref<const std::string&>();
    values[field] = value_of(field, cause.at("segment"));
  }
  return values;
}

// Whether the word "flags" in a hint is followed directly by the flags that are the answer.
bool tells_flags(std::string_view hint, std::string_view right) {
  const auto wanted = wire::parse_flags(right);
  for (const std::string_view lead : {"lags", "标志位"}) {
    const auto at = hint.find(lead);
    if (!wanted || at == std::string_view::npos) continue;
    wire::Flags told = 0;
    for (const auto word : names_in(hint.substr(at + lead.size()))) {
      if (word == "are" || word == "and") continue;
      const auto flag = wire::parse_flags(word);
      if (!flag) break;
      told = static_cast<wire::Flags>(told | *flag);
    }
    if (told != 0 && told == *wanted) return true;
  }
  return false;
}

format::Text gives_away_segment(std::string_view text, const Json& right) {
  return tells_flags(text, right.value("flags", "")) ? say({"flags", "标志位"}) : format::Text{};
}

}  // namespace

const Kind& segment_kind() {
  static const Kind kind{
      .name = "segment",
      .doc = "The fields of the next matching segment that is sent",
      .fields = fields_of_segment,
      .stands_alone = true,
      .points = [](const Json& q) { return points_of(q.at("fields").size(), q); },
      .cannot_be_asked = cannot_ask_segment,
      .show = show_segment,
      .judge = [](const Json& q, const Json& answer,
                  Bench& bench) { return judge_fields(kSegmentFields, q, answer, bench); },
      .right_answer = [](const Json& q,
                         Bench& bench) { return right_fields(kSegmentFields, q, bench); },
      .guess = guess_segment,
      .is_numbers = true,
      .notations = {"ladder", "dump", "bytes", "list"},
      .unfit = unfit_for_segment,
      .bearing = bearing_on_segment,
      .refuting_event = refuted_by_numbers,
      .theme = [](std::string_view field) -> std::string_view {
        return field == "flags" ? "flags" : "numbers";
      },
      .has_slips = true,
      .relative_numbers = relative_numbers,
      .answered = answered,
      .check_names = [](const Reader& q, const Names& names) { names.match(q["of"]); },
      .gives_away = gives_away_segment,
  };
  return kind;
}

}  // namespace tcplab::exercise
