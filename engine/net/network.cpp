#include "net/network.hpp"

#include <algorithm>

#include "wire/datagram.hpp"

namespace tcplab::net {

const Link& Network::link(HostIndex from, HostIndex to) const {
  const auto it = config_.links.find({from, to});
  return it == config_.links.end() ? config_.link : it->second;
}

bool Match::fits(const SentSegment& sent, std::optional<HostIndex> receiver) const {
  const auto has = static_cast<wire::Flags>(sent.segment.flags & ~wire::kPsh);
  return (!from || *from == sent.from) && (!to || to == receiver) &&
         (!flags || static_cast<wire::Flags>(*flags & ~wire::kPsh) == has) &&
         (!least_octets || sent.segment.payload.size() >= *least_octets);
}

wire::Bytes SentSegment::bytes() const {
  const auto identification = static_cast<std::uint16_t>(id);
  return forgery ? wire::encode(segment, identification, *forgery)
                 : wire::encode(segment, identification);
}

wire::Bytes Flight::bytes() const {
  wire::Bytes bytes = sent->bytes();
  if (!corrupted) return bytes;
  for (const auto at : *corrupted) bytes[at] ^= 1;
  return bytes;
}

void Network::send(SentSegmentPtr sent, HostIndex to, Time now, std::uint32_t cause, Random& random,
                   Changes& changes) {
  const Link& link = this->link(sent->from, to);
  const FlightId id = ++last_flight_;
  Flight& flight = flights_.add(id);
  flight.sent = std::move(sent);
  flight.to = to;
  flight.departed = now;
  flight.arrives = now + link.delay;
  flight.strikes = now + link.delay / 2;
  flight.cause = cause;
  std::optional<std::pair<Duration, Rule>> copy;
  // Draws only if the scenario has random faults, so that other draws stay the same.
  if (link.loss_parts_per_million > 0 && random.chance(link.loss_parts_per_million)) {
    flight.doom = Rule::network_lost;
  }
  if (link.duplicate_parts_per_million > 0 && random.chance(link.duplicate_parts_per_million)) {
    copy = {Duration{0}, Rule::network_duplicated};
  }
  bool delayed = false;
  for (std::size_t i = 0; i < config_.faults.size(); ++i) {
    const Fault& fault = config_.faults[i];
    if (!fault.match.fits(*flight.sent, to)) continue;
    ++matched_[i];
    if (fault.match.nth && *fault.match.nth != matched_[i]) continue;
    switch (fault.kind) {
      case FaultKind::kDrop:
        flight.doom = Rule::fault_drop;
        break;
      case FaultKind::kHold:
        flight.doom = Rule::fault_hold;
        break;
      case FaultKind::kDuplicate:
        copy = {fault.by, Rule::fault_duplicate};
        break;
      case FaultKind::kDelay:
        *flight.arrives += fault.by;
        delayed = true;
        break;
      case FaultKind::kCorrupt:
        turn_bit(flight, fault.octet, changes);
        break;
    }
  }
  if (delayed) changes.tell(Change::What::kDelayed, Rule::fault_delay, flight);
  if (!copy) return schedule(id, flight, changes);
  const Flight original = flight;
  schedule(id, flight, changes);
  add_copy(original, copy->first, copy->second, cause, changes);
}

// Flips the lowest bit of an octet of the TCP segment; an index beyond its end means the last.
void Network::turn_bit(Flight& flight, std::optional<std::uint16_t> octet, Changes& changes) const {
  const auto last = static_cast<std::uint16_t>(flight.sent->bytes().size() - 1);
  const auto first = static_cast<std::uint16_t>(wire::kIpv4HeaderBytes);
  const auto at =
      octet && *octet < last - first ? static_cast<std::uint16_t>(first + *octet) : last;
  if (!flight.corrupted) flight.corrupted.emplace();
  flight.corrupted->push_back(at);
  changes.tell(Change::What::kCorrupted, Rule::fault_corrupt, flight);
}

void Network::add_copy(const Flight& original, Duration by, Rule rule, std::uint32_t cause,
                       Changes& changes) {
  Flight copy = original;
  copy.doom.reset();
  if (copy.arrives) *copy.arrives += by;
  for (const auto& [id, flight] : flights_) {
    if (flight.sent->id == copy.sent->id) copy.copy = std::max(copy.copy, flight.copy + 1);
  }
  changes.tell(Change::What::kDuplicated, rule, copy);
  copy.cause = cause;  // of the copy's later events; the duplication has the original's
  const FlightId id = ++last_flight_;
  Flight& added = flights_.add(id);
  added = std::move(copy);
  schedule(id, added, changes);
}

void Network::schedule(FlightId id, const Flight& flight, Changes& changes) {
  if (flight.arrives && *flight.arrives - flight.departed > config_.msl) {
    changes.tell(Change::What::kDropped, Rule::network_too_old, flights_.take(id));
    return;
  }
  if (const auto when = flight.due()) changes.schedule(id, *when);
}

bool Network::is_due(FlightId id, Time at) const {
  const Flight* flight = flights_.find(id);
  return flight != nullptr && flight->due() == at;
}

void Network::strike(FlightId id, Time now, Changes& changes) {
  Flight& flight = *flights_.find(id);
  const Rule rule = *flight.doom;
  flight.doom.reset();
  if (rule == Rule::fault_hold) {
    flight.remaining = *flight.arrives - now;
    flight.arrives.reset();
    changes.tell(Change::What::kHeld, rule, flight);
  } else {
    changes.tell(Change::What::kDropped, rule, flights_.take(id));
  }
}

std::optional<FlightId> Network::find(SegmentId id, std::uint32_t copy) const {
  for (const auto& [flight_id, flight] : flights_) {
    if (flight.sent->id == id && flight.copy == copy) return flight_id;
  }
  return std::nullopt;
}

bool Network::drop(SegmentId id, std::uint32_t copy, Changes& changes, Rule rule) {
  const auto found = find(id, copy);
  if (!found) return false;
  changes.tell(Change::What::kDropped, rule, flights_.take(*found));
  return true;
}

bool Network::delay(SegmentId id, std::uint32_t copy, Duration by, Changes& changes) {
  const auto found = find(id, copy);
  if (!found) return false;
  Flight& flight = *flights_.find(*found);
  if (!flight.arrives) return false;
  *flight.arrives += by;
  changes.tell(Change::What::kDelayed, Rule::fault_delay, flight);
  schedule(*found, flight, changes);
  return true;
}

bool Network::duplicate(SegmentId id, std::uint32_t copy, Duration by, std::uint32_t cause,
                        Changes& changes) {
  const auto found = find(id, copy);
  if (!found) return false;
  const Flight original = *flights_.find(*found);
  add_copy(original, by, Rule::fault_duplicate, cause, changes);
  return true;
}

bool Network::corrupt(SegmentId id, std::uint32_t copy, std::optional<std::uint16_t> octet,
                      Changes& changes) {
  const auto found = find(id, copy);
  if (!found) return false;
  turn_bit(*flights_.find(*found), octet, changes);
  return true;
}

bool Network::hold(SegmentId id, std::uint32_t copy, Time now, Changes& changes) {
  const auto found = find(id, copy);
  if (!found) return false;
  Flight& flight = *flights_.find(*found);
  if (!flight.arrives) return false;
  flight.doom.reset();
  flight.remaining = *flight.arrives - now;
  flight.arrives.reset();
  changes.tell(Change::What::kHeld, Rule::fault_hold, flight);
  return true;
}

bool Network::release(SegmentId id, std::uint32_t copy, Time now, Changes& changes) {
  const auto found = find(id, copy);
  if (!found) return false;
  Flight& flight = *flights_.find(*found);
  if (flight.arrives) return false;
  flight.arrives = now + flight.remaining;
  changes.tell(Change::What::kReleased, Rule::fault_release, flight);
  schedule(*found, flight, changes);
  return true;
}

}  // namespace tcplab::net
