// Questions about how many events of a kind there are.
#include <algorithm>
#include <set>

#include "exercise/check_names.hpp"
#include "exercise/exercise.hpp"
#include "exercise/kinds/fields.hpp"
#include "exercise/kinds/kind.hpp"
#include "exercise/kinds/moment.hpp"
#include "exercise/kinds/values.hpp"
#include "exercise/parts.hpp"
#include "exercise/refutation.hpp"
#include "exercise/shapes.hpp"
#include "exercise/vain.hpp"
#include "exercise/verdict.hpp"
#include "lab/match.hpp"
#include "lab/predicate.hpp"

namespace tcplab::exercise {

namespace {

using namespace format::shapes;
using format::Reader;
using format::say;

std::vector<format::Field> fields_of_number() {
  const format::Shape moment = moment_shape();
  const format::Shape count = object(
      {"count", "计数"},
      {required("id", identifier(), "Its name in the answer"),
       required("text", bilingual(), "What is counted"),
       required("of", lab::match_shape(), "The events that are counted"),
       optional("from", moment,
                "The first event that may count: \"pause\", or the first match; default: that of "
                "the run"),
       optional("until", moment,
                "The first event that counts no more: \"pause\", or the first match from there on; "
                "default: none")});
  return {optional_pause_field("Where the run stops and asks; default: before it begins"),
          required("counts", array(count, 1, 6), "The numbers that are asked for")};
}

// The events that count, or the key of the moment that never comes.
tl::expected<std::vector<std::uint32_t>, const char*> counted(const Json& count,
                                                              const Json& question,
                                                              const Run& run) {
  std::uint32_t begin = 0;
  auto end = static_cast<std::uint32_t>(run.events.size());
  for (const char* key : {"from", "until"}) {
    const auto moment = count.find(key);
    if (moment == count.end()) continue;
    const auto n = first_at(*moment, question, run, begin);
    if (!n) return tl::unexpected(key);
    (key == std::string_view("from") ? begin : end) = *n;
  }
  auto found = lab::find_matches(count.at("of"), run.events);
  const auto is_outside = [&](std::uint32_t n) { return n < begin || n >= end; };
  found.erase(std::remove_if(found.begin(), found.end(), is_outside), found.end());
  return found;
}

Refusal cannot_ask_number(const Json& question, const Run& run) {
  const Json& counts = question.at("counts");
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const auto found = counted(counts[i], question, run);
    if (found) continue;
    return std::pair(format::child("/counts", i),
                     say({"the run never comes to {0}, so nothing can be counted",
                          "运行到不了 {0}，所以无从计数"},
                         {format::quote(found.error())}));
  }
  return std::nullopt;
}

// The counts of a run, without those with a moment that never comes.
std::optional<Fields> numbers_of(const Json& question, const Run& run) {
  if (question.contains("pause") && pause_event(question, run) == nullptr) return std::nullopt;
  Fields fields;
  std::set<std::uint32_t> shown;
  for (const Json& count : question.at("counts")) {
    auto found = counted(count, question, run);
    if (!found) continue;
    const auto& id = count.at("id").get_ref<const std::string&>();
    fields.values[id] = found->size();
    shown.insert(found->begin(), found->end());
    fields.evidence[id] = std::move(*found);
  }
  fields.shown.assign(shown.begin(), shown.end());
  return fields;
}

ReadAnswer read_numbers(const Json& question, const Json& answer, const Run&) {
  std::vector<std::string> names;
  for (const Json& count : question.at("counts")) names.push_back(count.at("id"));
  // Messages name a count by its text, because students do not see its id.
  const auto read_one = [](const Json& q, const std::string& id, const Json& value) {
    const Json& counts = q.at("counts");
    const auto asked = std::find_if(counts.begin(), counts.end(),
                                    [&](const Json& count) { return count.at("id") == id; });
    return read_number(format::read_text(asked->at("text")), value);
  };
  return by_field(question, answer, names, read_one);
}

constexpr FieldsOf kNumberFields{numbers_of, read_numbers};

void show_number(const Json& question, const Setting& setting, Json& shown) {
  shown["hosts"] = hosts_asked_about(question.at("counts"), setting.run);
  shown["counts"] = Json::array();
  for (const Json& count : question.at("counts")) {
    shown["counts"].push_back({{"id", count.at("id")}, {"text", count.at("text")}});
  }
}

// The probability of a guess: at most as many events count as there are of their kind.
double likelihood_of_number(const Json& count, const Run& run) {
  Json of_kind = Json::object();
  if (count.at("of").contains("kind")) of_kind["kind"] = count.at("of").at("kind");
  return 1.0 / static_cast<double>(1 + lab::find_matches(of_kind, run.events).size());
}

Chance guess_number(const Json& question, Bench& bench) {
  Chance chance;
  for (const Json& count : question.at("counts")) {
    chance.add(likelihood_of_number(count, *bench.plain), points_of(1, question));
  }
  return chance;
}

// The first counted event that the world lacks, or where the runs part.
std::optional<std::uint32_t> refuting_number(std::string_view misconception,
                                             const Statement& statement,
                                             const std::vector<std::string>& fields,
                                             const RunPtr& world) {
  std::optional<std::uint32_t> first;
  for (const auto& field : fields) {
    const auto counts = statement.evidence.find(field);
    if (!world || counts == statement.evidence.end()) continue;
    const auto lacking = std::find_if(
        counts->second.begin(), counts->second.end(),
        [&](std::uint32_t n) { return !has_its_like(world->events, statement.run->events[n]); });
    if (lacking != counts->second.end()) first = std::min(first.value_or(*lacking), *lacking);
  }
  return first ? first : refuted_by_parting(misconception, statement, fields, world);
}

void check_matches_of_number(const Reader& question, const Names& names) {
  for (const Reader& count : question["counts"].items()) {
    for (const char* key : {"of", "from", "until"}) {
      if (count[key].json().is_object()) names.match(count[key]);
    }
  }
}

void watch_number(const Reader& question, Matches& matches) {
  for (const Reader& count : question["counts"].items()) {
    matches.add(question.json(), count["of"], count["of"].json());
  }
}

// Notes the matches of counts that are not 0.
void check_number(const Reader& question, Bench& bench, Matches& matches) {
  for (const Reader& count : question["counts"].items()) {
    const auto found = counted(count.json(), question.json(), *bench.plain);
    if (found && !found->empty()) matches.note(count["of"]);
  }
}

}  // namespace

const Kind& number_kind() {
  static const Kind kind{
      .name = "number",
      .doc = "How many events there are of a kind",
      .fields = fields_of_number,
      .stands_alone = true,
      .check_ids =
          [](const Reader& q) {
            check_ids(q["counts"], say({"counts", "计数"}));
          },
      .points = [](const Json& q) { return points_of(q.at("counts").size(), q); },
      .cannot_be_asked = cannot_ask_number,
      .show = show_number,
      .judge = [](const Json& q, const Json& answer,
                  Bench& bench) { return judge_fields(kNumberFields, q, answer, bench); },
      .right_answer = [](const Json& q,
                         Bench& bench) { return right_fields(kNumberFields, q, bench); },
      .guess = guess_number,
      .is_numbers = true,
      .runs_ahead = true,
      .notations = {"ladder", "dump", "list"},
      .refuting_event = refuting_number,
      .check_names = check_matches_of_number,
      .watch = watch_number,
      .check = check_number,
  };
  return kind;
}

}  // namespace tcplab::exercise
