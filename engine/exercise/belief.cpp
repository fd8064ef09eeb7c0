#include "exercise/belief.hpp"

#include <algorithm>

#include "exercise/question.hpp"

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

constexpr Belief kBeliefs[] = {
    {"M08", established_together},
    {"M22", closer_is_in_close_wait},
    {"M39", last_ack_sends},
};

constexpr std::string_view kOnlyDeclared[] = {"M15", "M36", "M37", "M40",
                                              "M45", "M51", "M53", "M55"};

}  // namespace

std::span<const Belief> beliefs() { return kBeliefs; }
std::span<const std::string_view> only_declared() { return kOnlyDeclared; }

}  // namespace tcplab::exercise
