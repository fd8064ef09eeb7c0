#include "exercise/notation.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "base/fnv1a.hpp"
#include "exercise/kinds/kind.hpp"
#include "exercise/verdict.hpp"
#include "net/random.hpp"

namespace tcplab::exercise {

using namespace format::shapes;
using format::Reader;
using format::say;
using format::Text;

namespace {

bool shows_segments(const Run& run, std::size_t seen) {
  for (std::size_t n = 0; n < seen; ++n) {
    if (run.events.kind(n) == "segment.sent") return true;
  }
  return false;
}

// The state of each connection.
std::map<std::uint64_t, std::string> states_of(const Run& run, std::size_t seen) {
  std::map<std::uint64_t, std::string> states;
  for (std::size_t n = 0; n < seen; ++n) {
    if (run.events.kind(n) != "state") continue;
    states[run.events.connection(n)] = run.events[n].at("to").get<std::string>();
  }
  return states;
}

bool shows_sockets(const Run& run, std::size_t seen) {
  const auto states = states_of(run, seen);
  return std::any_of(states.begin(), states.end(),
                     [](const auto& each) { return each.second != "CLOSED"; });
}

bool shows_connections(const Run& run, std::size_t seen) {
  const auto states = states_of(run, seen);
  return std::any_of(states.begin(), states.end(), [](const auto& each) {
    return each.second != "CLOSED" && each.second != "LISTEN";
  });
}

// Add new ones at the end, so that variants keep the order that they draw for the others.
constexpr Notation kNotations[] = {
    {"ladder", "The sequence diagram", [](const Run&, std::size_t) { return true; }},
    {"dump", "The segments, as tcpdump prints them", shows_segments},
    {"bytes", "The octets of the segments, as tcpdump -x prints them", shows_segments},
    {"ss", "The sockets at this moment, as ss -tan lists them", shows_sockets},
    {"tcb", "What each connection remembers at this moment", shows_connections},
    {"list", "The events in words", [](const Run&, std::size_t seen) { return seen > 0; }},
};

const Notation* notation_named(std::string_view name) {
  const auto found = std::find_if(std::begin(kNotations), std::end(kNotations),
                                  [&](const Notation& each) { return each.name == name; });
  return found == std::end(kNotations) ? nullptr : &*found;
}

// How many events of the run the student has seen when the question is asked.
std::size_t seen_of(const Json& question, const Run& run) {
  if (const Json* pause = pause_event(question, run)) {
    auto n = pause->at("n").get<std::size_t>();
    while (n > 0 && run.events[n - 1].at("step") == pause->at("step")) --n;
    return n;
  }
  return kind_of(question).runs_ahead ? 0 : run.events.size();
}

std::vector<std::string> named_by(const Json& question) {
  if (const auto own = question.find("notations"); own != question.end()) {
    return own->get<std::vector<std::string>>();
  }
  const auto& usual = kind_of(question).notations;
  return {usual.begin(), usual.end()};
}

Text why_unfit(std::string_view notation, const Json& question) {
  const auto unfit = kind_of(question).unfit;
  return unfit ? unfit(notation, question) : Text{};
}

}  // namespace

std::span<const Notation> notations() { return kNotations; }

Notations::Notations(std::string_view exercise, std::uint64_t seed) {
  net::Random random(seed ^ fnv1a(exercise, fnv1a("picture")));
  std::vector<std::pair<std::uint64_t, std::string_view>> drawn;
  for (const Notation& each : kNotations) drawn.emplace_back(random.next(), each.name);
  std::sort(drawn.begin(), drawn.end());
  for (const auto& each : drawn) preferred_.push_back(each.second);
}

std::string_view Notations::of(const Json& question, const Run& run) const {
  const auto named = named_by(question);
  if (named.empty()) return {};
  const std::size_t seen = seen_of(question, run);
  const auto serves = [&](std::string_view name) {
    return std::find(named.begin(), named.end(), name) != named.end() &&
           notation_named(name)->shows(run, seen) && why_unfit(name, question).empty();
  };
  const auto first = std::find_if(preferred_.begin(), preferred_.end(), serves);
  return first == preferred_.end() ? kNotations[0].name : *first;
}

format::Field notations_field() {
  std::vector<std::string> names;
  for (const Notation& each : kNotations) names.emplace_back(each.name);
  return optional("notations", array(enumeration(std::move(names)), 1, std::size(kNotations)),
                  "What has happened is shown in one of these notations, which the seed draws; "
                  "default: those of the kind");
}

void check_notations(const Reader& question, const Run& run) {
  const std::size_t seen = seen_of(question.json(), run);
  std::vector<std::string> before;
  for (const Reader& item : question["notations"].items()) {
    const std::string name = item.text();
    const Notation* notation = notation_named(name);
    if (notation == nullptr) continue;  // the shape has reported it
    const Text unfit = why_unfit(name, question.json());
    if (std::find(before.begin(), before.end(), name) != before.end()) {
      item.problem(say({"{0} is named twice", "{0} 写了两次"}, {format::quote(name)}));
    } else if (!unfit.empty()) {
      item.problem(unfit);
    } else if (!notation->shows(run, seen)) {
      item.problem(say({"nothing has happened yet that {0} shows when this is asked",
                        "问这个问题时，还没有发生 {0} 能显示的事"},
                       {format::quote(name)}));
    }
    before.push_back(name);
  }
}

void warn_of_notations(const Reader& question) {
  if (!question.has("notations") || question["notations"].items().size() > 1) return;
  question["notations"].problem(
      say({"every variant is shown in this notation; with two, students learn the thing and not "
           "the picture",
           "每个变体都用这一种表示法；用两种，学生学到的才是事情本身，而不是图的样子"}));
}

}  // namespace tcplab::exercise
