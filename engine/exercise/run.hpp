// Runs of an exercise's scenario, unchanged or changed, each made only once. Runs are bounded: a
// question is about a few connections, and a hostile exercise must not cost minutes.
#pragma once
#include <cstdint>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

#include "format/document.hpp"
#include "format/json.hpp"
#include "format/problem.hpp"
#include "lab/events.hpp"
#include "lab/scenario.hpp"
#include "lab/world.hpp"

namespace tcplab::exercise {

using format::Json;
using format::Problems;

inline constexpr std::uint32_t max_run_events = 2'000;     // of one run, which then ends as "limit"
inline constexpr std::uint64_t max_run_payload = 1 << 20;  // bytes that one run's hosts send
inline constexpr std::uint64_t max_events_of_all = 400'000;  // of all runs in one grading

// Which parts of a scenario have an effect: the faults that strike a segment, and the script
// entries that do not wait for a state in vain.
struct Use {
  std::vector<bool> faults;
  std::vector<bool> script;
};

struct Run {
  std::vector<std::string> hosts;  // names, including hosts without a stack
  lab::Events events;
  lab::End end = lab::End::kNot;
  Use use;

  // Index into `hosts`; -1 if there is no such host.
  int host_index(std::string_view name) const;
  // The number of events when the step of this event has ended.
  std::uint32_t events_after(const Json& event) const;
  // The nth (from 1) event that matches, or nullptr.
  const Json* find(const Json& match, std::uint64_t nth = 1) const;
};
using RunPtr = std::shared_ptr<const Run>;
using ScenarioPtr = std::shared_ptr<const lab::Scenario>;
using RunResult = tl::expected<RunPtr, Problems>;

// Runs a scenario. Lowers `budget` by the number of its events. Returns `like` itself if the run
// equals it, so that what was read of `like` need not be read again.
RunResult run_scenario(const Json& scenario, std::uint64_t seed, const format::Source& source,
                       std::uint64_t& budget, const RunPtr& like = nullptr);

// The scenario with a change applied: {"mutant", "faults", "script"}, each optional; null means no
// change.
Json changed(Json scenario, const Json& change);

// The scenario without losses by the network.
Json without_loss(Json scenario);

class Runs {
 public:
  Runs(Json scenario, std::uint64_t seed, format::Source source);

  const Json& scenario() const { return scenario_; }
  RunResult plain() { return of(nullptr); }
  // The run under a change.
  RunResult of(const Json& change);
  // `mutants`: the name of one, or a list of names.
  RunResult with_mutants(const Json& mutants) { return of(Json{{"mutant", mutants}}); }
  // The run of another scenario, under mutants unless they are null.
  RunResult of_scenario(const Json& scenario, const Json& mutants = nullptr);
  // Which parts of the exercise's scenario have had an effect in any run so far, including runs
  // with additions to it.
  const Use& use() const { return use_; }
  // Begins another grading, with a full budget. It pays for cached runs too, so that its limit does
  // not depend on what was graded before.
  void refill();

 private:
  struct Kept {
    std::string key;  // the text of the change or the scenario
    RunPtr run;
    std::uint64_t paid_by;  // the last grading that used it
  };

  template <typename MakeRun>
  RunResult kept(const std::string& key, const format::Source& source, MakeRun make_run);
  RunResult again(Kept& known, const format::Source& source);
  RunResult mutated(const Json& scenario, const Json& mutants, const format::Source& source,
                    ScenarioPtr& read, const RunPtr& like);
  void note_use(const Use& use, const Json& scenario);

  Json scenario_;
  std::uint64_t seed_;
  format::Source source_;
  std::uint64_t budget_ = max_events_of_all;
  std::uint64_t grading_ = 0;
  RunPtr first_;
  Use use_;
  ScenarioPtr base_;                               // the exercise's own scenario, once read
  std::pair<std::string, ScenarioPtr> last_read_;  // the last other scenario, with its text
  std::list<Kept> kept_;                           // most recently used first
  std::size_t kept_events_ = 0;
};

}  // namespace tcplab::exercise
