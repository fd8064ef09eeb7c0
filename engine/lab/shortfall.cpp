#include "lab/shortfall.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "format/problem.hpp"
#include "lab/predicate.hpp"
#include "lab/socket_states.hpp"

namespace tcplab::lab {

using format::Json;

namespace {

Json number(std::optional<std::uint32_t> n) { return n ? Json(*n) : Json(); }

Json because(const char* reason, std::optional<std::uint32_t> n) {
  return {{"reason", reason}, {"n", number(n)}, {"part", ""}};
}

// The last change of state of the host, or of the socket, that `place` names.
std::optional<std::uint32_t> last_change(const Json& place, const Events& events) {
  if (!place.contains("host")) return std::nullopt;
  const auto connections =
      place.contains("socket") ? connections_of(place, events) : std::vector<std::uint32_t>{};
  for (std::size_t n = events.size(); n > 0; --n) {
    if (events.kind(n - 1) != "state" || !is_at(place, connections, events, n - 1)) continue;
    return events[n - 1].at("n").get<std::uint32_t>();
  }
  return std::nullopt;
}

// The goal is an "eventually", a "delivered" or an "always".
Json of_nearest(const Json& goal, const Events& events) {
  auto near = nearest(goal, events);
  if (!near) return because("unlike", last_change(goal.front(), events));
  Json why = because("nearest", near->n);
  why["misses"] = std::move(near->misses);
  return why;
}

Json of_count(const Json& counted, const Events& events, std::optional<std::uint32_t> n) {
  Json why = because("count", n);
  why["found"] = find_matches(counted.at("of"), events).size();
  return why;
}

Json of_before(const Json& pair, const Events& events) {
  for (const Json& match : pair) {
    if (!find_matches(match, events).empty()) continue;
    Json why = of_nearest(Json{{"eventually", match}}, events);
    why["match"] = match;
    return why;
  }
  return because("order", find_matches(pair.at(1), events).front());
}

Json of_state(const Json& where, const Events& events) {
  const SocketState shown = state_of(where, events);
  Json why = because("state", shown.n);
  why["found"] = shown.state;
  return why;
}

Json inside(Json why, const std::string& pointer) {
  why["part"] = pointer + why.at("part").get_ref<const std::string&>();
  return why;
}

Json of_all(const Json& goals, const Events& events) {
  for (std::size_t i = 0; i < goals.size(); ++i) {
    if (Json why = shortfall(goals[i], events); !why.is_null()) {
      return inside(std::move(why), format::child("/all", i));
    }
  }
  return nullptr;
}

// Reports the goal that an event came nearest to, or else the first.
Json of_any(const Json& goals, const Events& events) {
  Json best;
  for (std::size_t i = 0; i < goals.size(); ++i) {
    Json why = inside(shortfall(goals[i], events), format::child("/any", i));
    const bool is_nearer =
        why.contains("misses") &&
        (!best.contains("misses") || why.at("misses").size() < best.at("misses").size());
    if (best.is_null() || is_nearer) best = std::move(why);
  }
  return best;
}

Json of_not(const Json& inner, const Events& events) {
  const auto& [key, value] = *inner.get_ref<const Json::object_t&>().begin();
  if (key == "not") return inside(shortfall(value, events), "/not/not");
  if (key == "never") return of_nearest(Json{{"eventually", value}}, events);
  if (key == "at_end") return of_state(value, events);
  const auto n = judge(inner, events).n;
  return key == "count" ? of_count(value, events, n) : because("holds", n);
}

}  // namespace

Json shortfall(const Json& goal, const Events& events) {
  const Judgement judgement = judge(goal, events);
  if (judgement.holds) return nullptr;
  const auto& [key, value] = *goal.get_ref<const Json::object_t&>().begin();
  if (key == "all") return of_all(value, events);
  if (key == "any") return of_any(value, events);
  if (key == "not") return of_not(value, events);
  if (key == "count") return of_count(value, events, judgement.n);
  if (key == "before") return of_before(value, events);
  if (key == "at_end") return of_state(value, events);
  if (key == "never" || judgement.n) return because("happened", judgement.n);
  return of_nearest(goal, events);
}

}  // namespace tcplab::lab
