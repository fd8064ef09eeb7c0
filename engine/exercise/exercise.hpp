// An exercise: parameters, a scenario and questions about its run, in English and in Chinese, read
// from JSON ("tcplab-exercise/1"). It never contains the answers: they come from the trace of the
// run for the seed.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "format/document.hpp"
#include "format/reader.hpp"
#include "format/shape.hpp"

namespace tcplab::exercise {

using format::Json;
using format::Problems;

inline constexpr std::uint64_t usual_variants = 200;

// An exercise's text, checked against its shape. Copies share the text.
class Exercise {
 public:
  explicit Exercise(format::Document document)
      : document_(std::make_shared<const format::Document>(std::move(document))) {}

  const Json& json() const { return document_->value(); }
  format::Source source(std::string base = {}) const { return {document_.get(), std::move(base)}; }
  std::string id() const { return json().at("id").get<std::string>(); }
  std::uint64_t rev() const { return json().at("rev").get<std::uint64_t>(); }
  // Students get the variants of seeds 1 to this number.
  std::uint64_t variants() const { return json().value("variants", usual_variants); }

 private:
  std::shared_ptr<const format::Document> document_;
};

// Reads a whole file. Never throws. Problems: syntax, shape, and names that do not fit together,
// each with its place. check() (check.hpp) finds what only a run shows.
tl::expected<Exercise, Problems> parse_exercise(std::string_view text);

// The formats, for checks and for the JSON Schemas.
const format::Shape& exercise_shape();
// {"format": "tcplab-answers/1", "exercise", "rev", "seed", "answers": {question: answer}}, and how
// the answers came about: "engine", "hints", "tries", "revealed".
const format::Shape& answers_shape();

// Adds a problem for elements of a list that have the same id: an answer could not tell them apart.
// `what` is what messages call the elements.
void check_ids(const format::Reader& list, const format::Text& what);

// The kinds of questions, in the order in which the format lists them.
std::vector<std::string> question_kinds();

inline constexpr std::uint64_t max_seed = 9'007'199'254'740'991;  // JavaScript's largest integer

}  // namespace tcplab::exercise
