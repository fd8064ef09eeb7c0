#include "lab/match.hpp"

#include <algorithm>
#include <string>
#include <string_view>

#include "wire/segment.hpp"

namespace tcplab::lab {

using format::Json;
using namespace format::shapes;

namespace {

// Fields of a match that are in the event's segment.
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

// Whether it is about the listener itself: a child begins in LISTEN, too, and may go back there.
bool is_of_listener(const Json& event) {
  if (event.value("kind", "") != "state") return false;
  const auto& from = event.at("from");
  const auto& to = event.at("to");
  return (from == "CLOSED" && to == "LISTEN") ||
         (from == "LISTEN" && (to == "CLOSED" || to == "SYN_SENT"));
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
  if (key == "socket" && wanted == "listener" && is_of_listener(event)) return true;
  // The trace leaves out flags that are false.
  if (found == place->end()) return wanted.is_boolean() && !wanted.get<bool>();
  return key == "flags" ? flags_equal(wanted, *found) : *found == wanted;
}

Json found_in(std::string_view key, const Json& event) {
  const Json* place = &event;
  if (is_segment_field(key)) {
    const auto segment = event.find("segment");
    if (segment == event.end()) return nullptr;
    place = &*segment;
  }
  const auto found = place->find(std::string(key == "len_min" ? "len" : key));
  return found == place->end() ? Json() : *found;
}

std::vector<std::string> names(auto table) {
  return std::vector<std::string>(std::begin(table), std::end(table));
}

}  // namespace

bool matches(const Json& match, const Json& event) {
  const auto& fields = match.get_ref<const Json::object_t&>();
  return std::all_of(fields.begin(), fields.end(), [&](const auto& field) {
    return field_matches(field.first, field.second, event);
  });
}

// Most events are of another kind or host; that is known without making their JSON.
bool matches(const Json& match, const Events& events, std::size_t n) {
  const auto is_other = [&](const char* key, std::string_view found) {
    const auto wanted = match.find(key);
    return wanted != match.end() && wanted->get_ref<const std::string&>() != found;
  };
  if (is_other("kind", events.kind(n)) || is_other("host", events.host(n))) return false;
  return matches(match, events[n]);
}

std::optional<std::uint32_t> first_match(const Json& match, const Events& events,
                                         std::uint32_t start) {
  for (std::uint32_t n = start; n < events.size(); ++n) {
    if (matches(match, events, n)) return n;
  }
  return std::nullopt;
}

std::vector<std::uint32_t> find_matches(const Json& match, const Events& events) {
  std::vector<std::uint32_t> found;
  for (std::uint32_t n = 0; n < events.size(); ++n) {
    if (matches(match, events, n)) found.push_back(n);
  }
  return found;
}

Json misses(const Json& match, const Json& event) {
  Json missed = Json::array();
  for (const auto& [key, wanted] : match.get_ref<const Json::object_t&>()) {
    if (field_matches(key, wanted, event)) continue;
    missed.push_back({{"field", key}, {"wanted", wanted}, {"found", found_in(key, event)}});
  }
  return missed;
}

format::Shape state_name() { return enumeration(names(tcp::kStateNames)); }

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

}  // namespace tcplab::lab
