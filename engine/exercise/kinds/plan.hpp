// A plan: what a student did in a world of their own, as a list of actions that the question
// allows, with their times. When it is handed in, it is replayed.
#pragma once
#include <string>

#include "exercise/run.hpp"
#include "format/shape.hpp"

namespace tcplab::exercise {

format::Field allow_field();
// The part of "allow" that the page shows.
Json allowed(const Json& question);

// "from_start": the student may act at once. Otherwise, a student who makes calls may act when the
// run waits for one; a student who only plays the network may act from the start anyway.
format::Field turn_field();
bool begins_at_once(const Json& question);

// What is wrong with a plan; empty if nothing is.
format::Text wrong_with(const Json& plan, const Json& question);

// The scenario in which the student acts, without and with the plan.
Json scenario_of(const Json& question, const Json& scenario);
Json with_plan(Json scenario, const Json& plan);
// The run of the plan, if it can be run.
RunResult played(const Json& question, const Json& plan, Runs& runs);

// The problems of such a run, as the message for an answer.
format::Text told(const Problems& problems);

}  // namespace tcplab::exercise
