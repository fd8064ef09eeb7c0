// Everything that an author wants to know about an exercise before students get it.
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
  Problems errors;    // students must not get it like this
  Problems warnings;  // its author should look again
};

// The shape of an author's file: exercise_shape(), with the parts required that the page's copy
// leaves out.
const format::Shape& authored_shape();

// Problems of an exercise that parse_exercise() accepted, found without a run: parameters that
// nothing uses, texts whose placeholders, tables or numbers of hints differ between the languages,
// tables with ragged rows, English where Chinese should be, answers to questions that do not exist,
// questions without a witness, misconceptions that do not exist or that nothing can show, duplicate
// elements of lists.
Problems check_texts(const Exercise& exercise, const format::Shape& shape = authored_shape());
// Warnings that need no run: texts that look like placeholders but are not.
Problems warn_of_texts(const Exercise& exercise);
// Warnings about a valid scenario: sockets that nothing creates and, in the run of seed 1, faults
// that no segment matches and script entries whose state is never reached.
Problems warn_of_scenario(const Json& scenario, const format::Source& source);
// The problems of check_texts() and, if there are any, also parameters that cannot be drawn and
// names that do not exist.
Problems check_static(const Exercise& exercise, const format::Shape& shape = authored_shape());

// The findings about the copy of one seed.
struct Variant : Findings {
  std::uint64_t seed = 0;
  std::vector<std::string> shown;  // those of the misconceptions taught that its answers can show
  Guess guess;
  Use use;                      // of its scenario, in all runs that judging needs
  Hits hits;                    // of the script and the faults, in the runs of its questions
  std::set<std::string> unmet;  // pointers of the matches that nothing met: vain.hpp
  std::uint64_t digest = 0;     // of the task: variety.hpp
};
// Errors: it cannot be drawn or run, the run does not end by itself, a name does not exist, a
// question cannot be asked or has no answer, a goal is reached by doing nothing, the witness does
// not pass, a chaff passes or is not diagnosed as declared, options read the same, a hint or an
// option contains an answer, questions are not in the order of the run. Warnings: guesses pass,
// several options are right, the whole run is visible while a claim about it is asked or before a
// role is asked, doing nothing reaches a goal of a build that is not a guard, or all goals under a
// mutant. May be called for several variants at the same time.
Variant check_variant(const Exercise& exercise, std::uint64_t seed);

// The findings about all variants: the errors of the first seed that has some, each warning once
// with its first seed, misconceptions that the exercise teaches but no variant can show, and parts
// of the scenario that have no effect.
Findings conclude(const Exercise& exercise, const std::vector<Variant>& variants);

// All of these checks for seeds 1 to `seeds`, up to the first seed with errors.
Findings check(const Exercise& exercise, std::uint64_t seeds,
               const format::Shape& shape = authored_shape());
// The same for a file that students are handed. One with neither a witness nor chaffs is a copy
// without answers: all else of it is checked.
Findings check_handed_out(const Exercise& exercise, std::uint64_t seeds);

}  // namespace tcplab::exercise
