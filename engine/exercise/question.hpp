// What a question is worth, when it is asked, and how each kind of it is judged.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "exercise/run.hpp"
#include "exercise/statement.hpp"
#include "lab/socket_states.hpp"

namespace tcplab::exercise {

// What judging a question needs: runs of the exercise's scenario, and what the exercise is about.
struct Bench {
  Runs& runs;
  RunPtr plain;          // the unchanged run
  const Json& teaches;   // misconceptions, for the order of diagnoses
  Attempt attempt = {};  // what the judged answers say
};

// Every field (a host's state, a header field, a goal, a slot, a needed event) is worth the
// question's weight; a role is one field; an explain is worth its parts; a say nothing.
std::uint64_t points(const Json& question);

// The event before whose step the run stops, or nullptr: the question has no pause, or the run
// never comes there.
const Json* pause_event(const Json& question, const Run& run);

// Pointer below the question, and message, when the run cannot ask it.
std::optional<std::pair<std::string, format::Text>> cannot_be_asked(const Json& question,
                                                                    const Run& run);

// Why the state of a place says nothing certain, or nothing.
format::Text ambiguity(const Json& where, const lab::SocketState& state);

// What a state or role question asks about: a host or one of its sockets.
struct Place {
  std::string
      name;    // in the answer: the host's; "server/accepted" where a host is asked about twice
  Json where;  // {"host", "socket"?}
};
// Of a role question that names no hosts: all that run.
std::vector<Place> places_of(const Json& question, const Run& run);

// With fewer events than this no answer to a pick is right.
std::uint64_t fewest_picks(const Json& question, const Run& run);

// The scenario in which a build question is played.
Json build_scenario(const Json& question, const Json& scenario);
// The run of it with the student's actions done, if they can be.
RunResult played(const Json& question, const Json& actions, Runs& runs);

// By a build's goals, numbered from 1: whether it holds in the mutants' world if nothing is done.
Json reached_idly(const Json& question, const Json& mutants, Bench& bench);

// The verdict on one answer: {id, kind, score, max, correct, ...}. An answer that cannot be read
// has "problem" and scores nothing; it is not told what was expected. What the answer says is added
// to the bench's attempt.
Json judge_fields(const Json& question, const Json& answer, Bench& bench);  // state, segment, role
Json judge_pick(const Json& question, const Json& answer, Bench& bench);
// "goals", each {"holds", "n", "why"} (predicate.hpp, shortfall.hpp).
Json judge_build(const Json& question, const Json& answer, Bench& bench);
Json judge_claim(const Json& question, const Json& answer, Bench& bench);
// Any of them; of an explain, part by part.
Json judge(const Json& question, const Json& answer, Bench& bench);

// Whether a claim's option is true in the bench's world.
bool option_holds(const Json& option, Bench& bench);

// Adds "diagnoses" and "slips" to the verdicts on the attempt's wrong answers.
void explain_verdicts(Json& verdicts, const Json& questions, Bench& bench);

// {id, kind, score: 0, max, correct: false}
Json blank_verdict(const Json& question);
Json unreadable(const Json& question, const format::Text& problem);

}  // namespace tcplab::exercise
