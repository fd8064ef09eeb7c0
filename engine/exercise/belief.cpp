#include "exercise/belief.hpp"

#include <algorithm>
#include <initializer_list>

#include "exercise/question.hpp"
#include "lab/socket_states.hpp"

namespace tcplab::exercise {

namespace {

// M08: at the moment at which one end becomes ESTABLISHED, all do.
std::optional<Json> established_together(const Statement& statement) {
  const Json& question = *statement.question;
  if (question.at("kind") != "state") return std::nullopt;
  const Json* pause = pause_event(question, *statement.run);
  if (pause == nullptr) return std::nullopt;
  const auto becomes_established = [&](const Json& event) {
    return event.at("kind") == "state" && event.at("step") == pause->at("step") &&
           event.at("to") == "ESTABLISHED";
  };
  const auto& events = statement.run->events;
  if (std::none_of(events.begin(), events.end(), becomes_established)) return std::nullopt;
  Json values = statement.right;
  for (auto& [host, state] : values.get_ref<Json::object_t&>()) {
    if (state == "SYN_RCVD" || state == "SYN_SENT") state = "ESTABLISHED";
  }
  return values;
}

// M22: the sender of the first FIN is in CLOSE_WAIT, and the receiver has not changed.
std::optional<Json> closer_is_in_close_wait(const Statement& statement) {
  if (statement.question->at("kind") != "state") return std::nullopt;
  Json values = statement.right;
  for (auto& [host, state] : values.get_ref<Json::object_t&>()) {
    if (state == "CLOSE_WAIT") {
      state = "ESTABLISHED";
    } else if (state == "FIN_WAIT_1") {
      state = "CLOSE_WAIT";
    }
  }
  return values;
}

// M39: LAST_ACK is where the last ACK is sent, that is, where TIME_WAIT is entered.
std::optional<Json> last_ack_sends(const Statement& statement) {
  const Json& question = *statement.question;
  if (question.at("kind") != "role") return std::nullopt;
  const Json& which = question.at("which");
  if (which.value("to", Json()) != "LAST_ACK") return std::nullopt;
  Json hosts = Json::array();
  for (const Place& place : places_of(question, *statement.run)) {
    Json enters = place.where;
    enters["kind"] = "state";
    enters["to"] = "TIME_WAIT";
    if (statement.run->find(enters) != nullptr) hosts.push_back(place.name);
  }
  return Json{{"hosts", std::move(hosts)}};
}

// The right states, with some of them taken for another.
std::optional<Json> with_states_as(const Statement& statement,
                                   std::initializer_list<std::string_view> real,
                                   std::string_view believed) {
  if (statement.question->at("kind") != "state") return std::nullopt;
  Json values = statement.right;
  for (auto& [host, state] : values.get_ref<Json::object_t&>()) {
    if (std::find(real.begin(), real.end(), state) != real.end()) state = believed;
  }
  return values;
}

// M56: connect() makes its caller ESTABLISHED.
std::optional<Json> established_at_once(const Statement& statement) {
  return with_states_as(statement, {"SYN_SENT"}, "ESTABLISHED");
}

// M57: close() makes its caller CLOSED.
std::optional<Json> closed_at_once(const Statement& statement) {
  return with_states_as(statement, {"FIN_WAIT_1", "FIN_WAIT_2", "CLOSING", "TIME_WAIT", "LAST_ACK"},
                        "CLOSED");
}

// The state to which the next segment that arrives brings a place; none when none does.
std::optional<Json> next_state(const Place& place, const Run& run, const Json& after) {
  const auto connections = place.where.contains("socket")
                               ? lab::connections_of(place.where, run.events)
                               : std::vector<std::uint32_t>{};
  for (std::size_t n = 0; n < run.events.size(); ++n) {
    if (run.events.kind(n) != "state" || !lab::is_at(place.where, connections, run.events, n) ||
        run.events[n].at("step") <= after) {
      continue;
    }
    const auto cause = run.events[n].find("cause");
    const bool arrives = cause != run.events[n].end() &&
                         run.events.kind(cause->get<std::size_t>()) == "segment.received";
    return arrives ? std::optional(run.events[n].at("to")) : std::nullopt;
  }
  return std::nullopt;
}

// M58: what changes one end's state changes the other's at the same moment.
std::optional<Json> both_at_once(const Statement& statement) {
  const Json& question = *statement.question;
  if (question.at("kind") != "state") return std::nullopt;
  const Run& run = *statement.run;
  const Json* pause = pause_event(question, run);
  if (pause == nullptr) return std::nullopt;
  const Json& step = pause->at("step");
  const auto changes_at = [&](const Json& host) {
    return std::any_of(run.events.begin(), run.events.end(), [&](const Json& event) {
      return event.at("kind") == "state" && event.at("step") == step && event.at("host") == host;
    });
  };
  Json values = statement.right;
  bool any_changes = false;
  for (const Place& place : places_of(question, run)) {
    if (changes_at(place.where.at("host"))) {
      any_changes = true;
    } else if (auto next = next_state(place, run, step)) {
      values[place.name] = std::move(*next);
    }
  }
  return any_changes ? std::optional(std::move(values)) : std::nullopt;
}

// M59: TIME_WAIT is where a connection was opened actively, CLOSE_WAIT where it was accepted.
std::optional<Json> by_client_and_server(const Statement& statement) {
  const Json& question = *statement.question;
  if (question.at("kind") != "role") return std::nullopt;
  const Json to = question.at("which").value("to", Json());
  const bool is_of_client = to == "TIME_WAIT";
  if (!is_of_client && to != "CLOSE_WAIT" && to != "LAST_ACK") return std::nullopt;
  Json hosts = Json::array();
  for (const Place& place : places_of(question, *statement.run)) {
    Json opens = place.where;
    opens["kind"] = "state";
    opens["to"] = is_of_client ? "SYN_SENT" : "SYN_RCVD";
    if (statement.run->find(opens) != nullptr) hosts.push_back(place.name);
  }
  return Json{{"hosts", std::move(hosts)}};
}

bool has(const Json& values, std::string_view state) {
  return std::any_of(values.begin(), values.end(), [&](const Json& each) { return each == state; });
}

// M60: both ends go through TIME_WAIT, whoever closes first. After TIME_WAIT all are CLOSED, and in
// LAST_ACK the last ACK has not come.
std::optional<Json> both_wait(const Statement& statement) {
  if (statement.question->at("kind") != "state" || !has(statement.right, "TIME_WAIT")) {
    return std::nullopt;
  }
  return with_states_as(statement, {"CLOSED"}, "TIME_WAIT");
}

// M62: TIME_WAIT is over when the last ACK arrives.
std::optional<Json> waits_for_the_arrival(const Statement& statement) {
  if (statement.question->at("kind") != "state" || !has(statement.right, "CLOSED")) {
    return std::nullopt;
  }
  return with_states_as(statement, {"TIME_WAIT"}, "CLOSED");
}

constexpr Belief kBeliefs[] = {
    {"M08", established_together},  {"M22", closer_is_in_close_wait},
    {"M39", last_ack_sends},        {"M56", established_at_once},
    {"M57", closed_at_once},        {"M58", both_at_once},
    {"M59", by_client_and_server},  {"M60", both_wait},
    {"M62", waits_for_the_arrival},
};

constexpr std::string_view kOnlyDeclared[] = {"M15", "M36", "M37", "M40", "M45",
                                              "M51", "M53", "M55", "M61"};

}  // namespace

std::span<const Belief> beliefs() { return kBeliefs; }
std::span<const std::string_view> only_declared() { return kOnlyDeclared; }

}  // namespace tcplab::exercise
