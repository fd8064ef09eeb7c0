#include "exercise/fields.hpp"

#include <algorithm>

#include "exercise/evidence.hpp"
#include "exercise/plain_text.hpp"
#include "exercise/question.hpp"
#include "format/problem.hpp"
#include "lab/predicate.hpp"
#include "lab/socket_states.hpp"
#include "wire/segment.hpp"

namespace tcplab::exercise {

namespace {

using format::say;
using Answer = tl::expected<Json, format::Text>;

Answer number(const std::string& field, const Json& value) {
  const auto refuse = [&] {
    return tl::unexpected(say({"{0}: found {1}; allowed: a whole number from 0 to 4294967295",
                               "{0}：发现 {1}；允许：从 0 到 4294967295 的整数"},
                              {field, format::show(value)}));
  };
  if (value.is_number_integer()) {
    const bool fits = value.is_number_unsigned() ? value.get<std::uint64_t>() <= 0xffffffff
                                                 : value.get<std::int64_t>() >= 0 &&
                                                       value.get<std::int64_t>() <= 0xffffffff;
    if (!fits) return refuse();
    return Json(value.get<std::uint32_t>());
  }
  if (!value.is_string()) return refuse();
  std::uint64_t result = 0;
  bool any = false;
  for (const char c : plain(value.get_ref<const std::string&>().substr(0, 100))) {
    if (c == ' ' || c == ',' || c == '_' || c == '\'') continue;
    if (c < '0' || c > '9') return refuse();
    result = result * 10 + static_cast<std::uint64_t>(c - '0');
    any = true;
    if (result > 0xffffffff) return refuse();
  }
  if (!any) return refuse();
  return Json(static_cast<std::uint32_t>(result));
}

// PSH says nothing about the connection, and is not asked for.
std::string without_push(wire::Flags flags) {
  return wire::flags_text(static_cast<wire::Flags>(flags & ~wire::kPsh));
}

Answer flags(const Json& value) {
  const auto refuse = [&] {
    return tl::unexpected(
        say({"flags: found {0}; allowed: one or more of SYN, FIN, RST, PSH, ACK, URG",
             "flags：发现 {0}；允许：SYN、FIN、RST、PSH、ACK、URG 中的一个或多个"},
            {format::show(value)}));
  };
  if (!value.is_string()) return refuse();
  std::string text = plain(value.get_ref<const std::string&>().substr(0, 200));
  for (char& c : text) {
    if (c == '+' || c == '/' || c == '|' || c == '-') c = ' ';
  }
  const auto parsed = wire::parse_flags(text);
  if (!parsed || text.find_first_not_of(" ,") == std::string::npos) return refuse();
  return Json(without_push(*parsed));
}

Answer state(const std::string& host, const Json& value) {
  std::string text =
      value.is_string() ? plain(value.get_ref<const std::string&>().substr(0, 40)) : "";
  text.erase(0, text.find_first_not_of(' '));
  text.erase(text.find_last_not_of(' ') + 1);
  for (char& c : text) {
    if (c == '-' || c == ' ') c = '_';
  }
  if (tcp::state_named(text)) return Json(text);
  const std::vector<std::string> names(tcp::kStateNames.begin(), tcp::kStateNames.end());
  return tl::unexpected(
      say({"{0}: found {1}{2}; allowed: {3}", "{0}：发现 {1}{2}；允许：{3}"},
          {host, format::show(value), format::suggestion(text, names), format::list(names)}));
}

// The answers to the named fields; `read` reads one. All that cannot be read is told.
template <typename Read>
Answer by_field(const Json& answer, const std::vector<std::string>& names, Read read) {
  if (!answer.is_object()) {
    return tl::unexpected(
        say({"found {0}; allowed: an object with {1}", "发现 {0}；允许：一个对象，含有 {1}"},
            {format::show(answer), format::list(names)}));
  }
  Json result = Json::object();
  for (const std::string& name : names) result[name] = nullptr;
  format::Text problems;
  for (const auto& [key, value] : answer.get_ref<const Json::object_t&>()) {
    if (std::find(names.begin(), names.end(), key) == names.end()) {
      return tl::unexpected(say({"found {0}; asked: {1}", "发现 {0}；问的是：{1}"},
                                {format::quote(key), format::list(names)}));
    }
    if (value.is_null()) continue;
    auto one = read(key, value);
    if (one) {
      result[key] = std::move(*one);
    } else {
      problems =
          problems.empty() ? one.error() : say({"{0}. {1}", "{0}。{1}"}, {problems, one.error()});
    }
  }
  if (!problems.empty()) return tl::unexpected(std::move(problems));
  return result;
}

Answer role(const Json& answer, const std::vector<std::string>& offered) {
  const auto refuse = [&](format::Text found) {
    return tl::unexpected(
        say({"found {0}; allowed: a list of {1}", "发现 {0}；允许：由 {1} 组成的列表"},
            {std::move(found), format::list(offered)}));
  };
  if (!answer.is_array()) return refuse(format::show(answer));
  if (answer.size() > 100) return refuse(say({"a list that is too long", "一个太长的列表"}));
  for (const Json& host : answer) {
    const auto names_host = [&](const std::string& name) { return host == name; };
    if (std::none_of(offered.begin(), offered.end(), names_host)) {
      return refuse(format::show(host));
    }
  }
  Json hosts = Json::array();
  for (const std::string& host : offered) {
    if (std::find(answer.begin(), answer.end(), host) != answer.end()) hosts.push_back(host);
  }
  Json result = Json::object();
  result["hosts"] = std::move(hosts);
  return result;
}

std::optional<Fields> states_of(const Json& question, const Run& run) {
  const Json* event = pause_event(question, run);
  if (event == nullptr) return std::nullopt;
  Fields fields{Json::object(), {}};
  for (const Place& place : places_of(question, run)) {
    const auto end = run.events_after(*event);
    const auto shown = lab::state_of(place.where, run.events, end);
    fields.values[place.name] = shown.state;
    if (!shown.n) continue;
    auto& why = fields.evidence[place.name];
    why = lost_since(*shown.n, end, run);
    why.insert(why.begin(), *shown.n);
    fields.shown.insert(fields.shown.end(), why.begin(), why.end());
  }
  return fields;
}

// The event in which the segment is sent that is asked about, or nullptr.
const Json* asked_segment(const Json& question, const Run& run) {
  const Json* pause = pause_event(question, run);
  if (pause == nullptr) return nullptr;
  const Json& of = question.at("of");
  for (auto n = lab::first_match(of, run.events); n; n = lab::first_match(of, run.events, *n + 1)) {
    const Json& event = run.events[*n];
    if (event.at("kind") == "segment.sent" && event.at("step") >= pause->at("step")) return &event;
  }
  return nullptr;
}

std::optional<Fields> segment_of(const Json& question, const Run& run) {
  const Json* event = asked_segment(question, run);
  if (event == nullptr) return std::nullopt;
  const Json& segment = event->at("segment");
  Fields fields{Json::object(), {event->at("n").get<std::uint32_t>()}};
  for (const Json& name : question.at("fields")) {
    const auto& key = name.get_ref<const std::string&>();
    if (key == "flags") {
      const auto set = wire::parse_flags(segment.at(key).get_ref<const std::string&>());
      fields.values[key] = without_push(set.value_or(wire::Flags{0}));
    } else {
      fields.values[key] = segment.value(key, Json(0));  // no ACK: the field is zero
    }
    fields.evidence[key] = deciding(key, *event, run);
  }
  return fields;
}

std::optional<Fields> roles_of(const Json& question, const Run& run) {
  Fields fields{Json::object(), {}};
  fields.values["hosts"] = Json::array();
  for (const Place& place : places_of(question, run)) {
    const auto connections = place.where.contains("socket")
                                 ? lab::connections_of(place.where, run.events)
                                 : std::vector<std::uint32_t>{};
    const Json& which = question.at("which");
    auto n = lab::first_match(which, run.events);
    while (n && !lab::is_at(place.where, connections, run.events, *n)) {
      n = lab::first_match(which, run.events, *n + 1);
    }
    if (!n) continue;
    fields.values["hosts"].push_back(place.name);
    fields.shown.push_back(*n);
    fields.evidence["hosts"].push_back(*n);
  }
  return fields;
}

std::vector<std::string> names_asked(const Json& question, const Run& run) {
  std::vector<std::string> names;
  if (question.at("kind") == "segment") {
    for (const Json& name : question.at("fields")) names.push_back(name);
  } else {
    for (Place& place : places_of(question, run)) names.push_back(std::move(place.name));
  }
  return names;
}

}  // namespace

std::optional<Fields> fields_of(const Json& question, const Run& run) {
  const auto& kind = question.at("kind").get_ref<const std::string&>();
  return kind == "state"     ? states_of(question, run)
         : kind == "segment" ? segment_of(question, run)
                             : roles_of(question, run);
}

// A header's seq and ack are made from what the connection remembers, at either end.
std::vector<std::string> telling_variables(const Json& question) {
  if (question.at("kind") != "segment") return {};
  for (const Json& field : question.at("fields")) {
    if (field == "seq" || field == "ack") return {"snd.una", "snd.nxt", "rcv.nxt"};
  }
  return {};
}

Json relative_numbers(const Json& question, const Run& run) {
  Json numbers = Json::object();
  if (question.at("kind") != "segment") return numbers;
  const Json* event = asked_segment(question, run);
  if (event == nullptr) return numbers;
  const Json& segment = event->at("segment");
  for (const char* field : {"seq", "ack"}) {
    const auto relative = segment.find(std::string("rel_") + field);
    if (relative != segment.end()) numbers[field] = *relative;
  }
  return numbers;
}

tl::expected<Json, format::Text> read_answer(const Json& question, const Json& answer,
                                             const Run& run) {
  const auto& kind = question.at("kind").get_ref<const std::string&>();
  const auto names = names_asked(question, run);
  if (kind == "role") return role(answer, names);
  return by_field(answer, names, [&](const std::string& name, const Json& value) {
    return kind == "state"   ? state(name, value)
           : name == "flags" ? flags(value)
                             : number(name, value);
  });
}

}  // namespace tcplab::exercise
