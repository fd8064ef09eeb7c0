// What an author wrote with a purpose and nothing ever meets: nobody would see that it misses it.
#pragma once
#include <set>
#include <string>
#include <vector>

#include "exercise/run.hpp"
#include "format/reader.hpp"

namespace tcplab::exercise {

// Of one copy: the matches that its questions watch (kinds/kind.hpp). Each is known by its place in
// the exercise.
class Matches {
 public:
  explicit Matches(const format::Reader& root);

  // A run in which the question was, or could be, answered.
  void note(const Json& question, const Run& run);
  // A match that was met, where it is written.
  void note(const format::Reader& at);
  // Those that no event of such a run met.
  std::set<std::string> unmet() const;
  // `at`: where the match is written, if it is.
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

// The pointers that are in each of the sets.
// A hint to an author whose match no event of the run fits, although other flags would: which those
// are. Empty: it is not for the flags.
format::Text other_flags(const Json& match, const Run& run);

std::vector<std::string> in_all(const std::vector<std::set<std::string>>& sets);

// What a scenario's actions on segments and its faults aim at, and what is there.
struct Hits {
  std::vector<bool> script;  // the entry's segment is under way, or it is about none
  std::vector<std::set<std::string>> flags;  // by fault: of the segments otherwise as it asks

  void note(const Json& scenario, const Run& run);
  void add(const Hits& other);
};

// Faults that no segment matches, and entries of the script whose state never comes or whose
// segment is not under way, in any of the runs. `tried`: which runs these are; `written`: the
// scenario.
void warn_of_unused(const std::vector<const Use*>& runs, const Hits& hits,
                    const format::Text& tried, const Json& written, const format::Source& scenario,
                    Problems& warnings);

}  // namespace tcplab::exercise
