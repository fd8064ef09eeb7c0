// Of a goal that does not hold: the event that came nearest to it.
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "lab/delivered.hpp"
#include "lab/predicate.hpp"
#include "lab/socket_states.hpp"
#include "tcp/transition.hpp"

namespace tcplab::lab {

using format::Json;

namespace {

using States = std::vector<std::string_view>;

// The states that a connection can still come to from this one. One that is CLOSED is over: what is
// opened later is another connection.
States still_to_come(std::string_view state) {
  States found;
  const auto follow = [&](std::string_view from) {
    for (const tcp::Transition& edge : tcp::transitions()) {
      const auto to = tcp::to_text(edge.to);
      const bool is_new = std::find(found.begin(), found.end(), to) == found.end();
      if (tcp::to_text(edge.from) == from && is_new) found.push_back(to);
    }
  };
  follow(state);
  for (std::size_t i = 0; i < found.size(); ++i) {
    const auto next = found[i];
    if (next != tcp::to_text(tcp::State::kClosed)) follow(next);
  }
  return found;
}

// Where an event of a connection went, seen from the state that is wanted of it.
enum class Turn : std::uint8_t {
  kAway,   // the state could still come, and after the event it no longer can
  kAside,  // the state could have followed at once, and can still come
  kNeither,
};

Turn turn_of(const Json& match, const Json& event) {
  if (!match.contains("to") || event.at("kind") != "state") return Turn::kAside;
  const auto& wanted = match.at("to").get_ref<const std::string&>();
  const auto& from = event.at("from").get_ref<const std::string&>();
  const auto& to = event.at("to").get_ref<const std::string&>();
  const auto can_come = [&wanted](std::string_view state) {
    const States states = still_to_come(state);
    return std::find(states.begin(), states.end(), wanted) != states.end();
  };
  const bool is_over = to == tcp::to_text(tcp::State::kClosed);
  if (can_come(from) && (is_over || !can_come(to))) return Turn::kAway;
  const auto table = tcp::transitions();
  const bool is_next = std::any_of(table.begin(), table.end(), [&](const tcp::Transition& edge) {
    return tcp::to_text(edge.from) == from && tcp::to_text(edge.to) == wanted;
  });
  return is_next ? Turn::kAside : Turn::kNeither;
}

// How far an event is from a match: what happens elsewhere is further than what happens otherwise.
std::size_t distance(const Json& missed) {
  std::size_t sum = 0;
  for (const Json& miss : missed) {
    const auto& field = miss.at("field").get_ref<const std::string&>();
    sum += field == "host" || field == "socket" || field == "conn" ? 3 : 2;
  }
  return sum;
}

std::optional<Nearest> to_match(const Json& match, const Events& events) {
  std::optional<Nearest> best;
  std::pair<std::size_t, Turn> best_rank;
  const auto kind = match.find("kind");
  for (std::size_t n = 0; n < events.size(); ++n) {
    if (kind != match.end() && *kind != events.kind(n)) continue;
    const Json& event = events[n];
    Json missed = misses(match, event);
    // Of a match without a kind, an event that shares nothing with it is not near.
    if (missed.empty() || (match.size() > 1 && missed.size() == match.size())) continue;
    const std::pair rank(distance(missed), turn_of(match, event));
    if (best && best_rank < rank) continue;
    best_rank = rank;
    best = Nearest{event.at("n").get<std::uint32_t>(), std::move(missed)};
  }
  return best;
}

Json miss(const char* field, Json wanted, Json found) {
  return {{"field", field}, {"wanted", std::move(wanted)}, {"found", std::move(found)}};
}

// A list of one: in braces alone, compilers disagree on whether JSON is a list or a copy.
Nearest only(std::uint32_t n, Json missed) { return {n, Json::array({std::move(missed)})}; }

std::optional<Nearest> to_delivered(const Json& wanted, const Events& events) {
  const Delivered best = best_delivered(wanted, events);
  const Json text = wanted.value("text", Json());
  const bool is_near = best.n && best.found * 2 >= best.wanted;
  if (is_near && (best.found < best.wanted || (text.is_null() && best.counted > 0))) {
    if (text.is_null()) return only(*best.n, miss("at_least", best.wanted, best.counted));
    const auto length = static_cast<std::size_t>(best.found);
    const Json found = text.get_ref<const std::string&>().substr(0, length);
    return only(*best.n, miss("text", text, found));
  }
  if (is_near) {
    return only(*best.n, miss("stale", wanted.at("stale"), !wanted.at("stale").get<bool>()));
  }
  const auto connections =
      wanted.contains("socket") ? connections_of(wanted, events) : std::vector<std::uint32_t>{};
  std::size_t after = events.size();
  const auto is_it = [&](std::size_t n) {
    return events.kind(n) == "deliver" && is_at(wanted, connections, events, n);
  };
  while (after > 0 && !is_it(after - 1)) --after;
  if (after == 0) return std::nullopt;
  const Json& last = events[after - 1];
  const auto n = last.at("n").get<std::uint32_t>();
  if (!text.is_null()) return only(n, miss("text", text, last.value("text", "")));
  return only(n, miss("at_least", best.wanted, best.counted));
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
