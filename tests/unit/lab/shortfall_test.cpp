// What is told of a goal that does not hold is true of the run, whatever the kind of the goal.
#include "lab/shortfall.hpp"

#include <string>

#include "catch.hpp"
#include "lab/predicate.hpp"

using namespace tcplab;
using format::Json;

namespace {

// A client that closes: two FIN,ACK of it are sent, one octet is delivered, it ends in FIN_WAIT_2.
std::vector<Json> close() {
  const auto change = [](int n, const char* from, const char* to) {
    return Json{{"n", n},    {"kind", "state"}, {"host", "A"},
                {"conn", 1}, {"from", from},    {"to", to}};
  };
  const auto sent = [](int n, const char* flags) {
    return Json{{"n", n},
                {"kind", "segment.sent"},
                {"host", "A"},
                {"segment", {{"flags", flags}, {"len", 0}}}};
  };
  return {change(0, "ESTABLISHED", "FIN_WAIT_1"),
          sent(1, "FIN ACK"),
          {{"n", 2}, {"kind", "deliver"}, {"host", "B"}, {"conn", 2}, {"bytes", 1}, {"text", "x"}},
          sent(3, "FIN ACK"),
          change(4, "FIN_WAIT_1", "FIN_WAIT_2"),
          sent(5, "ACK")};
}

const char* const kFins = R"({"kind": "segment.sent", "host": "A", "flags": "FIN ACK"})";

// The goal with FINS for the match of the two FIN,ACK.
std::string told(std::string goal) {
  for (std::size_t at; (at = goal.find("FINS")) != std::string::npos;) goal.replace(at, 4, kFins);
  const Json predicate = Json::parse(goal);
  const Json why = lab::shortfall(predicate, close());
  CHECK(why.is_null() == lab::judge(predicate, close()).holds);
  if (why.is_null()) return "holds";
  std::string text = why.at("part").get<std::string>();
  text += (text.empty() ? "" : " ") + why.at("reason").get<std::string>();
  if (!why.at("n").is_null()) text += " at " + why.at("n").dump();
  if (why.contains("found")) text += ", found " + why.at("found").dump();
  if (why.contains("match")) text += ", never " + why.at("match").dump();
  for (const Json& miss : why.value("misses", Json::array())) {
    text += ", " + miss.at("field").get<std::string>() + " is " + miss.at("found").dump();
  }
  return text;
}

}  // namespace

TEST_CASE("shortfall: a count says how many there are") {
  CHECK(told(R"({"count": {"of": FINS, "at_least": 2, "at_most": 2}})") == "holds");
  CHECK(told(R"({"count": {"of": FINS, "at_least": 3}})") == "count at 3, found 2");
  CHECK(told(R"({"count": {"of": FINS, "at_least": 99}})") == "count at 3, found 2");
  CHECK(told(R"({"count": {"of": FINS, "at_most": 0}})") == "count at 1, found 2");
  CHECK(told(R"({"count": {"of": FINS, "at_most": 1}})") == "count at 3, found 2");
  CHECK(told(R"({"count": {"of": {"kind": "call"}, "at_least": 1}})") == "count, found 0");
  CHECK(told(R"({"not": {"count": {"of": FINS, "at_least": 1}}})") == "count at 1, found 2");
  CHECK(told(R"({"not": {"count": {"of": {"kind": "call"}, "at_most": 1}}})") == "count, found 0");
}

TEST_CASE("shortfall: events that must come, must not, or come in order") {
  CHECK(told(R"({"eventually": {"kind": "state", "to": "CLOSING"}})") ==
        "nearest at 4, to is \"FIN_WAIT_2\"");
  CHECK(told(R"({"eventually": {"kind": "call"}})") == "unlike");
  CHECK(told(R"({"never": FINS})") == "happened at 1");
  CHECK(told(R"({"before": [{"kind": "deliver"}, FINS]})") == "order at 1");
  // An event is not before itself.
  CHECK(told(R"({"before": [FINS, FINS]})") == "order at 1");
  CHECK(told(R"({"before": [{"kind": "call"}, FINS]})") == "unlike, never {\"kind\":\"call\"}");
  CHECK(told(R"({"before": [FINS, {"kind": "call"}]})") == "unlike, never {\"kind\":\"call\"}");
  CHECK(told(R"({"not": {"never": {"kind": "call"}}})") == "unlike");
  CHECK(told(R"({"not": {"eventually": FINS}})") == "holds at 1");
}

TEST_CASE("shortfall: a state that was never reached was lost where it could no longer come") {
  const auto nearest_to = [](const char* wanted, const std::vector<const char*>& states) {
    std::vector<Json> events;
    for (std::size_t n = 0; n + 1 < states.size(); ++n) {
      events.push_back({{"n", n},
                        {"kind", "state"},
                        {"host", "A"},
                        {"conn", 1},
                        {"from", states[n]},
                        {"to", states[n + 1]}});
    }
    const Json match{{"kind", "state"}, {"host", "A"}, {"to", wanted}};
    return lab::shortfall(Json{{"eventually", match}}, events).at("n").get<int>();
  };
  const std::vector<const char*> passive{"CLOSED",     "SYN_SENT", "ESTABLISHED",
                                         "CLOSE_WAIT", "LAST_ACK", "CLOSED"};
  CHECK(nearest_to("CLOSING", passive) == 2);
  CHECK(nearest_to("FIN_WAIT_2", passive) == 2);
  CHECK(nearest_to("TIME_WAIT", passive) == 3);  // an abort in CLOSE_WAIT may still lead there
  CHECK(nearest_to("CLOSING", {"CLOSED", "SYN_SENT", "ESTABLISHED", "FIN_WAIT_1", "FIN_WAIT_2",
                               "TIME_WAIT"}) == 3);
  CHECK(nearest_to("CLOSE_WAIT", {"CLOSED", "SYN_SENT", "ESTABLISHED", "FIN_WAIT_1"}) == 2);
  CHECK(nearest_to("ESTABLISHED", {"CLOSED", "SYN_SENT", "CLOSED"}) == 1);
}

namespace {

// A server that listens before the student's turn, and what comes of its child.
std::vector<Json> serve(const std::vector<const char*>& child, const char* event = "rcv FIN") {
  std::vector<Json> events{{{"n", 0},
                            {"kind", "state"},
                            {"host", "server"},
                            {"conn", 1},
                            {"from", "CLOSED"},
                            {"to", "LISTEN"},
                            {"event", "passive OPEN"}}};
  for (std::size_t i = 0; i + 1 < child.size(); ++i) {
    events.push_back({{"n", i + 1},
                      {"kind", "state"},
                      {"host", "server"},
                      {"conn", 2},
                      {"from", child[i]},
                      {"to", child[i + 1]},
                      {"event", event}});
  }
  return events;
}

// "nearest at 3", "unlike at 0"
std::string told_of(const Json& match, const std::vector<Json>& events) {
  const Json why = lab::shortfall(Json{{"eventually", match}}, events);
  return why.at("reason").get<std::string>() +
         (why.at("n").is_null() ? "" : " at " + why.at("n").dump());
}

struct StateGoal {
  const char* match;
  std::vector<const char*> child;
  const char* told;
};

}  // namespace

// RFC 9293, figure 5: LAST-ACK is entered from CLOSE-WAIT, CLOSING from FIN-WAIT-1.
TEST_CASE("shortfall: an event whose states do not lie beside the wanted one is not near") {
  const StateGoal goals[] = {
      {R"({"to": "LAST_ACK"})", {}, "unlike at 0"},
      {R"({"to": "LAST_ACK"})", {"LISTEN", "SYN_RCVD"}, "unlike at 1"},
      {R"({"to": "LAST_ACK"})", {"LISTEN", "SYN_RCVD", "CLOSED"}, "unlike at 2"},
      {R"({"to": "LAST_ACK"})", {"LISTEN", "SYN_RCVD", "ESTABLISHED"}, "unlike at 2"},
      {R"({"to": "LAST_ACK"})", {"SYN_RCVD", "ESTABLISHED", "CLOSE_WAIT"}, "nearest at 2"},
      {R"({"to": "LAST_ACK"})", {"SYN_RCVD", "ESTABLISHED", "FIN_WAIT_1"}, "nearest at 2"},
      {R"({"to": "LAST_ACK"})", {"SYN_RCVD", "ESTABLISHED", "CLOSED"}, "nearest at 2"},
      {R"({"to": "CLOSING"})", {"LISTEN", "SYN_RCVD", "ESTABLISHED"}, "unlike at 2"},
      {R"({"to": "CLOSING"})", {"SYN_RCVD", "ESTABLISHED", "FIN_WAIT_1"}, "nearest at 2"},
      {R"({"to": "SYN_RCVD"})", {}, "nearest at 0"},
      {R"({"from": "LAST_ACK", "event": "rcv RST"})", {}, "unlike at 0"},
      {R"({"from": "LAST_ACK", "event": "rcv RST"})", {"SYN_RCVD", "ESTABLISHED"}, "unlike at 1"},
      {R"({"from": "LAST_ACK", "event": "rcv RST"})", {"CLOSE_WAIT", "LAST_ACK"}, "nearest at 1"},
      {R"({"from": "LAST_ACK", "event": "rcv RST"})",
       {"CLOSE_WAIT", "LAST_ACK", "CLOSED"},
       "nearest at 2"},
      {R"({"from": "LAST_ACK", "event": "rcv FIN"})", {"SYN_RCVD", "ESTABLISHED"}, "nearest at 1"},
  };
  for (const StateGoal& goal : goals) {
    Json match = Json::parse(goal.match);
    match["kind"] = "state";
    match["host"] = "server";
    INFO(match.dump() << ", " << goal.child.size());
    CHECK(told_of(match, serve(goal.child)) == goal.told);
  }
}

TEST_CASE("shortfall: a listener that is closed is no connection that went another way") {
  std::vector<Json> events = serve({"LISTEN", "SYN_RCVD", "ESTABLISHED", "CLOSE_WAIT"});
  Json closed = events.front();
  closed["n"] = events.size();
  closed["from"] = "LISTEN";
  closed["to"] = "CLOSED";
  events.push_back(closed);
  CHECK(told_of({{"kind", "state"}, {"host", "server"}, {"to", "LAST_ACK"}}, events) ==
        "nearest at 3");
}

TEST_CASE("shortfall: at another host only what is wanted itself is near") {
  const Json match{{"kind", "state"}, {"host", "client"}, {"to", "CLOSE_WAIT"}};
  CHECK(told_of(match, serve({"SYN_RCVD", "ESTABLISHED", "CLOSE_WAIT"})) == "nearest at 2");
  CHECK(told_of(match, serve({"SYN_RCVD", "ESTABLISHED", "FIN_WAIT_1"})) == "unlike");
}

TEST_CASE("shortfall: a segment or a call of another kind is not near") {
  std::vector<Json> events = close();
  events.push_back({{"n", 6}, {"kind", "call"}, {"host", "A"}, {"conn", 1}, {"call", "close"}});
  events.push_back({{"n", 7},
                    {"kind", "segment.sent"},
                    {"host", "A"},
                    {"segment", {{"flags", "RST ACK"}, {"len", 0}}}});
  const auto told_at_a = [&](const char* goal) {
    Json match = Json::parse(goal);
    match["host"] = "A";
    return told_of(match, events);
  };
  CHECK(told_at_a(R"({"kind": "segment.sent", "flags": "SYN"})") == "unlike at 4");
  CHECK(told_at_a(R"({"kind": "segment.sent", "flags": "RST"})") == "nearest at 7");
  CHECK(told_at_a(R"({"kind": "segment.sent", "flags": "FIN"})") == "nearest at 3");
  CHECK(told_at_a(R"({"kind": "segment.sent", "flags": "ACK", "len_min": 1})") == "nearest at 5");
  CHECK(told_at_a(R"({"kind": "segment.sent", "len_min": 1})") == "nearest at 7");
  CHECK(told_at_a(R"({"kind": "call", "call": "send"})") == "unlike at 4");
  CHECK(told_at_a(R"({"kind": "call", "call": "close", "error": "EBADF"})") == "nearest at 6");
}

TEST_CASE("shortfall: a text of which little came is not near, and is not told again") {
  std::vector<Json> events = close();
  const std::string text(900, 'x');
  const auto told_of_text = [&](std::size_t octets) {
    events[2]["text"] = text.substr(0, octets) + "y";
    const Json why = lab::shortfall({{"delivered", {{"host", "B"}, {"text", text}}}}, events);
    return why.at("reason").get<std::string>() + why.value("misses", Json()).dump();
  };
  CHECK(told_of_text(449) == "unlikenull");
  CHECK(told_of_text(450) == "nearest[{\"field\":\"text_octets\",\"wanted\":900,\"found\":450}]");
}

TEST_CASE("shortfall: states and deliveries") {
  CHECK(told(R"({"at_end": {"host": "A", "state": "CLOSED"}})") ==
        "state at 4, found \"FIN_WAIT_2\"");
  CHECK(told(R"({"at_end": {"host": "B", "state": "ESTABLISHED"}})") == "state, found \"CLOSED\"");
  CHECK(told(R"({"not": {"at_end": {"host": "B", "state": "CLOSED"}}})") ==
        "state, found \"CLOSED\"");
  CHECK(told(R"({"always": {"host": "A", "state": "FIN_WAIT_1"}})") == "happened at 4");
  CHECK(told(R"({"always": {"host": "B", "state": "CLOSED"}})").find("happened") ==
        std::string::npos);
  CHECK(told(R"({"not": {"always": {"host": "A", "state": "FIN_WAIT_2"}}})") == "holds");
  CHECK(told(R"({"delivered": {"host": "B", "at_least": 2}})") == "nearest at 2, at_least is 1");
  CHECK(told(R"({"delivered": {"host": "A"}})") == "unlike at 4");
  CHECK(told(R"({"not": {"delivered": {"host": "B"}}})") == "holds at 2");
}

TEST_CASE("shortfall: of several goals, the one that fails") {
  CHECK(told(R"({"all": [{"eventually": FINS}, {"count": {"of": FINS, "at_least": 3}}]})") ==
        "/all/1 count at 3, found 2");
  CHECK(told(R"({"all": [{"any": [{"never": FINS}]}]})") == "/all/0/any/0 happened at 1");
  CHECK(told(R"({"any": [{"never": FINS}, {"eventually": {"kind": "state", "to": "CLOSED"}}]})")
            .rfind("/any/1 nearest", 0) == 0);
  CHECK(told(R"({"not": {"not": {"never": FINS}}})") == "/not/not happened at 1");
  CHECK(told(R"({"not": {"all": [{"eventually": FINS}]}})") == "holds at 1");
}
