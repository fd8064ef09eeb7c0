#include "exercise/run.hpp"

#include <algorithm>
#include <optional>

#include "exercise/same_run.hpp"
#include "lab/predicate.hpp"
#include "lab/scenario.hpp"
#include "lab/trace.hpp"

namespace tcplab::exercise {

namespace {

constexpr std::size_t kept_events = 20'000;  // in all cached runs; an event takes about 3 kB

void append(Json& scenario, const char* key, const Json& change) {
  const auto added = change.find(key);
  if (added == change.end()) return;
  Json& list = scenario[key];
  if (!list.is_array()) list = Json::array();
  for (const Json& each : *added) list.push_back(each);
}

Use use_of(const lab::World& world) {
  Use use;
  for (std::size_t i = 0; i < world.network().config().faults.size(); ++i) {
    use.faults.push_back(world.network().has_struck(i));
  }
  use.script.assign(world.scenario().script.size(), true);
  for (const auto entry : world.waiting()) use.script[entry] = false;
  return use;
}

const Json& list_of(const Json& scenario, const char* key) {
  static const Json kNone = Json::array();
  const auto list = scenario.find(key);
  return list == scenario.end() ? kNone : *list;
}

// Marks the elements of `own`'s list `key` that a run of `scenario` has used, if the list of
// `scenario` begins with that of `own`.
void add_used(std::vector<bool>& used, const std::vector<bool>& more, const char* key,
              const Json& own, const Json& scenario) {
  const Json& known = list_of(own, key);
  const Json& all = list_of(scenario, key);
  if (all.size() < known.size() || more.size() < known.size()) return;
  if (!std::equal(known.begin(), known.end(), all.begin())) return;
  for (std::size_t i = 0; i < known.size(); ++i) used[i] = used[i] || more[i];
}

}  // namespace

int Run::host_index(std::string_view name) const {
  const auto it = std::find(hosts.begin(), hosts.end(), name);
  return it == hosts.end() ? -1 : static_cast<int>(it - hosts.begin());
}

std::uint32_t Run::events_after(const Json& event) const {
  const auto is_later = [&](const Json& step, const Json& other) {
    return step < other.at("step");
  };
  const auto later = std::upper_bound(events.begin(), events.end(), event.at("step"), is_later);
  return static_cast<std::uint32_t>(later - events.begin());
}

const Json* Run::find(const Json& match, std::uint64_t nth) const {
  for (auto n = lab::first_match(match, events); n; n = lab::first_match(match, events, *n + 1)) {
    if (--nth == 0) return &events[*n];
  }
  return nullptr;
}

namespace {

tl::expected<ScenarioPtr, Problems> read_bounded(const Json& json, const format::Source& source) {
  auto read = lab::read_scenario(json, source);
  if (!read) return tl::unexpected(std::move(read.error()));
  auto& limits = read->limits;
  limits.events = std::min(limits.events, max_run_events);
  limits.bytes = std::min(limits.bytes, max_run_payload);
  return std::make_shared<const lab::Scenario>(std::move(*read));
}

std::optional<Problems> too_many_runs(std::uint64_t budget, const format::Source& source) {
  if (budget >= max_run_events) return std::nullopt;
  return Problems{source.problem(
      "", format::say({"too many runs are needed to judge this", "判定需要的运行次数太多"}))};
}

RunPtr run_of(const ScenarioPtr& scenario, std::uint64_t seed, std::uint64_t& budget,
              const RunPtr& like) {
  auto run = std::make_shared<Run>();
  for (const auto& host : scenario->hosts) run->hosts.push_back(host.name);
  lab::World world(scenario, seed);
  lab::Trace trace;
  while (world.steps() < max_run_events && world.step(&trace)) continue;
  run->end = world.steps() < max_run_events ? world.end() : lab::End::kLimit;
  run->use = use_of(world);
  budget -= std::min<std::uint64_t>(budget, trace.events.size());
  if (like && like->end == run->end && is_same(like->events.recorded(), trace.events)) return like;
  run->events = lab::Events(std::move(trace.events), run->hosts);
  return run;
}

bool is_only_mutated(const Json& change) {
  return change.is_object() && change.size() == 1 && change.contains("mutant");
}

}  // namespace

RunResult run_scenario(const Json& json, std::uint64_t seed, const format::Source& source,
                       std::uint64_t& budget, const RunPtr& like) {
  if (auto why = too_many_runs(budget, source)) return tl::unexpected(std::move(*why));
  const auto scenario = read_bounded(json, source);
  if (!scenario) return tl::unexpected(scenario.error());
  return run_of(*scenario, seed, budget, like);
}

Json changed(Json scenario, const Json& change) {
  if (!change.is_object()) return scenario;
  append(scenario, "faults", change);
  append(scenario, "script", change);
  if (const auto mutant = change.find("mutant"); mutant != change.end()) {
    return lab::with_mutants(std::move(scenario), *mutant);
  }
  return scenario;
}

Json without_loss(Json scenario) {
  if (const auto faults = scenario.find("faults"); faults != scenario.end()) {
    const auto is_loss = [](const Json& fault) { return fault.at("do") == "drop"; };
    faults->erase(std::remove_if(faults->begin(), faults->end(), is_loss), faults->end());
  }
  if (const auto network = scenario.find("network"); network != scenario.end()) {
    network->erase("loss");
  }
  return scenario;
}

Runs::Runs(Json scenario, std::uint64_t seed, format::Source source)
    : scenario_(std::move(scenario)), seed_(seed), source_(std::move(source)) {
  use_.faults.resize(list_of(scenario_, "faults").size());
  use_.script.resize(list_of(scenario_, "script").size());
}

RunResult Runs::of(const Json& change) {
  return kept(format::dump(change), source_, [&] {
    const bool is_same_script = is_only_mutated(change);
    const Json scenario = is_same_script ? Json() : changed(scenario_, change);
    auto run = is_same_script ? mutated(scenario_, change.at("mutant"), source_, base_, first_)
                              : run_scenario(scenario, seed_, source_, budget_, first_);
    if (run && !first_) first_ = *run;
    if (run) note_use((*run)->use, is_same_script ? scenario_ : scenario);
    return run;
  });
}

// Reads the scenario only once, because mutants change nothing else in it.
RunResult Runs::mutated(const Json& scenario, const Json& mutants, const format::Source& source,
                        ScenarioPtr& read, const RunPtr& like) {
  if (auto why = too_many_runs(budget_, source)) return tl::unexpected(std::move(*why));
  if (!read) {
    auto base = read_bounded(scenario, source);
    if (!base) return tl::unexpected(std::move(base.error()));
    read = std::move(*base);
  }
  const auto changed = std::make_shared<const lab::Scenario>(lab::with_mutants(*read, mutants));
  return run_of(changed, seed_, budget_, like);
}

void Runs::note_use(const Use& use, const Json& scenario) {
  add_used(use_.faults, use.faults, "faults", scenario_, scenario);
  add_used(use_.script, use.script, "script", scenario_, scenario);
}

RunResult Runs::of_scenario(const Json& scenario, const Json& mutants) {
  std::string text = format::dump(scenario);
  const std::string key = mutants.is_null() ? text : text + format::dump(mutants);
  return kept(key, format::Source{}, [&] {
    if (mutants.is_null()) {
      auto run = run_scenario(scenario, seed_, format::Source{}, budget_);
      if (run) note_use((*run)->use, scenario);
      return run;
    }
    if (text != last_read_.first) last_read_ = {std::move(text), nullptr};
    auto run = mutated(scenario, mutants, format::Source{}, last_read_.second, nullptr);
    if (run) note_use((*run)->use, scenario);
    return run;
  });
}

void Runs::refill() {
  budget_ = max_events_of_all;
  ++grading_;
}

// A cached run costs a grading as much as making it.
RunResult Runs::again(Kept& known, const format::Source& source) {
  if (known.paid_by == grading_) return known.run;
  if (auto why = too_many_runs(budget_, source)) return tl::unexpected(std::move(*why));
  budget_ -= std::min<std::uint64_t>(budget_, known.run->events.size());
  known.paid_by = grading_;
  return known.run;
}

// The cached run of this key, or a new one. Drops the least recently used runs first, so that a
// grading finds its own runs as if there had been no other grading before.
template <typename MakeRun>
RunResult Runs::kept(const std::string& key, const format::Source& source, MakeRun make_run) {
  const auto known =
      std::find_if(kept_.begin(), kept_.end(), [&](const Kept& each) { return each.key == key; });
  if (known != kept_.end()) {
    auto run = again(*known, source);
    if (run) kept_.splice(kept_.begin(), kept_, known);
    return run;
  }
  auto run = make_run();
  if (!run) return run;
  kept_.push_front({key, *run, grading_});
  kept_events_ += (*run)->events.size();
  while (kept_events_ > kept_events && kept_.size() > 1) {
    kept_events_ -= kept_.back().run->events.size();
    kept_.pop_back();
  }
  return run;
}

}  // namespace tcplab::exercise
