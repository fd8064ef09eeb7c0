// Any text as a scenario: it is refused with its problems, or it runs; told or not it runs the same
// way, and what a session exports of it runs the same way again. A list is a search through a run:
// what it finds at once and piece by piece is the same.
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "bounded_scenario.hpp"
#include "fuzz.hpp"
#include "json_mutator.hpp"
#include "lab/scenario.hpp"
#include "lab/session.hpp"
#include "lab/wanted.hpp"
#include "lab/world.hpp"
#include "repository.hpp"

using namespace tcplab;
using namespace tcplab::fuzz;

namespace {

constexpr std::uint32_t kMostSteps = at_most(60);
constexpr std::uint64_t kSeed = 7;

std::string told(const lab::Session& session) {
  return lab::to_json_lines(session.trace(), session.host_names());
}

void check_run(const std::shared_ptr<const lab::Scenario>& scenario) {
  lab::World untold(scenario, kSeed);
  lab::World world(scenario, kSeed);
  lab::Trace trace;
  while (world.steps() < kMostSteps && world.step(&trace)) {
    require(untold.step(nullptr), "a run that nobody is told of goes on as long");
    if (const char* broken = world.inconsistency()) fail(broken);
    for (const auto& host : world.hosts()) check(host);
    require(world.now() == untold.now() && world.events() == untold.events(),
            "a run that nobody is told of is the same");
  }
  require(world.end() == untold.end(), "a run that nobody is told of ends the same way");
}

// What a script does at some time, done by hand: an entry without its time is an action.
void do_some_of_the_script(lab::Session& session) {
  const auto& source = session.world().scenario().source;
  const auto script = source.find("script");
  if (script == source.end()) return;
  int left = 3;
  for (format::Json action : *script) {
    for (const char* key : {"at", "when", "after", "step"}) action.erase(key);
    if (!session.act(action, session.world().now())) continue;
    if (const char* broken = session.world().inconsistency()) fail(broken);
    session.step(3);
    if (--left == 0) return;
  }
}

void check_session(const std::shared_ptr<const lab::Scenario>& scenario) {
  lab::Session session(scenario, kSeed);
  session.step(10);
  do_some_of_the_script(session);
  format::dump(session.status());
  const auto lines = told(session);
  const auto steps = session.world().steps();
  if (steps > 0) session.variables(static_cast<std::uint32_t>(session.trace().events.size() - 1));

  const auto exported = session.exported();
  auto again = lab::read_scenario(exported, {});
  require(again.has_value(), "what a session exports can be read");
  again->limits = scenario->limits;
  lab::Session replay(std::make_shared<const lab::Scenario>(std::move(*again)), kSeed);
  replay.step(steps);
  require(told(replay) == lines, "what a session exports runs the same way");

  auto branch = session.fork(steps / 2);
  require(lines.rfind(told(branch), 0) == 0, "a fork is the session as it stood");
  if (branch.undo()) require(lines.rfind(told(branch), 0) == 0, "undoing takes back and no more");
}

// A run with losses, resets and calls that fail.
const lab::Session& searched() {
  static const lab::Session session = [] {
    auto scenario = lab::parse_scenario(
        read_file(repository() / "exercises/scenarios/crash-and-half-open.json"));
    require(scenario.has_value(), "the repository's scenario is right");
    lab::Session run(std::make_shared<const lab::Scenario>(std::move(*scenario)), kSeed);
    run.step(200);
    return run;
  }();
  return session;
}

void check_search(std::string_view text) {
  const auto wanted = lab::Wanted::read(text, searched().host_names());
  if (!wanted) return require(!wanted.error().empty(), "who refuses says why");
  const auto& events = searched().trace().events;
  const auto all = wanted->in(events, 0, events.size());
  std::vector<std::uint32_t> pieces;
  for (std::size_t since = 0; since < events.size(); since += 7) {
    const auto piece = wanted->in(events, since, 7);
    pieces.insert(pieces.end(), piece.begin(), piece.end());
  }
  require(all == pieces, "a search finds the same at once and piece by piece");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 0 && data[0] == '[') {
    check_search({reinterpret_cast<const char*>(data), size});
    return 0;
  }
  const auto scenario = bounded_scenario(data, size);
  if (!scenario) return 0;
  if (tries(0, 2, data, size)) check_run(scenario);
  if (tries(1, 2, data, size)) check_session(scenario);
  return 0;
}
