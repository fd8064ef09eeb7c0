// Finds matches, faults and script entries that never have an effect: otherwise the author would
// not notice.
#pragma once
#include <set>
#include <string>
#include <vector>

#include "exercise/run.hpp"
#include "format/reader.hpp"

namespace tcplab::exercise {

// The matches that the questions of one copy watch (kinds/kind.hpp), each with its place in the
// exercise.
class Matches {
 public:
  explicit Matches(const format::Reader& root);

  // Notes a run in which the question was, or could be, answered.
  void note(const Json& question, const Run& run);
  // Notes that the match at this place was met.
  void note(const format::Reader& at);
  // The pointers of the matches that no event of such runs met.
  std::set<std::string> unmet() const;
  // `at` is the place of the match in the exercise, if it is written there.
  void add(const Json& question, const format::Reader& at, Json match);

 private:
  struct Watched {
    const Json* question;
    std::string pointer;
    Json match;
    bool is_met = false;
  };
  void add_question(const format::Reader& question);

  std::vector<Watched> watched_;
};

// A hint for the author of a match that fits no event of the run but would with other flags: which
// flags these are. Empty if the flags are not the reason.
format::Text other_flags(const Json& match, const Run& run);

// The pointers that all of the sets contain.
std::vector<std::string> in_all(const std::vector<std::set<std::string>>& sets);

// Whether a scenario's actions on segments and its faults find the segments that they aim at.
struct Hits {
  std::vector<bool> script;  // the entry's segment is in flight, or the entry is not about one
  std::vector<std::set<std::string>> flags;  // by fault: of the segments that match all else

  void note(const Json& scenario, const Run& run);
  void add(const Hits& other);
};

// Warns about faults that no segment matches, and script entries whose state is never reached or
// whose segment is not in flight, in any of the runs. `tried` says which runs these are; `written`
// is the scenario.
void warn_of_unused(const std::vector<const Use*>& runs, const Hits& hits,
                    const format::Text& tried, const Json& written, const format::Source& scenario,
                    Problems& warnings);

}  // namespace tcplab::exercise
