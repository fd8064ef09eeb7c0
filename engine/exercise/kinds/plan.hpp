// What a student does in a world of their own: a list of actions, of those that the question
// allows, with the times at which they were done. Handed in, it is done once more.
#pragma once
#include <string>

#include "exercise/run.hpp"
#include "format/shape.hpp"

namespace tcplab::exercise {

format::Field allow_field();
// The part of it that the page shows.
Json allowed(const Json& question);

// "from_start": the student's turn comes at once. Otherwise, where calls are made, it comes when
// the run waits for one; who only acts as the network begins at the start anyway.
format::Field turn_field();
bool begins_at_once(const Json& question);

// What is wrong with a plan, or nothing.
format::Text wrong_with(const Json& plan, const Json& question);

// The scenario in which the question is played, and the same with the plan in it.
Json scenario_of(const Json& question, const Json& scenario);
Json with_plan(Json scenario, const Json& plan);
// The run of the plan, if it can be done.
RunResult played(const Json& question, const Json& plan, Runs& runs);

// Why such a run is none, as an answer's problem.
format::Text told(const Problems& problems);

}  // namespace tcplab::exercise
