// FlightTable: flights by their ids, in the order of sending, whatever has left before.
#include <vector>

#include "catch.hpp"
#include "net/flight.hpp"

using namespace tcplab;
using net::Flight;
using net::FlightId;
using net::FlightTable;

namespace {

void add(FlightTable& table, FlightId id, net::HostIndex to) { table.add(id).to = to; }

std::vector<FlightId> ids(const FlightTable& table) {
  std::vector<FlightId> ids;
  for (const auto& [id, flight] : table) ids.push_back(id);
  return ids;
}

}  // namespace

TEST_CASE("FlightTable: a place is used again, and the order stays") {
  FlightTable table;
  CHECK(table.empty());
  add(table, 1, 1);
  add(table, 2, 2);
  add(table, 5, 5);
  CHECK(table.find(3) == nullptr);
  CHECK(table.find(6) == nullptr);
  CHECK(table.take(2).to == 2);
  CHECK(table.find(2) == nullptr);
  add(table, 6, 6);
  CHECK(ids(table) == std::vector<FlightId>{1, 5, 6});
  CHECK(table.size() == 3);
  CHECK(table.find(6)->to == 6);
  CHECK(table.at(1).id == 5);
  CHECK(table.at(1).flight.to == 5);
  CHECK(table.take(1).to == 1);
  CHECK(table.take(6).to == 6);
  CHECK(table.take(5).to == 5);
  CHECK(table.empty());
}

TEST_CASE("a flight is looked at when it arrives, or when its fault strikes; never while held") {
  Flight flight;
  flight.arrives = Time{100};
  flight.strikes = Time{50};
  CHECK(flight.due() == Time{100});
  flight.doom = Rule::fault_drop;
  CHECK(flight.due() == Time{50});
  flight.doom.reset();
  flight.arrives.reset();
  CHECK(flight.due() == std::nullopt);
}
