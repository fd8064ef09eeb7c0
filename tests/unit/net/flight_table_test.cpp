// FlightTable: flights by their ids, in the order of sending, whatever has left before.
#include <vector>

#include "catch.hpp"
#include "net/flight.hpp"

using namespace tcplab;
using net::Flight;
using net::FlightId;
using net::FlightTable;

namespace {

Flight to(net::HostIndex host) {
  Flight flight;
  flight.to = host;
  return flight;
}

std::vector<FlightId> ids(const FlightTable& table) {
  std::vector<FlightId> ids;
  for (const auto& [id, flight] : table) ids.push_back(id);
  return ids;
}

}  // namespace

TEST_CASE("FlightTable: a place is used again, and the order stays") {
  FlightTable table;
  CHECK(table.empty());
  table.add(1, to(1));
  table.add(2, to(2));
  table.add(5, to(5));
  CHECK(table.find(3) == nullptr);
  CHECK(table.find(6) == nullptr);
  CHECK(table.take(2).to == 2);
  CHECK(table.find(2) == nullptr);
  table.add(6, to(6));
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
