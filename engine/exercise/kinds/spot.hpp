// A forged picture with one thing wrong, which is found and mended.
//
// The picture is that of the real run but for one cell. What stands there is what a mutant's run
// has in its place, or what the author wrote.
#pragma once
#include <cstdint>
#include <string>
#include <tl/expected.hpp>
#include <utility>

#include "exercise/bench.hpp"
#include "exercise/guess.hpp"
#include "exercise/kinds/kind.hpp"
#include "exercise/kinds/picture.hpp"
#include "exercise/vain.hpp"
#include "format/reader.hpp"

namespace tcplab::exercise {

struct Forged {
  Picture real;
  Picture shown;
  Spot spot;  // in which they differ
};
// A pointer below the forgery, and what is wrong with it.
using ForgedResult = tl::expected<Forged, std::pair<std::string, format::Text>>;

// The one that the question shows, or nullptr: it names none that exists.
const Json* chosen_forgery(const Json& question);
ForgedResult forge(const Json& question, const Json& forgery, Runs& runs);
// As the chosen one makes it; `runs`: of the exercise's own scenario.
ForgedResult forge(const Json& question, Runs& runs);

// A value as it may stand in a cell, or be given for one.
tl::expected<Json, format::Text> read_value(const std::string& field, const Json& value);
// The first row that sends what matches `of`, or the "nth".
std::optional<std::size_t> row_of(const Json& asked, const Picture& picture, const Run& run);

// The question's answers: spot_judge.cpp.
Json judge_spot(const Json& question, const Json& answer, Bench& bench);
Json right_spot(const Json& question, Bench& bench);
Chance guess_spot(const Json& question, Bench& bench);

// For authors: spot_check.cpp.
void check_spot(const format::Reader& question, Bench& bench, Matches& matches);
void check_forgery_ids(const format::Reader& question);

}  // namespace tcplab::exercise
