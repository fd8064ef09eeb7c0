// Questions about the states of hosts or their sockets, after the step before which the run pauses.
#include <algorithm>
#include <set>

#include "exercise/check_names.hpp"
#include "exercise/evidence.hpp"
#include "exercise/kinds/fields.hpp"
#include "exercise/kinds/kind.hpp"
#include "exercise/kinds/places.hpp"
#include "exercise/kinds/values.hpp"
#include "exercise/plain_text.hpp"
#include "exercise/refutation.hpp"
#include "exercise/shapes.hpp"
#include "exercise/verdict.hpp"
#include "tcp/state.hpp"

namespace tcplab::exercise {

namespace {

using namespace format::shapes;
using format::Reader;
using format::say;

std::vector<format::Field> fields_of_state() {
  return {pause_field(), required("hosts", array(place_shape(), 1, 8), "Whose state")};
}

format::Text is_doubtful(const Json& where, const Json& question, const Run& run) {
  const Json* event = pause_event(question, run);
  if (event == nullptr) return {};
  return ambiguity(where, lab::state_of(where, run.events, run.events_after(*event)));
}

void show_state(const Json& question, const Setting& setting, Json& shown) {
  show_places(question, setting.run, shown);
  shown["options"] = tcp::kStateNames;
}

std::optional<Fields> states_of(const Json& question, const Run& run) {
  const Json* event = pause_event(question, run);
  if (event == nullptr) return std::nullopt;
  Fields fields;
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

tl::expected<Json, format::Text> read_one_of_states(const Json&, const std::string& host,
                                                    const Json& value) {
  return read_state(host, value);
}

ReadAnswer read_states(const Json& question, const Json& answer, const Run& run) {
  return by_field(question, answer, place_names(question, run), read_one_of_states);
}

constexpr FieldsOf kStateFields{states_of, read_states};

Chance guess_state(const Json& question, Bench&) {
  Chance chance;
  for (std::size_t i = 0; i < question.at("hosts").size(); ++i) {
    chance.add(1.0 / static_cast<double>(tcp::kStateNames.size()), points_of(1, question));
  }
  return chance;
}

Bearing bearing_on_state(std::string_view misconception, const Json&, const std::string&,
                         const Json& given, const Json& right) {
  if (!is_about_states(misconception)) return Bearing::kNone;
  const bool tells = is_about(misconception, given) || is_about(misconception, right);
  return tells ? Bearing::kTelling : Bearing::kRelated;
}

// The text of `count` words from `first` on, if single blanks or hyphens separate them; else empty.
std::string_view run_of(const std::vector<std::string_view>& words, std::size_t first,
                        std::size_t count) {
  if (first + count > words.size()) return {};
  for (std::size_t i = first + 1; i < first + count; ++i) {
    const char* end = words[i - 1].data() + words[i - 1].size();
    if (words[i].data() != end + 1 || (*end != ' ' && *end != '-')) return {};
  }
  const auto& last = words[first + count - 1];
  return {words[first].data(),
          static_cast<std::size_t>(last.data() + last.size() - words[first].data())};
}

// "The connection is closed" and "the last ACK" are plain English and name no state.
bool is_written_as_name(std::string_view words) {
  const auto has = [&](auto is) { return std::any_of(words.begin(), words.end(), is); };
  if (has([](char c) { return c == ' '; })) {
    return !has([](char c) { return c >= 'a' && c <= 'z'; });
  }
  return has([](char c) { return (c >= 'A' && c <= 'Z') || c == '_' || c == '-'; });
}

// The states that a text names, in any spelling.
std::set<std::string> states_named_in(std::string_view text) {
  constexpr std::size_t kMostWords = 3;  // FIN-WAIT-1
  const auto words = names_in(text);
  std::set<std::string> named;
  for (std::size_t i = 0; i < words.size();) {
    std::size_t count = kMostWords;
    for (; count > 0; --count) {
      const auto written = run_of(words, i, count);
      const auto state = is_written_as_name(written) ? typed_state(written) : std::nullopt;
      if (!state) continue;
      named.emplace(tcp::to_text(*state));
      break;
    }
    i += std::max<std::size_t>(count, 1);
  }
  return named;
}

// Whether a hint names exactly the states that are the answer. A single state is an answer only
// together with all hosts that are in it: "in SYN_RCVD, an end waits" is not.
bool tells_states(std::string_view hint, const Json& right) {
  std::set<std::string> states;
  std::set<std::string> hosts;
  for (const auto& [host, state] : right.get_ref<const Json::object_t&>()) {
    if (!state.is_string()) return false;
    states.insert(state.get<std::string>());
    hosts.insert(host);
  }
  for (const auto word : names_in(hint)) hosts.erase(std::string(word));
  const auto named = states_named_in(hint);
  return !states.empty() && named == states && (states.size() > 1 || hosts.empty());
}

// Whether a hint tells the state of some of the hosts, which is part of the answer.
bool tells_one_state(std::string_view hint, const Json& right) {
  const auto states = states_named_in(hint);
  if (states.size() != 1) return false;
  bool any_host = false;
  for (const auto word : names_in(hint)) {
    const auto state = right.find(std::string(word));
    if (state == right.end()) continue;
    if (*state != *states.begin()) return false;
    any_host = true;
  }
  return any_host;
}

format::Text gives_away_state(std::string_view text, const Json& right) {
  const bool tells = tells_states(text, right) || tells_one_state(text, right);
  return tells ? say({"states", "状态"}) : format::Text{};
}

void check_places(const Reader& question, const Names& names) {
  for (const Reader& place : question["hosts"].items()) names.place(place);
}

}  // namespace

const Kind& state_kind() {
  static const Kind kind{
      .name = "state",
      .doc = "The states of hosts after the step before which the run stops",
      .fields = fields_of_state,
      .stands_alone = true,
      .points = [](const Json& q) { return points_of(q.at("hosts").size(), q); },
      .cannot_be_asked = [](const Json& q,
                            const Run& run) { return refused_place(q, run, is_doubtful); },
      .show = show_state,
      .judge = [](const Json& q, const Json& answer,
                  Bench& bench) { return judge_fields(kStateFields, q, answer, bench); },
      .right_answer = [](const Json& q,
                         Bench& bench) { return right_fields(kStateFields, q, bench); },
      .guess = guess_state,
      .asks_states = true,
      .notations = {"ladder", "ss", "tcb", "list"},
      .bearing = bearing_on_state,
      .refuting_event = refuted_by_states,
      .has_slips = true,
      .check_names = check_places,
      .gives_away = gives_away_state,
  };
  return kind;
}

}  // namespace tcplab::exercise
