#include "lesson/figures.hpp"

#include <algorithm>
#include <limits>
#include <string_view>

#include "exercise/check_names.hpp"
#include "exercise/instance.hpp"
#include "exercise/run.hpp"
#include "exercise/vain.hpp"
#include "exercise/verdict.hpp"
#include "lab/event_keys.hpp"
#include "lab/match.hpp"

namespace tcplab::lesson {

using exercise::Exercise;
using format::Json;
using format::Reader;
using format::say;

namespace {

// The value at a path of keys separated by dots; nullptr if there is none.
const Json* at_path(const Json& event, std::string_view path) {
  const Json* value = &event;
  while (!path.empty()) {
    const auto end = std::min(path.find('.'), path.size());
    const auto found =
        value->is_object() ? value->find(std::string(path.substr(0, end))) : value->end();
    if (!value->is_object() || found == value->end()) return nullptr;
    value = &*found;
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return value->is_object() || value->is_array() ? nullptr : value;
}

constexpr auto kAllSeen = std::numeric_limits<std::uint64_t>::max();

// The number of the first event that is hidden before the answer; kAllSeen if the run does not
// pause.
std::uint64_t first_unseen(const Json& question, const exercise::Run& run) {
  const Json& asked = question.contains("parts") ? question.at("parts").front() : question;
  if (!asked.contains("pause")) return kAllSeen;
  const Json* event = exercise::pause_event(asked, run);
  return event == nullptr ? kAllSeen : event->at("n").get<std::uint64_t>();
}

// Whether the figure has a value in this run; adds a problem if not. `unseen` is the first event
// that has not happened yet when the figure is read.
bool check_figure(const Reader& figure, const exercise::Run& run, std::uint64_t seed,
                  std::uint64_t unseen) {
  const auto nth = figure["nth"].integer<std::uint64_t>(1);
  const Json* event = run.find(figure["of"].json(), nth);
  if (event == nullptr) {
    const auto count = lab::find_matches(figure["of"].json(), run.events).size();
    figure["of"].problem(
        say({"in the run of seed {0} such an event happens {1} times; needed: {2}{3}",
             "在种子 {0} 的运行中这样的事件发生 {1} 次；需要：{2} 次{3}"},
            {std::to_string(seed), std::to_string(count), std::to_string(nth),
             exercise::other_flags(figure["of"].json(), run)}));
    return false;
  }
  if (event->at("n").get<std::uint64_t>() >= unseen) {
    figure["of"].problem(
        say({"prose uses it before the answer, when this event has not happened yet",
             "课文在作答之前用到它，而那时这个事件还没有发生"}));
    return false;
  }
  if (at_path(*event, figure["field"].text()) != nullptr) return true;
  std::vector<std::string> fields;
  for (const auto& [key, value] : event->get_ref<const Json::object_t&>()) fields.push_back(key);
  figure["field"].problem(say(
      {"found {0}, which event {1} of seed {2} does not have; it has: {3}",
       "发现 {0}，种子 {2} 的事件 {1} 没有这个字段；有：{3}"},
      {format::quote(figure["field"].text()), std::to_string(event->at("n").get<std::uint64_t>()),
       std::to_string(seed), format::list(fields)}));
  return false;
}

}  // namespace

void check_figures(const Reader& figures, const Exercise& beat,
                   const std::set<std::string>& early) {
  if (!figures) return;
  for (std::uint64_t seed = 1; seed <= beat.variants(); ++seed) {
    const auto instance = exercise::instantiate(beat, seed);
    if (!instance) return;  // reported with the beat
    const exercise::Names names(instance->exercise);
    exercise::Runs runs(instance->exercise.at("scenario"), seed, beat.source("/scenario"));
    const auto run = runs.plain();
    if (!run) return;
    const auto unseen = first_unseen(instance->exercise.at("questions").front(), **run);
    bool is_right = true;
    for (const auto& [name, figure] : figures.members()) {
      if (seed == 1) {
        names.match(figure["of"]);
        lab::check_event_keys(figure["of"]);
      }
      const auto limit = early.count(name) != 0 ? unseen : kAllSeen;
      is_right = check_figure(figure, **run, seed, limit) && is_right;
    }
    if (!is_right) return;
  }
}

std::set<std::string> names_for_prose(const Exercise& beat, const Json& figures) {
  std::set<std::string> names;
  const auto add = [&](const Json& map) {
    if (!map.is_object()) return;
    for (const auto& [name, value] : map.get_ref<const Json::object_t&>()) names.insert(name);
  };
  add(beat.json().value("params", Json()));
  add(figures);
  return names;
}

}  // namespace tcplab::lesson
