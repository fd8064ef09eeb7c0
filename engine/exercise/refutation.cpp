#include "exercise/refutation.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "exercise/evidence.hpp"
#include "exercise/json_list.hpp"
#include "exercise/kinds/kind.hpp"
#include "exercise/kinds/places.hpp"
#include "exercise/parts.hpp"
#include "exercise/verdict.hpp"
#include "lab/socket_states.hpp"

namespace tcplab::exercise {

using Found = std::optional<std::uint32_t>;

namespace {

// The state whose beginning the text of a misconception mentions.
struct ToldState {
  std::string_view misconception;
  std::string_view state;
};
constexpr ToldState kToldStates[] = {
    {"M21", "TIME_WAIT"},  {"M22", "FIN_WAIT_1"}, {"M23", "CLOSE_WAIT"}, {"M33", "TIME_WAIT"},
    {"M34", "TIME_WAIT"},  {"M36", "TIME_WAIT"},  {"M39", "LAST_ACK"},   {"M62", "CLOSED"},
    {"M64", "FIN_WAIT_2"}, {"M65", "TIME_WAIT"},  {"M67", "TIME_WAIT"},  {"M68", "FIN_WAIT_2"},
};
// Misconceptions whose texts mention what happens at the moment that was asked about, at either
// end.
constexpr std::string_view kOfTheMoment[] = {"M08", "M58"};

std::string_view subject_of(std::string_view misconception) {
  const auto* subject =
      std::find_if(std::begin(kToldStates), std::end(kToldStates),
                   [&](const ToldState& each) { return each.misconception == misconception; });
  return subject == std::end(kToldStates) ? std::string_view() : subject->state;
}

// Whether the place is marked wrong. For a role question: whether it is named wrongly or missing.
bool is_wrong_place(const std::string& name, const Statement& statement,
                    const std::vector<std::string>& fields) {
  if (kind_of(*statement.question).asks_places) {
    return contains(statement.given.at("hosts"), name) !=
           contains(statement.right.at("hosts"), name);
  }
  return std::find(fields.begin(), fields.end(), name) != fields.end();
}

// The scope of a wrong answer about states: the places that are marked wrong, the other ends of
// their connections, and the moment. The scope of a claim is all hosts.
class Scope {
 public:
  Scope(const Statement& statement, const std::vector<std::string>& fields)
      : run_(*statement.run), end_(run_.events.size()) {
    const Json& question = *statement.question;
    const Kind& kind = kind_of(question);
    is_everywhere_ = !kind.asks_states && !kind.asks_places;
    if (is_everywhere_) return;
    const Json* pause = kind.asks_states ? pause_event(question, run_) : nullptr;
    if (pause != nullptr) {
      end_ = run_.events_after(*pause);
      step_ = pause->at("step");
    }
    for (const auto& place : places_of(question, run_)) {
      if (!is_wrong_place(place.name, statement, fields)) continue;
      places_.emplace_back(place.where, place.where.contains("socket")
                                            ? lab::connections_of(place.where, run_.events)
                                            : std::vector<std::uint32_t>{});
    }
    find_other_ends();
  }

  std::size_t end() const { return end_; }
  bool is_at_the_moment(std::size_t n) const { return run_.events[n].at("step") == step_; }
  bool is_at_a_place(std::size_t n) const {
    return is_everywhere_ || std::any_of(places_.begin(), places_.end(), [&](const auto& place) {
             return lab::is_at(place.first, place.second, run_.events, n);
           });
  }
  bool is_at_other_end(std::size_t n) const {
    return other_ends_.count(run_.events.connection(n)) != 0;
  }

 private:
  void find_other_ends() {
    const auto ways = ways_in(run_);
    std::vector<Way> reversed;
    for (std::size_t n = 0; n < end_; ++n) {
      const auto way = ways.find(run_.events.connection(n));
      if (way == ways.end() || !is_at_a_place(n)) continue;
      reversed.emplace_back(way->second.second, way->second.first);
    }
    for (const auto& [connection, way] : ways) {
      if (std::find(reversed.begin(), reversed.end(), way) != reversed.end()) {
        other_ends_.insert(connection);
      }
    }
  }

  const Run& run_;
  std::size_t end_;
  Json step_;  // null: no moment was asked about
  bool is_everywhere_ = false;
  std::vector<std::pair<Json, std::vector<std::uint32_t>>> places_;
  std::set<std::uint32_t> other_ends_;
};

// The last change into the state, preferably at a place that is marked wrong.
Found entry_into(std::string_view state, const Scope& scope, const Run& run) {
  Found at_place;
  Found at_other_end;
  for (std::uint32_t n = 0; !state.empty() && n < scope.end(); ++n) {
    if (run.events.kind(n) != "state" || run.events[n].at("to") != state) continue;
    if (scope.is_at_a_place(n)) at_place = n;
    if (scope.is_at_other_end(n)) at_other_end = n;
  }
  return at_place ? at_place : at_other_end;
}

Found change_at_the_moment(std::string_view misconception, const Scope& scope, const Run& run) {
  const bool is_wanted = std::find(std::begin(kOfTheMoment), std::end(kOfTheMoment),
                                   misconception) != std::end(kOfTheMoment);
  for (std::uint32_t n = 0; is_wanted && n < scope.end(); ++n) {
    if (run.events.kind(n) == "state" && scope.is_at_the_moment(n)) return n;
  }
  return std::nullopt;
}

// For M63: the last segment that was lost on its way to a place that is marked wrong.
Found last_loss(std::string_view misconception, const Statement& statement,
                const std::vector<std::string>& fields) {
  Found last;
  for (const auto& field : fields) {
    const auto why = statement.evidence.find(field);
    if (misconception != "M63" || why == statement.evidence.end()) continue;
    for (const auto n : why->second) {
      if (statement.run->events.kind(n) == "segment.dropped") last = std::max(last.value_or(n), n);
    }
  }
  return last;
}

Found first_that_lacks(const RunPtr& world, const Scope& scope, const Run& run) {
  for (std::uint32_t n = 0; world && n < scope.end(); ++n) {
    if (!scope.is_at_a_place(n) && !scope.is_at_other_end(n)) continue;
    if (!has_its_like(world->events, run.events[n])) return n;
  }
  return std::nullopt;
}

// The last of the changes that decide the fields. For states, that is the first event of the
// evidence: segments that were lost after it follow.
Found last_change(const Statement& statement, const std::vector<std::string>& fields) {
  const bool is_state = kind_of(*statement.question).asks_states;
  Found last;
  for (const auto& field : fields) {
    const auto why = statement.evidence.find(field);
    if (why == statement.evidence.end() || why->second.empty()) continue;
    const auto n = is_state ? why->second.front() : why->second.back();
    last = std::max(last.value_or(n), n);
  }
  return last;
}

// Whether the same host in `world` sends or receives a segment with the same ends, flags and seq.
bool has_its_number(const lab::Events& world, const Json& event) {
  const Json& segment = event.at("segment");
  for (std::size_t n = 0; n < world.size(); ++n) {
    if (world.kind(n) != event.at("kind").get_ref<const std::string&>()) continue;
    if (world.host(n) != event.at("host").get_ref<const std::string&>()) continue;
    const Json& other = world[n].at("segment");
    const auto same = [&](const char* key) { return other.at(key) == segment.at(key); };
    if (same("src") && same("dst") && same("flags") && same("seq")) return true;
  }
  return false;
}

// The event that sent the segment: its sender chose the numbers.
std::uint32_t sending(std::uint32_t n, const Run& run) {
  const Json& id = run.events[n].at("segment").at("id");
  for (std::uint32_t k = 0; k < n; ++k) {
    if (run.events.kind(k) != "segment.sent") continue;
    if (run.events[k].at("segment").at("id") == id) return k;
  }
  return n;
}

}  // namespace

Found refuted_by_states(std::string_view misconception, const Statement& statement,
                        const std::vector<std::string>& fields, const RunPtr& world) {
  const Run& run = *statement.run;
  const Scope scope(statement, fields);
  if (const auto n = change_at_the_moment(misconception, scope, run)) return n;
  if (const auto n = last_loss(misconception, statement, fields)) return n;
  if (const auto n = entry_into(subject_of(misconception), scope, run)) return n;
  if (const auto n = first_that_lacks(world, scope, run)) return n;
  return last_change(statement, fields);
}

// A number follows from the seq of earlier segments. If those are the same in `world`, the event is
// the segment that was asked about.
Found refuted_by_numbers(std::string_view, const Statement& statement,
                         const std::vector<std::string>& fields, const RunPtr& world) {
  Found first;
  for (const auto& field : fields) {
    const auto why = statement.evidence.find(field);
    if (!world || why == statement.evidence.end() || (field != "seq" && field != "ack")) continue;
    for (const auto n : why->second) {
      const Json& event = statement.run->events[n];
      if (has_its_number(world->events, event)) continue;
      first = std::min(first.value_or(n), n);
      break;
    }
  }
  if (first) return sending(*first, *statement.run);
  return statement.shown.empty() ? std::nullopt : Found(statement.shown.front());
}

Found refuted_by_parting(std::string_view misconception, const Statement& statement,
                         const std::vector<std::string>& fields, const RunPtr& world) {
  const Run& run = *statement.run;
  if (!world) return entry_into(subject_of(misconception), Scope(statement, fields), run);
  const auto parts = where_they_part(statement.run->events, world->events);
  return parts ? Found(parts->first) : std::nullopt;
}

Found refuting_event(std::string_view misconception, const Statement& statement,
                     const std::vector<std::string>& fields, const RunPtr& world) {
  return kind_of(*statement.question).refuting_event(misconception, statement, fields, world);
}

}  // namespace tcplab::exercise
