// The world's clock: its queue of what is due, its script, its steps.
#include "lab/world.hpp"

#include <algorithm>
#include <utility>

#include "lab/recorder.hpp"
#include "tcp/told.hpp"

namespace tcplab::lab {

namespace {

// Each host has a secret of its own for its ISNs (RFC 9293 §3.4.1, MUST-9).
std::vector<host::Host> make_hosts(const Scenario& scenario, net::Random& random) {
  std::vector<host::Host> hosts;
  hosts.reserve(scenario.hosts.size());
  for (const auto& setup : scenario.hosts) {
    host::Config config = setup.config;
    config.secret = {random.next(), random.next()};
    hosts.emplace_back(std::move(config));
  }
  return hosts;
}

}  // namespace

std::string_view to_text(End end) {
  switch (end) {
    case End::kNot:
      return "";
    case End::kQuiet:
      return "quiet";
    case End::kUntil:
      return "until";
    case End::kLimit:
      return "limit";
  }
  return "";
}

World::World(std::shared_ptr<const Scenario> scenario, std::uint64_t seed)
    : scenario_(std::move(scenario)),
      network_(scenario_->network),
      random_(seed),
      models_(scenario_->models.size()) {
  hosts_ = make_hosts(*scenario_, random_);
  const auto& script = scenario_->script;
  std::vector<std::uint32_t> timed;
  std::vector<std::uint32_t> recorded;
  for (std::uint32_t i = 0; i < script.size(); ++i) {
    const Trigger& trigger = script[i].trigger;
    if (!trigger.at) {
      waiting_.push_back(i);
    } else {
      (trigger.step ? recorded : timed).push_back(i);
    }
  }
  const auto sorted = [&](std::vector<std::uint32_t>& entries) {
    std::stable_sort(entries.begin(), entries.end(), [&](std::uint32_t a, std::uint32_t b) {
      const Trigger& first = script[a].trigger;
      const Trigger& second = script[b].trigger;
      return std::pair(*first.at, first.step.value_or(0)) <
             std::pair(*second.at, second.step.value_or(0));
    });
    return Chunked<std::uint32_t>(entries.begin(), entries.end());
  };
  script_.entries = sorted(timed);
  recording_.entries = sorted(recorded);
}

bool World::still_holds(const Due& due) const {
  if (const auto* flight = std::get_if<FlightDue>(&due.what)) {
    return network_.is_due(flight->flight, due.at);
  }
  if (const auto* timer = std::get_if<TimerDue>(&due.what)) {
    return hosts_[timer->host].timer_is_due(timer->connection, timer->timer, due.at);
  }
  return true;
}

// Moved or cancelled timers and delayed, held or dropped segments leave stale entries in the queue.
// Such an entry must never be at its head.
void World::forget_stale() {
  queue_.forget_stale([this](const Due& due) { return still_holds(due); });
}

const ScriptEntry* World::next_of(const Timed& timed) const {
  const std::size_t done = timed.done_in.size();
  return done < timed.entries.size() ? &scenario_->script[timed.entries[done]] : nullptr;
}

// At the same time the script comes before the queue. A recorded action comes exactly before the
// step that it was recorded before; if the scenario was edited since, it may come last at its time.
World::Next World::find_next() const {
  Next next{Source::kNothing, Time{0}};
  if (!queue_.empty()) next = {Source::kQueue, queue_.front().at};
  if (const auto* entry = next_of(script_)) {
    const Time at = *entry->trigger.at;
    if (next.source == Source::kNothing || at <= next.at) next = {Source::kScript, at};
  }
  if (const auto* entry = next_of(recording_)) {
    const Time at = *entry->trigger.at;
    const bool its_turn = at == next.at && steps_ >= *entry->trigger.step;
    if (next.source == Source::kNothing || at < next.at || its_turn) {
      next = {Source::kRecording, at};
    }
  }
  // An entry whose time is over is done now.
  next.at = std::max(next.at, now_);
  return next;
}

std::optional<Time> World::next() const {
  const Next next = find_next();
  const bool none = limit_reached_ || next.source == Source::kNothing || next.at > scenario_->until;
  return none ? std::nullopt : std::optional(next.at);
}

End World::end() const {
  if (limit_reached_) return End::kLimit;
  if (next()) return End::kNot;
  return find_next().source == Source::kNothing ? End::kQuiet : End::kUntil;
}

void World::advance_to(Time t) {
  const auto due = next();
  const Time limit = due ? *due : scenario_->until;
  now_ = std::max(now_, std::min(t, limit));
}

void World::run_until(Time t, Trace* trace) {
  for (auto due = next(); due && *due <= t; due = next()) step(trace);
  advance_to(t);
}

bool World::step(Trace* trace) {
  const Next next = find_next();
  if (limit_reached_ || next.source == Source::kNothing || next.at > scenario_->until) return false;
  now_ = next.at;
  Recorder recorder(*this, trace);
  if (next.source == Source::kQueue) {
    const Due due = queue_.pop();
    std::visit([&](const auto& what) { handle(recorder, what); }, due.what);
  } else {
    Timed& timed = next.source == Source::kScript ? script_ : recording_;
    const auto entry = timed.entries[timed.done_in.size()];
    timed.done_in.push_back(steps_);
    perform(recorder, scenario_->script[entry].action);
  }
  end_step(recorder);
  return true;
}

void World::act(const Action& action, Trace* trace) {
  if (limit_reached_) return;
  Recorder recorder(*this, trace);
  perform(recorder, action);
  end_step(recorder);
}

void World::end_step(Recorder& recorder) {
  check_limits(recorder);
  recorder.take_snapshots();
  ++steps_;
  forget_stale();
}

void World::check_limits(Recorder& recorder) {
  const Limits& limits = scenario_->limits;
  if (limit_reached_) return;
  const auto reached = [&]() -> std::optional<Rule> {
    if (events_ >= limits.events) return Rule::limit_events;
    if (now_ > limits.time) return Rule::limit_time;
    if (network_.flights().size() > limits.in_flight) return Rule::limit_in_flight;
    if (std::max(payload_asked_, payload_sent_) > limits.bytes) return Rule::limit_bytes;
    if (last_connection_ > limits.connections) return Rule::limit_connections;
    return std::nullopt;
  }();
  if (!reached) return;
  limit_reached_ = true;
  recorder.note(kTheNetwork, 0, *reached, kNoCause);
}

std::uint32_t World::step_of_recorded(std::uint32_t entry) const {
  const auto& entries = recording_.entries;
  const auto index =
      static_cast<std::size_t>(std::find(entries.begin(), entries.end(), entry) - entries.begin());
  if (index < recording_.done_in.size()) return recording_.done_in[index];
  return std::max(steps_, scenario_->script[entry].trigger.step.value_or(0));
}

const char* World::inconsistency() const {
  for (const auto& host : hosts_) {
    if (const char* broken = host.inconsistency()) return broken;
  }
  return nullptr;
}

}  // namespace tcplab::lab
