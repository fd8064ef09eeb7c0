// Runs of an exercise's scenario, unchanged or changed, each made once. Bounded: a question is
// asked about a few connections, and hostile exercises must not cost minutes.
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

inline constexpr std::uint32_t max_run_events = 2'000;     // of one run; beyond it ends as "limit"
inline constexpr std::uint64_t max_run_payload = 1 << 20;  // bytes that one run's hosts send
inline constexpr std::uint64_t max_events_of_all = 400'000;  // of all runs for one grading

// What of a scenario takes place: which of its faults strike, and which entries of its script do
// not wait in vain for a state.
struct Use {
  std::vector<bool> faults;
  std::vector<bool> script;
};

struct Run {
  std::vector<std::string> hosts;  // names, those without a stack too
  lab::Events events;
  lab::End end = lab::End::kNot;
  Use use;

  // Index into `hosts`; -1: no such host.
  int host_index(std::string_view name) const;
  // How many events there are when the step that brought this one has ended.
  std::uint32_t events_after(const Json& event) const;
  // The nth (from 1) event that matches, or nullptr.
  const Json* find(const Json& match, std::uint64_t nth = 1) const;
};
using RunPtr = std::shared_ptr<const Run>;
using ScenarioPtr = std::shared_ptr<const lab::Scenario>;
using RunResult = tl::expected<RunPtr, Problems>;

// One run of a scenario's JSON. `budget` is lowered by the number of its events. `like`: a run that
// others are likely to equal; they are that run then, and what was read of it is read already.
RunResult run_scenario(const Json& scenario, std::uint64_t seed, const format::Source& source,
                       std::uint64_t& budget, const RunPtr& like = nullptr);

// A scenario with a change applied: {"mutant", "faults", "script"}, each optional; null: none.
Json changed(Json scenario, const Json& change);

// A scenario in which the network loses nothing by itself.
Json without_loss(Json scenario);

class Runs {
 public:
  Runs(Json scenario, std::uint64_t seed, format::Source source);

  const Json& scenario() const { return scenario_; }
  RunResult plain() { return of(nullptr); }
  // The run under a change. `source`: where the change was written.
  RunResult of(const Json& change);
  // `mutants`: the name of one, or a list of names.
  RunResult with_mutants(const Json& mutants) { return of(Json{{"mutant", mutants}}); }
  // The run of another scenario; under mutants, unless they are null.
  RunResult of_scenario(const Json& scenario, const Json& mutants = nullptr);
  // What of the exercise's scenario takes place in any run that was made so far, also where more
  // was added to it.
  const Use& use() const { return use_; }
  // Another grading begins, which may take as many runs as the first. It pays for those that are
  // kept from others as well: what it may take does not depend on what was graded before it.
  void refill();

 private:
  struct Kept {
    std::string key;  // the text of the change or the scenario
    RunPtr run;
    std::uint64_t paid_by;  // the last grading that asked for it
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
  ScenarioPtr base_;                               // the exercise's own, once it was read
  std::pair<std::string, ScenarioPtr> last_read_;  // the last other one, by its text
  std::list<Kept> kept_;                           // last used first
  std::size_t kept_events_ = 0;
};

}  // namespace tcplab::exercise
