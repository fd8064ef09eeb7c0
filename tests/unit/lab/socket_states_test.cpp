// Whose state is meant where a host is named: what a person would say who looks at the host.
#include "lab/socket_states.hpp"

#include "catch.hpp"
#include "lab/predicate.hpp"

using namespace tcplab;
using format::Json;

namespace socket_states_test {
namespace {

struct Change {
  std::uint32_t connection;
  const char* from;
  const char* to;
  const char* socket = "";  // the name, as far as the socket has one by then
};

std::vector<Json> trace(const std::vector<Change>& changes) {
  std::vector<Json> events;
  for (const Change& change : changes) {
    Json event{{"n", events.size()},        {"kind", "state"},     {"host", "server"},
               {"conn", change.connection}, {"from", change.from}, {"to", change.to}};
    if (*change.socket != '\0') event["socket"] = change.socket;
    events.push_back(std::move(event));
  }
  return events;
}

std::string said(const std::vector<Json>& events, const char* socket = nullptr,
                 std::uint32_t seen = lab::kWholeTrace) {
  Json place{{"host", "server"}};
  if (socket != nullptr) place["socket"] = socket;
  const auto state = lab::state_of(place, events, seen);
  return state.state + (state.n ? " by " + std::to_string(*state.n) : "") +
         (state.is_ambiguous ? ", or another" : "");
}

const Change kListens{1, "CLOSED", "LISTEN", "listener"};
const Change kBorn{2, "LISTEN", "SYN_RCVD"};
const Change kUp{2, "SYN_RCVD", "ESTABLISHED", "accepted"};
const Change kReset{2, "ESTABLISHED", "CLOSED", "accepted"};
const Change kNoListener{1, "LISTEN", "CLOSED", "listener"};

}  // namespace

TEST_CASE("the state of a host, by what it has") {
  struct Row {
    const char* host;
    std::vector<Change> changes;
    const char* expected;
  };
  const Change actively{2, "CLOSED", "SYN_SENT", "socket"};
  const Change listens_again{3, "CLOSED", "LISTEN", "listener-2"};
  const Change second_born{3, "LISTEN", "SYN_RCVD"};
  const Row rows[] = {
      {"nothing", {}, "CLOSED"},
      {"a listener only", {kListens}, "LISTEN by 0"},
      {"a listener that was closed", {kListens, kNoListener}, "CLOSED"},
      {"a listener and a child", {kListens, kBorn}, "SYN_RCVD by 1"},
      {"a listener and an accepted child", {kListens, kBorn, kUp}, "ESTABLISHED by 2"},
      {"a child that outlives its listener",
       {kListens, kBorn, kUp, kNoListener},
       "ESTABLISHED by 2"},
      {"a child that went back to LISTEN",
       {kListens, kBorn, {2, "SYN_RCVD", "LISTEN"}},
       "LISTEN by 0"},
      {"a connection that ended", {actively, {2, "SYN_SENT", "CLOSED", "socket"}}, "CLOSED by 1"},
      {"all ended", {kListens, kBorn, kUp, kNoListener, kReset}, "CLOSED by 4"},
      {"a connection that ended, then a listener: after a crash",
       {kListens, kBorn, kUp, kNoListener, kReset, listens_again},
       "LISTEN by 5"},
      {"a listener whose child ended", {kListens, kBorn, kUp, kReset}, "CLOSED by 3, or another"},
      {"two live connections", {kListens, kBorn, kUp, second_born}, "SYN_RCVD by 3, or another"},
      {"one ended, one lives", {kListens, kBorn, kUp, kReset, second_born}, "SYN_RCVD by 4"},
      {"a listener that turned active",
       {kListens, {1, "LISTEN", "SYN_SENT", "listener"}},
       "SYN_SENT by 1"},
      {"a listener that turned active and was refused",
       {kListens, {1, "LISTEN", "SYN_SENT", "listener"}, {1, "SYN_SENT", "LISTEN", "listener"}},
       "LISTEN by 2"},
      {"two listeners", {kListens, listens_again}, "LISTEN by 1"},
  };
  for (const Row& row : rows) {
    INFO(row.host);
    CHECK(said(trace(row.changes)) == row.expected);
  }
}

TEST_CASE("the state of a named socket") {
  const auto events = trace({kListens, kBorn, kUp, kReset, {3, "CLOSED", "LISTEN", "listener-2"}});
  CHECK(said(events, "accepted") == "CLOSED by 3");
  CHECK(said(events, "accepted", 3) == "ESTABLISHED by 2");
  // accept() names the connection that was born before.
  CHECK(said(events, "accepted", 2) == "SYN_RCVD by 1");
  CHECK(said(events, "accepted", 1) == "CLOSED");
  CHECK(said(events, "listener", 4) == "LISTEN by 0");
  CHECK(said(events, "listener") == "LISTEN by 4, or another");
  CHECK(said(events, "listener-2") == "LISTEN by 4");
  CHECK(said(events, "nobody") == "CLOSED");
  CHECK(said(trace({kListens, kNoListener}), "listener") == "CLOSED by 1");
  // Whatever it was called when it was made.
  CHECK(said(trace({{1, "CLOSED", "LISTEN", "web"}}), "listener") == "LISTEN by 0");

  using Numbers = std::vector<std::uint32_t>;
  const auto meant = [&](const char* socket) {
    return lab::connections_of({{"host", "server"}, {"socket", socket}}, events);
  };
  CHECK(meant("accepted") == Numbers{2});
  CHECK(meant("listener") == Numbers{1, 3});
  CHECK(meant("nobody").empty());
}

TEST_CASE("goals name a socket where a host has several") {
  const auto events = trace({kListens, kBorn, kUp, kReset});
  const auto holds = [&](const char* goal) { return lab::judge(Json::parse(goal), events).holds; };
  CHECK(holds(R"({"at_end": {"host": "server", "socket": "listener", "state": "LISTEN"}})"));
  CHECK(holds(R"({"at_end": {"host": "server", "socket": "accepted", "state": "CLOSED"}})"));
  CHECK(holds(R"({"always": {"host": "server", "socket": "listener", "state": "LISTEN"}})"));
  CHECK(!holds(R"({"always": {"host": "server", "socket": "accepted", "state": "ESTABLISHED"}})"));
  CHECK(!holds(R"({"always": {"host": "server", "socket": "listener", "state": "SYN_RCVD"}})"));
  // A match of state events: the listener's own, whatever its name; not its children's.
  CHECK(lab::find_matches(Json::parse(R"({"kind": "state", "socket": "listener"})"), events) ==
        std::vector<std::uint32_t>{0});
}

}  // namespace socket_states_test
