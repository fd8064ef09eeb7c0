// The world's clock: its queue of what is due, its script, its steps.
#include "lab/world.hpp"

#include <algorithm>

#include "lab/recorder.hpp"

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
    case End::kNot: return "";
    case End::kQuiet: return "quiet";
    case End::kUntil: return "until";
    case End::kLimit: return "limit";
  }
  return "";
}

World::World(std::shared_ptr<const Scenario> scenario, std::uint64_t seed)
    : scenario_(std::move(scenario)),
      network_(scenario_->network),
      random_(seed),
      watched_(scenario_->script.size()) {
  hosts_ = make_hosts(*scenario_, random_);
  for (std::uint32_t i = 0; i < scenario_->script.size(); ++i) {
    if (scenario_->script[i].trigger.at) timed_.push_back(i);
  }
  const auto& script = scenario_->script;
  std::stable_sort(timed_.begin(), timed_.end(), [&](std::uint32_t a, std::uint32_t b) {
    return *script[a].trigger.at < *script[b].trigger.at;
  });
}

void World::push(Time at, std::variant<FlightDue, TimerDue, EntryDue> what) {
  queue_.push_back({at, order_++, what});
  std::push_heap(queue_.begin(), queue_.end(), later);
}

World::Due World::pop() {
  std::pop_heap(queue_.begin(), queue_.end(), later);
  Due due = queue_.back();
  queue_.pop_back();
  return due;
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

// Timers that were moved or cancelled, and segments that were, leave their places in the queue
// behind; they must never be seen at its head.
void World::forget_stale() {
  while (!queue_.empty() && !still_holds(queue_.front())) pop();
}

const ScriptEntry* World::next_entry() const {
  return timed_done_ < timed_.size() ? &scenario_->script[timed_[timed_done_]] : nullptr;
}

// A timed entry comes before everything else of its moment, unless it was recorded between two
// steps of it.
bool World::script_is_next() const {
  const auto* entry = next_entry();
  if (entry == nullptr) return false;
  const Time at = *entry->trigger.at;
  if (queue_.empty() || queue_.front().at > at) return true;
  return queue_.front().at == at && steps_ >= entry->trigger.step;
}

std::optional<Time> World::next() const {
  if (limit_reached_) return std::nullopt;
  const std::optional<Time> at = script_is_next() ? next_entry()->trigger.at
                                 : queue_.empty() ? std::nullopt
                                                  : std::optional(queue_.front().at);
  // An entry recorded late, or made at a time that is over, happens now.
  const auto due = at ? std::optional(std::max(*at, now_)) : at;
  return due && *due > scenario_->until ? std::nullopt : due;
}

End World::end() const {
  if (limit_reached_) return End::kLimit;
  if (next()) return End::kNot;
  return queue_.empty() && next_entry() == nullptr ? End::kQuiet : End::kUntil;
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
  const auto at = next();
  if (!at) return false;
  now_ = *at;
  Recorder recorder(*this, trace);
  if (script_is_next()) {
    const auto& entry = *next_entry();
    ++timed_done_;
    perform(recorder, entry.action);
  } else {
    const Due due = pop();
    std::visit(
        [&](const auto& what) {
          using What = std::decay_t<decltype(what)>;
          if constexpr (std::is_same_v<What, FlightDue>) arrive(recorder, what);
          if constexpr (std::is_same_v<What, TimerDue>) fire(recorder, what);
          if constexpr (std::is_same_v<What, EntryDue>) {
            perform(recorder, scenario_->script[what.entry].action);
          }
        },
        due.what);
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
  const auto reach = [&](bool over, Rule rule) {
    if (!over || limit_reached_) return;
    limit_reached_ = true;
    recorder.note(kTheNetwork, 0, rule, kNoCause);
  };
  reach(events_ >= limits.events, Rule::limit_events);
  reach(now_ > limits.time, Rule::limit_time);
  reach(network_.flights().size() > limits.in_flight, Rule::limit_in_flight);
  reach(payload_sent_ > limits.bytes, Rule::limit_bytes);
  reach(last_connection_ > limits.connections, Rule::limit_connections);
}

tcp::State World::state_of(net::HostIndex host) const {
  tcp::State state = tcp::State::kClosed;
  bool is_listener = true;
  for (const auto& socket : hosts_[host].sockets()) {
    const auto* connection = hosts_[host].connection(socket.connection);
    // A child that went back to LISTEN is its listener again.
    const bool counts_as_listener =
        socket.is_listener || connection->state() == tcp::State::kListen;
    if (counts_as_listener && !is_listener) continue;
    is_listener = counts_as_listener;
    state = connection->state();
  }
  return state;
}

const char* World::inconsistency() const {
  for (const auto& host : hosts_) {
    if (const char* broken = host.inconsistency()) return broken;
  }
  return nullptr;
}

}  // namespace tcplab::lab
