#include "exercise/vain.hpp"

#include <algorithm>
#include <utility>

#include "exercise/idle_action.hpp"
#include "exercise/kinds/kind.hpp"
#include "lab/match.hpp"
#include "wire/segment.hpp"

namespace tcplab::exercise {

namespace {

using format::Reader;
using format::say;
using format::Text;

// The indices that are unused in all runs.
std::vector<std::size_t> unused(const std::vector<const Use*>& runs, std::vector<bool> Use::*list) {
  std::vector<std::size_t> result;
  for (std::size_t i = 0; !runs.empty() && i < (runs.front()->*list).size(); ++i) {
    const auto uses = [&](const Use* run) {
      const auto& used = run->*list;
      return i >= used.size() || used[i];
    };
    if (std::none_of(runs.begin(), runs.end(), uses)) result.push_back(i);
  }
  return result;
}

const Json& list_in(const Json& scenario, const char* key) {
  static const Json kNone = Json::array();
  const auto list = scenario.find(key);
  return list == scenario.end() ? kNone : *list;
}

std::string address_of(const Json& host, const Json& scenario) {
  for (const Json& each : list_in(scenario, "hosts")) {
    if (each.at("name") == host) return each.value("address", "");
  }
  return "";
}

// The flags of the segments that match a fault apart from their flags.
std::set<std::string> flags_otherwise_as(const Json& wanted, const Json& scenario, const Run& run) {
  Json match{{"kind", "segment.sent"}};
  if (wanted.contains("from")) match["host"] = wanted.at("from");
  if (wanted.contains("len_min")) match["len_min"] = wanted.at("len_min");
  const std::string to =
      wanted.contains("to") ? address_of(wanted.at("to"), scenario) + ":" : std::string();
  std::set<std::string> seen;
  for (const auto n : lab::find_matches(match, run.events)) {
    const Json& segment = run.events[n].at("segment");
    if (segment.at("dst").get_ref<const std::string&>().compare(0, to.size(), to) != 0) continue;
    seen.insert(segment.at("flags").get<std::string>());
  }
  return seen;
}

unsigned bits_of(wire::Flags flags) {
  unsigned count = 0;
  for (unsigned rest = flags; rest != 0; rest &= rest - 1) ++count;
  return count;
}

// The seen flags that are nearest to the wanted ones: they share at least one, and differ in the
// fewest. None if the wanted flags were seen: then they are not the reason why the fault strikes
// nothing.
std::vector<std::string> nearest_flags(const std::string& wanted,
                                       const std::set<std::string>& seen) {
  constexpr unsigned kNever = 100;
  const auto plain = [](const std::string& text) {
    return static_cast<wire::Flags>(wire::parse_flags(text).value_or(wire::Flags{0}) & ~wire::kPsh);
  };
  const wire::Flags flags = plain(wanted);
  unsigned least = kNever;
  std::set<std::string> nearest;
  for (const auto& text : seen) {
    const wire::Flags other = plain(text);
    if ((other & flags) == 0) continue;
    const unsigned distance = bits_of(static_cast<wire::Flags>(other ^ flags));
    if (distance < least) nearest.clear();
    if (distance <= least) nearest.insert(wire::flags_text(other));
    least = std::min(least, distance);
  }
  if (least == 0) return {};
  return {nearest.begin(), nearest.end()};
}

}  // namespace

void Hits::note(const Json& scenario, const Run& run) {
  Hits here;
  for (const Json& fault : list_in(scenario, "faults")) {
    const Json& match = fault.at("match");
    here.flags.push_back(match.contains("flags") ? flags_otherwise_as(match, scenario, run)
                                                 : std::set<std::string>());
  }
  for (const Json& entry : list_in(scenario, "script")) {
    here.script.push_back(!misses(entry, run));
  }
  add(here);
}

void Hits::add(const Hits& other) {
  script.resize(std::max(script.size(), other.script.size()));
  flags.resize(std::max(flags.size(), other.flags.size()));
  for (std::size_t i = 0; i < other.script.size(); ++i) script[i] = script[i] || other.script[i];
  for (std::size_t i = 0; i < other.flags.size(); ++i) {
    flags[i].insert(other.flags[i].begin(), other.flags[i].end());
  }
}

Matches::Matches(const Reader& root) {
  for (const Reader& question : root["questions"].items()) add_question(question);
}

void Matches::add(const Json& question, const Reader& at, Json match) {
  if (at) watched_.push_back({&question, at.pointer(), std::move(match)});
}

void Matches::add_question(const Reader& question) {
  for (const Reader& part : question["parts"].items()) add_question(part);
  const auto& kind = kind_of(question.json());
  if (kind.watch) kind.watch(question, *this);
}

void Matches::note(const Json& question, const Run& run) {
  for (Watched& watched : watched_) {
    if (watched.is_met || watched.question != &question) continue;
    watched.is_met = lab::first_match(watched.match, run.events).has_value();
  }
}

void Matches::note(const Reader& at) {
  for (Watched& watched : watched_) watched.is_met |= watched.pointer == at.pointer();
}

std::set<std::string> Matches::unmet() const {
  std::set<std::string> pointers;
  for (const Watched& watched : watched_) {
    if (!watched.is_met) pointers.insert(watched.pointer);
  }
  return pointers;
}

std::vector<std::string> in_all(const std::vector<std::set<std::string>>& sets) {
  std::vector<std::string> result;
  if (sets.empty()) return result;
  for (const std::string& each : sets.front()) {
    const auto has_it = [&](const std::set<std::string>& set) { return set.count(each) != 0; };
    if (std::all_of(sets.begin(), sets.end(), has_it)) result.push_back(each);
  }
  return result;
}

namespace {

Text flags_note(const Json& match, const std::set<std::string>& seen) {
  const std::string wanted = match.value("flags", "");
  const auto nearest = nearest_flags(wanted, seen);
  if (nearest.empty()) return {};
  return say({"; flags match exactly; wanted: {0}, seen: {1}",
              "；标志位要完全一致；要求：{0}，出现的：{1}"},
             {format::quote(wanted), format::list(nearest)});
}

}  // namespace

Text other_flags(const Json& match, const Run& run) {
  if (!match.contains("flags") || run.find(match) != nullptr) return {};
  Json otherwise = match;
  otherwise.erase("flags");
  std::set<std::string> seen;
  for (const auto n : lab::find_matches(otherwise, run.events)) {
    const auto segment = run.events[n].find("segment");
    if (segment != run.events[n].end()) seen.insert(segment->at("flags").get<std::string>());
  }
  return flags_note(match, seen);
}

void warn_of_unused(const std::vector<const Use*>& runs, const Hits& hits, const Text& tried,
                    const Json& written, const format::Source& scenario, Problems& warnings) {
  const Json& faults = list_in(written, "faults");
  for (const auto i : unused(runs, &Use::faults)) {
    warnings.push_back(scenario.problem(
        format::child("/faults", i),
        say({"no segment matches this fault in {0}{1}", "在{0}中，没有报文段与这个故障匹配{1}"},
            {tried, flags_note(faults.at(i).at("match"), hits.flags.at(i))})));
  }
  for (std::size_t i = 0; i < hits.script.size(); ++i) {
    if (hits.script[i]) continue;
    warnings.push_back(scenario.problem(
        format::child("/script", i),
        say({"this changes nothing: its segment is not under way at that moment in {0}",
             "这一项什么也没有改变：在{0}中，它的报文段那时不在途中"},
            {tried})));
  }
  for (const auto i : unused(runs, &Use::script)) {
    warnings.push_back(
        scenario.problem(format::child("/script", i) + "/when",
                         say({"this state is not reached in {0}, so the entry is never done",
                              "在{0}中到不了这个状态，所以这一条从不执行"},
                             {tried})));
  }
}

}  // namespace tcplab::exercise
