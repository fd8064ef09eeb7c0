// Everything that its author wants to know about an exercise before students meet it.
#pragma once
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "exercise/exercise.hpp"
#include "exercise/guess.hpp"
#include "exercise/run.hpp"
#include "exercise/vain.hpp"

namespace tcplab::exercise {

struct Findings {
  Problems errors;    // students must not meet it like this
  Problems warnings;  // its author should look again
};

// What an author's file has: all that exercise_shape() takes, and what the page's copy leaves out.
const format::Shape& authored_shape();

// Problems of an exercise that parse_exercise() took, found without a run: parameters that nothing
// uses, texts that differ in their placeholders, tables or number of hints between the languages,
// tables with ragged rows, English where Chinese should stand, answers to questions that do not
// exist, questions without a witness, misconceptions that do not exist or that nothing can show,
// elements that a list has twice.
Problems check_texts(const Exercise& exercise);
// Warnings that need no run: what looks like a placeholder and is none.
Problems warn_of_texts(const Exercise& exercise);
// Warnings about a scenario that can be read: sockets that nothing makes, faults that no segment
// matches and entries whose state never comes, in the run of seed 1.
Problems warn_of_scenario(const Json& scenario, const format::Source& source);
// The problems of check_texts(); and beside them, the parameters that cannot be drawn and the names
// that exist nowhere.
Problems check_static(const Exercise& exercise);

// Of one seed's copy.
struct Variant : Findings {
  std::uint64_t seed = 0;
  std::vector<std::string>
      shown;  // of the misconceptions taught: those that its answers tell apart
  Guess guess;
  Use use;                      // of its scenario, by all the runs that judging it takes
  Hits hits;                    // of its scenario's script and faults, in the runs of its questions
  std::set<std::string> unmet;  // pointers of the matches that nothing met: vain.hpp
  std::uint64_t digest = 0;     // of the task: variety.hpp
};
// Its errors: it cannot be drawn or run, the run does not end by itself, a name exists nowhere, a
// question cannot be asked or has no answer, a goal is reached by doing nothing, the witness does
// not pass, a chaff passes or is not diagnosed as declared, options read the same, a hint or an
// option holds an answer, questions are out of the order of the run. Warnings: guesses pass,
// several options are right, the run is open while a claim about it is asked or was before a role
// is, a build's goal that is no guard is reached by doing nothing, or all of them under a mutant.
// Variants may be checked at the same time.
Variant check_variant(const Exercise& exercise, std::uint64_t seed);

// The verdict on all of them: the first seed with errors, each warning once with its first seed,
// what the exercise says it teaches but no variant can tell apart, and what its scenario has in
// vain.
Findings conclude(const Exercise& exercise, const std::vector<Variant>& variants);

// All of this for seeds 1 to `seeds`, until the first with errors.
Findings check(const Exercise& exercise, std::uint64_t seeds);

}  // namespace tcplab::exercise
