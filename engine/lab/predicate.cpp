#include "lab/predicate.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "lab/delivered.hpp"
#include "lab/socket_states.hpp"

namespace tcplab::lab {

using format::Json;
using namespace format::shapes;

namespace {

struct Judge {
  const Events& events;

  Judgement eventually(const Json& match) const {
    const auto n = first_match(match, events);
    return {n.has_value(), n};
  }

  Judgement never(const Json& match) const {
    const auto n = first_match(match, events);
    return {!n.has_value(), n};
  }

  Judgement count(const Json& predicate) const {
    const auto found = find_matches(predicate.at("of"), events);
    const auto least = predicate.value("at_least", std::uint64_t{0});
    const auto most = predicate.value("at_most", std::uint64_t{events.size()});
    if (found.size() > most) return {false, found[static_cast<std::size_t>(most)]};
    const bool enough = found.size() >= least;
    if (found.empty()) return {enough, std::nullopt};
    const bool decided = enough && least > 0;
    return {enough, decided ? found[static_cast<std::size_t>(least - 1)] : found.back()};
  }

  Judgement before(const Json& pair) const {
    const auto earlier = first_match(pair.at(0), events);
    const auto later = first_match(pair.at(1), events);
    return {earlier && later && *earlier < *later, later};
  }

  Judgement delivered(const Json& wanted) const {
    const Delivered best = best_delivered(wanted, events);
    return {best.holds(), best.holds() ? best.n : std::nullopt};
  }

  Judgement at_end(const Json& where) const {
    const SocketState shown = state_of(where, events);
    return {where.at("state") == shown.state, shown.n};
  }

  Judgement always(const Json& where) const {
    const auto connections =
        where.contains("socket") ? connections_of(where, events) : std::vector<std::uint32_t>{};
    bool reached = false;
    for (std::uint32_t n = 0; n < events.size(); ++n) {
      if (events.kind(n) != "state" || !is_at(where, connections, events, n)) continue;
      const auto& event = events[n];
      if (event.at("to") == where.at("state")) {
        reached = true;
      } else if (reached && event.at("from") == where.at("state")) {
        return {false, n};
      }
    }
    return {reached, std::nullopt};
  }

  Judgement judge(const Json& predicate) const {
    for (const auto& [key, value] : predicate.items()) {
      if (key == "eventually") return eventually(value);
      if (key == "never") return never(value);
      if (key == "count") return count(value);
      if (key == "before") return before(value);
      if (key == "delivered") return delivered(value);
      if (key == "at_end") return at_end(value);
      if (key == "always") return always(value);
      if (key == "not") return negated(judge(value));
      if (key == "all" || key == "any") return combined(value, key == "all");
    }
    return {};
  }

  static Judgement negated(Judgement judgement) { return {!judgement.holds, judgement.n}; }

  Judgement combined(const Json& predicates, bool all) const {
    Judgement result{all, std::nullopt};
    for (const auto& predicate : predicates) {
      const auto judgement = judge(predicate);
      if (judgement.holds != all) return judgement;
      if (judgement.n && (!result.n || *judgement.n > *result.n)) result.n = judgement.n;
    }
    return result;
  }
};

std::vector<format::Field> place_fields() {
  return {required("host", identifier(), "The host"),
          optional("socket", identifier(),
                   "One of its sockets, or \"listener\"; default: the one that is looked at")};
}

format::Shape where_shape() {
  auto fields = place_fields();
  fields.push_back(required("state", state_name(), "The state"));
  return object({"place", "主机与状态"}, std::move(fields));
}

format::Shape delivered_shape() {
  auto fields = place_fields();
  fields.push_back(optional("text", string(1, 200), "These octets, in a row"));
  fields.push_back(optional("at_least", integer(1, 1'000'000), "So many octets of any kind", 1));
  fields.push_back(optional("stale", boolean(),
                            "Whether another incarnation of the connection sent them; "
                            "default: either"));
  return object({"delivered octets", "交付的字节"}, std::move(fields));
}

}  // namespace

Judgement judge(const Json& predicate, const Events& events) {
  return Judge{events}.judge(predicate);
}

const format::Shape& goal_shape() {
  static const format::Shape counted =
      object({"count", "计数"}, {required("of", match_shape(), "How many events match this"),
                                 optional("at_least", integer(0, 100'000), "So many or more"),
                                 optional("at_most", integer(0, 100'000), "So many or fewer")});
  static const format::Shape shape = named(
      "goal", choice({"goal", "目标"},
                     {optional("eventually", match_shape(), "Some event matches"),
                      optional("never", match_shape(), "No event matches"),
                      optional("count", counted, "The number of matching events is in a range"),
                      optional("before", array(match_shape(), 2, 2),
                               "The first match of one comes before the first of the other"),
                      optional("delivered", delivered_shape(),
                               "An application is given these octets, however they are cut"),
                      optional("at_end", where_shape(), "The state when the run ends"),
                      optional("always", where_shape(), "Once reached, the state is never left"),
                      optional("all", array(reference("goal"), 1, 20), "Every one of these"),
                      optional("any", array(reference("goal"), 1, 20), "At least one of these"),
                      optional("not", reference("goal"), "This does not hold")}));
  return shape;
}

}  // namespace tcplab::lab
