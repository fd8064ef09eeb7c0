// A picture with one wrong cell, which students find and correct.
//
// The picture is that of the real run except for one cell. That cell has the value of a mutant's
// run, or one that the author wrote.
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
  Spot spot;  // the cell in which they differ
};
// The error is a pointer below the forgery, and what is wrong there.
using ForgedResult = tl::expected<Forged, std::pair<std::string, format::Text>>;

// The forgery that the question shows; nullptr if the one that it names does not exist.
const Json* chosen_forgery(const Json& question);
ForgedResult forge(const Json& question, const Json& forgery, Runs& runs);
// The chosen forgery's picture. `runs` are those of the exercise's own scenario.
ForgedResult forge(const Json& question, Runs& runs);

// Reads a value that a cell may have, or that an answer may give for it.
tl::expected<Json, format::Text> read_value(const std::string& field, const Json& value);
// The first (or "nth") row whose segment matches `of`.
std::optional<std::size_t> row_of(const Json& asked, const Picture& picture, const Run& run);

// Judging: spot_judge.cpp.
Json judge_spot(const Json& question, const Json& answer, Bench& bench);
Json right_spot(const Json& question, Bench& bench);
Chance guess_spot(const Json& question, Bench& bench);

// For authors: spot_check.cpp.
void check_spot(const format::Reader& question, Bench& bench, Matches& matches);
void check_forgery_ids(const format::Reader& question);

}  // namespace tcplab::exercise
