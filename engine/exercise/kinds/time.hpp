// When something happens, or how long it takes: what the run says, and what of an answer is the
// same.
#pragma once
#include <string>
#include <vector>

#include "exercise/kinds/fields.hpp"
#include "exercise/kinds/kind.hpp"
#include "exercise/typed_time.hpp"
#include "exercise/vain.hpp"
#include "format/reader.hpp"

namespace tcplab::exercise {

// By the ids of its times and causes. A time is a duration's text or "never".
std::optional<Fields> times_of(const Json& question, const Run& run);
// Whether one of its times is asked for as a length, not as a moment.
bool is_length(const Json& time);
// The answer may be so much off.
Time tolerance_of(const Json& question);
// Of one of its times; none: it never comes.
std::optional<Time> moment_of(const Json& value);

// Slips of times: time_slips.cpp.
Json slips_of_times(const Statement& statement, const std::vector<std::string>& wrong);

// For authors: time_check.cpp. Times that never come or that are seen before they are asked, and
// tolerances that make a wrong time right.
void check_times(const format::Reader& question, Bench& bench, Matches& matches);
// Hints that tell one.
void check_times_told(const Authored& authored, Bench& bench);

}  // namespace tcplab::exercise
