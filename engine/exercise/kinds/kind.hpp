// A kind of question is a row of the table in all.cpp: its format, what is asked, how answers are
// judged, and what its author is told. No code outside this folder refers to a kind by its name.
#pragma once
#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "exercise/about.hpp"
#include "exercise/guess.hpp"
#include "exercise/question.hpp"
#include "exercise/statement.hpp"
#include "format/reader.hpp"
#include "format/shape.hpp"

namespace tcplab::exercise {

class Matches;    // vain.hpp
class Names;      // check_names.hpp
class Notations;  // notation.hpp
struct Trial;     // check_witness.hpp

// The circumstances in which a question is asked.
struct Setting {
  Runs& runs;  // of the exercise's scenario
  const Run& run;
  const Notations& notations;  // of the variant
};

// A question of the author's copy, with three readers.
struct Authored {
  format::Reader question;  // problems are errors
  format::Reader written;   // with its placeholders not filled in
  format::Reader warned;    // problems are warnings
  const format::Reader& root;
  const std::set<std::string>& secrets;  // told_answers.hpp
};

// A missing function means that there is nothing to do.
struct Kind {
  std::string_view name;

  // In the format.
  format::Doc doc = "";
  std::vector<format::Field> (*fields)() = nullptr;  // in addition to those of every question
  bool stands_alone = false;
  bool is_part = false;  // may be part of an explain
  // Problems: ids that one of its lists has twice.
  void (*check_ids)(const format::Reader& question) = nullptr;

  // The question.
  std::uint64_t (*points)(const Json& question) = nullptr;
  Refusal (*cannot_be_asked)(const Json& question, const Run& run) = nullptr;
  // Adds to the student's copy what only this kind has.
  void (*show)(const Json& question, const Setting& setting, Json& shown) = nullptr;

  // The answer.
  Json (*judge)(const Json& question, const Json& answer, Bench& bench) = nullptr;
  Json (*right_answer)(const Json& question, Bench& bench) = nullptr;
  Json (*also_right)(const Json& question, Bench& bench) = nullptr;  // answer_key.hpp
  Chance (*guess)(const Json& question, Bench& bench) = nullptr;
  bool is_scored = true;
  bool lists_events = false;    // answers are numbers of events, which mean nothing in another run
  bool is_numbers = false;      // answers are numbers, which a text could give away
  bool asks_states = false;     // the states of hosts or sockets at a moment
  bool asks_times = false;      // the times of events
  bool asks_places = false;     // the hosts or sockets at which something happens
  bool runs_ahead = false;      // asked before the run, even without a pause
  bool is_seen_in_run = false;  // drawing the whole run would tell the answer
  // Whether the page draws the exercise's run to its end while the question is asked.
  bool (*draws_the_run)(const Json& question) = nullptr;
  // The notations in which it can show what has happened, if the question names none. Empty if it
  // shows only a run of its own, or one in which the student acts.
  std::vector<std::string_view> notations = {};
  // Why a notation does not suit the question.
  format::Text (*unfit)(std::string_view notation, const Json& question) = nullptr;

  // For wrong answers: about.hpp, refutation.hpp, slip.hpp.
  Bearing (*bearing)(std::string_view misconception, const Json& question, const std::string& field,
                     const Json& given, const Json& right) = nullptr;
  std::optional<std::uint32_t> (*refuting_event)(std::string_view misconception,
                                                 const Statement& statement,
                                                 const std::vector<std::string>& fields,
                                                 const RunPtr& world) = nullptr;
  // The theme of a field: a diagnosis must explain all wrong fields of one theme. By default, all
  // fields have the same theme.
  std::string_view (*theme)(std::string_view field) = nullptr;
  bool has_slips = false;
  // Slips of this kind alone, in fields that are wrong and not explained; they replace all others.
  Json (*own_slips)(const Statement& statement, const std::vector<std::string>& wrong) = nullptr;
  Json (*relative_numbers)(const Json& question, const Run& run) = nullptr;
  // The fields of the segment that the asked segment answers.
  Json (*answered)(const Json& question, const Run& run) = nullptr;

  // For authors.
  void (*check_names)(const format::Reader& question, const Names& names) = nullptr;
  void (*check_names_of_answer)(const format::Reader& answer, const Names& names) = nullptr;
  void (*watch)(const format::Reader& question, Matches& matches) = nullptr;
  void (*check)(const format::Reader& question, Bench& bench, Matches& matches) = nullptr;
  void (*warn)(const format::Reader& question, Bench& bench) = nullptr;
  void (*check_texts)(const Authored& authored, Bench& bench) = nullptr;
  // Which part of the right answer, numbers aside, a text for students tells, such as "states";
  // empty if none.
  format::Text (*gives_away)(std::string_view text, const Json& right) = nullptr;
  // For kinds whose witness is a list of answers: checks that each of them passes.
  void (*check_plans)(const format::Reader& question, const format::Reader& plans,
                      Trial& trial) = nullptr;
  // What is wrong with an answer; by default, derived from the fields of the verdict.
  void (*tell_faults)(const Json& verdict, const Json& question, const format::Reader& answer,
                      const Run& run) = nullptr;
};

// All kinds, in the order in which the format lists them.
std::span<const Kind* const> kinds();
// nullptr if there is none with this name.
const Kind* kind_named(std::string_view name);
// REQUIRES that the question's shape has been checked.
const Kind& kind_of(const Json& question);

format::Shape question_shape();
format::Shape part_shape();

}  // namespace tcplab::exercise
