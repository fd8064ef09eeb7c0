// Judges whether the wrong cell was found and corrected, and what a wrong answer says.
#include <algorithm>

#include "exercise/kinds/fields.hpp"
#include "exercise/kinds/spot.hpp"
#include "exercise/verdict.hpp"

namespace tcplab::exercise {

using format::say;

namespace {

Runs& own_runs(Bench& bench) { return bench.unmutated ? *bench.unmutated : bench.runs; }

Json answer_at(const Spot& spot, const Picture& picture, const Json& value) {
  return {{"place", name_of(spot, picture)}, {"value", value}};
}

// Calls visit(spot, value) for each cell in which a world has another value than the shown picture;
// for segments, only up to the first that the world does not send. Stops if visit returns true.
template <typename Visit>
void for_differences(const Picture& shown, const Picture& world, const Visit& visit) {
  for (std::size_t row = 0; row < shown.size(); ++row) {
    const Row* same = counterpart(shown, row, world);
    if (same == nullptr && shown[row].local.empty()) return;
    if (same == nullptr) continue;
    for (std::size_t cell = 0; cell < shown[row].cells.size(); ++cell) {
      const Cell& here = shown[row].cells[cell];
      if (here.value.is_null()) continue;
      const Json there = value_in(*same, here.field);
      if (there.is_null() || there == here.value) continue;
      if (visit(Spot{row, cell}, there)) return;
    }
  }
}

// The answer of somebody who believes in `world`: the first cell in which it differs both from the
// shown picture and from the real run, else the first in which it differs from the picture.
Json answer_in(const Picture& world, const Forged& forged) {
  Json first{{"place", nullptr}, {"value", nullptr}};
  for_differences(forged.shown, world, [&](const Spot& spot, const Json& value) {
    const bool is_telling = value != cell_at(spot, forged.real).value;
    if (first.at("place").is_null() || is_telling) {
      first = answer_at(spot, forged.shown, value);
    }
    return is_telling;
  });
  return first;
}

// Whether the student has found the forged cell but given it the value of `world`.
bool is_mended_so(const Json& given, const Picture& world, const Forged& forged) {
  bool found = false;
  const auto place = name_of(forged.spot, forged.shown);
  for_differences(forged.shown, world, [&](const Spot& spot, const Json& value) {
    found = name_of(spot, forged.shown) == place && given.at("place") == place &&
            given.at("value") == value;
    return found;
  });
  return found;
}

ReadAnswer read(const Json& question, const Json& answer, const Picture& picture) {
  const auto as_it_is = [](const Json&, const std::string&,
                           const Json& value) -> tl::expected<Json, format::Text> { return value; };
  auto result = by_field(question, answer, {"place", "value"}, as_it_is);
  if (!result) return result;
  Json& place = result->values["place"];
  Json& value = result->values["value"];
  if (place.is_null()) {
    value = nullptr;
    return result;
  }
  const auto spot = place.is_string()
                        ? spot_named(place.get_ref<const std::string&>().substr(0, 80), picture)
                        : std::nullopt;
  if (!spot) {
    result->unreadable.emplace(
        "place", say({"found {0}; allowed: a row and a field that stands in it, such as {1}",
                      "发现 {0}；允许：行号加上这一行里的字段，例如 {1}"},
                     {format::show(place), format::quote("2 seq")}));
    place = value = nullptr;
    return result;
  }
  if (value.is_null()) return result;
  const Cell& cell = cell_at(*spot, picture);
  auto one = read_value(cell.field, value);
  if (one && *one == cell.value) {
    one = tl::unexpected(say({"{0} stands in the picture there, so nothing is mended",
                              "图中那里写的就是 {0}，所以什么也没有改正"},
                             {format::show(*one)}));
  }
  if (one) {
    value = std::move(*one);
  } else {
    result->unreadable.emplace("value", std::move(one.error()));
    value = nullptr;
  }
  return result;
}

Json judged_field(const char* name, const Json& expected, bool correct, const Answered& given,
                  const std::vector<std::uint32_t>& evidence) {
  Json field{{"name", name}, {"answer", given.values.at(name)}, {"correct", correct}};
  const auto problem = given.unreadable.find(name);
  if (problem == given.unreadable.end()) {
    field["expected"] = expected;
    if (!correct) field["evidence"] = evidence;
  } else {
    field["problem"] = format::to_json(problem->second);
  }
  return field;
}

// The misconceptions that the author declared for a wrong answer.
Json declared_by(const Json& question, const Json& given, const Json& right, const Forged& forged,
                 const Run& run) {
  Json declared = Json::array();
  if (given == right || given.at("place").is_null()) return declared;
  for (const Json& idea : question.value("ideas", Json::array())) {
    const auto row = row_of(idea, forged.shown, run);
    if (!row) continue;
    const std::string place =
        std::to_string(*row + 1) + " " + idea.at("field").get_ref<const std::string&>();
    const auto value = read_value(idea.at("field"), idea.at("value"));
    if (!value || given.at("place") != place || given.at("value") != *value) continue;
    declared.push_back(
        {{"misconception", idea.at("shows")}, {"fields", Json::array({"place", "value"})}});
  }
  return declared;
}

// A place without a value is no evidence for an idea.
void note_statement(const Json& question, Json given, const Json& right, const Forged& forged,
                    Bench& bench) {
  if (given.at("value").is_null()) given["place"] = nullptr;
  const auto run_under = [&bench](const Json& mutants) {
    return bench.runs.with_mutants(mutants).value_or(nullptr);
  };
  const auto under = [&question, run_under, forged, given,
                      right](const Json& mutants) -> std::optional<Json> {
    const RunPtr there = run_under(mutants);
    const auto world = there ? picture_of(question, *there) : std::nullopt;
    if (!world) return std::nullopt;
    if (given != right && is_mended_so(given, *world, forged)) return given;
    return answer_in(*world, forged);
  };
  const Cell& cell = cell_at(forged.spot, forged.real);
  bench.attempt.push_back({&question, given, right, under, bench.plain, run_under});
  Statement& statement = bench.attempt.back();
  statement.declared = declared_by(question, given, right, forged, *bench.plain);
  statement.evidence["place"] = statement.evidence["value"] = cell.events;
  // The refuting events are those of the cell that the student named.
  if (!given.at("place").is_null()) {
    const auto spot = spot_named(given.at("place").get_ref<const std::string&>(), forged.real);
    statement.evidence["given"] = cell_at(*spot, forged.real).events;
  }
  statement.shown = cell.events;
}

}  // namespace

Json judge_spot(const Json& question, const Json& answer, Bench& bench) {
  const auto forged = forge(question, own_runs(bench));
  if (!forged) return unreadable(question, forged.error().second);
  const auto given = read(question, answer, forged->shown);
  if (!given) return unreadable(question, given.error());
  const Cell& cell = cell_at(forged->spot, forged->real);
  const Json right = answer_at(forged->spot, forged->real, cell.value);
  const bool found = given->values.at("place") == right.at("place");
  const bool mended = found && given->values.at("value") == right.at("value");

  Json verdict = blank_verdict(question);
  verdict["score"] = points_of((found ? 1 : 0) + (mended ? 1 : 0), question);
  verdict["correct"] = mended;
  verdict["fields"] =
      Json::array({judged_field("place", right.at("place"), found, *given, cell.events),
                   judged_field("value", right.at("value"), mended, *given, cell.events)});
  verdict["evidence"] = cell.events;
  tell_unknown(verdict, given->unknown);
  note_statement(question, given->values, right, *forged, bench);
  return verdict;
}

Json right_spot(const Json& question, Bench& bench) {
  const auto forged = forge(question, own_runs(bench));
  const auto world = picture_of(question, *bench.plain);
  return forged && world ? answer_in(*world, *forged) : Json();
}

// A guess by somebody who knows that one cell is wrong: the value is a nearby number, or one of a
// few states or sets of flags.
Chance guess_spot(const Json& question, Bench& bench) {
  const auto forged = forge(question, own_runs(bench));
  Chance chance;
  if (!forged) return chance;
  double cells = 0;
  for (const Row& row : forged->shown) {
    for (const Cell& cell : row.cells) cells += cell.value.is_null() ? 0 : 1;
  }
  const auto& field = cell_at(forged->spot, forged->shown).field;
  const double values = field == "flags"         ? 5
                        : field == "len"         ? 4
                        : is_header_field(field) ? 20
                                                 : 10;
  chance.all = 1 / cells / values;
  chance.points = (1 / cells + chance.all) * static_cast<double>(points_of(1, question));
  return chance;
}

}  // namespace tcplab::exercise
