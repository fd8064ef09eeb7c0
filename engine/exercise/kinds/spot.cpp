#include "exercise/kinds/spot.hpp"

#include <algorithm>

#include "exercise/check_names.hpp"
#include "exercise/kinds/moment.hpp"
#include "exercise/refutation.hpp"
#include "exercise/shapes.hpp"
#include "exercise/slip.hpp"
#include "exercise/verdict.hpp"
#include "lab/match.hpp"
#include "tcp/state.hpp"

namespace tcplab::exercise {

const Kind& state_kind();
const Kind& segment_kind();

namespace {

using namespace format::shapes;
using format::Reader;
using format::say;

constexpr std::int64_t kMostNumber = 0xffffffff;
constexpr std::size_t kMostRows = 24;

std::vector<format::Field> fields_of_spot() {
  const format::Shape value = alternatives({integer(0, kMostNumber), string(1, 100)});
  const format::Shape field = string(1, 64);
  const format::Shape by =
      choice({"way to forge", "伪造方式"},
             {optional("mutant", mutant_shape(), "What this mutant's run has there"),
              optional("value", value, "A number, flags, or a state"),
              optional("plus", integer(-kMostNumber, kMostNumber), "The true number and so much")});
  const format::Shape forgery =
      object({"forgery", "伪造"},
             {required("id", identifier(), "Its name"),
              optional("of", lab::match_shape(),
                       "The segment; of a mutant's forgery, any in which its run differs"),
              optional("nth", integer(1, 1000), "Which of the segments that match", 1),
              optional("field", field,
                       "\"flags\", \"seq\", \"ack\", \"len\", or the host whose state it is; of a "
                       "mutant's forgery, the first that differs"),
              required("by", by, "What stands there instead")});
  const format::Shape idea = object(
      {"idea", "想法"}, {required("of", lab::match_shape(), "The segment that is called wrong"),
                         optional("nth", integer(1, 1000), "Which of the segments that match", 1),
                         required("field", field, "What of it"),
                         required("value", value, "What is given in its place"),
                         required("shows", misconception_shape(), "What this shows")});
  return {
      optional_pause_field("Where the run stops and asks; the picture begins there"),
      required("as", enumeration({"ladder", "dump", "ss", "netstat"}),
               "How the picture is drawn; \"ss\" and \"netstat\": a table of sockets, whose states "
               "may be wrong"),
      optional("states", boolean(), "The states of both ends stand beside each segment", true),
      optional("of", lab::match_shape(),
               "The segments, or the states of sockets, that it shows; default: all"),
      optional("from", moment_shape(),
               "The event from which on they count, or after which the table is taken"),
      optional("rows", integer(2, kMostRows), "How many it shows at most", 16),
      required("forgeries", array(forgery, 1, 16), "What may be wrong in it, each by itself"),
      optional("forged", identifier(), "The forgery that it shows; default: the first"),
      optional("ideas", array(idea, 1, 8), "Wrong answers that show something")};
}

Refusal cannot_ask_spot(const Json& question, const Run& run) {
  const auto picture = picture_of(question, run);
  if (picture && picture->size() >= 2) return std::nullopt;
  return std::pair(
      question.contains("from") && !picture ? "/from" : "",
      say({"the picture has fewer than two segments or sockets", "图中的报文段或套接字少于两个"}));
}

Json shown_row(const Row& row, const Run& run) {
  const Json& sent = run.events[row.sent];
  Json json{{"from", row.from},
            {"to", row.to},
            {"src", row.local.empty() ? sent.at("segment").at("src") : Json(row.local)},
            {"dst", row.local.empty() ? sent.at("segment").at("dst") : Json(row.peer)},
            {"t", sent.at("t")},
            {"arrives", row.received ? run.events[*row.received].at("t") : Json()},
            {"cells", Json::array()}};
  for (const Cell& cell : row.cells) {
    if (cell.value.is_null()) continue;
    json["cells"].push_back({{"field", cell.field}, {"value", cell.value}});
  }
  return json;
}

void show_spot(const Json& question, const Setting& setting, Json& shown) {
  shown["as"] = question.at("as");
  shown["states"] = tcp::kStateNames;
  shown["rows"] = Json::array();
  const auto forged = forge(question, setting.runs);
  if (!forged) return;
  for (const Row& row : forged->shown) shown["rows"].push_back(shown_row(row, setting.run));
}

std::string_view field_of(const Json& place) {
  if (!place.is_string()) return {};
  const std::string_view name = place.get_ref<const std::string&>();
  return name.substr(std::min(name.find(' ') + 1, name.size()));
}

// A number bears on misconceptions about numbers, flags on those about flags, a state on those
// about states.
Bearing bearing_on_spot(std::string_view misconception, const Json&, const std::string& field,
                        const Json& given, const Json& right) {
  const bool is_place = field == "place";
  const auto named = is_place ? field_of(given) : std::string_view();
  if (is_header_field(named)) {
    return is_about(misconception, named) ? Bearing::kTelling : Bearing::kNone;
  }
  if (!is_place && given.is_number()) {
    const bool tells = is_about(misconception, "seq") || is_about(misconception, "ack") ||
                       is_about(misconception, "len");
    return tells ? Bearing::kTelling : Bearing::kNone;
  }
  if (is_about(misconception, given) || is_about(misconception, right)) return Bearing::kTelling;
  const bool may_be_flags = !is_place && is_about(misconception, "flags");
  return may_be_flags || is_about_states(misconception) ? Bearing::kRelated : Bearing::kNone;
}

// The event that decides the cell that the student called wrong.
std::optional<std::uint32_t> refuting_spot(std::string_view, const Statement& statement,
                                           const std::vector<std::string>&, const RunPtr&) {
  const auto events = statement.evidence.find("given");
  if (events == statement.evidence.end() || events->second.empty()) return std::nullopt;
  return events->second.back();
}

std::string row_in(const Json& place) {
  const auto& name = place.get_ref<const std::string&>();
  return name.substr(0, name.find(' '));
}

// Why the state that was given for the right cell is wrong: the end has it at another moment of the
// run, or never. `at` is the event that led to the right state.
struct Elsewhere {
  const char* kind;
  format::Sentence text;
};

Elsewhere elsewhere(const Json& state, std::uint32_t at, const Run& run) {
  bool is_later = false;
  for (std::uint32_t n = 0; n < run.events.size(); ++n) {
    if (run.events.kind(n) != "state") continue;
    const Json& event = run.events[n];
    const bool is_own = run.events.connection(n) == run.events.connection(at);
    if (is_own && n <= at && event.at("from") == state) {
      return {"too_early",
              {"What you found is wrong. This end is in {0} too, but earlier in the run.",
               "找对了。这一端也会处于 {0}，但在这次运行里是更早的时候。"}};
    }
    is_later |= is_own && n > at && event.at("to") == state;
  }
  if (is_later) {
    return {"too_late",
            {"What you found is wrong. This end comes to {0} too, but later in the run.",
             "找对了。这一端也会进入 {0}，但在这次运行里是更晚的时候。"}};
  }
  return {"no_way_to",
          {"What you found is wrong. But nothing in this run leads this end to {0}.",
           "找对了。但在这次运行里，没有什么会让这一端进入 {0}。"}};
}

// The slip of a wrong value for the right cell.
Json slip_of_value(const Statement& statement) {
  const Json& given = statement.given.at("value");
  const auto tell = [](const char* kind, const format::Text& text) {
    return slip(kind, Json::array({"value"}), text);
  };
  if (is_off_by_one(given, statement.right.at("value"))) {
    return tell("off_by_one", say({"What you found is wrong. What you give for it is off by one.",
                                   "找对了，但改成的数字差了 1。"}));
  }
  const auto& decided = statement.evidence.at("place");
  const Run& run = *statement.run;
  if (!given.is_string() || decided.empty() || run.events.kind(decided.back()) != "state") {
    return {};
  }
  const auto found = elsewhere(given, decided.back(), run);
  return tell(found.kind, say(found.text, {given.get_ref<const std::string&>()}));
}

Json slips_of_spot(const Statement& statement, const std::vector<std::string>& wrong) {
  Json told = Json::array();
  const auto is_wrong = [&](const char* name) {
    return std::find(wrong.begin(), wrong.end(), name) != wrong.end();
  };
  const auto& given = statement.given;
  const auto& right = statement.right;
  if (is_wrong("place") && row_in(given.at("place")) == row_in(right.at("place"))) {
    told.push_back(slip("same_row", Json::array({"place"}),
                        say({"Something in this row is wrong, but something else.",
                             "这一行确实有错，但错在别处。"})));
  }
  if (is_wrong("value") && given.at("place") == right.at("place")) {
    if (Json found = slip_of_value(statement); !found.is_null()) told.push_back(std::move(found));
  }
  return told;
}

void check_matches_of_spot(const Reader& question, const Names& names) {
  if (question.has("of")) names.match(question["of"]);
  if (question["from"].json().is_object()) names.match(question["from"]);
  for (const char* list : {"forgeries", "ideas"}) {
    for (const Reader& each : question[list].items()) {
      if (each.has("of")) names.match(each["of"]);
    }
  }
}

// Judges the text like a hint to a question about this state or these flags.
format::Text gives_away_spot(std::string_view text, const Json& right) {
  const Json& value = right.at("value");
  const std::string field(field_of(right.at("place")));
  if (field == "flags") return segment_kind().gives_away(text, {{"flags", value}});
  return value.is_string() ? state_kind().gives_away(text, {{field, value}}) : format::Text{};
}

}  // namespace

const Kind& spot_kind() {
  static const Kind kind{
      .name = "spot",
      .doc = "The one thing that is wrong in a forged picture of the run, and what is right there",
      .fields = fields_of_spot,
      .stands_alone = true,
      .check_ids = check_forgery_ids,
      .points = [](const Json& q) { return points_of(2, q); },
      .cannot_be_asked = cannot_ask_spot,
      .show = show_spot,
      .judge = judge_spot,
      .right_answer = right_spot,
      .guess = guess_spot,
      .is_numbers = true,
      .runs_ahead = true,
      .bearing = bearing_on_spot,
      .refuting_event = refuting_spot,
      .has_slips = true,
      .own_slips = slips_of_spot,
      .check_names = check_matches_of_spot,
      .check = check_spot,
      .gives_away = gives_away_spot,
  };
  return kind;
}

}  // namespace tcplab::exercise
