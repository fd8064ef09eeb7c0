// A kind of question is a row of the table in all.cpp: what the format says of it, what is asked,
// how its answers are judged, and what its author is told. Nothing outside this folder knows a kind
// by its name.
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

// Where a question is asked.
struct Setting {
  Runs& runs;  // of the exercise's scenario
  const Run& run;
  const Notations& notations;  // of the variant
};

// A question as its author's copy has it, read three times.
struct Authored {
  format::Reader question;  // problems are errors
  format::Reader written;   // with its placeholders
  format::Reader warned;    // problems are warnings
  const format::Reader& root;
  const std::set<std::string>& secrets;  // told_answers.hpp
};

// A function that is missing: there is nothing to say, or to do.
struct Kind {
  std::string_view name;

  // In the format.
  format::Doc doc = "";
  std::vector<format::Field> (*fields)() = nullptr;  // beside those of every question
  bool stands_alone = false;
  bool is_part = false;  // of an explain
  // Ids that are in one of its lists twice.
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
  bool lists_events = false;    // by their numbers, which mean nothing in another run
  bool is_numbers = false;      // that a text could give away
  bool asks_states = false;     // of hosts, or sockets, at a moment
  bool asks_times = false;      // of events
  bool asks_places = false;     // the hosts, or sockets, at which something happens
  bool runs_ahead = false;      // asked before the run, also without a pause
  bool is_seen_in_run = false;  // a run that is drawn whole would tell the answer
  // Whether the page draws the exercise's run to its end while it is asked.
  bool (*draws_the_run)(const Json& question) = nullptr;
  // In which notations what has happened is shown, where the question names none. None: it shows
  // no run but its own, or one in which something is done.
  std::vector<std::string_view> notations = {};
  // Why a notation does not serve the question.
  format::Text (*unfit)(std::string_view notation, const Json& question) = nullptr;

  // What wrong answers say: about.hpp, refutation.hpp, slip.hpp.
  Bearing (*bearing)(std::string_view misconception, const Json& question, const std::string& field,
                     const Json& given, const Json& right) = nullptr;
  std::optional<std::uint32_t> (*refuting_event)(std::string_view misconception,
                                                 const Statement& statement,
                                                 const std::vector<std::string>& fields,
                                                 const RunPtr& world) = nullptr;
  // What of its fields is explained together: all, if this is missing.
  std::string_view (*theme)(std::string_view field) = nullptr;
  bool has_slips = false;
  // Those of this kind alone, in what is wrong and not explained; in place of all others.
  Json (*own_slips)(const Statement& statement, const std::vector<std::string>& wrong) = nullptr;
  Json (*relative_numbers)(const Json& question, const Run& run) = nullptr;
  // The values of what is answered by what was asked about.
  Json (*answered)(const Json& question, const Run& run) = nullptr;

  // For authors.
  void (*check_names)(const format::Reader& question, const Names& names) = nullptr;
  void (*check_names_of_answer)(const format::Reader& answer, const Names& names) = nullptr;
  void (*watch)(const format::Reader& question, Matches& matches) = nullptr;
  void (*check)(const format::Reader& question, Bench& bench, Matches& matches) = nullptr;
  void (*warn)(const format::Reader& question, Bench& bench) = nullptr;
  void (*check_texts)(const Authored& authored, Bench& bench) = nullptr;
  // What of the right answer, but for numbers, a text that students read tells: "states"; or
  // nothing.
  format::Text (*gives_away)(std::string_view text, const Json& right) = nullptr;
  // The witness is a list of answers, each of which passes.
  void (*check_plans)(const format::Reader& question, const format::Reader& plans,
                      Trial& trial) = nullptr;
  // What is wrong with an answer; by its fields, if this is missing.
  void (*tell_faults)(const Json& verdict, const Json& question, const format::Reader& answer,
                      const Run& run) = nullptr;
};

// All kinds, in the order in which the format lists them.
std::span<const Kind* const> kinds();
// nullptr: none is called so.
const Kind* kind_named(std::string_view name);
// The question's shape has been checked.
const Kind& kind_of(const Json& question);

format::Shape question_shape();
format::Shape part_shape();

}  // namespace tcplab::exercise
