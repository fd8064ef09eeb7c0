// Tells an author in words why an answer that must pass does not.
#pragma once
#include "exercise/run.hpp"
#include "format/reader.hpp"

namespace tcplab::exercise {

// Adds a problem for everything that is wrong in an answer to the question, at its place in the
// answer.
void tell_faults(const Json& verdict, const Json& question, const format::Reader& answer,
                 const Run& run);

// "event 12 ("state" of "client" at 1.2s)"
format::Text event_text(const Json& event);

// "{before}; {more}"
format::Text joined(const format::Text& before, const format::Text& more);

}  // namespace tcplab::exercise
