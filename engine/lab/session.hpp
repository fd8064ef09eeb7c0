// A run that someone watches and takes part in: a world, its trace, the actions done to it, and
// checkpoints to go back to. What the page drives.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "format/json.hpp"
#include "format/problem.hpp"
#include "lab/scenario.hpp"
#include "lab/trace.hpp"
#include "lab/world.hpp"

namespace tcplab::lab {

class Session {
 public:
  Session(std::shared_ptr<const Scenario> scenario, std::uint64_t seed);

  const World& world() const { return world_; }
  const Trace& trace() const { return trace_; }
  const std::vector<std::string>& host_names() const { return names_; }

  // Takes at most `count` steps.
  void step(std::uint32_t count);
  // Takes the steps before or at `t`, at most `most` of them, and then moves the clock to `t`.
  void run_until(Time t, std::uint32_t most);
  // Runs to `t` and does a script entry (without its time) there; it is recorded. It may take
  // numbers from what was sent before it, as a script does.
  tl::expected<void, format::Problems> act(const format::Json& action, Time t);
  // The session as it stood before step `step`, with what was done to it before.
  Session fork(std::uint32_t step) const;
  // Undoes the last recorded action: goes back to just before it. False: there is none.
  bool undo();
  std::size_t actions() const { return recorded_.size(); }

  // A scenario whose run, with the same seed, gives the same trace.
  format::Json exported() const;
  format::Json status() const;
  std::string status_text() const;  // the same as compact text
  // {"conn", "before", "after"} of the event's connection around its step; null without one.
  format::Json variables(std::uint32_t n) const;

 private:
  struct Recorded {
    format::Json entry;  // with "at" and "step"
    Action action;
    Time at;
    std::uint32_t step;
  };
  struct Checkpoint {
    World world;
    Snapshots snapshots;
  };
  using CheckpointPtr = std::shared_ptr<const Checkpoint>;
  std::vector<std::string> labels() const;
  std::optional<Numbers> numbers_of(const Model& model) const;
  void take_numbers(Action& action, const std::vector<Model>& models) const;
  void take_checkpoint();
  void take_checkpoint_if_due();
  void rewind(std::uint32_t step);

  World world_;
  Trace trace_;
  std::vector<std::string> names_;
  std::vector<Recorded> recorded_;
  Chunked<CheckpointPtr> checkpoints_;  // by step, the first at step 0
};

}  // namespace tcplab::lab
