// Questions about when something happens or how long it takes.
#pragma once
#include <string>
#include <vector>

#include "exercise/kinds/fields.hpp"
#include "exercise/kinds/kind.hpp"
#include "exercise/typed_time.hpp"
#include "exercise/vain.hpp"
#include "format/reader.hpp"

namespace tcplab::exercise {

// The right values, by the ids of the question's times and causes. A time is the text of a
// duration, or "never".
std::optional<Fields> times_of(const Json& question, const Run& run);
// Whether the question asks for this time as a length, not as a moment.
bool is_length(const Json& time);
// How far an answer may be off.
Time tolerance_of(const Json& question);
// The value of a time; none for "never".
std::optional<Time> moment_of(const Json& value);

// Slips of times: time_slips.cpp.
Json slips_of_times(const Statement& statement, const std::vector<std::string>& wrong);

// For authors: time_check.cpp. Problems: times that never come or that are visible before they are
// asked, and tolerances that make a wrong time right.
void check_times(const format::Reader& question, Bench& bench, Matches& matches);
// Problems: hints that tell a time.
void check_times_told(const Authored& authored, Bench& bench);

}  // namespace tcplab::exercise
