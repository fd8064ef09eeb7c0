#include "lab/predicate.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>

#include "wire/segment.hpp"

namespace tcplab::lab {

using format::Json;
using namespace format::shapes;

namespace {

// Fields of a match that stand in the event's segment.
bool is_segment_field(std::string_view key) {
  return key == "flags" || key == "len" || key == "len_min" || key == "src" || key == "dst" ||
         key == "seq" || key == "ack" || key == "id";
}

bool flags_equal(const Json& wanted, const Json& found) {
  if (!wanted.is_string() || !found.is_string()) return false;
  const auto a = wire::parse_flags(wanted.get_ref<const std::string&>());
  const auto b = wire::parse_flags(found.get_ref<const std::string&>());
  // PSH says nothing about the connection.
  return a && b && (*a & ~wire::kPsh) == (*b & ~wire::kPsh);
}

bool field_matches(std::string_view key, const Json& wanted, const Json& event) {
  const Json* place = &event;
  if (is_segment_field(key)) {
    const auto segment = event.find("segment");
    if (segment == event.end()) return false;
    place = &*segment;
  }
  if (key == "len_min") {
    return place->at("len").get<std::uint64_t>() >= wanted.get<std::uint64_t>();
  }
  const auto found = place->find(std::string(key));
  // A flag of the trace that is false is left out there.
  if (found == place->end()) return wanted.is_boolean() && !wanted.get<bool>();
  return key == "flags" ? flags_equal(wanted, *found) : *found == wanted;
}

struct Judge {
  const std::vector<Json>& events;

  std::optional<std::uint32_t> first(const Json& match) const {
    for (std::uint32_t n = 0; n < events.size(); ++n) {
      if (matches(match, events[n])) return n;
    }
    return std::nullopt;
  }

  Judgement eventually(const Json& match) const {
    const auto n = first(match);
    return {n.has_value(), n};
  }

  Judgement never(const Json& match) const {
    const auto n = first(match);
    return {!n.has_value(), n};
  }

  Judgement count(const Json& predicate) const {
    const auto found = find_matches(predicate.at("of"), events);
    const auto least = predicate.value("at_least", std::uint64_t{0});
    const auto most = predicate.value("at_most", std::uint64_t{events.size()});
    Judgement judgement{found.size() >= least && found.size() <= most, std::nullopt};
    if (!found.empty()) judgement.n = found.back();
    return judgement;
  }

  Judgement before(const Json& pair) const {
    const auto earlier = first(pair.at(0));
    const auto later = first(pair.at(1));
    return {earlier && later && *earlier < *later, later};
  }

  // The state a host shows: of its newest connection that is not a listener, else of its listener
  // (as World::state_of).
  Judgement at_end(const Json& where) const {
    struct Shown {
      std::uint32_t n;
      std::string state;
      bool is_listener;
    };
    std::map<std::uint32_t, Shown> connections;
    for (std::uint32_t n = 0; n < events.size(); ++n) {
      const auto& event = events[n];
      if (event.at("kind") != "state" || where.at("host") != event.value("host", "")) continue;
      const auto& from = event.at("from").get_ref<const std::string&>();
      const auto& to = event.at("to").get_ref<const std::string&>();
      auto& shown = connections[event.value("conn", 0u)];
      const bool stays_listener = shown.is_listener && to == "CLOSED" && from == "LISTEN";
      shown = {n, to, to == "LISTEN" || stays_listener};
    }
    const Shown* newest = nullptr;
    for (const auto& [connection, shown] : connections) {
      if (newest == nullptr || newest->is_listener || !shown.is_listener) newest = &shown;
    }
    if (newest == nullptr) return {where.at("state") == "CLOSED", std::nullopt};
    return {where.at("state") == newest->state, newest->n};
  }

  Judgement always(const Json& where) const {
    bool reached = false;
    for (std::uint32_t n = 0; n < events.size(); ++n) {
      const auto& event = events[n];
      if (event.at("kind") != "state" || where.at("host") != event.value("host", "")) continue;
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

std::vector<std::string> names(auto table) {
  return std::vector<std::string>(std::begin(table), std::end(table));
}

format::Shape state_name() { return enumeration(names(tcp::kStateNames)); }

format::Shape where_shape() {
  return object({"place", "主机与状态"}, {required("host", identifier(), "Whose state"),
                                          required("state", state_name(), "The state")});
}

}  // namespace

bool matches(const Json& match, const Json& event) {
  return std::all_of(match.items().begin(), match.items().end(), [&](const auto& field) {
    return field_matches(field.key(), field.value(), event);
  });
}

std::vector<std::uint32_t> find_matches(const Json& match, const std::vector<Json>& events) {
  std::vector<std::uint32_t> found;
  for (std::uint32_t n = 0; n < events.size(); ++n) {
    if (matches(match, events[n])) found.push_back(n);
  }
  return found;
}

Judgement judge(const Json& predicate, const std::vector<Json>& events) {
  return Judge{events}.judge(predicate);
}

const format::Shape& match_shape() {
  static const format::Shape shape = named(
      "match",
      object({"match", "匹配条件"},
             {optional("kind", enumeration(event_kind_names()), "The event's kind"),
              optional("host", identifier(), "The host it happened on"),
              optional("socket", identifier(), "The socket's name"),
              optional("rule", identifier(), "The rule's id"),
              optional("conn", integer(1), "The connection's number"),
              optional("from", state_name(), "A state event's old state"),
              optional("to", state_name(), "A state event's new state"),
              optional("event", string(1, 40), "What caused the change of state: \"rcv RST\""),
              optional("edge", string(1, 60), "The id of the transition table's row"),
              optional("flags", words({"SYN", "FIN", "RST", "PSH", "ACK", "URG"}),
                       "The segment's control bits, exactly; PSH does not count"),
              optional("len", integer(0, 65'535), "The octets of text in the segment"),
              optional("len_min", integer(0, 65'535), "At least so many octets of text"),
              optional("seq", integer(0, 0xffffffff), "The segment's sequence number"),
              optional("ack", integer(0, 0xffffffff), "The segment's acknowledgment number"),
              optional("src", string(1, 30), "The segment's source, address:port"),
              optional("dst", string(1, 30), "The segment's destination, address:port"),
              optional("id", integer(1), "The segment's id"),
              optional("copy", integer(2), "Which copy of a duplicated segment"),
              optional("retransmission", boolean(), "Whether it was sent before"),
              optional("where", enumeration({"network", "host"}), "Where a segment was dropped"),
              optional("call", enumeration(names(host::kCallNames)), "The socket call"),
              optional("error", string(1, 20), "The errno's name, as in \"ECONNRESET\""),
              optional("bytes", integer(0), "Octets delivered or returned"),
              optional("text", string(0, 1000), "The text delivered"),
              optional("stale", boolean(), "Whether an older connection's octets were delivered"),
              optional("timer", enumeration(names(tcp::kTimerNames)), "The timer")}));
  return shape;
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
                      optional("at_end", where_shape(), "The host's state when the run ends"),
                      optional("always", where_shape(), "Once reached, the state is never left"),
                      optional("all", array(reference("goal"), 1, 20), "Every one of these"),
                      optional("any", array(reference("goal"), 1, 20), "At least one of these"),
                      optional("not", reference("goal"), "This does not hold")}));
  return shape;
}

}  // namespace tcplab::lab
