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

wire::Bytes Flight::bytes() const {
  wire::Bytes bytes = sent->bytes;
  for (const auto at : corrupted) bytes[at] ^= 1;
  return bytes;
}

void Network::send(SentSegmentPtr sent, HostIndex to, Time now, std::uint32_t cause, Random& random,
                   Changes& changes) {
  const Link& link = this->link(sent->from, to);
  Flight flight;
  flight.sent = sent;
  flight.to = to;
  flight.departed = now;
  flight.arrives = now + link.delay;
  flight.strikes = now + link.delay / 2;
  flight.cause = cause;
  std::optional<std::pair<Duration, Rule>> copy;
  // Chance is asked for only where the scenario has any, so that it leaves other draws alone.
  if (link.loss_parts_per_million > 0 && random.chance(link.loss_parts_per_million)) {
    flight.doom = Rule::network_lost;
  }
  if (link.duplicate_parts_per_million > 0 && random.chance(link.duplicate_parts_per_million)) {
    copy = {Duration{0}, Rule::network_duplicated};
  }
  bool delayed = false;
  for (std::size_t i = 0; i < config_.faults.size(); ++i) {
    const Fault& fault = config_.faults[i];
    if (!fault.match.fits(*sent, to)) continue;
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
        turn_bit(flight, last_flight_ + 1, fault.octet, changes);
        break;
    }
  }
  if (delayed) {
    changes.push_back(
        {Change::What::kDelayed, Rule::fault_delay, last_flight_ + 1, flight, *flight.arrives});
  }
  Flight original = flight;
  put_in_flight(std::move(flight), changes);
  if (copy) add_copy(original, copy->first, copy->second, cause, changes);
}

void Network::put_in_flight(Flight flight, Changes& changes) {
  const FlightId id = ++last_flight_;
  flights_.emplace(id, std::move(flight));
  schedule(id, changes);
}

// The lowest bit of an octet of the TCP segment; a place beyond its end is its last octet.
void Network::turn_bit(Flight& flight, FlightId id, std::optional<std::uint16_t> octet,
                       Changes& changes) const {
  const auto last = static_cast<std::uint16_t>(flight.sent->bytes.size() - 1);
  const auto first = static_cast<std::uint16_t>(wire::kIpv4HeaderBytes);
  const auto at =
      octet && *octet < last - first ? static_cast<std::uint16_t>(first + *octet) : last;
  flight.corrupted.push_back(at);
  changes.push_back({Change::What::kCorrupted, Rule::fault_corrupt, id, flight, Time{0}});
}

void Network::add_copy(const Flight& original, Duration by, Rule rule, std::uint32_t cause,
                       Changes& changes) {
  Flight copy = original;
  copy.doom.reset();
  if (copy.arrives) *copy.arrives += by;
  for (const auto& [id, flight] : flights_) {
    if (flight.sent->id == copy.sent->id) copy.copy = std::max(copy.copy, flight.copy + 1);
  }
  changes.push_back({Change::What::kDuplicated, rule, last_flight_ + 1, copy, Time{0}});
  copy.cause = cause;  // of what becomes of it; the doubling itself has the original's
  put_in_flight(std::move(copy), changes);
}

void Network::schedule(FlightId id, Changes& changes) {
  const auto it = flights_.find(id);
  const Flight& flight = it->second;
  if (flight.arrives && *flight.arrives - flight.departed > config_.msl) {
    changes.push_back({Change::What::kDropped, Rule::network_too_old, id, flight, Time{0}});
    flights_.erase(it);
    return;
  }
  const auto when = flight.doom ? std::optional(flight.strikes) : flight.arrives;
  if (when) {
    changes.push_back({Change::What::kScheduled, Rule::script_action, id, flight, *when});
  }
}

bool Network::is_due(FlightId id, Time at) const {
  const auto it = flights_.find(id);
  if (it == flights_.end()) return false;
  const Flight& flight = it->second;
  return flight.doom ? flight.strikes == at : flight.arrives == at;
}

std::optional<Flight> Network::due(FlightId id, Time now, Changes& changes) {
  const auto it = flights_.find(id);
  Flight& flight = it->second;
  if (!flight.doom) {
    Flight arrived = std::move(flight);
    flights_.erase(it);
    return arrived;
  }
  const Rule rule = *flight.doom;
  flight.doom.reset();
  if (rule == Rule::fault_hold) {
    flight.remaining = *flight.arrives - now;
    flight.arrives.reset();
    changes.push_back({Change::What::kHeld, rule, id, flight, Time{0}});
  } else {
    changes.push_back({Change::What::kDropped, rule, id, flight, Time{0}});
    flights_.erase(it);
  }
  return std::nullopt;
}

std::map<FlightId, Flight>::iterator Network::find(SegmentId id, std::uint32_t copy) {
  return std::find_if(flights_.begin(), flights_.end(), [&](const auto& entry) {
    return entry.second.sent->id == id && entry.second.copy == copy;
  });
}

bool Network::drop(SegmentId id, std::uint32_t copy, Changes& changes, Rule rule) {
  const auto it = find(id, copy);
  if (it == flights_.end()) return false;
  changes.push_back({Change::What::kDropped, rule, it->first, it->second, Time{0}});
  flights_.erase(it);
  return true;
}

bool Network::delay(SegmentId id, std::uint32_t copy, Duration by, Changes& changes) {
  const auto it = find(id, copy);
  if (it == flights_.end() || !it->second.arrives) return false;
  *it->second.arrives += by;
  changes.push_back(
      {Change::What::kDelayed, Rule::fault_delay, it->first, it->second, *it->second.arrives});
  schedule(it->first, changes);
  return true;
}

bool Network::duplicate(SegmentId id, std::uint32_t copy, Duration by, std::uint32_t cause,
                        Changes& changes) {
  const auto it = find(id, copy);
  if (it == flights_.end()) return false;
  const Flight original = it->second;
  add_copy(original, by, Rule::fault_duplicate, cause, changes);
  return true;
}

bool Network::corrupt(SegmentId id, std::uint32_t copy, std::optional<std::uint16_t> octet,
                      Changes& changes) {
  const auto it = find(id, copy);
  if (it == flights_.end()) return false;
  turn_bit(it->second, it->first, octet, changes);
  return true;
}

bool Network::hold(SegmentId id, std::uint32_t copy, Time now, Changes& changes) {
  const auto it = find(id, copy);
  if (it == flights_.end() || !it->second.arrives) return false;
  Flight& flight = it->second;
  flight.doom.reset();
  flight.remaining = *flight.arrives - now;
  flight.arrives.reset();
  changes.push_back({Change::What::kHeld, Rule::fault_hold, it->first, flight, Time{0}});
  return true;
}

bool Network::release(SegmentId id, std::uint32_t copy, Time now, Changes& changes) {
  const auto it = find(id, copy);
  if (it == flights_.end() || it->second.arrives) return false;
  it->second.arrives = now + it->second.remaining;
  changes.push_back({Change::What::kReleased, Rule::fault_release, it->first, it->second, Time{0}});
  schedule(it->first, changes);
  return true;
}

}  // namespace tcplab::net
