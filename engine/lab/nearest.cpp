// For a goal that does not hold: the event that came nearest to it.
#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

#include "lab/delivered.hpp"
#include "lab/nearness.hpp"
#include "lab/predicate.hpp"

namespace tcplab::lab {

using format::Json;

namespace {

std::optional<Nearest> to_match(const Json& match, const Events& events) {
  std::optional<Nearest> best;
  Nearness best_nearness;
  const auto kind = match.find("kind");
  // Of equally near events the last: it has most to do with what the student did.
  for (std::size_t n = 0; n < events.size(); ++n) {
    if (kind != match.end() && *kind != events.kind(n)) continue;
    const Json& event = events[n];
    Json missed = misses(match, event);
    if (missed.empty()) continue;
    const auto near = nearness(match, event, missed);
    if (!near || (best && *near > best_nearness)) continue;
    best_nearness = *near;
    best = Nearest{event.at("n").get<std::uint32_t>(), std::move(missed)};
  }
  return best;
}

Json miss(const char* field, Json wanted, Json found) {
  return {{"field", field}, {"wanted", std::move(wanted)}, {"found", std::move(found)}};
}

// Json::array(), because compilers disagree on whether braces alone make a list or a copy.
Nearest only(std::uint32_t n, Json missed) { return {n, Json::array({std::move(missed)})}; }

// Without a text any octet is near. With one, half of it in a row is near.
std::optional<Nearest> to_delivered(const Json& wanted, const Events& events) {
  const Delivered best = best_delivered(wanted, events);
  if (!best.n) return std::nullopt;
  const bool is_text = wanted.contains("text");
  const bool are_enough = best.found >= best.wanted;
  if (is_text && !are_enough) {
    if (best.found * 2 < best.wanted) return std::nullopt;
    return only(*best.n, miss("text_octets", best.wanted, best.found));
  }
  if (are_enough && (is_text || best.counted == 0)) {
    return only(*best.n, miss("stale", wanted.at("stale"), !wanted.at("stale").get<bool>()));
  }
  return only(*best.n, miss("at_least", best.wanted, best.counted));
}

std::optional<Nearest> to_always(const Json& where, const Events& events) {
  Json match{{"kind", "state"}, {"host", where.at("host")}, {"to", where.at("state")}};
  if (where.contains("socket")) match["socket"] = where.at("socket");
  return to_match(match, events);
}

}  // namespace

std::optional<Nearest> nearest(const Json& predicate, const Events& events) {
  const auto& [key, value] = *predicate.get_ref<const Json::object_t&>().begin();
  const Judgement judgement = judge(predicate, events);
  if (judgement.holds) return std::nullopt;
  if (key == "eventually") return to_match(value, events);
  if (key == "delivered") return to_delivered(value, events);
  if (key == "always" && !judgement.n) return to_always(value, events);
  return std::nullopt;
}

}  // namespace tcplab::lab
