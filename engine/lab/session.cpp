#include "lab/session.hpp"

#include <algorithm>
#include <utility>

#include "format/quantity.hpp"

namespace tcplab::lab {

using format::Json;

namespace {

// Going back repeats the steps since the last checkpoint, so their number is bounded. A checkpoint
// costs the memory that its world does not share with the next one, mostly what is in the queue:
// the more is queued, the later the next checkpoint is taken.
constexpr std::size_t kLeastSteps = 256;
constexpr std::size_t kMostSteps = 2048;
constexpr std::size_t kStepsPerQueued = 16;

}  // namespace

Session::Session(std::shared_ptr<const Scenario> scenario, std::uint64_t seed)
    : world_(std::move(scenario), seed) {
  for (const auto& setup : world_.scenario().hosts) names_.push_back(setup.name);
  take_checkpoint();
}

void Session::take_checkpoint() {
  checkpoints_.push_back(std::make_shared<const Checkpoint>(Checkpoint{world_, trace_.snapshots}));
}

void Session::take_checkpoint_if_due() {
  const auto distance = std::clamp(kStepsPerQueued * world_.queued(), kLeastSteps, kMostSteps);
  if (world_.steps() >= checkpoints_.back()->world.steps() + distance) take_checkpoint();
}

void Session::step(std::uint32_t count) {
  for (std::uint32_t i = 0; i < count && world_.step(&trace_); ++i) take_checkpoint_if_due();
}

void Session::run_until(Time t, std::uint32_t most) {
  for (std::uint32_t i = 0; i < most; ++i) {
    const auto due = world_.next();
    if (!due || *due > t) return world_.advance_to(t);
    world_.step(&trace_);
    take_checkpoint_if_due();
  }
}

// The labels of all injections in the script or by hand, done or still to come.
std::vector<std::string> Session::labels() const {
  std::vector<std::string> labels;
  const auto add = [&](const Json& entry) {
    if (entry.contains("label")) labels.push_back(entry.at("label").get<std::string>());
  };
  for (const auto& entry : world_.scenario().source.value("script", Json::array())) add(entry);
  for (const auto& recorded : recorded_) add(recorded.entry);
  return labels;
}

std::optional<Numbers> Session::numbers_of(const Model& model) const {
  if (!model.label.empty()) return world_.numbers_labelled(model.label);
  Search search;
  for (const auto& event : trace_.events) {
    if (event.kind != EventKind::kSegmentSent) continue;
    const auto& sent = *std::get<SegmentEvent>(event.detail).sent;
    if (model.match.fits(sent, world_.host_at(sent.segment.dst.address))) search.take(model, sent);
  }
  return search.numbers;
}

// The world keeps numbers only for the script's injections; others look them up in the trace now.
void Session::take_numbers(Action& action, const std::vector<Model>& models) const {
  if (models.empty()) return;
  auto& what = std::get<verb::Inject>(action.what);
  auto injection = std::make_shared<Injection>(*what.injection);
  for (const auto& each : std::exchange(injection->borrowed, {})) {
    const auto numbers = numbers_of(models[each.model]);
    if (numbers) {
      put((*numbers)[static_cast<std::size_t>(each.which)] + each.plus, each.into,
          injection->segment);
    } else {
      injection->misses = true;
    }
  }
  what.injection = std::move(injection);
}

tl::expected<void, format::Problems> Session::act(const Json& action, Time t) {
  std::vector<Model> models;
  auto decoded = read_action(action, world_.scenario(), {}, {labels(), &models});
  if (!decoded) return tl::make_unexpected(decoded.error());
  if (world_.end() == End::kLimit) {
    return tl::make_unexpected(format::Problems{
        {"", 0, 0,
         format::say({"the run has reached its limit: nothing more can be done in it",
                      "这次运行已到上限：不能再做什么了"})}});
  }
  world_.advance_to(t);
  take_numbers(*decoded, models);
  Json entry;
  entry["at"] = format::to_text(world_.now());
  entry["step"] = world_.steps();
  entry.update(action);
  recorded_.push_back({std::move(entry), *decoded, world_.now(), world_.steps()});
  world_.act(*decoded, &trace_);
  take_checkpoint_if_due();
  return {};
}

// Goes back to the nearest checkpoint, and forward again with the recorded actions.
void Session::rewind(std::uint32_t step) {
  const auto later = std::upper_bound(
      checkpoints_.begin(), checkpoints_.end(), step,
      [](std::uint32_t wanted, const auto& each) { return wanted < each->world.steps(); });
  checkpoints_.truncate(static_cast<std::size_t>(later - checkpoints_.begin()));
  const Checkpoint& checkpoint = *checkpoints_.back();
  world_ = checkpoint.world;
  trace_.events.truncate(world_.events());
  trace_.snapshots = checkpoint.snapshots;
  while (!recorded_.empty() && recorded_.back().step >= step) recorded_.pop_back();

  auto next = std::find_if(recorded_.begin(), recorded_.end(), [&](const Recorded& recorded) {
    return recorded.step >= world_.steps();
  });
  while (world_.steps() < step) {
    if (next != recorded_.end() && next->step == world_.steps()) {
      world_.advance_to(next->at);
      world_.act(next->action, &trace_);
      ++next;
    } else if (!world_.step(&trace_)) {
      return;
    }
  }
}

Session Session::fork(std::uint32_t step) const {
  Session branch = *this;
  branch.rewind(step);
  return branch;
}

bool Session::undo() {
  if (recorded_.empty()) return false;
  const Recorded last = recorded_.back();
  rewind(last.step);
  world_.advance_to(last.at);
  return true;
}

Json Session::exported() const {
  Json scenario = world_.scenario().source;
  if (recorded_.empty()) return scenario;
  Json script = Json::array();
  for (const auto& recorded : recorded_) script.push_back(recorded.entry);
  std::uint32_t entry = 0;
  for (Json old : scenario.value("script", Json::array())) {
    // This session's actions may have changed the step of an entry that was recorded before.
    if (old.contains("step")) old["step"] = world_.step_of_recorded(entry);
    script.push_back(std::move(old));
    ++entry;
  }
  scenario["script"] = std::move(script);
  return scenario;
}

Json Session::variables(std::uint32_t n) const {
  if (n >= trace_.events.size() || trace_.events[n].connection == 0) return nullptr;
  const Event& event = trace_.events[n];
  const auto [before, after] = trace_.snapshots.around(event.connection, event.step);
  const auto json = [](const Snapshot* snapshot) {
    return snapshot != nullptr ? to_json(*snapshot) : Json();
  };
  return {{"conn", event.connection}, {"before", json(before)}, {"after", json(after)}};
}

}  // namespace tcplab::lab
