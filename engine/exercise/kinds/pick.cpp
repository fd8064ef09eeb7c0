// Events picked from the trace as evidence.
//
// For each need, one event that meets it must be picked. An event that is not needed makes the
// answer less precise; a vetoed event spoils it. Points = needs met / needs * needed picks / picks,
// rounded down.
#include <algorithm>
#include <set>

#include "exercise/answer_key.hpp"
#include "exercise/check_names.hpp"
#include "exercise/faults.hpp"
#include "exercise/kinds/kind.hpp"
#include "exercise/refutation.hpp"
#include "exercise/shapes.hpp"
#include "exercise/vain.hpp"
#include "exercise/verdict.hpp"
#include "format/document.hpp"
#include "format/problem.hpp"
#include "format/shape.hpp"
#include "lab/predicate.hpp"

namespace tcplab::exercise {

namespace {

using namespace format::shapes;
using format::Reader;
using format::say;
using format::Text;

constexpr std::size_t most_picks = 200;

std::vector<format::Field> fields_of_pick() {
  const format::Shape veto =
      object({"veto", "否决项"},
             {required("match", lab::match_shape(), "Events that must not be picked"),
              optional("shows", misconception_shape(), "The misconception that picking it shows"),
              optional("unless", array(lab::match_shape(), 1, 8),
                       "Events that speak against it: who picks one as well does not show the "
                       "misconception")});
  return {required("need", array(array(lab::match_shape(), 1, 8), 1, 8),
                   "At least one event of each list must be picked"),
          optional("veto", array(veto, 1, 20), "Events that spoil the answer")};
}

// Reads a pick: the number of an event, or a match, which stands for the first event that it fits,
// so that a witness does not depend on the number of events before.
std::optional<std::uint32_t> read_pick(const Json& pick, const Run& run) {
  if (pick.is_object()) {
    if (!format::check(lab::match_shape(), pick, format::Source{}).empty()) return std::nullopt;
    const Json* event = run.find(pick);
    return event ? std::optional(event->at("n").get<std::uint32_t>()) : std::nullopt;
  }
  if (!pick.is_number_integer() || pick < 0 || pick >= run.events.size()) return std::nullopt;
  return pick.get<std::uint32_t>();
}

format::Text refusal(const Json& found, const Run& run) {
  return say({"found {0}; allowed: a list of at most {1} picks, each the number of an "
              "event, from 0 to {2}, or a match that an event of the run fits",
              "发现 {0}；允许：最多 {1} 项的列表，每一项是事件编号（从 0 到 "
              "{2}），或者运行中有事件符合的匹配"},
             {format::show(found), std::to_string(most_picks),
              std::to_string(run.events.empty() ? 0 : run.events.size() - 1)});
}

struct Picks {
  std::vector<std::uint32_t> events;  // ascending, without duplicates
  std::vector<Json> unreadable;       // fields of the verdict

  std::size_t size() const { return events.size() + unreadable.size(); }
};

// An element of the list that cannot be read counts as a pick that is not needed.
tl::expected<Picks, format::Text> read_picks(const Json& answer, const Run& run) {
  if (!answer.is_array() || answer.size() > most_picks) {
    return tl::unexpected(refusal(answer, run));
  }
  Picks picks;
  for (std::size_t i = 0; i < answer.size(); ++i) {
    if (const auto n = read_pick(answer[i], run)) {
      picks.events.push_back(*n);
      continue;
    }
    picks.unreadable.push_back(Json{{"name", format::child("", i)},
                                    {"answer", nullptr},
                                    {"correct", false},
                                    {"problem", format::to_json(refusal(answer[i], run))}});
  }
  auto& events = picks.events;
  std::sort(events.begin(), events.end());
  events.erase(std::unique(events.begin(), events.end()), events.end());
  return picks;
}

bool meets(const Json& need, const Json& event) {
  return std::any_of(need.begin(), need.end(),
                     [&](const Json& match) { return lab::matches(match, event); });
}

struct Veto {
  bool struck = false;
  Json declared = Json::array();  // one for each misconception

  void add(const std::string& misconception, const Json& fields) {
    for (Json& each : declared) {
      if (each.at("misconception") != misconception) continue;
      for (const Json& field : fields) each.at("fields").push_back(field);
      return;
    }
    declared.push_back({{"misconception", misconception}, {"fields", fields}});
  }
};

// Whether another pick contradicts the misconception that the veto shows.
bool is_refuted(const Json& veto, const std::vector<std::uint32_t>& picks, const Run& run) {
  const auto unless = veto.find("unless");
  return unless != veto.end() && std::any_of(picks.begin(), picks.end(),
                                             [&](auto n) { return meets(*unless, run.events[n]); });
}

Veto vetoes(const Json& question, const std::vector<std::uint32_t>& picks, const Run& run) {
  Veto result;
  const auto vetoed = question.find("veto");
  if (vetoed == question.end()) return result;
  for (const Json& veto : *vetoed) {
    Json fields = Json::array();
    for (const auto n : picks) {
      if (lab::matches(veto.at("match"), run.events[n])) fields.push_back(std::to_string(n));
    }
    if (fields.empty()) continue;
    result.struck = true;
    if (const auto shows = veto.find("shows");
        shows != veto.end() && !is_refuted(veto, picks, run)) {
      result.add(shows->get_ref<const std::string&>(), fields);
    }
  }
  return result;
}

using Needs = std::uint32_t;  // a set of needs, one bit each

Needs met_by(const Json& event, const Json& needs) {
  Needs met = 0;
  for (std::size_t i = 0; i < needs.size(); ++i) met |= Needs{meets(needs[i], event)} << i;
  return met;
}

// The smallest number of events in a right answer.
std::uint64_t fewest_picks(const Json& question, const Run& run) {
  const Json& needs = question.at("need");
  std::set<Needs> useful;
  for (std::uint32_t n = 0; n < run.events.size(); ++n) {
    if (!vetoes(question, {n}, run).struck) useful.insert(met_by(run.events[n], needs));
  }
  const std::size_t all = (std::size_t{1} << needs.size()) - 1;
  std::vector<std::uint64_t> fewest(all + 1, needs.size());
  fewest[0] = 0;
  for (std::size_t met = 0; met < all; ++met) {
    for (const Needs more : useful) {
      auto& best = fewest[met | more];
      best = std::min(best, fewest[met] + 1);
    }
  }
  return fewest[all];
}

bool meets_any(const Json& needs, const Json& event) {
  return std::any_of(needs.begin(), needs.end(),
                     [&](const Json& need) { return meets(need, event); });
}

// The first event that meets each need.
Json shown_by(const Json& needs, const Run& run) {
  Json evidence = Json::array();
  for (const Json& need : needs) {
    const auto shows = std::find_if(run.events.begin(), run.events.end(),
                                    [&](const Json& event) { return meets(need, event); });
    if (shows != run.events.end()) evidence.push_back(shows->at("n"));
  }
  return evidence;
}

Json judge_picks(const Json& question, const Json& answer, Bench& bench) {
  const Run& run = *bench.plain;
  const auto picks = read_picks(answer, run);
  if (!picks) return unreadable(question, picks.error());
  const Json& needs = question.at("need");

  std::uint64_t met = 0;
  for (const Json& need : needs) {
    met += std::any_of(picks->events.begin(), picks->events.end(),
                       [&](auto n) { return meets(need, run.events[n]); });
  }
  std::uint64_t needed = 0;
  Json fields = Json::array();
  for (const auto n : picks->events) {
    // A vetoed event is wrong even if it meets a need.
    const bool correct = meets_any(needs, run.events[n]) && !vetoes(question, {n}, run).struck;
    needed += correct ? 1 : 0;
    fields.push_back({{"name", std::to_string(n)}, {"answer", n}, {"correct", correct}});
  }
  for (const Json& field : picks->unreadable) fields.push_back(field);
  const Veto veto = vetoes(question, picks->events, run);

  Json verdict = blank_verdict(question);
  const std::uint64_t max = points(question);
  const std::uint64_t score =
      veto.struck || picks->size() == 0 ? 0 : max * met * needed / (needs.size() * picks->size());
  verdict["score"] = score;
  verdict["correct"] = score == max;
  verdict["fields"] = std::move(fields);
  verdict["evidence"] = shown_by(needs, run);
  // Nothing says which events would be right in another run.
  const auto nothing = [](const Json&) { return std::optional<Json>(); };
  const auto nowhere = [](const Json&) { return RunPtr(); };
  bench.attempt.push_back({&question, Json::object(), Json::object(), nothing, bench.plain, nowhere,
                           false, veto.declared});
  bench.attempt.back().shown = verdict.at("evidence").get<std::vector<std::uint32_t>>();
  return verdict;
}

// For each need, the events that meet it and that no veto matches.
Json picks_by_need(const Json& question, const Run& run) {
  Json all = Json::array();
  for (const Json& need : question.at("need")) {
    Json met = Json::array();
    for (const Json& event : run.events) {
      const auto n = event.at("n").get<std::uint32_t>();
      if (meets(need, event) && !vetoes(question, {n}, run).struck) met.push_back(n);
    }
    all.push_back(std::move(met));
  }
  return all;
}

// One event for each need.
Json right_picks(const Json& question, Bench& bench) {
  Json picks = Json::array();
  for (const Json& met : picks_by_need(question, *bench.plain)) {
    if (met.empty()) return nullptr;
    picks.push_back(met.front());
  }
  return picks;
}

double share_of(const Json& need, const Run& run) {
  if (run.events.empty()) return 0;
  const auto met = std::count_if(run.events.begin(), run.events.end(),
                                 [&](const Json& event) { return meets(need, event); });
  return static_cast<double>(met) / static_cast<double>(run.events.size());
}

Chance guess_pick(const Json& question, Bench& bench) {
  Chance chance;
  for (const Json& need : question.at("need")) {
    chance.add(share_of(need, *bench.plain), points_of(1, question));
  }
  return chance;
}

std::optional<std::uint32_t> refuting_pick(std::string_view misconception,
                                           const Statement& statement,
                                           const std::vector<std::string>& fields,
                                           const RunPtr& world) {
  const auto n = refuted_by_states(misconception, statement, fields, world);
  return n || statement.shown.empty() ? n : std::optional(statement.shown.front());
}

void check_matches_of_pick(const Reader& question, const Names& names) {
  for (const Reader& need : question["need"].items()) {
    for (const Reader& one : need.items()) names.match(one);
  }
  for (const Reader& veto : question["veto"].items()) {
    names.match(veto["match"]);
    for (const Reader& one : veto["unless"].items()) names.match(one);
  }
}

// Picks may be written as matches, so that they do not depend on the number of events.
void check_picked_matches(const Reader& answer, const Names& names) {
  for (const Reader& pick : answer.items()) {
    if (pick.json().is_object()) names.match(pick);
  }
}

void watch_pick(const Reader& question, Matches& matches) {
  for (const Reader& veto : question["veto"].items()) {
    matches.add(question.json(), veto["match"], veto["match"].json());
    for (const Reader& one : veto["unless"].items()) {
      matches.add(question.json(), one, one.json());
    }
  }
  for (const Reader& need : question["need"].items()) {
    for (const Reader& match : need.items()) matches.add(question.json(), match, match.json());
  }
}

void check_pick(const Reader& question, Bench& bench, Matches& matches) {
  for (const Reader& need : question["need"].items()) {
    const auto needs = [&](const Reader& match) {
      return bench.plain->find(match.json()) != nullptr;
    };
    const auto all = need.items();
    if (std::none_of(all.begin(), all.end(), needs)) {
      need.problem(say({"no event of the run matches, so the need cannot be met{0}",
                        "运行中没有匹配的事件，所以这一项无法满足{0}"},
                       {other_flags(need.json(), *bench.plain)}));
    }
  }
  matches.note(question.json(), *bench.plain);
}

// The number, from 1, of the first need that the event meets; 0 if there is none.
std::size_t needed_by(const Json& needs, const Json& event) {
  for (std::size_t i = 0; i < needs.size(); ++i) {
    if (meets(needs[i], event)) return i + 1;
  }
  return 0;
}

// Tells which picks are not needed, which needs no pick meets, and which vetoes match a pick.
void tell_picks(const Json& verdict, const Json& question, const Reader& answer, const Run& run) {
  Text text;
  const Json& needs = question.at("need");
  std::vector<const Json*> picks;
  for (const Json& pick : verdict.at("fields")) {
    if (const auto problem = pick.find("problem"); problem != pick.end()) {
      text = joined(text,
                    say({"cannot be read: {0}", "无法读取：{0}"}, {format::read_text(*problem)}));
      continue;
    }
    picks.push_back(&run.events[pick.at("answer").get<std::size_t>()]);
    if (pick.at("correct").get<bool>()) continue;
    // The veto that matches it is reported below.
    if (needed_by(needs, *picks.back()) != 0) continue;
    text = joined(text, say({"{0} is not needed", "不需要{0}"}, {event_text(*picks.back())}));
  }
  for (std::size_t i = 0; i < needs.size(); ++i) {
    if (std::any_of(picks.begin(), picks.end(),
                    [&](const Json* event) { return meets(needs[i], *event); })) {
      continue;
    }
    text = joined(text, say({"no pick meets need {0}", "没有选中的事件满足第 {0} 项 need"},
                            {std::to_string(i + 1)}));
  }
  const Json vetoes = question.value("veto", Json::array());
  for (std::size_t i = 0; i < vetoes.size(); ++i) {
    for (const Json* event : picks) {
      if (!lab::matches(vetoes[i].at("match"), *event)) continue;
      const auto need = needed_by(needs, *event);
      text = joined(
          text, need == 0
                    ? say({"veto {0} strikes {1}", "第 {0} 项 veto 否决了{1}"},
                          {std::to_string(i + 1), event_text(*event)})
                    : say({"veto {0} strikes {1}, which need {2} asks for: the veto is too wide",
                           "第 {0} 项 veto 否决了{1}，而第 {2} 项 need 要的正是它：veto 太宽了"},
                          {std::to_string(i + 1), event_text(*event), std::to_string(need)}));
    }
  }
  answer.problem(std::move(text));
}

format::Text unfit_for_pick(std::string_view notation, const Json&) {
  if (notation == "ladder" || notation == "list") return {};
  return say({"events are picked in what is shown, and {0} does not show all of them",
              "要在显示的内容里选事件，而 {0} 不显示全部事件"},
             {format::quote(notation)});
}

}  // namespace

const Kind& pick_kind() {
  static const Kind kind{
      .name = "pick",
      .doc = "Events of the trace that show something",
      .fields = fields_of_pick,
      .stands_alone = true,
      .is_part = true,
      .points = [](const Json& q) { return points_of(q.at("need").size(), q); },
      .show = [](const Json& q, const Setting& setting,
                 Json& shown) { shown["fewest"] = fewest_picks(q, setting.run); },
      .judge = judge_picks,
      .right_answer = right_picks,
      .also_right = [](const Json& q,
                       Bench& bench) { return without_first(picks_by_need(q, *bench.plain)); },
      .guess = guess_pick,
      .lists_events = true,
      .draws_the_run = [](const Json&) { return true; },
      .notations = {"ladder", "list"},
      .unfit = unfit_for_pick,
      .refuting_event = refuting_pick,
      .check_names = check_matches_of_pick,
      .check_names_of_answer = check_picked_matches,
      .watch = watch_pick,
      .check = check_pick,
      .tell_faults = tell_picks,
  };
  return kind;
}

}  // namespace tcplab::exercise
