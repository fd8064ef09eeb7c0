#include "exercise/belief.hpp"

#include <algorithm>
#include <initializer_list>
#include <set>

#include "exercise/kinds/kind.hpp"
#include "exercise/kinds/places.hpp"
#include "exercise/verdict.hpp"
#include "format/quantity.hpp"
#include "lab/socket_states.hpp"
#include "wire/segment.hpp"

namespace tcplab::exercise {

namespace {

// M08: at the moment at which one end becomes ESTABLISHED, all do.
std::optional<Json> established_together(const Statement& statement) {
  const Json& question = *statement.question;
  if (!kind_of(question).asks_states) return std::nullopt;
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
  if (!kind_of(*statement.question).asks_states) return std::nullopt;
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
  if (!kind_of(question).asks_places) return std::nullopt;
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

bool has(const Json& values, std::string_view state) {
  return std::any_of(values.begin(), values.end(), [&](const Json& each) { return each == state; });
}

// The right states, with each of `real` replaced by `believed`.
std::optional<Json> with_states_as(const Statement& statement,
                                   std::initializer_list<std::string_view> real,
                                   std::string_view believed) {
  if (!kind_of(*statement.question).asks_states) return std::nullopt;
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

// M56 and M08: connect() makes both ends ESTABLISHED at once, even before the listening host has a
// connection. A listener that the question names as a socket still listens.
std::optional<Json> both_established_at_once(const Statement& statement) {
  const Json& question = *statement.question;
  if (!kind_of(question).asks_states || !has(statement.right, "SYN_SENT")) return std::nullopt;
  Json values = statement.right;
  for (const Place& place : places_of(question, *statement.run)) {
    Json& state = values.at(place.name);
    const bool is_host = state == "LISTEN" && !place.where.contains("socket");
    if (state == "SYN_SENT" || state == "SYN_RCVD" || is_host) state = "ESTABLISHED";
  }
  return values;
}

// M13 and M08: the SYN that arrives makes both ends ESTABLISHED.
std::optional<Json> both_established_by_the_syn(const Statement& statement) {
  if (!kind_of(*statement.question).asks_states || !has(statement.right, "SYN_RCVD")) {
    return std::nullopt;
  }
  return with_states_as(statement, {"SYN_SENT", "SYN_RCVD"}, "ESTABLISHED");
}

// M57: close() makes its caller CLOSED.
std::optional<Json> closed_at_once(const Statement& statement) {
  return with_states_as(statement, {"FIN_WAIT_1", "FIN_WAIT_2", "CLOSING", "TIME_WAIT", "LAST_ACK"},
                        "CLOSED");
}

// M57 and M58: close() ends the connection at both ends.
std::optional<Json> both_closed_at_once(const Statement& statement) {
  auto values = closed_at_once(statement);
  const bool any_is_open =
      has(statement.right, "ESTABLISHED") || has(statement.right, "CLOSE_WAIT");
  if (!values || values == statement.right || !any_is_open) return std::nullopt;
  for (auto& [host, state] : values->get_ref<Json::object_t&>()) {
    if (state == "ESTABLISHED" || state == "CLOSE_WAIT") state = "CLOSED";
  }
  return values;
}

// The state into which the next arriving segment brings a place; none if no segment changes it.
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

// M58: whatever changes the state of one end changes that of the other at the same moment.
std::optional<Json> both_at_once(const Statement& statement) {
  const Json& question = *statement.question;
  if (!kind_of(question).asks_states) return std::nullopt;
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
  if (!kind_of(question).asks_places) return std::nullopt;
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

// M60: both ends go through TIME_WAIT, whoever closes first: while one end is in TIME_WAIT, the end
// that is CLOSED is believed to be there too. An end in LAST_ACK is not, because the last ACK has
// not arrived yet.
std::optional<Json> both_wait(const Statement& statement) {
  if (!kind_of(*statement.question).asks_states || !has(statement.right, "TIME_WAIT")) {
    return std::nullopt;
  }
  return with_states_as(statement, {"CLOSED"}, "TIME_WAIT");
}

// M62: TIME_WAIT is over when the last ACK arrives.
std::optional<Json> waits_for_the_arrival(const Statement& statement) {
  if (!kind_of(*statement.question).asks_states || !has(statement.right, "CLOSED")) {
    return std::nullopt;
  }
  return with_states_as(statement, {"TIME_WAIT"}, "CLOSED");
}

// M63: whatever is sent arrives.
std::optional<Json> nothing_is_lost(const Statement& statement) {
  const Kind& kind = kind_of(*statement.question);
  if ((!kind.asks_states && !kind.asks_times) || !statement.without_loss) return std::nullopt;
  return statement.without_loss();
}

bool is_change_to(const Json& match, std::string_view state) {
  return match.is_object() && match.value("kind", Json()) == "state" &&
         match.value("to", Json()) == state;
}

std::string time_text(const Json& event) {
  return format::to_text(std::chrono::microseconds(event.at("t").get<std::int64_t>()));
}

// M08, in times: both ends become ESTABLISHED at `moment`, with no time in between.
std::optional<Json> established_at(const Statement& statement, const Json* moment) {
  if (!kind_of(*statement.question).asks_times || moment == nullptr) return std::nullopt;
  Json values = statement.right;
  for (const Json& time : statement.question->at("times")) {
    if (!is_change_to(time.at("of"), "ESTABLISHED")) continue;
    Json& value = values[time.at("id").get_ref<const std::string&>()];
    if (time.value("as", Json()) != "length") {
      value = time_text(*moment);
    } else if (is_change_to(time.at("from"), "ESTABLISHED")) {
      value = "0";
    }
  }
  return values;
}

std::optional<Json> established_with_the_first(const Statement& statement) {
  return established_at(statement, statement.run->find({{"kind", "state"}, {"to", "ESTABLISHED"}}));
}

std::optional<Json> established_with_the_second(const Statement& statement) {
  return established_at(statement,
                        statement.run->find({{"kind", "state"}, {"to", "ESTABLISHED"}}, 2));
}

// Whether the field asks for a moment, and not for a length of time or a cause.
bool is_moment(const Json& question, const std::string& field) {
  const Json& times = question.at("times");
  return std::any_of(times.begin(), times.end(), [&](const Json& time) {
    return time.at("id") == field && time.value("as", Json()) != "length";
  });
}

// M62, in times: the end in TIME_WAIT becomes CLOSED when the last ACK reaches the end in LAST_ACK.
std::optional<Json> closed_by_the_arrival(const Statement& statement) {
  const Json* arrival =
      statement.run->find({{"kind", "state"}, {"from", "LAST_ACK"}, {"to", "CLOSED"}});
  if (!kind_of(*statement.question).asks_times || arrival == nullptr) return std::nullopt;
  Json values = statement.right;
  for (const auto& [field, events] : statement.evidence) {
    if (events.empty()) continue;
    const Json& event = statement.run->events[events.back()];
    if (event.at("kind") != "state" || event.at("from") != "TIME_WAIT") continue;
    if (is_moment(*statement.question, field)) values[field] = time_text(*arrival);
  }
  return values;
}

// Whether the call is one that the plan has for this time. Planned calls that wait for a state are
// left out: they come when the state is reached, so they have an effect.
bool is_planned(const Json& call, const Json& plan) {
  return std::any_of(plan.begin(), plan.end(), [&](const Json& action) {
    if (!action.contains("at") || action.value("host", Json()) != call.at("host")) return false;
    const auto at = format::parse_duration(action.at("at").get_ref<const std::string&>());
    return action.at("do") == call.at("call") && at &&
           at->count() == call.at("t").get<std::int64_t>();
  });
}

// Whether one end closed and then, after the FIN had arrived, the other, while nobody interfered
// with the network and no planned call failed.
bool is_plain_close(const Run& run, const Json& plan) {
  static constexpr std::string_view kActs[] = {"segment.dropped", "segment.held", "segment.delayed",
                                               "segment.duplicated"};
  bool is_closed_last = false;
  for (std::size_t n = 0; n < run.events.size(); ++n) {
    const auto kind = run.events.kind(n);
    if (std::find(std::begin(kActs), std::end(kActs), kind) != std::end(kActs)) return false;
    if (kind == "state") is_closed_last |= run.events[n].at("to") == "LAST_ACK";
    if (kind != "return" || !run.events[n].contains("error")) continue;
    if (is_planned(run.events[n], plan)) return false;
  }
  return is_closed_last;
}

// M64: every end that closes goes through CLOSING.
std::optional<Json> closing_in_every_close(const Statement& statement) {
  const auto goals = statement.question->find("goals");
  if (goals == statement.question->end() || statement.plan.is_null()) return std::nullopt;
  Json values = statement.right;
  for (std::size_t i = 0; i < goals->size(); ++i) {
    const Json wanted = (*goals)[i].value("eventually", Json::object());
    if (wanted.value("to", Json()) == "CLOSING") values[std::to_string(i + 1)] = true;
  }
  if (values == statement.right || !is_plain_close(*statement.run, statement.plan)) {
    return std::nullopt;
  }
  return values;
}

// Whether the host sent an ACK of a FIN that did not arrive before `end`.
bool is_ack_of_fin_kept_from(const Json& host, std::size_t end, const Run& run) {
  Json sent;
  for (std::size_t n = 0; n < end; ++n) {
    const auto kind = run.events.kind(n);
    const bool leaves = kind == "segment.sent" && host == run.events.host(n);
    if (!leaves && kind != "segment.received") continue;
    const Json& id = run.events[n].at("segment").at("id");
    if (!leaves && id == sent) return false;
    if (leaves && run.events[n].at("rule") == "fin_acknowledged") sent = id;
  }
  return !sent.is_null();
}

// M39, if the student plays the network: the last ACK is taken to be the one that the end in
// LAST_ACK has sent. That ACK was kept from arriving, in the hope that the end leaves LAST_ACK
// without an ACK.
std::optional<Json> last_ack_is_lost(const Statement& statement) {
  const auto goals = statement.question->find("goals");
  if (goals == statement.question->end()) return std::nullopt;
  Json values = statement.right;
  for (std::size_t i = 0; i < goals->size(); ++i) {
    const Json wanted = (*goals)[i].value("eventually", Json::object());
    if (wanted.value("from", Json()) != "LAST_ACK" || !wanted.contains("host")) continue;
    const Json* leaves = statement.run->find(
        {{"kind", "state"}, {"host", wanted.at("host")}, {"from", "LAST_ACK"}, {"to", "CLOSED"}});
    if (leaves == nullptr) continue;
    if (is_ack_of_fin_kept_from(wanted.at("host"), leaves->at("n"), *statement.run)) {
      values[std::to_string(i + 1)] = true;
    }
  }
  return values;
}

// Whether the network lost or held a FIN of the host before `end`.
bool is_fin_kept_back(const Json& host, std::size_t end, const Run& run) {
  std::set<std::uint64_t> fins;
  for (std::size_t n = 0; n < end; ++n) {
    const auto kind = run.events.kind(n);
    const bool leaves = kind == "segment.sent" && host == run.events.host(n);
    const bool is_kept = kind == "segment.dropped" || kind == "segment.held";
    if (!leaves && !is_kept) continue;
    const Json& segment = run.events[n].at("segment");
    const auto id = segment.at("id").get<std::uint64_t>();
    if (is_kept && fins.count(id) != 0) return true;
    const auto flags = wire::parse_flags(segment.at("flags").get_ref<const std::string&>());
    if (leaves && flags && (*flags & wire::kFin) != 0) fins.insert(id);
  }
  return false;
}

// M68, if the student plays the network: the end that closed first is believed to forget the
// connection even without the other FIN. That FIN was kept back, in the hope that its
// retransmission finds no connection.
std::optional<Json> last_fin_is_lost(const Statement& statement) {
  const auto goals = statement.question->find("goals");
  if (goals == statement.question->end()) return std::nullopt;
  Json values = statement.right;
  const Run& run = *statement.run;
  for (std::size_t i = 0; i < goals->size(); ++i) {
    const Json wanted = (*goals)[i].value("eventually", Json::object());
    const bool is_asked = wanted.value("from", Json()) == "LAST_ACK" &&
                          wanted.value("event", Json()) == "rcv RST" && wanted.contains("host");
    if (!is_asked) continue;
    const Json& host = wanted.at("host");
    const Json* leaves = run.find({{"kind", "state"}, {"host", host}, {"from", "LAST_ACK"}});
    const std::size_t end =
        leaves == nullptr ? run.events.size() : leaves->at("n").get<std::size_t>();
    if (is_fin_kept_back(host, end, run)) values[std::to_string(i + 1)] = true;
  }
  return values;
}

// M66: seq is the last number that the sender has used. A SYN is left out: it is the first.
std::optional<Json> seq_is_the_last_number(const Statement& statement) {
  const auto relative_numbers = kind_of(*statement.question).relative_numbers;
  const auto right = statement.right.find("seq");
  if (!relative_numbers || right == statement.right.end()) return std::nullopt;
  const Json relative = relative_numbers(*statement.question, *statement.run);
  if (!relative.contains("seq") || relative.at("seq") == 0) return std::nullopt;
  Json values = statement.right;
  values["seq"] = right->get<std::uint32_t>() - 1;
  return values;
}

// M39 is about places in an answer, and about what was done in a plan.
std::optional<Json> last_ack_is_its_own(const Statement& statement) {
  return statement.is_evidence ? last_ack_sends(statement) : last_ack_is_lost(statement);
}

constexpr Belief kBeliefs[] = {
    {"M08", established_together},
    {"M13", both_established_by_the_syn, "M08"},
    {"M08", established_with_the_first},
    {"M08", established_with_the_second},
    {"M22", closer_is_in_close_wait},
    {"M39", last_ack_is_its_own},
    {"M56", established_at_once},
    {"M56", both_established_at_once, "M08"},
    {"M57", closed_at_once},
    {"M57", both_closed_at_once, "M58"},
    {"M58", both_at_once},
    {"M59", by_client_and_server},
    {"M60", both_wait},
    {"M62", waits_for_the_arrival},
    {"M62", closed_by_the_arrival},
    {"M63", nothing_is_lost},
    {"M64", closing_in_every_close},
    {"M66", seq_is_the_last_number},
    {"M68", last_fin_is_lost},
};

constexpr std::string_view kOnlyDeclared[] = {"M15", "M36", "M37", "M40", "M45", "M51",
                                              "M53", "M55", "M61", "M65", "M67"};

}  // namespace

std::span<const Belief> beliefs() { return kBeliefs; }

std::vector<std::string> names_of(const Belief& belief) {
  std::vector<std::string> names{std::string(belief.misconception)};
  if (!belief.also.empty()) names.emplace_back(belief.also);
  return names;
}

std::span<const std::string_view> only_declared() { return kOnlyDeclared; }

}  // namespace tcplab::exercise
