// What verdicts on all kinds of questions have in common: what a question is worth, and when it is
// asked.
#pragma once
#include <cstdint>

#include "exercise/run.hpp"

namespace tcplab::exercise {

// Every field (a host's state, a header field, a goal, a slot, a needed event) is worth the
// question's weight; a role is one field; an explain is worth its parts; a say nothing.
std::uint64_t points(const Json& question);
// The points of so many fields.
std::uint64_t points_of(std::uint64_t fields, const Json& question);

// The event before whose step the run pauses; nullptr if the question has no pause or the run never
// comes to it.
const Json* pause_event(const Json& question, const Run& run);

// {id, kind, score: 0, max, correct: false}
Json blank_verdict(const Json& question);
Json unreadable(const Json& question, const format::Text& problem);
// Adds a problem for parts of an answer that were not asked for, if any; the rest is judged all the
// same.
void tell_unknown(Json& verdict, const format::Text& unknown);

}  // namespace tcplab::exercise
