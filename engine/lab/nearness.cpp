#include "lab/nearness.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "tcp/transition.hpp"
#include "wire/segment.hpp"

namespace tcplab::lab {

using format::Json;

namespace {

using StateNames = std::vector<std::string_view>;

bool is_edge(std::string_view from, std::string_view to) {
  const auto table = tcp::transitions();
  return std::any_of(table.begin(), table.end(), [&](const tcp::Transition& edge) {
    return tcp::to_text(edge.from) == from && tcp::to_text(edge.to) == to;
  });
}

bool contains(const StateNames& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// The states that a connection can still reach from this one. CLOSED ends it: a later open makes
// another connection.
StateNames still_to_come(std::string_view state) {
  StateNames found;
  const auto follow = [&](std::string_view from) {
    for (const tcp::Transition& edge : tcp::transitions()) {
      const auto to = tcp::to_text(edge.to);
      if (tcp::to_text(edge.from) == from && !contains(found, to)) found.push_back(to);
    }
  };
  follow(state);
  for (std::size_t i = 0; i < found.size(); ++i) {
    const auto next = found[i];
    if (next != tcp::to_text(tcp::State::kClosed)) follow(next);
  }
  return found;
}

bool is_synchronized(std::string_view state) {
  constexpr std::array before{tcp::State::kClosed, tcp::State::kListen, tcp::State::kSynSent,
                              tcp::State::kSynRcvd};
  return std::none_of(before.begin(), before.end(),
                      [&](tcp::State each) { return tcp::to_text(each) == state; });
}

Turn turn_to(std::string_view wanted, std::string_view from, std::string_view to) {
  const auto can_come = [&](std::string_view state) {
    return contains(still_to_come(state), wanted);
  };
  const bool is_over = to == tcp::to_text(tcp::State::kClosed);
  const bool could_follow = is_edge(from, wanted);
  // An end before the handshake is over says little of how the connection would have closed.
  const bool is_fork = could_follow || is_synchronized(from);
  if (is_fork && can_come(from) && (is_over || !can_come(to))) return Turn::kAway;
  if (could_follow) return Turn::kAside;
  return !is_over && is_edge(to, wanted) ? Turn::kBefore : Turn::kNone;
}

Turn turn_of(const Json& match, const Json& event) {
  if (event.at("kind") != "state") return Turn::kNone;
  const auto& from = event.at("from").get_ref<const std::string&>();
  const auto& to = event.at("to").get_ref<const std::string&>();
  if (const auto wanted = match.find("to"); wanted != match.end()) {
    return turn_to(wanted->get_ref<const std::string&>(), from, to);
  }
  const auto left = match.find("from");
  return left != match.end() && *left == to ? Turn::kBefore : Turn::kNone;
}

bool is_place(std::string_view field) {
  return field == "host" || field == "socket" || field == "conn";
}

// Whether a field says what happens, rather than where, how much or when.
bool is_telling(std::string_view field) {
  constexpr std::array<std::string_view, 13> telling{"rule",  "from",  "to",  "event", "edge",
                                                     "flags", "seq",   "ack", "id",    "call",
                                                     "error", "timer", "text"};
  return std::find(telling.begin(), telling.end(), field) != telling.end();
}

// The flags differ, but a SYN, FIN or RST in common makes it the same kind of segment.
bool shares_flag(const Json& miss) {
  if (miss.at("field") != "flags" || !miss.at("found").is_string()) return false;
  const auto wanted = wire::parse_flags(miss.at("wanted").get_ref<const std::string&>());
  const auto found = wire::parse_flags(miss.at("found").get_ref<const std::string&>());
  return wanted && found && (*wanted & *found & (wire::kSyn | wire::kFin | wire::kRst)) != 0;
}

// How many fields of a match the event misses, and how many of those that say what happens it has.
struct Tally {
  bool place_is_missed = false;
  std::size_t wanted = 0;  // fields beside the kind and the place
  std::size_t missed = 0;
  std::size_t telling = 0;
  std::size_t told = 0;  // of the telling ones, those that the event has
};

Tally tally(const Json& match, const Json& missed) {
  Tally tally;
  for (const auto& [field, value] : match.get_ref<const Json::object_t&>()) {
    if (field == "kind") continue;
    const auto miss = std::find_if(missed.begin(), missed.end(), [&name = field](const Json& m) {
      return m.at("field") == name;
    });
    const bool is_missed = miss != missed.end();
    if (is_place(field)) {
      tally.place_is_missed |= is_missed;
      continue;
    }
    ++tally.wanted;
    tally.missed += is_missed ? 1 : 0;
    if (!is_telling(field)) continue;
    ++tally.telling;
    tally.told += !is_missed || shares_flag(*miss) ? 1 : 0;
  }
  return tally;
}

// A wrong place counts more than any other wrong field.
std::size_t distance(const Json& missed) {
  std::size_t sum = 0;
  for (const Json& miss : missed) {
    sum += is_place(miss.at("field").get_ref<const std::string&>()) ? 3 : 2;
  }
  return sum;
}

}  // namespace

std::optional<Nearness> nearness(const Json& match, const Json& event, const Json& missed) {
  const Tally fields = tally(match, missed);
  const Nearness found{distance(missed), turn_of(match, event)};
  const bool is_near = fields.place_is_missed
                           ? fields.wanted > 0 && fields.missed == 0
                           : fields.telling == 0 || fields.told > 0 || found.turn != Turn::kNone;
  return is_near ? std::optional(found) : std::nullopt;
}

}  // namespace tcplab::lab
