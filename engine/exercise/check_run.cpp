#include "exercise/check_run.hpp"

#include <string>

namespace tcplab::exercise {

using format::Reader;
using format::say;

bool check_run(const Reader& what, const RunResult& run) {
  if (run) return true;
  const auto& problem = run.error().front();
  constexpr std::string_view base = "/scenario/";
  const bool inside = problem.pointer.compare(0, base.size(), base) == 0;
  what.problem(
      say({"the scenario cannot be run like this: {0}{1}", "场景不能这样运行：{0}{1}"},
          {inside ? problem.pointer.substr(base.size()) + ": " : std::string(), problem.message}));
  return false;
}
bool check_change(const Reader& change, Runs& runs) {
  return !change || check_run(change, runs.of(change.json()));
}

}  // namespace tcplab::exercise
