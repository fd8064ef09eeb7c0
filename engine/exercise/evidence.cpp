#include "exercise/evidence.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "wire/seq.hpp"

namespace tcplab::exercise {

namespace {

using wire::Seq;

// The last segments of a long transfer are enough.
constexpr std::size_t most_segments = 3;

std::uint32_t number_of(const Json& event) { return event.at("n").get<std::uint32_t>(); }

Seq number_in(const Json& segment, const std::string& field) {
  return Seq(segment.at(field).get<std::uint32_t>());
}

struct Direction {
  const char* kind;  // of the events at the sender of the segment that is asked about
  const Json& host;
  const Json& src;
  const Json& dst;
};

bool goes(const Json& event, const Direction& direction) {
  if (event.at("host") != direction.host) return false;
  const Json& segment = event.at("segment");
  return segment.at("src") == direction.src && segment.at("dst") == direction.dst;
}

void keep_last(std::vector<std::uint32_t>& found) {
  if (found.size() > most_segments) found.erase(found.begin(), found.end() - most_segments);
}

// The segments before event `end` that took sequence numbers below `limit`, without
// retransmissions.
std::vector<std::uint32_t> that_took_numbers(const Direction& direction, std::uint32_t end,
                                             Seq limit, const Run& run) {
  std::vector<std::uint32_t> found;
  std::vector<Seq> taken;
  for (std::uint32_t n = 0; n < end; ++n) {
    if (run.events.kind(n) != direction.kind || !goes(run.events[n], direction)) continue;
    const Json& segment = run.events[n].at("segment");
    const Seq seq = number_in(segment, "seq");
    const auto takes = segment.value("takes", std::uint32_t{0});
    if (takes == 0 || wire::after(seq + takes, limit)) continue;
    if (std::find(taken.begin(), taken.end(), seq) != taken.end()) continue;
    taken.push_back(seq);
    found.push_back(n);
  }
  keep_last(found);
  return found;
}

// The call that made the stack send; empty if there is none.
std::vector<std::uint32_t> call_behind(const Json& sent, const Run& run) {
  for (const Json* event = &sent; event->contains("cause");) {
    event = &run.events[event->at("cause").get<std::size_t>()];
    if (event->at("kind") == "call") return {number_of(*event)};
    if (event->at("kind") == "segment.received") return {};
  }
  return {};
}

// The ends of the segment that the event sends or receives, seen from its connection.
std::optional<Way> way_of(std::uint32_t n, const Run& run) {
  const auto kind = run.events.kind(n);
  if (kind != "segment.sent" && kind != "segment.received") return std::nullopt;
  const Json& segment = run.events[n].at("segment");
  const Json& src = segment.at("src");
  const Json& dst = segment.at("dst");
  return kind == "segment.sent" ? Way(dst, src) : Way(src, dst);
}

std::optional<Way> way_to(std::uint32_t connection, const Run& run) {
  for (std::uint32_t n = 0; n < run.events.size(); ++n) {
    if (run.events.connection(n) != connection) continue;
    if (auto way = way_of(n, run)) return way;
  }
  return std::nullopt;
}

}  // namespace

std::map<std::uint32_t, Way> ways_in(const Run& run) {
  std::map<std::uint32_t, Way> ways;
  for (std::uint32_t n = 0; n < run.events.size(); ++n) {
    const auto connection = run.events.connection(n);
    if (connection == 0 || ways.count(connection) != 0) continue;
    if (auto way = way_of(n, run)) ways.emplace(connection, std::move(*way));
  }
  return ways;
}

std::vector<std::uint32_t> lost_since(std::uint32_t change, std::uint32_t end, const Run& run) {
  std::vector<std::uint32_t> found;
  const auto way = way_to(run.events.connection(change), run);
  for (std::uint32_t n = change + 1; way && n < end; ++n) {
    if (run.events.kind(n) != "segment.dropped") continue;
    const Json& event = run.events[n];
    const Json& segment = event.at("segment");
    const bool comes_here = segment.at("src") == way->first && segment.at("dst") == way->second;
    if (comes_here && event.at("where") == "network") found.push_back(n);
  }
  keep_last(found);
  return found;
}

std::vector<std::uint32_t> deciding(const std::string& field, const Json& sent, const Run& run) {
  const Json& segment = sent.at("segment");
  const Json& host = sent.at("host");
  const Json& src = segment.at("src");
  const Json& dst = segment.at("dst");
  const std::uint32_t n = number_of(sent);
  std::vector<std::uint32_t> found;
  if (field == "seq") {
    const Direction out{"segment.sent", host, src, dst};
    found = that_took_numbers(out, n, number_in(segment, "seq"), run);
  } else if (field == "ack" && segment.contains("ack")) {
    const Direction in{"segment.received", host, dst, src};
    found = that_took_numbers(in, n, number_in(segment, "ack"), run);
  } else if (field == "len") {
    found = call_behind(sent, run);
    found.push_back(n);
  }
  return found.empty() ? std::vector<std::uint32_t>{n} : found;
}

}  // namespace tcplab::exercise
