// What is done to segments in flight: drop, delay, duplicate, hold, release, corrupt, and reject,
// which the world does.
#include <algorithm>

#include "lab/verbs/row.hpp"

namespace tcplab::lab {

using namespace format::shapes;
using namespace std::chrono_literals;
using format::Field;
using format::Reader;
using format::say;
using format::Sentence;

namespace {

std::vector<Field> flight_and(std::vector<Field> more) {
  const verb::Flight otherwise;
  std::vector<Field> fields{
      required("segment", integer(1, 0xffffffff), "The id of a segment in flight"),
      optional("copy", integer(1, 1'000'000), "The number of the copy, from 1", otherwise.copy)};
  fields.insert(fields.end(), more.begin(), more.end());
  return fields;
}

verb::Flight flight(const Reader& reader) {
  const verb::Flight otherwise;
  return {reader["segment"].integer<std::uint32_t>(),
          reader["copy"].integer<std::uint32_t>(otherwise.copy)};
}

struct Drop {
  using What = verb::Drop;
  static constexpr std::string_view kName = "drop";
  static constexpr const char* kDoc = "The network loses a segment in flight";
  static constexpr Sentence kTitle{"Drop", "丢弃"};

  static std::vector<Field> fields() { return flight_and({}); }
  static What read(const Reader& reader, const Referents&) { return {flight(reader)}; }
  static void change(const What& what, const FlightSite& site) {
    site.network.drop(what.flight.segment, what.flight.copy, site.changes);
  }
};

struct Delay {
  using What = verb::Delay;
  static constexpr std::string_view kName = "delay";
  static constexpr const char* kDoc = "The segment arrives later";
  static constexpr Sentence kTitle{"Delay", "延迟"};

  static std::vector<Field> fields() {
    return flight_and({required("by", duration(0us, 24h), "How much later")});
  }
  static What read(const Reader& reader, const Referents&) {
    return {flight(reader), reader["by"].duration()};
  }
  static void change(const What& what, const FlightSite& site) {
    site.network.delay(what.flight.segment, what.flight.copy, what.by, site.changes);
  }
};

struct Duplicate {
  using What = verb::Duplicate;
  static constexpr std::string_view kName = "duplicate";
  static constexpr const char* kDoc = "The network makes a second copy of the segment";
  static constexpr Sentence kTitle{"Duplicate", "复制"};

  static std::vector<Field> fields() {
    return flight_and({optional("by", duration(0us, 24h), "How long after the first", "0")});
  }
  static What read(const Reader& reader, const Referents&) {
    return {flight(reader), reader["by"].duration()};
  }
  static void change(const What& what, const FlightSite& site) {
    site.network.duplicate(what.flight.segment, what.flight.copy, what.by, site.cause,
                           site.changes);
  }
};

struct Hold {
  using What = verb::Hold;
  static constexpr std::string_view kName = "hold";
  static constexpr const char* kDoc = "The network keeps the segment until it is released";
  static constexpr Sentence kTitle{"Hold", "扣留"};

  static std::vector<Field> fields() { return flight_and({}); }
  static What read(const Reader& reader, const Referents&) { return {flight(reader)}; }
  static void change(const What& what, const FlightSite& site) {
    site.network.hold(what.flight.segment, what.flight.copy, site.now, site.changes);
  }
};

struct Release {
  using What = verb::Release;
  static constexpr std::string_view kName = "release";
  static constexpr const char* kDoc = "The network lets a held segment go on";
  static constexpr Sentence kTitle{"Release", "放行"};

  static std::vector<Field> fields() { return flight_and({}); }
  static What read(const Reader& reader, const Referents&) { return {flight(reader)}; }
  static void change(const What& what, const FlightSite& site) {
    site.network.release(what.flight.segment, what.flight.copy, site.now, site.changes);
  }
};

struct Corrupt {
  using What = verb::Corrupt;
  static constexpr std::string_view kName = "corrupt";
  static constexpr const char* kDoc = "One bit of the segment turns over on its way";
  static constexpr Sentence kTitle{"Damage", "使其出错"};

  static std::vector<Field> fields() { return flight_and({corrupted_octet_field()}); }
  static What read(const Reader& reader, const Referents&) {
    What what{flight(reader), std::nullopt};
    if (const auto octet = reader["octet"]) what.octet = octet.integer<std::uint16_t>();
    return what;
  }
  static void change(const What& what, const FlightSite& site) {
    site.network.corrupt(what.flight.segment, what.flight.copy, what.octet, site.changes);
  }
};

struct Reject {
  using What = verb::Reject;
  static constexpr const char* kDoc = "A router drops it and answers with an ICMP error";
  static constexpr Sentence kTitle{"Answer by ICMP", "用 ICMP 拒绝"};

  static std::vector<Field> fields() {
    const auto& names = wire::kIcmpNames;
    const verb::Reject otherwise;
    return flight_and(
        {optional("error", enumeration({names.begin(), names.end()}), "What ICMP tells the sender",
                  wire::to_text(otherwise.error)),
         optional("mtu", integer(wire::kSmallestMtu, 65'535),
                  "For fragmentation_needed: the MTU of the link that the segment does not fit",
                  otherwise.mtu)});
  }
  static What read(const Reader& reader, const Referents&) {
    What what;
    what.flight = flight(reader);
    const auto name = std::find(wire::kIcmpNames.begin(), wire::kIcmpNames.end(),
                                reader["error"].text(wire::to_text(what.error)));
    what.error = static_cast<wire::Icmp>(name - wire::kIcmpNames.begin());
    what.mtu = reader["mtu"].integer<std::uint16_t>(what.mtu);
    if (what.error != wire::Icmp::kFragmentationNeeded && reader.has("mtu")) {
      reader["mtu"].key_problem(say({"\"mtu\" goes with \"fragmentation_needed\" only",
                                     "\"mtu\" 只能与 \"fragmentation_needed\" 同用"}));
    }
    return what;
  }
};

}  // namespace

Field corrupted_octet_field() {
  return optional("octet", integer(0, 65'535),
                  "For corrupt: in which octet of the segment, from 0; in its last if missing");
}

std::vector<Verb> verbs_of_flights() {
  return {flight_row<Drop>(),    flight_row<Delay>(),   flight_row<Duplicate>(), flight_row<Hold>(),
          flight_row<Release>(), flight_row<Corrupt>(), row_of<Reject>("reject")};
}

}  // namespace tcplab::lab
