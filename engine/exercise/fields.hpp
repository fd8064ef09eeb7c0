// State, segment and role questions: their answers are a few named values that any run of the
// scenario has, right or mutated. So one comparison serves grading and diagnosis.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "exercise/run.hpp"

namespace tcplab::exercise {

struct Fields {
  Json values;                       // field name to value
  std::vector<std::uint32_t> shown;  // the events that show them
  // By field: the events that decide its value.
  std::map<std::string, std::vector<std::uint32_t>> evidence = {};
};

// What this run answers; none when it never comes to the question.
std::optional<Fields> fields_of(const Json& question, const Run& run);

// The connection's variables, as a trace names them, that would tell what the question asks: they
// are covered while it waits for an answer.
std::vector<std::string> telling_variables(const Json& question);

// Of a segment question, seq and ack counted from the initial sequence numbers.
Json relative_numbers(const Json& question, const Run& run);

// The student's answer in the form of Fields::values (null where a field is not answered), or why
// it cannot be read. Numbers may be written "1,001", with blanks or full-width digits; flags
// "SYN ACK", "syn+ack"; states "fin-wait-1".
tl::expected<Json, format::Text> read_answer(const Json& question, const Json& answer,
                                             const Run& run);

}  // namespace tcplab::exercise
