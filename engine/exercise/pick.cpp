// Events picked from the trace as evidence.
//
// Of each list of needs one event must be picked; an event that is not needed makes the answer less
// precise; a vetoed one spoils it. Points = needs met / needs * needed picks / picks, rounded down.
#include <algorithm>
#include <set>

#include "exercise/question.hpp"
#include "format/problem.hpp"
#include "format/shape.hpp"
#include "lab/predicate.hpp"

namespace tcplab::exercise {

namespace {

constexpr std::size_t most_picks = 200;

// The number of a picked event: a number, or a match that stands for the first event that it fits,
// so that a witness does not depend on how many events came before.
std::optional<std::uint32_t> read_pick(const Json& pick, const Run& run) {
  if (pick.is_object()) {
    if (!format::check(lab::match_shape(), pick, format::Source{}).empty()) return std::nullopt;
    const Json* event = run.find(pick);
    return event ? std::optional(event->at("n").get<std::uint32_t>()) : std::nullopt;
  }
  if (!pick.is_number_integer() || pick < 0 || pick >= run.events.size()) return std::nullopt;
  return pick.get<std::uint32_t>();
}

tl::expected<std::vector<std::uint32_t>, format::Text> read_picks(const Json& answer,
                                                                  const Run& run) {
  const auto refuse = [&](const Json& found) {
    return tl::unexpected(format::say(
        {"found {0}; allowed: a list of at most {1} picks, each the number of an event, "
         "from 0 to {2}, or a match that an event of the run fits",
         "发现 {0}；允许：最多 {1} 项的列表，每一项是事件编号（从 0 到 "
         "{2}），或者运行中有事件符合的匹配"},
        {format::show(found), std::to_string(most_picks),
         std::to_string(run.events.empty() ? 0 : run.events.size() - 1)}));
  };
  if (!answer.is_array() || answer.size() > most_picks) return refuse(answer);
  std::vector<std::uint32_t> picks;
  for (const Json& pick : answer) {
    const auto n = read_pick(pick, run);
    if (!n) return refuse(pick);
    picks.push_back(*n);
  }
  std::sort(picks.begin(), picks.end());
  picks.erase(std::unique(picks.begin(), picks.end()), picks.end());
  return picks;
}

bool meets(const Json& need, const Json& event) {
  return std::any_of(need.begin(), need.end(),
                     [&](const Json& match) { return lab::matches(match, event); });
}

struct Veto {
  bool struck = false;
  Json declared = Json::array();  // one a misconception

  void add(const std::string& misconception, const Json& fields) {
    for (Json& each : declared) {
      if (each.at("misconception") != misconception) continue;
      for (const Json& field : fields) each.at("fields").push_back(field);
      return;
    }
    declared.push_back({{"misconception", misconception}, {"fields", fields}});
  }
};

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
    if (const auto shows = veto.find("shows"); shows != veto.end()) {
      result.add(shows->get_ref<const std::string&>(), fields);
    }
  }
  return result;
}

using Needs = std::uint32_t;  // a set of them, a bit each

Needs met_by(const Json& event, const Json& needs) {
  Needs met = 0;
  for (std::size_t i = 0; i < needs.size(); ++i) met |= Needs{meets(needs[i], event)} << i;
  return met;
}

}  // namespace

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

Json judge_pick(const Json& question, const Json& answer, Bench& bench) {
  const Run& run = *bench.plain;
  const auto picks = read_picks(answer, run);
  if (!picks) return unreadable(question, picks.error());
  const Json& needs = question.at("need");

  std::uint64_t met = 0;
  Json evidence = Json::array();
  for (const Json& need : needs) {
    met += std::any_of(picks->begin(), picks->end(),
                       [&](auto n) { return meets(need, run.events[n]); });
    const auto shows = std::find_if(run.events.begin(), run.events.end(),
                                    [&](const Json& event) { return meets(need, event); });
    if (shows != run.events.end()) evidence.push_back(shows->at("n"));
  }
  std::uint64_t needed = 0;
  Json fields = Json::array();
  for (const auto n : *picks) {
    const bool is_needed = std::any_of(
        needs.begin(), needs.end(), [&](const Json& need) { return meets(need, run.events[n]); });
    needed += is_needed ? 1 : 0;
    fields.push_back({{"name", std::to_string(n)}, {"answer", n}, {"correct", is_needed}});
  }
  const Veto veto = vetoes(question, *picks, run);

  Json verdict = blank_verdict(question);
  const std::uint64_t max = points(question);
  const std::uint64_t score =
      veto.struck || picks->empty() ? 0 : max * met * needed / (needs.size() * picks->size());
  verdict["score"] = score;
  verdict["correct"] = score == max;
  verdict["fields"] = std::move(fields);
  verdict["evidence"] = std::move(evidence);
  // Which events another run would have asks for is not said anywhere.
  const auto nothing = [](const Json&) { return std::optional<Json>(); };
  const auto nowhere = [](const Json&) { return RunPtr(); };
  bench.attempt.push_back({&question, Json::object(), Json::object(), nothing, bench.plain, nowhere,
                           false, veto.declared});
  return verdict;
}

}  // namespace tcplab::exercise
