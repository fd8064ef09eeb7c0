// Questions about the hosts or sockets at which a matching event happens in the run.
#include <algorithm>
#include <set>

#include "exercise/check_names.hpp"
#include "exercise/kinds/fields.hpp"
#include "exercise/kinds/kind.hpp"
#include "exercise/kinds/places.hpp"
#include "exercise/plain_text.hpp"
#include "exercise/refutation.hpp"
#include "exercise/shapes.hpp"
#include "exercise/verdict.hpp"
#include "lab/predicate.hpp"

namespace tcplab::exercise {

namespace {

using namespace format::shapes;
using format::Reader;
using format::say;

std::vector<format::Field> fields_of_role() {
  return {optional_pause_field("Where the run stops and asks"),
          required("which", lab::match_shape(), "The event, without its host"),
          optional("hosts", array(place_shape(), 2, 8), "Who is offered; default: all hosts")};
}

std::optional<Fields> roles_of(const Json& question, const Run& run) {
  Fields fields;
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

ReadAnswer read_roles(const Json& question, const Json& answer, const Run& run) {
  const auto offered = place_names(question, run);
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
  Answered result;
  result.values["hosts"] = std::move(hosts);
  return result;
}

// The states through which a connection came to the change `n`, latest first.
std::vector<Json> states_before(std::uint32_t n, const Run& run) {
  std::vector<Json> states;
  const auto connection = run.events.connection(n);
  for (auto k = static_cast<std::int64_t>(n); k >= 0; --k) {
    const auto at = static_cast<std::size_t>(k);
    if (run.events.kind(at) != "state" || run.events.connection(at) != connection) continue;
    states.push_back(run.events[at].at("from"));
  }
  return states;
}

// The changes at which the connections of a place left the path of states that leads to the change
// `n`.
std::vector<std::uint32_t> where_it_leaves(const Place& place, std::uint32_t n, const Run& run) {
  const auto connections = place.where.contains("socket")
                               ? lab::connections_of(place.where, run.events)
                               : std::vector<std::uint32_t>{};
  std::vector<std::uint32_t> found;
  for (const Json& state : states_before(n, run)) {
    Json leaves{{"kind", "state"}, {"from", state}};
    for (const auto at : lab::find_matches(leaves, run.events)) {
      if (lab::is_at(place.where, connections, run.events, at)) found.push_back(at);
    }
    if (!found.empty()) break;
  }
  return found;
}

// For each place that is named wrongly, the events that show what it did instead.
std::vector<std::uint32_t> against(const Json& given, const Json& question, const Run& run) {
  std::vector<std::uint32_t> found;
  const auto right = roles_of(question, run);
  if (!right || right->shown.empty() || run.events.kind(right->shown.front()) != "state")
    return found;
  const Json& hosts = right->values.at("hosts");
  for (const Place& place : places_of(question, run)) {
    const auto names_it = [&](const Json& list) {
      return std::find(list.begin(), list.end(), place.name) != list.end();
    };
    if (!names_it(given) || names_it(hosts)) continue;
    const auto events = where_it_leaves(place, right->shown.front(), run);
    found.insert(found.end(), events.begin(), events.end());
  }
  return found;
}

constexpr FieldsOf kRoleFields{roles_of, read_roles, against};

// Answers do not name the single field.
Json right_hosts(const Json& question, Bench& bench) {
  return right_fields(kRoleFields, question, bench).at("hosts");
}

// A guess is any set of the hosts except the empty one.
Chance guess_role(const Json& question, Bench& bench) {
  const auto hosts =
      question.contains("hosts") ? question.at("hosts").size() : bench.plain->hosts.size();
  Chance chance;
  chance.add(1.0 / static_cast<double>((std::size_t{1} << std::min<std::size_t>(hosts, 60)) - 1),
             points_of(1, question));
  return chance;
}

Bearing bearing_on_role(std::string_view misconception, const Json& question, const std::string&,
                        const Json&, const Json&) {
  if (!is_about_states(misconception)) return Bearing::kNone;
  const bool tells = is_about(misconception, question.at("which").value("to", Json()));
  return tells ? Bearing::kTelling : Bearing::kRelated;
}

void check_role(const Reader& question, Bench& bench, Matches&) {
  if (!roles_of(question.json(), *bench.plain)->shown.empty()) return;
  question["which"].problem(
      say({"no event of the run matches on any host, so the question has no answer",
           "运行中没有一台主机上有匹配的事件，所以这个问题没有答案"}));
}

// The Chinese characters of a text without those that only join: "就是…和…".
std::string without_glue(std::string_view text) {
  constexpr std::string_view kGlue = "是就它们这那台主机和与及以即为答案两端都";
  std::string left;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t size = 1;
    while (at + size < text.size() && (text[at + size] & 0xc0) == 0x80) ++size;
    const auto character = text.substr(at, size);
    const bool is_han = character >= "\xe3\x90" && character < "\xea";
    if (is_han && kGlue.find(character) == std::string_view::npos) left += character;
    at += size;
  }
  return left;
}

// Whether a text says nothing except the hosts: "It is the client and the server", "就是 client 和
// server".
bool tells_hosts(std::string_view hint, const Json& right) {
  static const std::set<std::string_view> kGlue{"It", "is", "The", "the", "They", "are", "and"};
  if (!without_glue(hint).empty()) return false;
  std::set<std::string> named;
  for (const auto word : names_in(hint)) {
    if (kGlue.count(word) == 0) named.emplace(word);
  }
  return !named.empty() && named == right.get<std::set<std::string>>();
}

format::Text gives_away_role(std::string_view text, const Json& right) {
  return tells_hosts(text, right) ? say({"hosts", "主机"}) : format::Text{};
}

void check_match_and_places(const Reader& question, const Names& names) {
  names.match(question["which"]);
  for (const Reader& place : question["hosts"].items()) names.place(place);
}

}  // namespace

const Kind& role_kind() {
  static const Kind kind{
      .name = "role",
      .doc = "The hosts, or sockets, at which a matching event happens in the run",
      .fields = fields_of_role,
      .stands_alone = true,
      .points = [](const Json& q) { return points_of(1, q); },
      .cannot_be_asked = [](const Json& q, const Run& run) { return refused_place(q, run); },
      .show = [](const Json& q, const Setting& setting,
                 Json& shown) { show_places(q, setting.run, shown); },
      .judge = [](const Json& q, const Json& answer,
                  Bench& bench) { return judge_fields(kRoleFields, q, answer, bench); },
      .right_answer = right_hosts,
      .guess = guess_role,
      .asks_places = true,
      .runs_ahead = true,
      .notations = {"ladder", "dump", "list"},
      .bearing = bearing_on_role,
      .refuting_event = refuted_by_states,
      .check_names = check_match_and_places,
      .check = check_role,
      .gives_away = gives_away_role,
  };
  return kind;
}

}  // namespace tcplab::exercise
