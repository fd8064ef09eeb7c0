#include "exercise/check_names.hpp"

#include <algorithm>
#include <set>
#include <string>

#include "base/rule.hpp"
#include "exercise/kinds/kind.hpp"
#include "format/quantity.hpp"
#include "host/call.hpp"
#include "lab/event_keys.hpp"
#include "lab/workload.hpp"
#include "tcp/transition.hpp"
#include "wire/icmp.hpp"

namespace tcplab::exercise {

namespace {

using format::Json;
using format::Reader;
using format::say;
using format::Text;
using Allowed = std::vector<std::string>;

// The default name of the socket that a call creates; empty: it creates none.
std::string_view usual_name(std::string_view call) {
  if (call == "listen") return "listener";
  if (call == "connect" || call == "socket") return "socket";
  return call == "accept" ? "accepted" : "";
}

// The member's value, or null. The value may have any shape.
const Json& member(const Json& value, const char* key) {
  static const Json kNone;
  const auto found = value.find(key);
  return found == value.end() ? kNone : *found;
}
std::string text_of(const Json& value, std::string_view fallback = {}) {
  return value.is_string() ? value.get<std::string>() : std::string(fallback);
}

// Also the connections of a listener whose application accepts each of them have names.
void add_sockets(const Json& entry, std::set<std::string>& names) {
  const std::string call = text_of(member(entry, "do"));
  const auto usual = usual_name(call);
  if (usual.empty()) return;
  if (!entry.contains("socket") || call == "accept")
    names.insert(text_of(member(entry, "as"), usual));
  if (call == "listen" && text_of(member(entry, "accept"), "each") == "each") {
    names.emplace("accepted");
  }
}

void add_allowed_sockets(const Json& calls, std::set<std::string>& names) {
  for (const Json& list : calls) {
    for (const Json& call : list) {
      if (const auto usual = usual_name(text_of(call)); !usual.empty()) names.emplace(usual);
      if (call == "listen") names.emplace("accepted");
    }
  }
}

// Calls visit(object) for every object in it.
template <typename Visit>
void walk(const Json& value, const Visit& visit) {
  if (value.is_object()) visit(value);
  if (!value.is_structured()) return;
  for (const Json& inner : value) walk(inner, visit);
}

Known known_in(const Json& exercise) {
  Known known;
  std::set<std::string> hosts;
  const auto add_hosts = [&](const Json& scenario) {
    for (const Json& host : member(scenario, "hosts")) {
      const std::string name = text_of(member(host, "name"));
      if (hosts.insert(name).second) known.hosts.push_back(name);
      known.addresses.push_back(text_of(member(host, "address")));
    }
  };
  add_hosts(member(exercise, "scenario"));
  const auto add = [&](const Json& value) {
    if (value.contains("do")) add_sockets(value, known.sockets);
    if (value.contains("scenario")) add_hosts(value["scenario"]);
    if (value.contains("allow"))
      add_allowed_sockets(member(value["allow"], "calls"), known.sockets);
    if (!value.contains("segment") || !value["segment"].is_object()) return;
    // An injected segment may come from an address that no host has.
    for (const char* end : {"from", "to"}) {
      const std::string endpoint = text_of(member(value["segment"], end));
      known.addresses.push_back(endpoint.substr(0, endpoint.rfind(':')));
    }
  };
  for (const char* key : {"scenario", "questions", "witness"}) walk(member(exercise, key), add);
  const Json& workload = member(member(exercise, "scenario"), "workload");
  if (lab::rounds_in(workload) > lab::most_rounds_in_all) return known;
  for (const Json& item : workload) {
    for (const Json& entry : lab::rounds_of(item)) add_sockets(entry, known.sockets);
  }
  return known;
}

Allowed words(const auto& table) {
  Allowed result;
  for (const auto& entry : table) {
    if (!std::string_view(entry).empty()) result.emplace_back(entry);
  }
  return result;
}

Allowed triggers() {
  Allowed result;
  for (const auto& transition : tcp::transitions()) {
    const std::string name(tcp::to_text(transition.trigger));
    if (std::find(result.begin(), result.end(), name) == result.end()) result.push_back(name);
  }
  return result;
}

Allowed edges() {
  Allowed result;
  for (const auto& transition : tcp::transitions()) result.emplace_back(transition.id);
  return result;
}

// The message for a name that does not exist: suggests the nearest one, and lists all unless there
// are too many.
Text nobody(const std::string& found, const Text& what, const Allowed& allowed,
            const Text& where = {}) {
  constexpr std::size_t most_listed = 60;
  const Text tail = allowed.size() <= most_listed
                        ? say({"; allowed: {0}", "；允许：{0}"}, {format::list(allowed)})
                        : where;
  return say({"no {0} is called {1}{2}{3}", "没有叫 {1} 的{0}{2}{3}"},
             {what, format::quote(found), format::suggestion(found, allowed), tail});
}

bool is_among(const Allowed& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

void check_named(const Reader& name, const Allowed& allowed, const Text& what,
                 const Text& where = {}) {
  if (name.json().is_string() && !is_among(allowed, name.text())) {
    name.problem(nobody(name.text(), what, allowed, where));
  }
}

// The names in a question and in its parts.
void check_question(const Reader& question, const Names& names) {
  names.match(question["pause"]["before"]);
  const auto& kind = kind_of(question.json());
  if (kind.check_names) kind.check_names(question, names);
  for (const Reader& part : question["parts"].items()) check_question(part, names);
}

void check_answers(const Reader& questions, const Reader& answers, const Names& names) {
  for (const Reader& question : questions.items()) {
    const Reader answer = answers[question["id"].text()];
    check_answers(question["parts"], answer, names);
    const auto& kind = kind_of(question.json());
    if (kind.check_names_of_answer) kind.check_names_of_answer(answer, names);
  }
}

}  // namespace

Names::Names(const Json& exercise)
    : known_(known_in(exercise)),
      rules_(words(kRuleIds)),
      edges_(edges()),
      triggers_(triggers()),
      errnos_(words(host::kErrnoNames)),
      icmp_(words(wire::kIcmpNames)) {}

void Names::match(const Reader& m) const {
  if (!m) return;
  host(m["host"]);
  socket(m["socket"]);
  check_named(m["rule"], rules_, say({"rule", "规则"}),
              say({"; exercises/rules.json has all of them", "；全部规则见 exercises/rules.json"}));
  check_named(m["edge"], edges_, say({"row of the transition table", "状态转换表的行"}));
  check_named(m["event"], triggers_, say({"cause of a change of state", "状态变化的原因"}));
  error(m);
  for (const char* end : {"src", "dst"}) endpoint(m[end]);
  lab::check_event_keys(m);
}

void Names::goal(const Reader& g) const {
  for (const char* kind : {"eventually", "never"}) match(g[kind]);
  match(g["count"]["of"]);
  for (const Reader& one : g["before"].items()) match(one);
  for (const char* kind : {"at_end", "always", "delivered"}) {
    host(g[kind]["host"]);
    socket(g[kind]["socket"]);
  }
  for (const char* kind : {"all", "any"}) {
    for (const Reader& one : g[kind].items()) goal(one);
  }
  if (g.has("not")) goal(g["not"]);
}

void Names::place(const Reader& p) const {
  host(p.has("host") ? p["host"] : p);
  socket(p["socket"]);
}

void Names::hosts_of(const Reader& map) const {
  for (const auto& [name, value] : map.members()) {
    if (is_among(known_.hosts, name)) continue;
    value.key_problem(nobody(name, say({"host", "主机"}), known_.hosts));
  }
}

void Names::script(const Reader& entries) const {
  for (const Reader& entry : entries.items()) socket(entry["socket"]);
}

void Names::host(const Reader& name) const {
  check_named(name, known_.hosts, say({"host", "主机"}));
}

// The engine calls a second socket with the same name "socket-2".
void Names::socket(const Reader& name) const {
  if (!name.json().is_string() || name.text() == "listener") return;
  const std::string text = name.text();
  const auto dash = text.rfind('-');
  const bool numbered = dash != std::string::npos && dash + 1 < text.size() &&
                        text.find_first_not_of("0123456789", dash + 1) == std::string::npos;
  if (known_.sockets.count(text) != 0) return;
  if (numbered && known_.sockets.count(text.substr(0, dash)) != 0) return;
  name.problem(nobody(text, say({"socket", "套接字"}),
                      Allowed(known_.sockets.begin(), known_.sockets.end())));
}

void Names::error(const Reader& m) const {
  const std::string kind = m["kind"].text();
  if (kind == "icmp") return check_named(m["error"], icmp_, say({"ICMP error", "ICMP 差错"}));
  if (kind == "return") return check_named(m["error"], errnos_, say({"errno", "错误码"}));
  Allowed both = errnos_;
  both.insert(both.end(), icmp_.begin(), icmp_.end());
  check_named(m["error"], both, say({"errno or ICMP error", "错误码或 ICMP 差错"}));
}

void Names::endpoint(const Reader& where) const {
  if (!where) return;
  const std::string text = where.text();
  const auto colon = text.rfind(':');
  const std::string port = colon == std::string::npos ? "" : text.substr(colon + 1);
  const bool has_port = !port.empty() && port.size() <= 5 &&
                        port.find_first_not_of("0123456789") == std::string::npos;
  const std::string address = text.substr(0, colon);
  if (has_port && is_among(known_.addresses, address)) return;
  where.problem(
      say({"found {0}{1}; allowed: an address and a port, such as \"{2}:80\"; addresses: {3}",
           "发现 {0}{1}；允许：地址和端口，例如 \"{2}:80\"；地址有：{3}"},
          {format::quote(text), format::suggestion(address, host_addresses()),
           host_addresses().front(), format::list(host_addresses())}));
}

std::vector<std::string> Names::host_addresses() const {
  return {known_.addresses.begin(),
          known_.addresses.begin() + static_cast<std::ptrdiff_t>(known_.hosts.size())};
}

void check_names(const Reader& root) {
  std::set<std::string> names;
  for (const Reader& host : root["scenario"]["hosts"].items()) {
    const Reader name = host["name"];
    if (names.insert(name.text()).second) continue;
    // The name that one of the two should have had is missing elsewhere: that is not reported too.
    return name.problem(
        say({"two hosts are called {0}", "有两台主机都叫 {0}"}, {format::quote(name.text())}));
  }
  const Names known(root.json());
  known.script(root["scenario"]["script"]);
  for (const Reader& question : root["questions"].items()) check_question(question, known);
  check_answers(root["questions"], root["witness"], known);
  for (const Reader& chaff : root["chaffs"].items()) {
    check_answers(root["questions"], chaff["answers"], known);
  }
}

void check_sockets(const Reader& scenario) {
  Names(Json{{"scenario", scenario.json()}}).script(scenario["script"]);
}

}  // namespace tcplab::exercise
