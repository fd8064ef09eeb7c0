// Questions whose answers are a few named values that any run of the scenario has, right or
// mutated. So one comparison serves grading and diagnosis.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "exercise/bench.hpp"

namespace tcplab::exercise {

struct Fields {
  Json values = Json::object();           // field name to value
  std::vector<std::uint32_t> shown = {};  // the events that show them
  // By field: the events that decide its value.
  std::map<std::string, std::vector<std::uint32_t>> evidence = {};
};

// A student's answer as far as it can be read.
struct Answered {
  Json values = Json::object();  // like Fields::values; null: not answered, or unreadable
  std::map<std::string, format::Text> unreadable = {};  // by field
  format::Text unknown = {};  // what it answers that is not asked; empty: nothing
};
using ReadAnswer = tl::expected<Answered, format::Text>;  // or why nothing of it can be read

// How a kind has fields.
struct FieldsOf {
  // What this run answers; none when it never comes to the question.
  std::optional<Fields> (*run)(const Json& question, const Run& run);
  ReadAnswer (*answer)(const Json& question, const Json& answer, const Run& run);
  // The events that speak against a wrong value, beside those that decide the right one.
  std::vector<std::uint32_t> (*against)(const Json& given, const Json& question,
                                        const Run& run) = nullptr;
  // Whether two values of a field are one answer; without it, those that are equal.
  bool (*same)(const Json& question, const std::string& field, const Json& one,
               const Json& other) = nullptr;
  // A right value as it is told beside the given one.
  Json (*told_beside)(const Json& given, const Json& right) = nullptr;
};

Json judge_fields(const FieldsOf& of, const Json& question, const Json& answer, Bench& bench);
// By field; null when the run never comes to the question.
Json right_fields(const FieldsOf& of, const Json& question, Bench& bench);

// The answers to the named fields; `read` reads one. A field that cannot be read costs no other.
using ReadValue = tl::expected<Json, format::Text> (*)(const Json& question,
                                                       const std::string& field, const Json& value);
ReadAnswer by_field(const Json& question, const Json& answer, const std::vector<std::string>& names,
                    ReadValue read);

}  // namespace tcplab::exercise
